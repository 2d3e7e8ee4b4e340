"""What is being composed is never lost, whatever key comes in between (DESK §0)."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.services.drafts import list_drafts
from tests.ui.capture.conftest import Desk
from tests.ui.capture.keyboard import CONTROL, focused, go_on_to, press, write
from tests.ui.typing.composing import compose

WORDS = "还没有选字"


@pytest.fixture(params=["caller_name", "detail", "address"])
def composing(request: pytest.FixtureRequest, desk: Desk, qtbot: QtBot) -> str:
    """A call with something being composed in one of its fields."""
    write(qtbot, "13123450001")
    go_on_to(qtbot, request.param)
    compose(focused(), WORDS)
    return request.param


KEPT: dict[str, Callable[[QtBot], None]] = {
    "another kind": lambda qtbot: press(qtbot, Qt.Key.Key_F4),
    "what is missing": lambda qtbot: press(qtbot, Qt.Key.Key_F7),
    "the timer": lambda qtbot: press(qtbot, Qt.Key.Key_F8),
    "the stamp": lambda qtbot: press(qtbot, Qt.Key.Key_T, CONTROL),
    "a menu": lambda qtbot: press(qtbot, Qt.Key.Key_Q, CONTROL),
    "the last record": lambda qtbot: press(qtbot, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier),
    "the next field": lambda qtbot: press(qtbot, Qt.Key.Key_Tab),
    "saving in place": lambda qtbot: press(qtbot, Qt.Key.Key_S, CONTROL),
}


def test_it_stays_in_its_field(desk: Desk, qtbot: QtBot, composing: str) -> None:
    for way, act in KEPT.items():
        desk.form.fields.go_to(composing)
        act(qtbot)
        assert desk.form.values()[composing] == WORDS, way
        desk.settle(qtbot)
        desk.form.fields.go_to(composing)
        press(qtbot, Qt.Key.Key_A, CONTROL)
        compose(focused(), WORDS)


def test_it_is_parked_with_its_call(desk: Desk, qtbot: QtBot, composing: str) -> None:
    press(qtbot, Qt.Key.Key_D, CONTROL)
    assert desk.form.is_empty()
    desk.settle(qtbot)
    with qtbot.waitSignal(desk.page.keeper.shown):
        press(qtbot, Qt.Key.Key_1, CONTROL)
    assert desk.form.values()[composing] == WORDS
    assert len(list_drafts(desk.session.store)) == 1


@pytest.mark.parametrize("key", ["phone", "callback_phone", "people_count", "centre_told_at"])
def test_the_input_method_is_off_where_digits_and_codes_are_typed(desk: Desk, key: str) -> None:
    field = desk.form.fields.editor(key).widget
    assert field.inputMethodQuery(Qt.InputMethodQuery.ImEnabled) is False
