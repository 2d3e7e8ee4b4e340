"""The zoom by key: at once, over everything that is open, and nothing typed or looked at is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QWidget

from desktop_app.ui.desk.main_window import MainWindow
from desktop_app.ui.preferences import SCALES
from desktop_app.ui.theme.style import apply_theme, text_zoom
from desktop_app.ui.widgets.pill import Pill
from tests.ui.desk.desks import Desk
from tests.ui.typing.composing import compose

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def as_it_was(qapp: QApplication):
    yield
    apply_theme(qapp, "light")


def told(desk: Desk) -> str:
    pill = desk.find("zoom_told")
    assert isinstance(pill, Pill)
    return pill.text()


def sizes(window: MainWindow) -> dict[str, tuple[int, int]]:
    """Return how large everything on screen wants to be, by its name."""
    shown = [one for one in window.findChildren(QWidget) if one.isVisible() and one.objectName()]
    return {
        one.objectName(): (one.minimumSizeHint().height(), one.sizeHint().height())
        for one in shown
        # A whole place has gaps in it that are the style's own and the same at every zoom.
        if not one.objectName().startswith(("qt_", "zoom", "place_"))
    }


def test_the_zoom_changes_under_the_caret(desk: Desk) -> None:
    desk.waits(lambda: desk.focused() == "phone")
    desk.types("13123450001")
    desk.press(Qt.Key.Key_Tab)
    desk.press(Qt.Key.Key_Tab)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    desk.types("2-1-1602")
    field.setCursorPosition(3)
    compose(field, "dan")
    high = field.height()
    desk.press(Qt.Key.Key_Equal, CTRL)
    assert desk.preferences.scale == 1.15
    assert told(desk) == "文字大小 115%"
    assert QApplication.focusWidget() is field
    assert field.text() == "2-1dan-1602"
    assert field.cursorPosition() == 6
    desk.waits(lambda: field.height() > high)
    desk.press(Qt.Key.Key_0, CTRL)
    desk.waits(lambda: field.height() == high)
    assert desk.preferences.scale == 1.0


def test_it_stops_at_both_ends(desk: Desk) -> None:
    desk.waits(lambda: desk.focused() == "phone")
    for end, key, words in ((SCALES[-2], Qt.Key.Key_Plus, "150%"), (SCALES[1], Qt.Key.Key_Minus, "90%")):
        desk.window._zoom.choose(end)
        desk.press(key, CTRL)
        desk.press(key, CTRL)
        assert told(desk) == f"文字大小 {words}"
    assert desk.preferences.scale == 0.9


def test_zoomed_it_is_as_large_as_if_it_had_been_opened_so(desk: Desk) -> None:
    """After a walk through all sizes, so that roundings would add up."""
    zoom = desk.window._zoom
    for walk in ((1.25, 0.9), (1.15, 1.5)):
        desk.waits(lambda: desk.focused() == "phone")
        for one in walk:
            zoom.choose(one)
        QApplication.processEvents()
        zoomed = sizes(desk.window)
        desk.press(Qt.Key.Key_L, CTRL)
        desk.unlock_again()
        desk.waits(lambda: desk.focused() == "phone")
        QApplication.processEvents()
        opened = sizes(desk.window)
        assert {name: pair for name, pair in zoomed.items() if pair != opened.get(name)} == {}
        assert len(zoomed) > 30


def test_the_settings_choose_it_too_and_show_what_was_chosen_by_key(desk: Desk) -> None:
    desk.waits(lambda: desk.focused() == "phone")
    desk.press(Qt.Key.Key_Comma, CTRL)
    desk.waits(lambda: desk.sees("zoom"))
    combo = desk.find("zoom")
    assert isinstance(combo, QComboBox)
    combo.setFocus()
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Down)
    assert desk.preferences.scale == 1.25
    assert combo.hasFocus()
    desk.press(Qt.Key.Key_Minus, CTRL)
    assert combo.currentText() == "115%"


def test_on_a_wide_window_larger_text_is_offered_once(desk: Desk) -> None:
    desk.waits(lambda: desk.focused() == "phone")
    offered = desk.words.say("window.zoom.take", percent=115)

    def buttons() -> list[QPushButton]:
        found = desk.window.findChildren(QPushButton)
        return [one for one in found if one.isVisible() and one.text() == offered]

    assert buttons() == []
    desk.window.resize(1920, 1080)
    desk.waits(lambda: len(buttons()) == 1)
    assert desk.focused() == "phone"
    buttons()[0].click()
    desk.waits(lambda: buttons() == [])
    assert desk.preferences.scale == 1.15
    desk.window._zoom.choose(1.0)
    desk.window.resize(1700, 900)
    QApplication.processEvents()
    assert buttons() == []


def test_the_offer_speaks_the_language_chosen_and_goes_by_itself(desk: Desk) -> None:
    desk.waits(lambda: desk.focused() == "phone")
    desk.window.resize(1920, 1080)
    notice = desk.window._notice
    desk.waits(notice.isVisible)
    assert notice._timer.isActive()
    desk.window._choose_language("en")
    assert notice.text().startswith("There is room for larger text")
    assert [one.text() for one in notice.findChildren(QPushButton) if one.isVisible()] == [
        "Use 115%",
        "Leave it as it is",
    ]
    notice.tell("else")
    desk.window._choose_language("zh")
    assert notice.text() == "else"


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (1093, 520)])
def test_what_is_told_lies_over_no_button_of_the_form(desk: Desk, size: tuple[int, int]) -> None:
    desk.waits(lambda: desk.focused() == "phone")
    desk.window.resize(*size)
    desk.press(Qt.Key.Key_Minus, CTRL)
    pill = desk.find("zoom_told")
    QApplication.processEvents()
    for name in ("save_next", "park"):
        button = desk.find(name)
        place = button.rect().translated(button.mapTo(desk.window, button.rect().topLeft()))
        assert not place.intersects(pill.geometry()), name
    assert desk.window.rect().contains(pill.geometry())


def test_the_lock_screen_can_be_zoomed(desk: Desk) -> None:
    desk.waits(lambda: desk.focused() == "phone")
    desk.press(Qt.Key.Key_L, CTRL)
    desk.waits(lambda: desk.window.workplace is None and desk.sees("pin"))
    desk.find("pin").setFocus()
    desk.press(Qt.Key.Key_Equal, CTRL)
    assert desk.preferences.scale == 1.15
    assert QApplication.font().pixelSize() == round(14 * text_zoom(1.15))
