import pytest
from PySide6.QtCore import Qt

from desktop_app.ui.widgets.buttons import IconButton, PrimaryButton, QuietButton, SecondaryButton


def test_the_key_is_shown_but_is_no_part_of_the_name(qtbot):
    with_key, without = SecondaryButton("挂起", "Ctrl+D"), SecondaryButton("挂起")
    for button in (with_key, without):
        qtbot.addWidget(button)
    assert with_key.accessibleName() == "挂起"
    assert with_key.accessibleDescription() == "Ctrl+D"
    assert with_key.sizeHint().width() > without.sizeHint().width() + 30
    with_key.resize(with_key.sizeHint())
    assert with_key.grab().toImage() != without.grab().toImage()


def test_words_are_never_cut(qtbot):
    for made in (PrimaryButton("保存并接下一个", "Ctrl+Enter", icon_name="save"), QuietButton("More fields")):
        qtbot.addWidget(made)
        assert made.minimumSizeHint() == made.sizeHint()
        words = made.fontMetrics().horizontalAdvance(made.text() + made.keys())
        assert made.sizeHint().width() > words


def test_changed_words_change_name_and_room(qtbot):
    button = SecondaryButton("存", "F9")
    qtbot.addWidget(button)
    before = button.sizeHint().width()
    button.set_words("保存并接下一个")
    assert (button.accessibleName(), button.keys()) == ("保存并接下一个", "F9")
    assert button.sizeHint().width() > before


def test_an_icon_button_says_its_words(qtbot):
    button = IconButton("settings", "设置", keys="Ctrl+,")
    qtbot.addWidget(button)
    button.show()
    assert button.accessibleName() == "设置"
    assert button.toolTip() == "设置  Ctrl+,"
    assert min(button.width(), button.height()) >= 24


def test_focus_is_seen_on_a_filled_button(qtbot):
    button = PrimaryButton("保存")
    qtbot.addWidget(button)
    button.show()
    without = button.grab().toImage()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    assert button.grab().toImage() != without


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_a_button_as_the_space_bar_does(qtbot, key):
    for made in (SecondaryButton("更正"), IconButton("settings", "设置")):
        qtbot.addWidget(made)
        made.show()
        with qtbot.waitSignal(made.clicked):
            qtbot.keyClick(made, key)
