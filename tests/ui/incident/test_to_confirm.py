"""What a lead did for a senior, as the page of what waits tells it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from desktop_app.domain.entries import moment_text
from desktop_app.domain.outage_options import AnnouncementType
from desktop_app.domain.roles import Role
from desktop_app.services.announcements import approve, draft_announcement
from desktop_app.services.incident_acts import decide
from desktop_app.services.incidents import report_fault
from tests.ui.incident.room_desk import CTRL, Key, RoomDesk


def test_what_was_done_for_the_supervisor_says_what_and_whose_it_was(
    qtbot: QtBot, own_data_folder: Path
) -> None:
    desk = RoomDesk(qtbot, own_data_folder, Role.LEAD)
    desk.unlock()
    desk.settle()
    now = desk.window.workplace._session.clock()
    fault = report_fault(desk.store, symptom="CRM 打不开", now=now).incident
    told = {"affected": "会员查询", "since": moment_text(now), "text_zh": "正在抢修"}
    notice, _ = draft_announcement(desk.store, fault, AnnouncementType.FIRST, told, now=now)
    approve(desk.store, notice, now=now, reason="主管电话里同意")
    later = now + timedelta(seconds=1)
    decide(desk.store, fault, ladder="fault", rung="decide", code="wait", reason="厂家已到", now=later)
    desk.hit(Key.Key_G, CTRL)
    lines = [one for one in desk.window.findChildren(QAbstractItemView, "waiting") if one.isVisible()]
    model = lines[0].model()
    assert desk.focused() == "conflict_sections", "an Enter too many decides nothing unread"
    assert [model.index(row, 1).data() for row in range(model.rowCount())] == [
        "代行：批准公告",
        "代行：作决定",
    ]
    said = desk.said()
    assert said[said.index("本应由") + 1] == "主管"
    assert "主管电话里同意" in said
    desk.close()
