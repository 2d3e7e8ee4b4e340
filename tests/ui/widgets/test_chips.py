import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.ui.theme.style import apply_theme
from desktop_app.ui.widgets.chips import ChipGroup

PAIRS = [("none", "不需要"), ("after", "恢复后"), ("soon", "30 分钟内")]


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    layout = QVBoxLayout(made)
    made.before, made.chips, made.after = QLineEdit(), ChipGroup(PAIRS, name="回访"), QLineEdit()
    for part in (made.before, made.chips, made.after):
        layout.addWidget(part)
    made.told = []
    made.chips.changed.connect(made.told.append)
    made.show()
    made.activateWindow()
    made.before.setFocus()
    qtbot.waitUntil(made.before.hasFocus)
    return made


def press(window, key) -> None:
    QTest.keyClick(window.focusWidget(), key)


def test_it_is_one_tab_stop_and_the_focus_lands_on_the_chosen_chip(window):
    window.chips.set_code("soon")
    press(window, Qt.Key.Key_Tab)
    assert window.focusWidget().text() == "30 分钟内"
    press(window, Qt.Key.Key_Tab)
    assert window.focusWidget() is window.after
    press(window, Qt.Key.Key_Backtab)
    assert window.focusWidget().text() == "30 分钟内"
    assert window.told == []


def test_it_is_one_tab_stop_wherever_a_form_puts_it(window):
    QWidget.setTabOrder(window.chips.focusProxy(), window.before)
    window.before.setFocus()
    walked = []
    for _ in range(6):
        press(window, Qt.Key.Key_Tab)
        walked.append(window.focusWidget())
    assert walked[:3] == walked[3:]
    assert len(set(walked)) == 3


def test_without_a_choice_the_focus_lands_on_the_first_chip_and_chooses_nothing(window):
    press(window, Qt.Key.Key_Tab)
    assert window.focusWidget().text() == "不需要"
    assert window.chips.current_code() == ""
    press(window, Qt.Key.Key_Space)
    assert window.told == ["none"]


def test_arrows_move_choice_and_focus_round_the_end(window):
    window.chips.set_code("after")
    press(window, Qt.Key.Key_Tab)
    for key, code in (
        (Qt.Key.Key_Right, "soon"),
        (Qt.Key.Key_Right, "none"),
        (Qt.Key.Key_Left, "soon"),
        (Qt.Key.Key_Up, "after"),
        (Qt.Key.Key_Down, "soon"),
    ):
        press(window, key)
        assert window.chips.current_code() == code
        assert window.focusWidget().code == code
    assert window.told == ["soon", "none", "soon", "after", "soon"]


def test_a_digit_chooses_the_chip_at_its_place(window):
    press(window, Qt.Key.Key_Tab)
    for key, code in (
        (Qt.Key.Key_3, "soon"),
        (Qt.Key.Key_3, "soon"),
        (Qt.Key.Key_1, "none"),
        (Qt.Key.Key_9, "none"),
    ):
        press(window, key)
        assert window.chips.current_code() == code
        assert window.focusWidget().code == code
    assert window.told == ["soon", "none"]


def test_delete_or_a_second_press_takes_the_choice_back(window, qtbot):
    window.chips.set_code("soon")
    press(window, Qt.Key.Key_Tab)
    press(window, Qt.Key.Key_Delete)
    assert window.chips.current_code() == ""
    chip = next(one for one in window.chips.findChildren(QPushButton) if one.code == "after")
    for expected in ("after", ""):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
        assert window.chips.current_code() == expected
        assert chip.isChecked() == bool(expected)
    assert window.told == ["", "after", ""]


def test_a_needed_choice_cannot_be_taken_back(qtbot):
    chips = ChipGroup(PAIRS, optional=False)
    qtbot.addWidget(chips)
    chips.set_code("soon")
    chips.choose("soon")
    chips.clear()
    assert chips.current_code() == "soon"


def test_choosing_moves_no_neighbour(window):
    places = [chip.x() for chip in window.chips.findChildren(QPushButton)]
    heights = {chip.height() for chip in window.chips.findChildren(QPushButton)}
    window.chips.set_code("none")
    QTest.qWait(1)
    assert [chip.x() for chip in window.chips.findChildren(QPushButton)] == places
    assert {chip.height() for chip in window.chips.findChildren(QPushButton)} == heights
    assert min(heights) >= 24


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_focus_is_seen_on_a_chosen_chip(window, qapp, theme):
    tokens = apply_theme(qapp, theme)
    window.chips.set_code("soon")

    def accents() -> int:
        picture = next(chip for chip in window.chips.findChildren(QPushButton) if chip.isChecked()).grab()
        image = picture.toImage()
        dots = [image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())]
        return dots.count(tokens.accent.lower())

    window.before.setFocus()
    left = accents()
    window.chips.setFocus()
    assert accents() > 1.5 * left


def test_other_words_keep_a_choice_that_is_still_offered(window):
    window.chips.set_code("soon")
    window.chips.fill([("soon", "Within 30 minutes"), ("none", "No")])
    assert window.chips.current_code() == "soon"
    window.chips.fill([("none", "No")])
    assert window.chips.current_code() == ""
    with pytest.raises(KeyError):
        window.chips.set_code("soon")


def test_chips_go_on_in_the_next_line_where_the_width_ends(qtbot):
    chips = ChipGroup([(str(number), f"选项 {number}") for number in range(12)])
    qtbot.addWidget(chips)
    assert chips.heightForWidth(200) > chips.heightForWidth(2000) >= 24
    chips.resize(200, chips.heightForWidth(200))
    chips.show()
    places = [chip.geometry() for chip in chips.findChildren(QPushButton)]
    assert all(chips.rect().contains(place) for place in places)
    assert not any(one.intersects(two) for at, one in enumerate(places) for two in places[at + 1 :])


def test_more_chips_at_the_same_width_have_their_lines(qtbot):
    group = ChipGroup([("a", "打不开")], name="现象")
    qtbot.addWidget(group)
    group.resize(200, 40)
    group.show()
    one_line = group.minimumHeight()
    group.fill([(str(place), "电话打不进来") for place in range(6)])
    qtbot.waitUntil(lambda: group.minimumHeight() >= 3 * one_line)
