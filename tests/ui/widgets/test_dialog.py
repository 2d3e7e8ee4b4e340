import gc

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.typing.text_edit import LongTextEdit
from desktop_app.ui.widgets.chip_set import ChipSet
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.dialog import Dialog
from desktop_app.ui.widgets.labels import PlainLabel


@pytest.fixture
def dialog(qtbot, words):
    made = Dialog(words, "作废这条记录？", "作废")
    made.line, made.long = LineEdit(), LongTextEdit()
    made.body.addWidget(made.line)
    made.body.addWidget(made.long)
    made.seen = []
    made.finished.connect(made.seen.append)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.line.setFocus()
    qtbot.waitUntil(made.line.hasFocus)
    return made


def test_enter_does_the_one_thing_and_esc_does_not(qtbot, dialog):
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    assert dialog.seen == [QDialog.DialogCode.Accepted.value]
    dialog.show()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.seen[1:] == [QDialog.DialogCode.Rejected.value]


def test_the_focus_begins_in_the_body_and_tab_ends_at_the_buttons(qtbot, words):
    made = Dialog(words, "作废？", "作废")
    line, long = LineEdit(), LongTextEdit()
    made.body.addWidget(line)
    made.body.addWidget(long)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(line.hasFocus)
    walked = []
    for _ in range(3):
        qtbot.keyClick(made.focusWidget(), Qt.Key.Key_Tab)
        walked.append(made.focusWidget())
    assert walked == [long, made.cancel, made.primary]


def test_enter_on_cancel_cancels(qtbot, dialog):
    dialog.cancel.setFocus()
    qtbot.keyClick(dialog.cancel, Qt.Key.Key_Return)
    assert dialog.seen == [QDialog.DialogCode.Rejected.value]


def test_enter_is_a_new_line_in_a_long_text_and_ctrl_enter_is_not(qtbot, dialog):
    dialog.long.setFocus()
    qtbot.keyClicks(dialog.long, "a")
    qtbot.keyClick(dialog.long, Qt.Key.Key_Return)
    assert (dialog.long.toPlainText(), dialog.seen) == ("a\n", [])
    qtbot.keyClick(dialog.long, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.seen == [QDialog.DialogCode.Accepted.value]


def test_enter_while_composing_belongs_to_the_input_method(qtbot, dialog):
    QApplication.sendEvent(dialog.line, QInputMethodEvent("chong", []))
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    assert dialog.seen == []
    assert dialog.line.text() == "chong"


def test_a_dialog_that_only_tells_has_one_button(qtbot, words):
    made = Dialog(words, "说明")
    qtbot.addWidget(made)
    made.show()
    assert not made.cancel.isVisible()
    assert made.primary.text() == "关闭"


def test_an_open_dialog_that_nobody_holds_is_not_taken_for_garbage(qtbot, words):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    Dialog(words, "更正", parent=window).open()
    gc.collect()
    assert [one.isVisible() for one in window.findChildren(Dialog)] == [True]


def test_the_one_thing_says_the_key_that_always_does_it(qtbot, words):
    short, long, told = (
        Dialog(words, "作废？", "作废"),
        Dialog(words, "更正", "更正"),
        Dialog(words, "说明"),
    )
    short.body.addWidget(LineEdit())
    short.body.addWidget(ChipGroup([("phone", "电话"), ("mail", "邮件")]))
    long.body.addWidget(LongTextEdit())
    for made, keys in ((short, "Enter"), (long, "Ctrl+Enter"), (told, "Esc")):
        qtbot.addWidget(made)
        made.show()
        assert made.primary.keys() == keys


@pytest.mark.parametrize("several", [False, True])
def test_enter_on_a_chip_does_the_one_thing_and_changes_no_choice(qtbot, words, several):
    made, seen = Dialog(words, "通知主管", "记录"), []
    pairs = [("reached", "已通知到"), ("missed", "没联系上")]
    chips = ChipSet(pairs) if several else ChipGroup(pairs)
    made.body.addWidget(chips)
    made.finished.connect(seen.append)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_2)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert seen == [QDialog.DialogCode.Accepted.value]
    assert (chips.codes() if several else [chips.current_code()]) == ["missed"]


def test_many_chips_make_lines_and_no_wide_dialog(qtbot, words):
    window = QWidget()
    window.resize(1_366, 768)
    qtbot.addWidget(window)
    window.show()
    made = Dialog(words, "报告", "报告", window)
    chips = ChipGroup([(str(place), "很多座席同时掉线") for place in range(12)])
    made.body.addWidget(chips)
    made.open()
    QApplication.processEvents()
    assert made.width() <= 720
    assert chips.height() == chips.layout().heightForWidth(chips.width())


def test_it_grows_where_its_words_need_more_lines(qtbot, words):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 700)
    window.show()
    made = Dialog(words, "报告", "报告", window)
    told = PlainLabel("短", wrap=True)
    made.body.addWidget(told)
    made.show()
    before = made.height()
    told.setText("这句话很长，要好几行才放得下。" * 12)
    qtbot.waitUntil(lambda: made.height() > before)
    assert told.height() >= told.heightForWidth(told.width())
