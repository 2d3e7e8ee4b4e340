"""What a field cannot read, or will not keep as it was typed, is told below it."""

import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.capture.conftest import Desk
from tests.ui.capture.keyboard import CONTROL, go_on_to, press, tab, write


def test_what_a_paste_lost_is_told_under_its_field(desk: Desk, qtbot: QtBot) -> None:
    go_on_to(qtbot, "caller_name")
    QGuiApplication.clipboard().setText("陈\u202e女士\x00")
    press(qtbot, Qt.Key.Key_V, CONTROL)
    told = [label for label in desk.form.findChildren(QLabel) if "U+202E" in label.text()]
    assert len(told) == 1
    assert told[0].isVisible()
    field = desk.field("caller_name")
    below = told[0].mapTo(desk.form, QPoint(0, 0)).y() - field.mapTo(desk.form, QPoint(0, 0)).y()
    assert below >= field.height()
    write(qtbot, "x")
    assert not told[0].isVisible()


def test_ten_megabytes_of_markup_are_text_and_told_as_cut(desk: Desk, qtbot: QtBot) -> None:
    go_on_to(qtbot, "detail")
    QGuiApplication.clipboard().setText("<img src='file:///x'>" * 500_000)
    started = time.thread_time()
    press(qtbot, Qt.Key.Key_V, CONTROL)
    assert time.thread_time() - started < 0.25
    assert desk.form.values()["detail"].startswith("<img src")
    assert any("MB" in label.text() for label in desk.form.findChildren(QLabel))


@pytest.mark.parametrize(
    ("kind", "key", "typed", "mended", "told"),
    [
        (Qt.Key.Key_F3, "promised_by", "明天", "14:30", "看不懂这个时间"),
        (Qt.Key.Key_F4, "people_count", "两三个", "3", "看不懂这个数"),
    ],
)
def test_what_cannot_be_read_is_told_below_its_field(
    desk: Desk, qtbot: QtBot, kind: Qt.Key, key: str, typed: str, mended: str, told: str
) -> None:
    press(qtbot, kind)
    desk.field(key).setFocus()
    write(qtbot, typed)
    assert notes(desk) == []
    tab(qtbot)
    (note,) = notes(desk)
    assert note.text().startswith(told)
    assert note.mapTo(desk.form, QPoint()).y() > desk.field(key).mapTo(desk.form, QPoint()).y()
    assert desk.form.values()[key] == typed
    desk.field(key).setFocus()
    press(qtbot, Qt.Key.Key_A, CONTROL)
    write(qtbot, mended)
    tab(qtbot)
    assert notes(desk) == []


def test_a_promise_at_a_time_nobody_can_read_is_told(desk: Desk, qtbot: QtBot) -> None:
    desk.form.load({"callback_needed": "yes", "callback_due": ""})
    desk.field("callback_due").setFocus()
    write(qtbot, "明天")
    tab(qtbot)
    assert [note.text()[:7] for note in notes(desk)] == ["看不懂这个时间"]


def notes(desk: Desk) -> list[QLabel]:
    """Return the lines below the fields that say something."""
    found = desk.form.findChildren(QLabel)
    return [label for label in found if label.isVisible() and label.text().startswith("看不懂")]


@pytest.mark.parametrize("key", ["caller_name", "detail"])
def test_an_identity_number_is_told_once_the_field_is_left(desk: Desk, qtbot: QtBot, key: str) -> None:
    go_on_to(qtbot, key)
    write(qtbot, "330106199003071236 ")
    told = desk.session.words.say("window.capture.id_number")

    def shown() -> bool:
        return any(one.isVisible() and one.text() == told for one in desk.form.findChildren(QLabel))

    assert not shown()
    tab(qtbot)
    assert shown()
    desk.field(key).setFocus()
    write(qtbot, "x")
    assert not shown()
