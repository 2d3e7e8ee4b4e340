"""Reporting, telling and deciding by keys alone, over a real store."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from desktop_app.domain.contacts import contacts_for
from desktop_app.services.incidents import current_incident, incident, incidents, report_fault
from desktop_app.ui.incident.decide_dialog import DecideDialog
from desktop_app.ui.incident.report_dialog import ReportDialog
from desktop_app.ui.incident.tell_dialog import TellDialog, ToldWhom
from tests.ui.incident.conftest import NOW, Room
from tests.ui.typing.composing import settle as commit_text

SUPERVISOR = ToldWhom("报主管", "supervisor", "fault", "supervisor")


def press(room: Room, *keys: Qt.Key) -> None:
    for key in keys:
        room.qtbot.keyClick(QApplication.focusWidget(), key)
    room.settle()


def finish(room: Room) -> None:
    """Ctrl+Enter, which does it from anywhere, a long text too."""
    room.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    room.settle()


def show(room: Room, dialog: QDialog) -> None:
    room.qtbot.addWidget(dialog)
    with room.qtbot.waitExposed(dialog):
        dialog.open()
    dialog.activateWindow()
    room.qtbot.waitUntil(lambda: dialog.isActiveWindow() and QApplication.focusWidget() is not None)
    room.settle()


def write(room: Room, text: str) -> None:
    field = QApplication.focusWidget()
    assert field is not None
    if text.isascii():
        room.qtbot.keyClicks(field, text)
    else:
        commit_text(field, text)
        # An input method's own Enter comes right behind what it composed, and is not ours.
        room.qtbot.keyClick(field, Qt.Key.Key_End)


@pytest.fixture
def fault(room: Room) -> str:
    return report_fault(room.store, symptom="CRM 打不开", now=NOW).incident


def test_a_fault_is_reported_with_one_field(room: Room) -> None:
    dialog = ReportDialog(room.session, room.window)
    show(room, dialog)
    write(room, "CRM 打不开")
    room.clock.pass_minutes(0.5)
    press(room, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    found = current_incident(room.store)
    assert found is not None
    assert (found.text("symptom"), found.since) == ("CRM 打不开", NOW + timedelta(minutes=0.5))


def test_it_says_since_when_and_what_it_is_called(room: Room) -> None:
    dialog = ReportDialog(room.session, room.window)
    show(room, dialog)
    press(room, Qt.Key.Key_Return)
    assert dialog.notice.text().startswith("请写明故障现象")
    dialog.usual.setFocus()
    press(room, Qt.Key.Key_Space)
    dialog.noticed.setFocus()
    dialog.noticed.selectAll()
    write(room, "25:70")
    press(room, Qt.Key.Key_Return)
    assert dialog.notice.text().startswith("时间写法看不懂")
    dialog.noticed.selectAll()
    write(room, "9:55")
    press(room, Qt.Key.Key_Return)
    found = current_incident(room.store)
    assert found is not None
    assert found.since == NOW - timedelta(minutes=5)
    assert found.category in {one.key for one in room.session.shelf.pack.incident_types}


@pytest.mark.parametrize(
    ("typed", "offered", "category"),
    [
        ("耳机", "耳机坏了", "seat_fault"),
        ("kdls", "空调漏水", "air_conditioning"),
        ("跌", "跌倒", "fall"),
        ("满线", "满线，客户打不进来", "surge"),
    ],
)
def test_what_is_typed_finds_the_symptoms_of_every_type(
    room: Room, typed: str, offered: str, category: str
) -> None:
    """Given an outage, a report of another kind is no further report of it (A§1, A§4, A§8, 2§6)."""
    report_fault(room.store, symptom="CRM 打不开", now=NOW)
    dialog = ReportDialog(room.session, room.window)
    show(room, dialog)
    write(room, typed)
    assert dialog.kind.text().startswith("类型未定，先按“应用系统故障”")
    room.settle()
    dialog.usual.setFocus()
    press(room, Qt.Key.Key_Space)
    kind = next(one for one in room.session.shelf.pack.incident_types if one.key == category)
    assert dialog.symptom.text() == offered
    assert dialog.kind.text() == f"类型：{kind.title.zh}"
    finish(room)
    rows = {one.category: one for one in incidents(room.store)}
    assert set(rows) == {"", category}
    assert incident(room.store, rows[category].head).values["outage"] is False
    assert len(incident(room.store, rows[""].head).reports) == 1


def test_a_second_report_of_the_outage_joins_it(room: Room) -> None:
    head = report_fault(room.store, symptom="CRM 打不开", now=NOW).incident
    dialog = ReportDialog(room.session, room.window)
    show(room, dialog)
    write(room, "登录一直转圈")
    press(room, Qt.Key.Key_Return)
    assert [one.head for one in incidents(room.store)] == [head]
    assert [one.symptom for one in incident(room.store, head).reports] == ["CRM 打不开", "登录一直转圈"]


def test_how_operations_works_on_it_and_what_they_said(room: Room, fault: str) -> None:
    whom = ToldWhom("通知系统运维", "sysops", "fault", "operations")
    dialog = TellDialog(room.session, fault, whom, (), room.window, mode=True)
    show(room, dialog)
    write(room, "赵运维")
    dialog.channel.set_code("chat")
    dialog.mode.setFocus()
    press(room, Qt.Key.Key_Right)
    dialog.reply.setFocus()
    write(room, "远程看一下")
    press(room, Qt.Key.Key_Return)
    (told,) = incident(room.store, fault).told
    assert (told.name, told.channel, told.mode, told.reply) == ("赵运维", "chat", "remote", "远程看一下")


def test_who_was_told_is_offered_with_the_number_to_ring(room: Room, fault: str) -> None:
    pack = room.session.shelf.pack
    contacts = contacts_for(pack, "supervisor")
    dialog = TellDialog(room.session, fault, SUPERVISOR, contacts, room.window)
    show(room, dialog)
    assert dialog.phone.text()
    room.clock.pass_minutes(3)
    press(room, Qt.Key.Key_Return)
    (told,) = incident(room.store, fault).told
    assert (told.name, told.channel, told.reached, told.contact) == (
        contacts[0].name.zh,
        "phone",
        True,
        contacts[0].key,
    )
    assert told.at == NOW + timedelta(minutes=3)


def test_a_late_entry_keeps_the_real_time_and_another_name(room: Room, fault: str) -> None:
    dialog = TellDialog(room.session, fault, SUPERVISOR, (), room.window)
    show(room, dialog)
    press(room, Qt.Key.Key_Return)
    assert dialog.notice.text() == "请写明通知了谁。"
    write(room, "周主管")
    room.clock.pass_minutes(20)
    dialog.at.setFocus()
    dialog.at.selectAll()
    write(room, "10:04")
    press(room, Qt.Key.Key_Return)
    (told,) = incident(room.store, fault).told
    assert (told.name, told.at) == ("周主管", NOW + timedelta(minutes=4))


def test_somebody_not_reached_is_no_evidence(room: Room, fault: str) -> None:
    dialog = TellDialog(room.session, fault, SUPERVISOR, (), room.window)
    show(room, dialog)
    write(room, "周主管")
    assert dialog.primary.keys() == "Enter", "on its chips too"
    dialog.reached.setFocus()
    press(room, Qt.Key.Key_2, Qt.Key.Key_Return)
    assert [one.reached for one in incident(room.store, fault).told] == [False]


def test_a_decision_cannot_be_blank(room: Room, fault: str) -> None:
    ladder = next(one for one in room.session.shelf.pack.ladders if one.key == "fault")
    rung = next(one for one in ladder.rungs if one.choices)
    dialog = DecideDialog(room.session, fault, ladder, rung, room.window)
    show(room, dialog)
    finish(room)
    assert dialog.notice.text().startswith("请选择一项决定")
    dialog.choice.set_code("vendor")
    dialog.choice.changed.emit("vendor")
    dialog.reason.setFocus()
    write(room, "半小时没有进展")
    press(room, Qt.Key.Key_Return)
    assert dialog.notice.text().startswith("这项决定还要写明")
    for text in ("联创科技", "黄工 010 55500011", "BX-1"):
        write(room, text)
        press(room, Qt.Key.Key_Return)
    (decided,) = incident(room.store, fault).decided
    assert (decided.code, decided.reason) == ("vendor", "半小时没有进展")
    assert dict(decided.details) == {"vendor": "联创科技", "contact": "黄工 010 55500011", "ticket": "BX-1"}
