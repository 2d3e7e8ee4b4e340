"""A correction that is being typed: kept through a lock, one for each record, given up only by a person."""

from __future__ import annotations

import threading
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_app.services.record_changes import correct
from desktop_app.services.record_view import view_record
from desktop_app.services.records import Logged
from desktop_app.services.unfinished import keep_correction, unfinished_corrections
from desktop_app.ui.records import record_edit
from tests.refusing import no_room
from tests.stores import author
from tests.ui.records.conftest import NOW, Desk
from tests.ui.records.pages import (
    CONTROL,
    button,
)
from tests.ui.records.pages import (
    lift as lift,
)


def test_a_correction_being_typed_survives_a_lock(desk: Desk, lift: Logged, qtbot) -> None:
    desk.panel.record.begin_edit("crm_id")
    desk.panel.record.edit.more.click()
    for key, text in (("caller_name", "Li"), ("crm_id", "C-9"), ("reason", "so far")):
        field = desk.panel.record.edit.findChild(QWidget, key)
        field.setFocus()
        desk.press((Qt.Key.Key_A, CONTROL))
        desk.type(text)
    qtbot.waitUntil(lambda: bool(unfinished_corrections(desk.session.store)), timeout=10_000)
    desk.panel.hide()
    desk.panel.deleteLater()
    # What came between counts as not seen.
    colleague = replace(desk.session.store, author=author("8022"))
    correct(colleague, lift.subject_id, {"caller_name": "李娜娜"}, reason="核实", now=NOW)

    again = desk.reopen()
    edit = again.record.edit
    assert edit is not None
    assert edit.changes() == {"caller_name": "Li", "crm_id": "C-9"}
    assert edit.reason.text() == "so far"
    edit.save.click()
    desk.settle()
    told = view_record(desk.session.store, lift.subject_id)
    assert [one.text for one in told.conflicts["caller_name"]] == ["李娜娜", "Li"]
    assert unfinished_corrections(desk.session.store) == []


def test_a_correction_whose_second_keeping_is_under_way_counts_as_not_kept(
    desk: Desk, lift: Logged, qtbot, monkeypatch
) -> None:
    monkeypatch.setattr(record_edit, "_AGAIN_MS", 1)
    page = desk.panel.record
    page.begin_edit("caller_name")
    edit = page.edit
    assert edit is not None
    desk.type("Li")
    answers: list[bool] = []
    busy = threading.Event()
    with no_room():
        edit.keep_rest()
        desk.session.background.change(busy.wait)
        page.flush(answers.append)
        qtbot.waitUntil(lambda: edit.notice.isVisible())
        qtbot.waitUntil(lambda: not edit.unkept)  # it is asked again, behind what the flush waits for
        busy.set()
        qtbot.waitUntil(lambda: bool(answers))
    assert answers == [False]
    qtbot.waitUntil(lambda: not edit.notice.isVisible())


def test_each_record_has_its_own_unfinished_correction(desk: Desk, lift: Logged, day: list[Logged]) -> None:
    store = desk.session.store
    for logged, name in ((day[0], "甲"), (day[1], "乙")):
        seen = view_record(store, logged.subject_id).seen
        keep_correction(store, logged.subject_id, {"caller_name": name}, seen, "", now=NOW)
    for logged, name in ((day[0], "甲"), (day[1], "乙")):
        desk.panel.record.show_record(logged.subject_id)
        desk.settle()
        assert desk.panel.record.edit is not None
        assert desk.panel.record.edit.changes() == {"caller_name": name}
    desk.panel.record.show_record(day[2].subject_id)
    desk.settle()
    assert desk.panel.record.edit is None


def test_what_was_given_up_does_not_come_back(desk: Desk, lift: Logged, qtbot) -> None:
    desk.panel.record.begin_edit("caller_name")
    desk.type("B")
    qtbot.waitUntil(lambda: bool(unfinished_corrections(desk.session.store)), timeout=10_000)
    desk.press(Qt.Key.Key_Escape)
    edit = desk.panel.record.edit
    assert edit is not None
    button(edit.notice, "放弃更正").click()
    desk.settle()
    assert unfinished_corrections(desk.session.store) == []


def test_opening_another_record_does_not_throw_a_correction_away(
    desk: Desk, lift: Logged, day: list[Logged]
) -> None:
    desk.panel.record.begin_edit("caller_name")
    desk.type("B")
    desk.press((Qt.Key.Key_F, CONTROL))
    assert not desk.panel.record.isVisible()
    desk.panel.open(day[0].subject_id)
    desk.settle()
    assert desk.panel.record.number.text() == "07-00003-5"
    assert desk.panel.record.unsaved()
