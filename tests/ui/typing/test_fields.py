"""Fields of one line and of many: whatever is pasted, dropped or typed enters clean or is told of."""

import time

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.texts import Cleaned
from desktop_app.ui.typing.entering import MOST_CHARACTERS, MOST_IN_LINE, told
from desktop_app.ui.typing.line_edit import LineEdit, PhoneEdit
from desktop_app.ui.typing.text_edit import LongTextEdit
from desktop_app.words import Words
from tests.ui.typing.composing import compose, settle

CONTROL = Qt.KeyboardModifier.ControlModifier
FIELDS = pytest.mark.parametrize("make", [LineEdit, LongTextEdit])
PASTES = {
    "nul": ("a\x00b", "ab", ("U+0000",)),
    "bidi": ("陈\u202e女士", "陈女士", ("U+202E",)),
    "html": ("<b>急</b><img src=x onerror=1>", "<b>急</b><img src=x onerror=1>", ()),
    "emoji": ("👨‍👩‍👧 好😀", "👨‍👩‍👧 好😀", ()),
    "full width": ("１３１２", "１３１２", ()),
    "invisible": ("名\u2066字\u200b", "名字", ("U+2066", "U+200B")),
}


def paste(qtbot: QtBot, field: QWidget, text: str) -> list[Cleaned]:
    heard: list[Cleaned] = []
    field.cleaned.connect(heard.append)
    QGuiApplication.clipboard().setText(text)
    qtbot.keyClick(field, Qt.Key.Key_V, CONTROL)
    return heard


@FIELDS
@pytest.mark.parametrize("case", PASTES)
def test_a_paste_is_cleaned_and_told(qtbot: QtBot, make: type[LineEdit], case: str) -> None:
    field = make()
    qtbot.addWidget(field)
    raw, text, removed = PASTES[case]
    heard = paste(qtbot, field, raw)
    assert field.full_text() == text
    assert [cleaned.removed for cleaned in heard] == ([removed] if removed else [])


@FIELDS
@pytest.mark.parametrize("line", ["停水\n", "停水停"])
def test_ten_megabytes_never_freeze_the_field(qtbot: QtBot, make: type[LineEdit], line: str) -> None:
    field = make()
    qtbot.addWidget(field)
    field.show()
    QGuiApplication.clipboard().setText(line * 2_500_000 + "\x00")
    heard: list[Cleaned] = []
    field.cleaned.connect(heard.append)
    started = time.thread_time()  # the other processes of a busy machine are not the field
    qtbot.keyClick(field, Qt.Key.Key_V, CONTROL)
    took = time.thread_time() - started
    most = MOST_IN_LINE if make is LineEdit else MOST_CHARACTERS
    assert len(field.full_text()) == most
    assert heard[0].cut_bytes > 17_000_000
    assert took < 0.2


@FIELDS
def test_what_does_not_fit_is_left_out_and_what_was_there_stays(qtbot: QtBot, make: type[LineEdit]) -> None:
    field = make(most=10)
    qtbot.addWidget(field)
    qtbot.keyClicks(field, "abc")
    heard = paste(qtbot, field, "0123456789")
    assert field.full_text() == "abc0123456"
    assert heard[0].cut_bytes == 3
    qtbot.keyClicks(field, "x")
    settle(field, "多")
    assert field.full_text() == "abc0123456"


@FIELDS
def test_what_an_input_method_brings_is_cleaned(qtbot: QtBot, make: type[LineEdit]) -> None:
    field = make()
    qtbot.addWidget(field)
    heard: list[Cleaned] = []
    field.cleaned.connect(heard.append)
    compose(field, "x")
    settle(field, "停\u202e水")
    assert field.full_text() == "停水"
    assert heard[0].removed == ("U+202E",)


