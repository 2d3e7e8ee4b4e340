"""The outage room by keys: report, confirm, tell, manual mode, back again; and what the strip says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.roles import Role
from tests.ui.incident.room_desk import ALT, CTRL, Key, RoomDesk


@pytest.fixture
def lead(qtbot: QtBot, own_data_folder: Path) -> Iterator[RoomDesk]:
    opened = RoomDesk(qtbot, own_data_folder, Role.LEAD)
    opened.unlock()
    opened.waits(lambda: bool(opened.window.workplace._session.shelf.pack.ladders))
    opened.settle()
    yield opened
    opened.close()


def states(desk: RoomDesk) -> list[tuple[str, str]]:
    """What the clocks say: what to do, and how it stands."""
    table = desk.find("clocks")
    model = table.model()
    return [(model.index(row, 1).data(), model.index(row, 3).data()) for row in range(model.rowCount())]


def test_ctrl_i_twice_reports_and_the_strip_says_so_everywhere(lead: RoomDesk) -> None:
    assert not lead.sees("incident_banner")
    lead.hit(Key.Key_I, CTRL)
    assert lead.sees("report_fault"), "an empty room says what to do"
    lead.report()
    assert lead.view.state is IncidentState.SUSPECTED
    assert lead.find("incident_state").text() == "疑似"
    lead.hit(Key.Key_Escape)
    assert lead.window.workplace.place() == "desk"
    assert lead.sees("incident_banner")


def test_clocks_are_told_by_enter_and_nothing_is_red_before_it_is_late(lead: RoomDesk) -> None:
    lead.report()
    titles = dict(states(lead))
    assert titles["通知系统运维"] == "马上"
    assert titles["组长报主管"].startswith("剩 04:5")
    assert lead.find("incident_deadline").tone == "warn"
    lead.hit(Key.Key_Return)
    lead.dialog()
    lead.hit(Key.Key_Return)
    lead.back()
    assert [one.rung for one in lead.view.told] == ["operations"]
    assert dict(states(lead))["通知系统运维"] == "已完成"
    lead.ahead = timedelta(minutes=3, seconds=30)
    lead.page._panels["clocks"]._count()
    lead.window.workplace.incidents.changed.emit()
    assert dict(states(lead))["组长报主管"].startswith("剩 01:")
    assert lead.find("incident_deadline").tone == "warn"
    lead.ahead = timedelta(minutes=8)
    lead.window.workplace.incidents.changed.emit()
    assert dict(states(lead))["组长报主管"].startswith("超时 0")
    assert lead.find("incident_deadline").tone == "urgent"


def test_an_agent_reports_and_acts_for_the_lead_with_a_reason(qtbot: QtBot, own_data_folder: Path) -> None:
    desk = RoomDesk(qtbot, own_data_folder, Role.AGENT)
    desk.unlock()
    desk.settle()
    desk.report()
    assert desk.find("incident_state").text() == "疑似"
    assert not desk.sees("incident_deadline"), "clocks are the lead's"
    desk.hit(Key.Key_Y, ALT)
    desk.dialog()
    desk.field("scope").setFocus()
    desk.hit(Key.Key_1)
    desk.hit(Key.Key_Return, CTRL)
    assert "代行" in desk.dialog().notice.text()
    desk.writes("组长在接电话")
    desk.hit(Key.Key_Return, CTRL)
    desk.back()
    assert desk.view.state is IncidentState.CONFIRMED
    desk.close()


def test_ctrl_tab_goes_round_all_views_and_never_leaves_the_page(lead: RoomDesk) -> None:
    lead.report()
    codes = lead.page.views.codes()
    for code in [*codes[1:], codes[0]]:
        lead.hit(Key.Key_Tab, CTRL)
        assert lead.page.views.current_code() == code
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus.isVisible()
        assert lead.page.isAncestorOf(focus), code
