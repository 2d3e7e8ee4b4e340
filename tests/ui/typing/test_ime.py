"""Settling what is being composed, with input methods that answer and such that stay silent."""

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.ui.typing.ime import commit, preedit_of, with_preedit
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.typing.text_edit import LongTextEdit
from tests.ui.typing.composing import compose, settle

FIELDS = pytest.mark.parametrize("make", [LineEdit, LongTextEdit])


@FIELDS
def test_a_silent_input_method_loses_nothing(qtbot: QtBot, make: type[LineEdit]) -> None:
    field = make()
    qtbot.addWidget(field)
    qtbot.keyClicks(field, "ab")
    compose(field, "你好")
    assert (field.settled_text(), field.full_text(), preedit_of(field)) == ("ab", "ab你好", "你好")
    commit(field)
    assert (field.settled_text(), preedit_of(field)) == ("ab你好", "")
    commit(field)
    assert field.settled_text() == "ab你好"


@FIELDS
def test_an_input_method_that_answers_is_believed(qtbot: QtBot, make: type[LineEdit]) -> None:
    field = make()
    qtbot.addWidget(field)
    compose(field, "ni hao")
    commit(field, ask=lambda: settle(field, "你好"))
    assert field.settled_text() == "你好"


@FIELDS
def test_an_input_method_that_only_clears_loses_nothing(qtbot: QtBot, make: type[LineEdit]) -> None:
    field = make()
    qtbot.addWidget(field)
    compose(field, "你好")
    commit(field, ask=lambda: compose(field, ""))
    assert field.settled_text() == "你好"


@FIELDS
def test_composing_stands_where_the_caret_is(qtbot: QtBot, make: type[LineEdit]) -> None:
    field = make()
    qtbot.addWidget(field)
    field.enter("😀乙")
    if isinstance(field, LineEdit):
        field.setCursorPosition(2)
    else:
        cursor = field.textCursor()
        cursor.setPosition(2)
        field.setTextCursor(cursor)
    compose(field, "甲")
    assert field.full_text() == "😀甲乙"
    commit(field)
    assert field.settled_text() == "😀甲乙"


@FIELDS
def test_leaving_a_field_keeps_what_was_composed(qtbot: QtBot, make: type[LineEdit]) -> None:
    field, other = make(), QPushButton("x")
    for widget in (field, other):
        qtbot.addWidget(widget)
    with qtbot.waitActive(field):
        field.show()
        field.activateWindow()
    field.setFocus()
    compose(field, "话没说完")
    field.clearFocus()
    assert field.settled_text() == "话没说完"


@FIELDS
def test_a_click_into_the_field_keeps_what_was_composed(qtbot: QtBot, make: type[LineEdit]) -> None:
    from PySide6.QtCore import Qt

    field = make()
    qtbot.addWidget(field)
    field.show()
    compose(field, "未完")
    target = field if isinstance(field, LineEdit) else field.viewport()
    qtbot.mouseClick(target, Qt.MouseButton.LeftButton)
    assert field.settled_text() == "未完"


@FIELDS
def test_replacing_the_text_ends_the_composition(qtbot: QtBot, make: type[LineEdit]) -> None:
    field = make()
    qtbot.addWidget(field)
    compose(field, "旧")
    field.clear()
    assert field.full_text() == ""
    commit(field)
    assert field.settled_text() == ""


def test_positions_are_counted_as_qt_counts_them() -> None:
    assert with_preedit("😀b", 2, "a") == "😀ab"
    assert with_preedit("", 0, "") == ""
