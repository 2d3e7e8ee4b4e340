"""The one guard of every shortcut, with keys and compositions as a real window gets them."""

from collections.abc import Callable

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.typing import shortcuts
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.typing.shortcuts import Shortcuts
from desktop_app.ui.typing.text_edit import LongTextEdit
from tests.ui.typing.composing import compose, settle

CONTROL = Qt.KeyboardModifier.ControlModifier


class Desk(QWidget):
    """Two fields and a button under one guard."""

    def __init__(self) -> None:
        super().__init__()
        self.name = LineEdit()
        self.notes = LongTextEdit()
        self.button = QPushButton("x")
        self.shortcuts = Shortcuts(self)
        self.saved: list[tuple[str, str]] = []
        layout = QVBoxLayout(self)
        for widget in (self.name, self.notes, self.button):
            layout.addWidget(widget)

    def save(self) -> None:
        self.saved.append((self.name.text(), self.notes.toPlainText()))


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    desk = Desk()
    qtbot.addWidget(desk)
    with qtbot.waitActive(desk):
        desk.show()
        desk.activateWindow()
    desk.name.setFocus()
    return desk


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_what_is_composed_is_in_the_text_before_the_action_runs(
    desk: Desk, qtbot: QtBot, key: Qt.Key
) -> None:
    desk.shortcuts.add("save_next", "Ctrl+Return F9", desk.save)
    qtbot.keyClicks(desk.name, "abc")
    compose(desk.name, "陈女士")
    qtbot.keyClick(desk.name, key, CONTROL)
    assert desk.saved == [("abc陈女士", "")]
    assert desk.name.preedit() == ""


def test_f_keys_and_controls_are_guarded_in_long_texts_too(desk: Desk, qtbot: QtBot) -> None:
    desk.shortcuts.add("save_next", "Ctrl+Return F9", desk.save)
    desk.notes.setFocus()
    compose(desk.notes, "电梯困人")
    qtbot.keyClick(desk.notes, Qt.Key.Key_F9)
    assert desk.saved == [("", "电梯困人")]


def test_whether_an_action_may_run_is_asked_after_the_text_is_settled(desk: Desk, qtbot: QtBot) -> None:
    desk.shortcuts.add("save", "Ctrl+S", desk.save, when=lambda: desk.name.text() == "你好")
    qtbot.keyClick(desk.name, Qt.Key.Key_S, CONTROL)
    assert desk.saved == []
    compose(desk.name, "你好")
    qtbot.keyClick(desk.name, Qt.Key.Key_S, CONTROL)
    assert desk.saved == [("你好", "")]


def test_an_enter_that_ended_a_composition_is_swallowed_once(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shortcuts, "_ENTER_OF_COMMIT", 30.0)  # however long a busy machine takes
    desk.shortcuts.add("unlock", "Return", desk.save)
    compose(desk.name, "chen")
    settle(desk.name, "陈")
    qtbot.keyClick(desk.name, Qt.Key.Key_Return)
    assert desk.saved == []
    qtbot.keyClick(desk.name, Qt.Key.Key_Return)
    assert desk.saved == [("陈", "")]


def test_an_enter_later_than_the_composition_is_an_enter(desk: Desk, qtbot: QtBot) -> None:
    desk.notes.setFocus()
    compose(desk.notes, "chen")
    settle(desk.notes, "陈")
    qtbot.wait(150)
    qtbot.keyClick(desk.notes, Qt.Key.Key_Return)
    assert desk.notes.toPlainText() == "陈\n"


def test_an_enter_while_composing_settles_and_does_nothing_else(desk: Desk, qtbot: QtBot) -> None:
    desk.shortcuts.add("unlock", "Return", desk.save)
    pressed: list[str] = []
    desk.name.returnPressed.connect(lambda: pressed.append("returnPressed"))
    compose(desk.name, "陈")
    qtbot.keyClick(desk.name, Qt.Key.Key_Return)
    assert (desk.saved, pressed, desk.name.text()) == ([], [], "陈")
    qtbot.keyClick(desk.name, Qt.Key.Key_Return)
    assert desk.saved == [("陈", "")]


def test_a_key_whose_action_may_not_run_reaches_the_field(desk: Desk, qtbot: QtBot) -> None:
    desk.shortcuts.add("odd", "Ctrl+A", desk.save, when=lambda: False)
    qtbot.keyClicks(desk.name, "abc")
    qtbot.keyClick(desk.name, Qt.Key.Key_A, CONTROL)
    assert desk.name.selectedText() == "abc"
    assert desk.saved == []


def test_a_key_the_field_would_take_is_the_shortcuts(desk: Desk, qtbot: QtBot) -> None:
    desk.shortcuts.add("own", "Ctrl+A", desk.save)
    qtbot.keyClicks(desk.name, "abc")
    qtbot.keyClick(desk.name, Qt.Key.Key_A, CONTROL)
    assert desk.name.selectedText() == ""
    assert desk.saved == [("abc", "")]


