"""The desk at every width: two columns, three, or one pane with a drawer."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from desktop_app.domain.kinds import Kind
from desktop_app.ui.records.columns import Place
from desktop_app.words import Language
from tests.ui.beside.rooms import Room
from tests.ui.capture.keyboard import CONTROL, focused, write

F12 = Qt.Key.Key_F12
NONE = Qt.KeyboardModifier.NoModifier


def left(widget, room: Room) -> int:
    return widget.mapTo(room.window, widget.rect().topLeft()).x()


def test_steps_stand_over_the_records_on_a_usual_screen(room: Room) -> None:
    page = room.page
    assert left(page.beside, room) == left(page.records, room) > left(page.capture, room)
    assert abs(page.capture.width() / page.width() - 0.6) < 0.03


def test_a_large_screen_has_three_columns_without_dead_space(open_room: Callable[..., Room]) -> None:
    room = open_room(size=(1920, 1000))
    page = room.page
    assert left(page.capture, room) < left(page.beside, room) < left(page.records, room)
    widths = [part.width() for part in (page.capture, page.beside, page.records)]
    for width, share in zip(widths, (56, 30, 50), strict=True):
        assert abs(width / sum(widths) - share / 136) < 0.03
    assert sum(widths) > 1920 - 60


@pytest.mark.parametrize("width", [1700, 1920])
def test_a_large_screen_shows_number_and_worded_state_unasked(
    open_room: Callable[..., Room], width: int
) -> None:
    table = open_room(size=(width, 1000)).page.records.table
    assert [place for place in (Place.NUMBER, Place.FOLLOW) if table.isColumnHidden(place)] == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(1366, 690), (1700, 900), (1920, 1000)])
def test_the_kinds_show_their_keys_and_the_list_its_counters(
    open_room: Callable[..., Room], size: tuple[int, int], language: Language
) -> None:
    room = open_room(size=size, language=language)
    buttons = room.window.findChildren(QAbstractButton, QRegularExpression("^kind_"))
    assert len(buttons) == len(Kind)
    assert [one.toolTip() for one in buttons if one.toolTip()] == [], "a key is in the tool tip or on screen"
    assert room.page.records.counters.isVisible()


def test_a_window_that_grows_and_shrinks_keeps_its_parts(room: Room) -> None:
    page = room.page
    parts = (page.capture, page.beside, page.records, page.capture.form)
    write(room.qtbot, "1312")
    for width in (900, 1366, 1800, 900, 1366):
        room.window.resize(width, 690)
        QApplication.processEvents()
        assert focused().objectName() == "phone"
    assert (page.capture, page.beside, page.records, page.capture.form) == parts
    assert room.form.text("phone") == "1312"
    assert left(page.beside, room) > left(page.capture, room)


def test_a_narrow_window_has_one_pane_and_a_drawer(open_room: Callable[..., Room]) -> None:
    room = open_room(size=(911, 460))
    field = room.find("phone")
    assert isinstance(field, QLineEdit)
    write(room.qtbot, "13123450001")
    field.setCursorPosition(3)
    assert not room.page.beside.isVisible()
    assert room.page.capture.width() > 800
    room.press(F12)
    assert room.page.beside.isVisible()
    assert focused().objectName() == "step_1"
    room.press(Qt.Key.Key_Escape)
    assert not room.page.beside.isVisible()
    assert focused() is field
    assert field.cursorPosition() == 3


def test_in_a_narrow_window_the_number_to_ring_needs_no_drawer(open_room: Callable[..., Room]) -> None:
    room = open_room(size=(911, 460))
    room.press(Qt.Key.Key_F4)
    assert room.find("now_phone").text() == "400 8100 001"  # type: ignore[attr-defined]
    room.alt(1)
    assert [one.key for one in room.at_hand.done] == ["where"]


def test_the_list_comes_out_of_the_drawer_by_its_own_key(open_room: Callable[..., Room]) -> None:
    room = open_room(size=(911, 460))
    room.press(Qt.Key.Key_F, CONTROL)
    assert focused().objectName() == "filter"
    assert room.page.records.isVisible()
    room.press(Qt.Key.Key_Escape)
    assert focused().objectName() == "phone"


def test_one_key_goes_to_the_steps_and_back_to_the_caret(room: Room) -> None:
    field = room.find("phone")
    assert isinstance(field, QLineEdit)
    write(room.qtbot, "13123450001")
    field.setCursorPosition(4)
    room.press(F12)
    assert focused().objectName() == "step_1"
    room.press(Qt.Key.Key_Space)
    assert [one.key for one in room.at_hand.done] == ["tell"]
    room.press(F12)
    assert focused() is field
    assert field.cursorPosition() == 4


def test_what_was_drawn_is_there_again_for_each_arrangement(open_room: Callable[..., Room]) -> None:
    first = open_room(size=(1366, 690))
    first.page._across.moveSplitter(600, 1)
    drawn = first.page.capture.width()
    second = open_room(size=(1366, 690))
    assert abs(second.page.capture.width() - drawn) <= 2
    third = open_room(size=(1920, 690))
    assert abs(third.page.capture.width() / 1900 - 56 / 136) < 0.03


@pytest.mark.parametrize(("key", "held"), [(F12, NONE), (Qt.Key.Key_H, CONTROL), (Qt.Key.Key_F, CONTROL)])
@pytest.mark.parametrize("size", [(911, 460), (1366, 690), (1920, 1000)])
def test_from_wherever_somebody_went_esc_or_f12_leads_back_to_the_caret(
    open_room: Callable[..., Room], size: tuple[int, int], key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    room = open_room(size=size)
    write(room.qtbot, "13123450001")
    room.form.fields.go_to("detail")
    write(room.qtbot, "hello")
    room.press(Qt.Key.Key_Left)
    room.press(key, held)
    assert focused().objectName() != "detail"
    room.press(F12 if key == Qt.Key.Key_F else Qt.Key.Key_Escape)
    write(room.qtbot, "X")
    assert room.form.text("detail") == "hellXo"


def test_in_a_low_window_the_step_at_hand_is_seen_whole(open_room: Callable[..., Room]) -> None:
    room = open_room(size=(1093, 434))
    room.press(Qt.Key.Key_F4)
    room.form.enter("urgent_kind", "lift")
    room.settle()
    QApplication.processEvents()
    row = room.find("step_1").parentWidget()
    assert row is not None
    room.qtbot.waitUntil(lambda: row.visibleRegion().boundingRect() == row.rect())
    assert not room.page.records.counters.isVisible()
    room.window.resize(1366, 700)
    room.qtbot.waitUntil(room.page.records.counters.isVisible)
