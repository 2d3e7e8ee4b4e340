"""This number's calls below the fields: told, opened by keys, and never in the fields' way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.kinds import Kind
from desktop_app.services.records import log_record
from desktop_app.storage.store import Store
from desktop_app.ui.capture import caller_panel
from tests.ui.capture.conftest import Desk
from tests.ui.capture.keyboard import CONTROL, focused, press, write
from tests.ui.sessions import START

PHONE = "13123450219"


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    told: list[str] = []
    monkeypatch.setattr(caller_panel, "announce", lambda _widget, text: told.append(text))
    return told


def save(store: Store, ago: timedelta, **values: str) -> str:
    at = START - ago
    told = {"kind": "enquiry", "phone": PHONE, "received_at": at.isoformat(), "detail": "停水", **values}
    return log_record(store, told, now=at).subject_id


def call(desk: Desk, qtbot: QtBot, phone: str = PHONE) -> None:
    desk.form.focus_start()
    write(qtbot, phone)
    desk.settle(qtbot)


def table(desk: Desk):
    return desk.field("caller_calls")


def lines(desk: Desk) -> list[str]:
    model = table(desk).model()
    columns = range(model.columnCount())
    return [" ".join(str(model.index(row, at).data()) for at in columns) for row in range(model.rowCount())]


def test_the_numbers_calls_are_told_the_open_complaint_first(
    desk: Desk, qtbot: QtBot, said: list[str]
) -> None:
    save(desk.session.store, timedelta(days=2), kind="complaint", detail="夜间施工")
    save(desk.session.store, timedelta(hours=1))
    save(desk.session.store, timedelta(minutes=20), detail="问进度")
    call(desk, qtbot)
    assert desk.field("caller_headline").text() == "投诉 07-00001-9 未结 · 本号码今天第 3 次来电"
    assert desk.field("caller_headline").property("tone") == "complaint"
    assert [line.split()[0] for line in lines(desk)] == ["03-18", "09:43", "09:03"]
    assert lines(desk)[0].endswith("未结")
    assert said == ["投诉 07-00001-9 未结 · 本号码今天第 3 次来电"]


def test_an_overdue_promise_comes_first_and_is_red(desk: Desk, qtbot: QtBot) -> None:
    save(desk.session.store, timedelta(hours=3), callback_due="2026-03-20T09:00:00+08:00")
    call(desk, qtbot)
    assert desk.field("caller_headline").text() == "回访已超时，原定 09:00 · 本号码今天第 2 次来电"
    assert desk.field("caller_headline").property("tone") == "urgent"


def test_a_call_is_opened_by_keys_and_the_caret_comes_back(desk: Desk, qtbot: QtBot) -> None:
    older = save(desk.session.store, timedelta(hours=2))
    save(desk.session.store, timedelta(hours=1))
    call(desk, qtbot)
    press(qtbot, Qt.Key.Key_Down, CONTROL)
    assert focused() is table(desk)
    press(qtbot, Qt.Key.Key_Down)
    with qtbot.waitSignal(desk.page.record_asked, timeout=2000) as asked:
        press(qtbot, Qt.Key.Key_Return)
    assert asked.args == [older]
    press(qtbot, Qt.Key.Key_Escape)
    assert focused().objectName() == "phone"


def test_the_next_call_and_another_number_begin_with_nothing(desk: Desk, qtbot: QtBot) -> None:
    save(desk.session.store, timedelta(hours=1))
    call(desk, qtbot)
    assert table(desk).isVisible()
    focused().selectAll()
    call(desk, qtbot, "13123450043")
    assert not desk.form.fields.caller.knows()
    desk.form.clear()
    call(desk, qtbot)
    assert desk.form.fields.caller.caller.nth == 2
    desk.form.clear()
    assert not desk.form.fields.caller.knows()


def test_it_never_takes_a_pixel_from_the_fields(
    open_desk: Callable[..., Desk], store: Store, qtbot: QtBot
) -> None:
    """In a low window it is one line beside "more"; every field of every kind stays where it was."""
    for hours in range(1, 9):
        save(store, timedelta(hours=hours), kind="complaint")
    desk = open_desk(size=(806, 520))

    asked: list[str] = []
    desk.page.record_asked.connect(asked.append)

    def places() -> tuple[dict[str, tuple[int, int]], int]:
        QApplication.processEvents()
        panel = desk.form.fields
        shown = ((one, panel.editor(one).widget) for one in panel.ordered() if one != "callback_due")
        where = {one: (widget.y(), widget.height()) for one, widget in shown if widget.isVisible()}
        return where, panel.verticalScrollBar().maximum()

    for kind in Kind:
        desk.form.clear(kind.value)
        desk.form.focus_start()
        write(qtbot, PHONE[:-1])
        desk.settle(qtbot)
        before = places()
        write(qtbot, PHONE[-1])
        desk.settle(qtbot)
        assert desk.form.fields.caller.knows()
        assert places() == before, kind
        pill = desk.field("caller_line")
        assert pill.text().startswith("8 件投诉未结")
        assert pill.visibleRegion().boundingRect() == pill.rect(), "seen whole, however low the window is"
        asked.clear()
        qtbot.mouseClick(pill, Qt.MouseButton.LeftButton)
        assert asked == [desk.form.fields.caller.caller.complaints[0].subject_id]
        with qtbot.waitSignal(desk.page.record_asked, timeout=2000):
            press(qtbot, Qt.Key.Key_Down, CONTROL)
