"""What a person does at the form, by keys alone."""

from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.kinds import Kind
from desktop_app.ui.widgets.chips import ChipGroup
from tests.ui.typing.composing import compose, settle

CONTROL = Qt.KeyboardModifier.ControlModifier
KINDS = {
    Kind.ENQUIRY: Qt.Key.Key_F2,
    Kind.COMPLAINT: Qt.Key.Key_F3,
    Kind.URGENT: Qt.Key.Key_F4,
    Kind.ABNORMAL: Qt.Key.Key_F5,
    Kind.MEDIA: Qt.Key.Key_F6,
}
"""The key of each kind."""


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(focused(), key, modifier)


def write(qtbot: QtBot, text: str) -> None:
    """Type into whatever has the focus; what no key has comes through an input method."""
    for plain, part in groupby(text, str.isascii):
        piece = "".join(part)
        if plain:
            qtbot.keyClicks(focused(), piece)
        else:
            compose(focused(), piece)
            settle(focused(), piece)


def tab(qtbot: QtBot, times: int = 1) -> None:
    for _ in range(times):
        press(qtbot, Qt.Key.Key_Tab)


def go_on_to(qtbot: QtBot, key: str, most: int = 40) -> int:
    """Go from field to field until this one has the focus, and return how often; Tab leaves a long text."""
    for pressed in range(most):
        if focused().objectName() == key or focused().parent().objectName() == key:
            return pressed
        one_line = not isinstance(focused(), QPlainTextEdit | QPushButton) or isinstance(
            focused().parent(), ChipGroup
        )
        press(qtbot, Qt.Key.Key_Return if one_line else Qt.Key.Key_Tab)
    raise AssertionError(f"nothing leads to {key}")


def name_of_focus() -> str:
    return focused().objectName() or focused().parent().objectName()
