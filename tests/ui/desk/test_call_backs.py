"""Whom to call back next, below the records of a large screen."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from desktop_app.services.due_promises import next_promises
from desktop_app.services.records import save_draft, start_draft
from desktop_app.storage.store import Store
from tests.ui.beside.rooms import Room
from tests.ui.capture.keyboard import focused
from tests.ui.sessions import START


def promise(store: Store, minutes: int, name: str, **more: str) -> str:
    due = f"{START + timedelta(hours=8, minutes=minutes):%Y-%m-%d %H:%M}"
    told = {"phone": "13123450002", "caller_name": name, "callback_due": due, **more}
    draft = start_draft(store, told, now=START - timedelta(days=1))
    return save_draft(store, draft.subject.id, told, now=START - timedelta(days=1)).subject_id


@pytest.fixture
def large(store: Store, open_room: Callable[..., Room]) -> Room:
    for minutes, name in ((25, "陈女士"), (-30, "沈先生"), (240, "何小姐")):
        promise(store, minutes, name)
    room = open_room(size=(1920, 1000))
    room.settle()
    return room


def lines(room: Room) -> list[tuple[str, ...]]:
    table = room.find("call_backs")
    assert isinstance(table, QTableView)
    model = table.model()
    return [
        tuple(str(model.index(row, column).data()) for column in (0, 1)) for row in range(model.rowCount())
    ]


def test_the_overdue_one_comes_first_and_the_next_is_told_in_minutes(large: Room) -> None:
    assert lines(large) == [("超时 09:33", "沈先生"), ("25 分钟后", "陈女士"), ("14:03", "何小姐")]
    large.clock.go_on(minutes=30)
    large.page.records.refresh()
    large.settle()
    assert [line[0] for line in lines(large)] == ["超时 09:33", "超时 10:28", "14:03"]


def test_enter_opens_its_record_and_esc_leads_back(large: Room) -> None:
    table = large.find("call_backs")
    table.setFocus()
    large.press(Qt.Key.Key_Down)
    large.press(Qt.Key.Key_Return)
    large.settle()
    record = large.page.records.record
    assert record.isVisible()
    waiting = next(
        one for one in next_promises(large.session.store, now=large.clock()) if one.caller_name == "陈女士"
    )
    assert record.subject_id == waiting.subject_id
    large.press(Qt.Key.Key_Escape)
    assert focused() is table


def test_with_nobody_waiting_it_says_so_and_takes_little_room(open_room: Callable[..., Room]) -> None:
    room = open_room(size=(1920, 1000))
    room.settle()
    assert not room.sees("call_backs")
    assert room.page.call_backs.isVisible()
    assert room.page.call_backs.height() < 100


def test_where_there_is_no_room_it_is_not_shown(store: Store, open_room: Callable[..., Room]) -> None:
    promise(store, 10, "陈女士")
    room = open_room()
    room.settle()
    assert not room.page.call_backs.isVisible()
    room.window.resize(1920, 1000)
    room.settle()
    room.qtbot.waitUntil(lambda: room.sees("call_backs"))
    assert len(lines(room)) == 1


def test_of_the_overdue_the_most_urgent_stands_first_and_says_so(large: Room) -> None:
    """Row 50: 特急, 紧急, 一般 (1.4.5)."""
    store = large.session.store
    promise(store, -20, "水先生", kind="urgent", urgent_kind="water_cut")
    promise(store, -10, "梯女士", kind="urgent", urgent_kind="lift")
    large.page.records.refresh()
    large.settle()
    assert [who for _, who in lines(large)] == [
        "〔特急〕梯女士",
        "〔紧急〕水先生",
        "沈先生",
        "陈女士",
        "何小姐",
    ]
