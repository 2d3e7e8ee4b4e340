"""Closing the program while an incident is open asks why; Esc stays, locking and a shutdown ask nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.services import stores
from desktop_app.services.incidents import incident, incidents, report_fault
from desktop_app.services.leaving import LEFT
from desktop_app.storage.opening import Credentials
from tests.ui.desk.desks import PIN, STAFF_NUMBER, Desk
from tests.ui.desk.desks import desk as desk

CTRL = Qt.KeyboardModifier.ControlModifier


def _report(desk: Desk) -> None:
    session = desk.window._session
    assert session is not None
    report_fault(session.store, symptom="CRM 打不开", now=session.clock())


def _reasons(folder: Path, data_folder: Path) -> list[str]:
    opened = stores.unlock(
        folder, Credentials(STAFF_NUMBER, PIN), data_folder=data_folder, now=datetime.now(UTC), writing=False
    )
    try:
        return [
            item.text("reason")
            for row in incidents(opened)
            for item in incident(opened, row.head).items(LEFT)
        ]
    finally:
        opened.close()


def test_a_reason_is_asked_esc_stays_and_the_reason_is_kept(desk: Desk, own_data_folder: Path) -> None:
    desk.waits(lambda: desk.focused() == "phone")
    desk.types("13123450006")
    _report(desk)
    desk.window.close()
    desk.waits(lambda: desk.sees("leaving"))
    desk.window.close()
    assert len([one for one in desk.window.findChildren(type(desk.find("leaving"))) if one.isVisible()]) == 1
    dialog = desk.find("leaving")
    desk.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    desk.waits(lambda: not desk.sees("leaving"))
    phone = desk.find("phone")
    assert desk.window.focusWidget() is phone, "the caret is not where it was"
    assert isinstance(phone, QLineEdit)
    assert phone.text().replace(" ", "") == "13123450006"

    desk.window.close()
    desk.waits(lambda: desk.sees("leaving"))
    desk.qtbot.keyClick(desk.find("leaving_reason"), Qt.Key.Key_Return)
    assert desk.sees("leaving"), "closed without a reason"
    desk.qtbot.keyClicks(desk.find("leaving_reason"), "shift over")
    desk.qtbot.keyClick(desk.find("leaving_reason"), Qt.Key.Key_Return)
    desk.waits(lambda: not desk.window.isVisible())
    desk.close()
    assert _reasons(own_data_folder / "store", own_data_folder) == ["shift over"]


def test_locking_asks_nothing(desk: Desk) -> None:
    desk.waits(lambda: desk.focused() == "phone")
    _report(desk)
    desk.press(Qt.Key.Key_L, CTRL)
    desk.waits(lambda: desk.window.workplace is None)
    assert not desk.sees("leaving")


def test_a_pc_that_is_shut_down_is_not_kept_waiting(desk: Desk) -> None:
    desk.waits(lambda: desk.focused() == "phone")
    _report(desk)
    desk.window.close()
    desk.waits(lambda: desk.sees("leaving"))
    desk.window._leaving.shut_down()
    desk.waits(lambda: not desk.sees("leaving"))
    desk.window.close()
    desk.waits(lambda: not desk.window.isVisible())


def test_without_an_incident_nothing_is_asked(desk: Desk, qtbot: QtBot) -> None:
    desk.waits(lambda: desk.focused() == "phone")
    desk.window.close()
    desk.waits(lambda: not desk.window.isVisible())
