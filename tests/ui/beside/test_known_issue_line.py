"""A call of a known issue is counted in by one key, and its answer filled; a symptom is marked by two."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from desktop_app.domain.entries import moment_text
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.incident_types import IncidentType
from desktop_app.domain.outage_options import AnnouncementType, PublishChannel
from desktop_app.domain.roles import Role
from desktop_app.domain.site_text import Version
from desktop_app.services.announcements import approve, draft_announcement, publish
from desktop_app.services.incidents import report_fault
from desktop_app.services.my_records import page
from desktop_app.services.record_view import view_record
from tests.stores import author
from tests.ui.beside.packs import PACK, both
from tests.ui.beside.rooms import Room
from tests.ui.capture.keyboard import CONTROL, write

TYPES = (
    IncidentType(
        "website",
        Version("1", "t"),
        both("网站"),
        symptoms=(both("网站打不开", "Web down"), both("网上缴费失败")),
    ),
    IncidentType("top_up", Version("1", "t"), both("充值"), symptoms=(both("重复扣款"),)),
)


@pytest.fixture
def noticing(open_room) -> Room:  # type: ignore[no-untyped-def]
    room: Room = open_room(pack=replace(PACK, incident_types=TYPES))
    return room


def save(room: Room) -> str:
    room.press(Qt.Key.Key_Return, CONTROL)
    room.settle()
    (row,) = page(room.session.store).rows
    return row.subject_id


def known(room: Room, symptom: str) -> str:
    one = report_fault(room.session.store, symptom=symptom, now=room.session.clock()).incident
    room.page.beside.known.refresh()
    room.settle()
    return one


def test_one_key_counts_the_call_in_and_fills_the_answer(noticing: Room) -> None:
    assert not noticing.sees("known_issue")
    write(noticing.qtbot, "13123450001")
    one = known(noticing, "网站打不开")
    assert noticing.sees("known_issue")
    noticing.press(Qt.Key.Key_W, CONTROL)
    assert "网站打不开" in noticing.form.text("detail")
    said = noticing.form.text("answer")
    assert said
    assert said in noticing.page.beside.known_line._sentence.text()
    noticing.press(Qt.Key.Key_W, CONTROL)
    assert (noticing.form.text("detail"), noticing.form.text("answer")) == ("", "")
    assert noticing.form.text("known_issue") == ""
    noticing.press(Qt.Key.Key_W, CONTROL)
    record = save(noticing)
    with noticing.session.store.read() as view:
        state = view.state(Subject(SubjectKind.RECORD, record))
    assert (state.text("incident"), state.text("known_issue")) == (one, one)
    assert state.value("told_about_outage") is True
    assert view_record(noticing.session.store, record).texts["known_issue"].startswith("G07")
    assert noticing.form.text("known_issue") == "", "the next call is not of it by itself"


def test_a_notice_for_one_area_is_not_told_to_callers_of_another(noticing: Room) -> None:
    """Row 79: the water company's example, by the address in the form (3 intro)."""
    store, now = noticing.session.store, noticing.session.clock()
    lead = replace(store, author=author("6001", Role.LEAD))
    supervisor = replace(store, author=author("5001", Role.SUPERVISOR))
    one = report_fault(lead, symptom="停水", now=now).incident
    told = {
        "affected": "停水",
        "since": moment_text(now),
        "text_zh": "正在抢修，预计两小时。",
        "audience": "area",
        "audience_named": "东区、人民路",
    }
    notice, _ = draft_announcement(lead, one, AnnouncementType.FIRST, told, now=now)
    approve(supervisor, notice, now=now)
    publish(lead, notice, [PublishChannel.IVR], now=now)
    noticing.page.beside.known.refresh()
    noticing.settle()
    write(noticing.qtbot, "13123450001")
    noticing.form.enter("address", "西区 3 幢")
    noticing.settle()
    assert not noticing.sees("known_issue")
    noticing.form.enter("address", "人民路 8 号")
    noticing.settle()
    assert noticing.sees("known_issue")
    assert "正在抢修，预计两小时。" in noticing.page.beside.known_line._sentence.text()


def test_what_was_typed_stays(noticing: Room) -> None:
    write(noticing.qtbot, "13123450001")
    noticing.form.enter("detail", "客户很着急")
    known(noticing, "网站打不开")
    noticing.press(Qt.Key.Key_W, CONTROL)
    assert noticing.form.text("detail") == "客户很着急"
    noticing.form.enter("answer", "自己的话")
    noticing.press(Qt.Key.Key_W, CONTROL)
    assert noticing.form.text("answer") == "自己的话"


def test_without_a_known_issue_the_key_does_nothing(noticing: Room) -> None:
    write(noticing.qtbot, "13123450001")
    noticing.press(Qt.Key.Key_W, CONTROL)
    assert noticing.form.text("known_issue") == noticing.form.text("detail") == ""


def menu(room: Room) -> QMenu:
    room.press(Qt.Key.Key_N, CONTROL)
    return next(one for one in room.window.findChildren(QMenu, "symptom_menu") if one.isVisible())


def test_a_symptom_is_marked_by_a_digit_and_the_likeliest_stands_first(noticing: Room) -> None:
    write(noticing.qtbot, "13123450001")
    noticing.form.enter("detail", "扣款扣了两次")
    offered = menu(noticing)
    assert offered.actions()[0].text() == "&1  重复扣款"
    noticing.qtbot.keyClick(offered, Qt.Key.Key_1)
    assert noticing.form.text("symptom_tag") == "重复扣款"
    again = menu(noticing)
    assert [one.text() for one in again.actions() if one.isChecked()] == ["&1  重复扣款"]
    noticing.qtbot.keyClick(again, Qt.Key.Key_1)
    assert noticing.form.text("symptom_tag") == ""


def test_where_the_desk_is_low_the_greeting_gives_way_first_and_nothing_is_out_of_reach(
    noticing: Room,
) -> None:
    known(noticing, "网站打不开")
    panel = noticing.page.beside
    panel.greeting.show_greeting("您好，请问有什么可以帮您？")
    line, whole = panel.known_line, panel.minimumSizeHint().height()
    panel.fit(whole)
    assert (panel.greeting.isVisible(), line._sentence.isVisible()) == (True, True)
    panel.fit(whole - 5)
    assert (panel.greeting.isVisible(), line._sentence.isVisible()) == (False, True)
    panel.fit(100)
    assert (panel.greeting.isVisible(), line._sentence.isVisible()) == (False, False)
    assert line._sentence.text() in line._title.text()
    panel.fit(whole)
    assert (panel.greeting.isVisible(), line._sentence.isVisible()) == (True, True)
