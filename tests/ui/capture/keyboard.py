"""What a person does at the form, by keys alone."""

from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.typing.composing import compose, settle

CONTROL = Qt.KeyboardModifier.ControlModifier


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


def tab_to(qtbot: QtBot, key: str, most: int = 40) -> int:
    """Press Tab until the field has the focus, and return how often."""
    for pressed in range(most):
        if focused().objectName() == key or focused().parent().objectName() == key:
            return pressed
        tab(qtbot)
    raise AssertionError(f"Tab never came to {key}")