def test_a_key_held_down_acts_once(desk: Desk) -> None:
    desk.shortcuts.add("save", "Ctrl+S", desk.save)
    for repeated in (False, True, True):
        press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_S, CONTROL, "", repeated)
        QApplication.sendEvent(desk.name, press)
    assert len(desk.saved) == 1


def test_the_first_that_may_run_runs_alone(desk: Desk, qtbot: QtBot) -> None:
    ran: list[str] = []

    def note(name: str) -> Callable[[], None]:
        return lambda: ran.append(name)

    desk.shortcuts.add("a", "F9", note("a"), when=lambda: False)
    desk.shortcuts.add("b", "F9", note("b"))
    desk.shortcuts.add("c", "F9", note("c"))
    desk.button.setFocus()
    qtbot.keyClick(desk.button, Qt.Key.Key_F9)
    assert ran == ["b"]
    assert desk.shortcuts.table() == [("a", "F9"), ("b", "F9"), ("c", "F9")]


def test_keys_of_another_window_are_its_own(desk: Desk, qtbot: QtBot) -> None:
    desk.shortcuts.add("save", "Ctrl+S", desk.save)
    other = QWidget(desk, Qt.WindowType.Dialog)
    field = LineEdit(other)
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_S, CONTROL)
    assert desk.saved == []


def test_a_field_made_later_is_guarded(desk: Desk, qtbot: QtBot) -> None:
    desk.shortcuts.add("own", "Ctrl+A", desk.save)
    later = LineEdit(desk)
    later.show()
    later.setFocus()
    compose(later, "晚")
    qtbot.keyClick(later, Qt.Key.Key_A, CONTROL)
    assert later.text() == "晚"
    assert len(desk.saved) == 1


def test_of_two_with_one_key_the_one_with_the_focus_inside_runs(desk: Desk, qtbot: QtBot) -> None:
    ran: list[str] = []
    desk.shortcuts.add("save", "Ctrl+S", lambda: ran.append("window"), owner=desk)
    desk.shortcuts.add("save", "Ctrl+S", lambda: ran.append("notes"), owner=desk.notes)
    qtbot.keyClick(desk.name, Qt.Key.Key_S, CONTROL)
    desk.notes.setFocus()
    qtbot.keyClick(desk.notes, Qt.Key.Key_S, CONTROL)
    assert ran == ["window", "notes"]


def test_shortcuts_of_a_room_that_is_gone_are_gone(desk: Desk, qtbot: QtBot) -> None:
    room = QWidget(desk)
    desk.shortcuts.add("room", "F9", desk.save, owner=room)
    desk.shortcuts.add("window", "F9", desk.save)
    room.deleteLater()
    qtbot.waitUntil(lambda: desk.shortcuts.table() == [("window", "F9")])
    qtbot.keyClick(desk.name, Qt.Key.Key_F9)
    assert len(desk.saved) == 1


def test_a_key_whose_room_was_just_destroyed_does_nothing(desk: Desk, qtbot: QtBot) -> None:
    room = QWidget(desk)
    desk.shortcuts.add("room", "F9", desk.save, owner=room)
    shiboken6.delete(room)
    qtbot.keyClick(desk.name, Qt.Key.Key_F9)
    assert desk.saved == []


def test_a_window_that_is_destroyed_asks_nothing_of_a_guard_that_is_empty(desk: Desk) -> None:
    """Python's collector empties the guard of a workplace that was left before Qt destroys its window."""
    held = dict(desk.shortcuts.__dict__)
    desk.shortcuts.__dict__.clear()
    try:
        assert not desk.shortcuts.eventFilter(desk, QEvent(QEvent.Type.ChildRemoved))
    finally:
        desk.shortcuts.__dict__.update(held)


def test_chords_act_in_a_bar_beside_the_room_and_bare_keys_stay_its_own(qtbot: QtBot) -> None:
    around = QWidget()
    room, bar, inside = QWidget(around), QPushButton("later", around), LineEdit()
    QVBoxLayout(room).addWidget(inside)
    layout = QVBoxLayout(around)
    layout.addWidget(room)
    layout.addWidget(bar)
    qtbot.addWidget(around)
    shortcuts = Shortcuts(room)
    done: list[str] = []
    for keys in ("Ctrl+K", "F4", "Escape", "Return"):
        shortcuts.add(keys, keys, lambda keys=keys: done.append(keys))
    with qtbot.waitActive(around):
        around.show()
        around.activateWindow()
    bar.setFocus()
    qtbot.keyClick(bar, Qt.Key.Key_K, CONTROL)
    assert done == [], "a widget that is not covered keeps every key"
    shortcuts.cover(bar)
    inside.setFocus()
    bar.setFocus()
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_F4):
        qtbot.keyClick(bar, key)
    qtbot.keyClick(bar, Qt.Key.Key_K, CONTROL)
    assert done == ["F4", "Ctrl+K"]
    inside.setFocus()
    qtbot.keyClick(inside, Qt.Key.Key_Escape)
    assert done[-1] == "Escape"
