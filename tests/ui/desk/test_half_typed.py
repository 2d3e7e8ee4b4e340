"""What stands half typed in a dialog when the desk locks, dies or somebody presses Esc comes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop_app.domain.roles import Role
from desktop_app.services.half_typed import broken_off, half_typed_at
from desktop_app.ui.incident.notice_dialog import NoticeDialog
from desktop_app.ui.incident.report_dialog import ReportDialog
from desktop_app.ui.widgets.notice import Notice
from tests.refusing import no_room
from tests.ui.incident.room_desk import ALT, CTRL, RoomDesk

Key = Qt.Key
SYMPTOM = "登录后一直转圈"


@pytest.fixture
def lead(qtbot: QtBot, own_data_folder: Path) -> Iterator[RoomDesk]:
    """A lead's desk."""
    desk = RoomDesk(qtbot, own_data_folder, Role.LEAD)
    desk.unlock()
    desk.settle()
    yield desk
    desk.close()


def type_report(lead: RoomDesk) -> ReportDialog:
    """Type what is wrong into the report, and press nothing more."""
    lead.hit(Key.Key_I, CTRL)
    lead.waits(lambda: lead.window.workplace.place() == "incident")
    lead.hit(Key.Key_I, CTRL)
    dialog = lead.dialog()
    assert isinstance(dialog, ReportDialog)
    lead.writes(SYMPTOM)
    return dialog


def report_again(lead: RoomDesk) -> ReportDialog:
    """Open the report anew, from wherever one is."""
    lead.window.activateWindow()
    lead.window.workplace.report_fault()
    dialog = lead.dialog()
    assert isinstance(dialog, ReportDialog)
    lead.settle()
    return dialog


def kept(lead: RoomDesk) -> dict[str, str]:
    held = half_typed_at(lead.store, "ReportDialog/")
    return dict(held.texts) if held is not None else {}


@pytest.mark.parametrize("idle", [False, True])
def test_a_lock_closes_the_dialog_and_loses_nothing_of_it(lead: RoomDesk, idle: bool) -> None:
    dialog = type_report(lead)
    # Given somebody who goes away from a dialog, or locks from in there
    if idle:
        lead.window.locker._lock_idle()
    else:
        lead.qtbot.keyPress(QApplication.focusWidget(), Key.Key_L, CTRL)
    lead.waits(lambda: lead.window.workplace is None)
    # Then nothing of it stands in front of the lock screen
    lead.waits(lambda: QApplication.activeModalWidget() is None)
    assert [one for one in lead.window.findChildren(QDialog) if one.isVisible()] == []
    lead.unlock_again()
    lead.settle()
    # And whoever unlocks hears of it, and finds it where it was
    title = lead.words.say("window.incident.report.title")
    assert lead.words.say("window.half_typed.broken_off", what=title) in lead.said()
    dialog = report_again(lead)
    assert dialog.symptom.text() == SYMPTOM
    assert lead.words.say("window.half_typed.back") in [one.text() for one in dialog.findChildren(Notice)]
    lead.hit(Key.Key_Return)
    lead.back()
    assert lead.view.text("symptom") == SYMPTOM
    assert (kept(lead), broken_off(lead.store, now=lead.window._parts.clock())) == ({}, ())


def test_a_crash_loses_a_second_at_most_and_esc_nothing(lead: RoomDesk) -> None:
    dialog = type_report(lead)
    lead.waits(lambda: kept(lead) == {"symptom": SYMPTOM})
    lead.hit(Key.Key_Escape)
    lead.back()
    # Whoever closed it themselves is not told of it at every unlocking
    assert broken_off(lead.store, now=lead.window._parts.clock()) == ()
    dialog = report_again(lead)
    assert dialog.symptom.text() == SYMPTOM
    (clear,) = [
        one for one in dialog.notice._buttons if one.text() == lead.words.say("window.half_typed.clear")
    ]
    clear.click()
    lead.settle()
    assert (dialog.symptom.text(), kept(lead)) == ("", {})
    dialog.reject()
    lead.back()


def test_what_was_refused_stays_kept_and_what_was_done_does_not(lead: RoomDesk) -> None:
    dialog = type_report(lead)
    with no_room():
        lead.qtbot.keyPress(dialog.symptom, Key.Key_Return)
        lead.waits(lambda: dialog.notice.isVisible() and dialog.primary.isEnabled())
    assert dialog.symptom.text() == SYMPTOM
    lead.waits(lambda: kept(lead) == {"symptom": SYMPTOM})
    lead.hit(Key.Key_Return)
    lead.back()
    assert kept(lead) == {}


def test_a_disk_that_refuses_keeps_the_desk_open(lead: RoomDesk) -> None:
    dialog = type_report(lead)
    with no_room():
        lead.qtbot.keyPress(QApplication.focusWidget(), Key.Key_L, CTRL)
        lead.waits(lambda: lead.words.say("window.desk.not_kept") in lead.said())
        assert (dialog.isVisible(), dialog.isEnabled(), dialog.symptom.text()) == (True, True, SYMPTOM)
    lead.qtbot.keyPress(dialog.symptom, Key.Key_L, CTRL)
    lead.waits(lambda: lead.window.workplace is None)
    lead.unlock_again()


def test_a_notice_comes_back_as_it_was_written(lead: RoomDesk) -> None:
    lead.report()
    page = lead.page
    page.show_view("notices")
    lead.settle()
    lead.hit(Key.Key_O, ALT)
    dialog = lead.dialog()
    assert isinstance(dialog, NoticeDialog)
    dialog.fields["affected"].setText("缴费与报修")
    dialog.texts["zh"].setPlainText("自 9 点起无法缴费，\n请改用现金。")
    lead.hit(Key.Key_Escape)
    lead.back()
    lead.hit(Key.Key_O, ALT)
    dialog = lead.dialog()
    assert isinstance(dialog, NoticeDialog)
    lead.settle()
    assert dialog.fields["affected"].text() == "缴费与报修"
    assert dialog.texts["zh"].toPlainText() == "自 9 点起无法缴费，\n请改用现金。"
    dialog.reject()
    lead.back()
