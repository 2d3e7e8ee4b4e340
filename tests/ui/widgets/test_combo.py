import time

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from desktop_app.ui.widgets.combo import Combo
from desktop_app.ui.widgets.offer_list import OfferList

PAIRS = [
    ("service", "服务态度"),
    ("property", "物业"),
    ("noise", "噪音扰民"),
    ("power", "停电"),
    ("tv", "停水"),
]


@pytest.fixture
def combo(qtbot) -> Combo:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 400)
    made = Combo(PAIRS, window, name="类别")
    made.told = []
    made.code_changed.connect(made.told.append)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    made.setFocus()
    return made


def test_codes_in_and_out(combo):
    assert combo.current_code() == ""
    combo.set_code("noise")
    assert (combo.current_code(), combo.currentText(), combo.told) == ("noise", "噪音扰民", [])
    with pytest.raises(KeyError):
        combo.set_code("nothing")


def test_the_wheel_changes_nothing_and_scrolls_on(combo):
    combo.set_code("noise")
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, 0), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(combo, event)
    assert combo.current_code() == "noise"
    assert not event.isAccepted()


@pytest.mark.parametrize(
    ("typed", "code"),
    [("w", "property"), ("zy", "noise"), ("td", "power"), ("ts", "tv"), ("fwtd", "service")],
)
def test_pinyin_initials_find_a_word(qtbot, combo, typed, code):
    qtbot.keyClicks(combo, typed)
    assert combo.current_code() == code
    assert combo.told[-1] == code


def test_one_letter_again_goes_to_the_next(qtbot, combo):
    qtbot.keyClicks(combo, "tt")
    assert combo.current_code() == "tv"


def test_letters_that_find_nothing_change_nothing(qtbot, combo):
    combo.set_code("noise")
    qtbot.keyClicks(combo, "q")
    assert (combo.current_code(), combo.told) == ("noise", [])


def test_keys(qtbot, combo):
    qtbot.keyClick(combo, Qt.Key.Key_F4)
    assert not combo.view().isVisible()
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert combo.told == ["service"]
    qtbot.keyClick(combo, Qt.Key.Key_Delete)
    assert (combo.current_code(), combo.told) == ("", ["service", ""])
    qtbot.keyClick(combo, Qt.Key.Key_Space)
    qtbot.waitUntil(combo.view().isVisible)
    qtbot.keyClick(combo.view(), Qt.Key.Key_Down)
    qtbot.keyClick(combo.view(), Qt.Key.Key_Return)
    assert combo.told[2:] == ["service"]


def test_a_choice_stays_where_it_is_still_offered(combo):
    combo.set_code("tv")
    combo.fill([("tv", "No water"), ("power", "No power")])
    assert (combo.current_code(), combo.currentText(), combo.told) == ("tv", "No water", [])
    combo.fill([("power", "No power")])
    assert combo.current_code() == ""


def shown(combo) -> bool:
    found = combo.window().findChildren(OfferList)
    return any(one.isVisible() for one in found)


def a_minute_later(monkeypatch) -> None:
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 60)


def test_letters_narrow_the_words_down_to_one(qtbot, combo):
    qtbot.keyClicks(combo, "t")
    assert combo.left() == ["停电", "停水"]
    assert shown(combo)
    qtbot.keyClicks(combo, "s")
    assert (combo.left(), combo.current_code()) == ([], "tv")
    assert not shown(combo)


def test_what_is_left_stays_in_doubt_however_long_it_takes(qtbot, combo, monkeypatch):
    qtbot.keyClicks(combo, "t")
    a_minute_later(monkeypatch)
    qtbot.keyClicks(combo, "s")
    assert combo.current_code() == "tv"


def test_behind_a_choice_without_doubt_a_pause_begins_anew(qtbot, combo, monkeypatch):
    qtbot.keyClicks(combo, "f")
    assert combo.current_code() == "service"
    a_minute_later(monkeypatch)
    qtbot.keyClicks(combo, "w")
    assert combo.current_code() == "property"


def test_a_letter_that_fits_none_of_what_is_left_is_passed_over(qtbot, combo):
    qtbot.keyClicks(combo, "txs")
    assert combo.current_code() == "tv"


def test_arrows_choose_among_what_is_left_and_escape_keeps_the_choice(qtbot, combo):
    qtbot.keyClicks(combo, "t")
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert combo.current_code() == "tv"
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert combo.current_code() == "power"
    qtbot.keyClick(combo, Qt.Key.Key_Escape)
    assert (combo.left(), shown(combo), combo.current_code()) == ([], False, "power")
    assert combo.isVisible()


def test_the_list_goes_with_the_focus_and_a_click_takes_a_word(qtbot, combo):
    qtbot.keyClicks(combo, "t")
    rows = combo.window().findChild(OfferList).findChildren(QAbstractButton)
    qtbot.mouseClick(rows[1], Qt.MouseButton.LeftButton)
    assert (combo.current_code(), shown(combo)) == ("tv", False)
    qtbot.keyClicks(combo, "t")
    assert shown(combo)
    combo.clearFocus()
    assert not shown(combo)


def test_letters_find_in_the_opened_list_and_only_enter_chooses(qtbot, combo):
    qtbot.keyClick(combo, Qt.Key.Key_Space)
    qtbot.waitUntil(combo.view().isVisible)
    qtbot.keyClicks(combo.view(), "zy")
    assert (combo.current_code(), combo.told) == ("", [])
    qtbot.keyClick(combo.view(), Qt.Key.Key_Return)
    assert (combo.current_code(), combo.told) == ("noise", ["noise"])
