"""What is being composed outlives the zoom and the lock of the whole window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.capture.keyboard import CONTROL
from tests.ui.desk.desks import Desk
from tests.ui.typing.composing import compose

WORDS = "还没有选字"


def test_zooming_and_locking_keep_what_is_composed(desk: Desk) -> None:
    desk.types("13123450001")
    form = desk.window.workplace.desk.capture.form
    form.fields.go_to("detail")
    compose(QApplication.focusWidget(), WORDS)
    desk.press(Qt.Key.Key_Equal, CONTROL)
    form = desk.window.workplace.desk.capture.form
    assert form.values()["detail"] == WORDS
    form.fields.go_to("caller_name")
    compose(QApplication.focusWidget(), "陈女士")
    desk.press(Qt.Key.Key_L, CONTROL)
    desk.waits(lambda: desk.window.workplace is None)
    desk.unlock()
    desk.waits(lambda: not desk.window.workplace.desk.capture.form.is_empty())
    values = desk.window.workplace.desk.capture.form.values()
    assert (values["detail"], values["caller_name"]) == (WORDS, "陈女士")