@FIELDS
def test_a_drop_is_cleaned(qtbot: QtBot, make: type[LineEdit]) -> None:
    field = make()
    qtbot.addWidget(field)
    field.show()
    mime = QMimeData()
    mime.setText("停\u202e水")
    mime.setHtml("<b>停水</b>")
    target = field if isinstance(field, LineEdit) else field.viewport()
    held = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(target, QDragEnterEvent(QPoint(4, 4), *held))
    QApplication.sendEvent(target, QDropEvent(QPointF(4, 4), *held))
    assert field.full_text() == "停水"


def test_lines_become_blanks_in_a_field_of_one_line(qtbot: QtBot) -> None:
    field = LineEdit()
    qtbot.addWidget(field)
    paste(qtbot, field, "翠湖苑\r\n3 幢\t2 单元")
    assert field.text() == "翠湖苑 3 幢 2 单元"


def test_lines_stay_in_a_long_text_and_return_begins_one(qtbot: QtBot) -> None:
    field = LongTextEdit()
    qtbot.addWidget(field)
    qtbot.keyClicks(field, "a")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    paste(qtbot, field, "b\r\nc")
    assert field.full_text() == "a\nb\nc"


def test_a_paste_can_be_undone_and_replaces_the_selection(qtbot: QtBot) -> None:
    for make in (LineEdit, LongTextEdit):
        field = make()
        qtbot.addWidget(field)
        qtbot.keyClicks(field, "abc")
        field.selectAll()
        paste(qtbot, field, "xy")
        assert field.full_text() == "xy"
        field.undo()
        assert field.full_text() == "abc"


def test_tab_leaves_a_long_text(qtbot: QtBot) -> None:
    window = QWidget()
    notes, after = LongTextEdit(), LineEdit()
    layout = QVBoxLayout(window)
    layout.addWidget(notes)
    layout.addWidget(after)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    notes.setFocus()
    qtbot.keyClick(notes, Qt.Key.Key_Tab)
    assert after.hasFocus()
    assert notes.full_text() == ""


@FIELDS
def test_every_change_is_told_composing_included(qtbot: QtBot, make: type[LineEdit]) -> None:
    field = make()
    qtbot.addWidget(field)
    texts: list[str] = []
    field.edited.connect(lambda: texts.append(field.full_text()))
    qtbot.keyClicks(field, "a")
    compose(field, "ni")
    settle(field, "你")
    assert list(dict.fromkeys(texts)) == ["a", "ani", "a你"]


def test_a_phone_field_turns_the_input_method_off_and_converts(qtbot: QtBot) -> None:
    field = PhoneEdit()
    qtbot.addWidget(field)
    assert field.inputMethodQuery(Qt.InputMethodQuery.ImEnabled) is False
    paste(qtbot, field, "（0571）５５５０　1001 转 801")
    assert field.text() == "(0571)5550 1001 转 801"
    field.clear()
    qtbot.keyClick(field, Qt.Key.Key_1)
    settle(field, "３")
    assert field.text() == "13"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("13123450219", "1312 345 0219"),
        ("057155501001", "0571-5550 1001"),
        ("01055501001", "010-5550 1001"),
        ("95588", "95588"),
        ("0571 55501001 转 801", "0571 55501001 转 801"),
    ],
)
def test_a_number_is_shown_in_groups_and_read_without(qtbot: QtBot, typed: str, shown: str) -> None:
    field = PhoneEdit()
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
        field.activateWindow()
    field.setFocus()
    field.enter(typed)
    assert field.text() == typed
    field.clearFocus()
    assert (field.text(), field.typed_text()) == (shown, typed)


def test_the_sentence_says_what_did_not_enter() -> None:
    cleaned = Cleaned("", ("U+0000", "U+202E"), 9_800_000)
    assert (
        told(Words("zh"), cleaned)
        == "已去除其中看不见的字符（U+0000, U+202E）。 超出长度，末尾 9.8 MB 未收入。"
    )
    assert told(Words("en"), Cleaned("x")) == ""
