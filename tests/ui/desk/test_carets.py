"""A call that is taken up again goes on where the caret stood in it."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.capture.keyboard import CONTROL
from tests.ui.desk.desks import Desk


def begin(desk: Desk, field: str) -> None:
    """Type a number and go on to a field."""
    desk.waits(lambda: desk.focused() == "phone")
    desk.types("13123450001")
    capture = desk.window.workplace.desk.capture
    desk.waits(lambda: capture.keeper.number != "")
    capture.form.fields.go_to(field)
    desk.types("x")


def test_parking_and_taking_up_lead_back_into_the_text(desk: Desk) -> None:
    begin(desk, "detail")
    desk.press(Qt.Key.Key_D, CONTROL)
    desk.waits(lambda: desk.focused() == "phone" and desk.window.workplace.desk.capture.parked.isVisible())
    desk.press(Qt.Key.Key_1, CONTROL)
    desk.waits(lambda: desk.focused() == "detail")
    desk.types("y")
    assert desk.window.workplace.desk.capture.form.values()["detail"] == "xy"


def test_unlocking_leads_back_into_the_text(desk: Desk) -> None:
    begin(desk, "detail")
    desk.press(Qt.Key.Key_L, CONTROL)
    desk.waits(lambda: desk.window.workplace is None)
    desk.unlock()
    desk.waits(lambda: not desk.window.workplace.desk.capture.form.is_empty())
    assert desk.focused() == "detail"
    assert not desk.window.workplace.desk.capture.notice.isVisible(), "nothing was gone, nothing came back"
    desk.types("y")
    assert desk.window.workplace.desk.capture.form.values()["detail"] == "xy"


def test_a_call_of_a_program_that_ended_is_told_until_the_first_key(
    desk: Desk, qtbot: QtBot, own_data_folder: Path
) -> None:
    begin(desk, "detail")
    desk.waits(lambda: not desk.window.workplace.desk.capture.keeper._form.dirty)
    desk.close()
    again = Desk(qtbot, own_data_folder, own_data_folder / "store")
    again.unlock()
    again.waits(lambda: not again.window.workplace.desk.capture.form.is_empty())
    notice = again.window.workplace.desk.capture.notice
    assert notice.isVisible()
    assert "13123450001" in notice.text()
    again.types("2")
    assert not notice.isVisible()
    again.close()


def test_another_kind_does_not_send_the_caret_back_to_a_number_that_is_there(desk: Desk) -> None:
    begin(desk, "category")
    desk.press(Qt.Key.Key_F4)
    assert desk.focused() == "urgent_kind"
    desk.press(Qt.Key.Key_F3)
    assert desk.focused() == "complaint_type"
