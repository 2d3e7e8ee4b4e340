"""What this store remembers of the bundles it put into folders."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from desktop_app.storage.put_files import (
    CarrierState,
    PutFile,
    carrier_state,
    files_put,
    forget_put_files,
    keep_carrier_state,
    keep_put_file,
    next_serial,
)
from desktop_app.storage.store import Store
from tests.stores import store as store

NOON = datetime(2026, 12, 28, 4, 0, tzinfo=UTC)
FIRST = PutFile("a-1-3.handin", NOON, ("s1", "s2"), {"w1": ((1, 3), (5, 5))}, {"w2": ((2, 2),)})
RECEIPT = PutFile("a-0-0.handin", NOON + timedelta(minutes=1), ("s1",), parts=frozenset({"numbers"}))


def told(put: PutFile) -> tuple[str, tuple[str, ...], dict[str, object], dict[str, object], frozenset[str]]:
    spans = [{writer: its for writer, its in one.items() if its} for one in (put.whole, put.withheld)]
    return put.name, put.recipients, {**spans[0]}, {**spans[1]}, put.parts


def test_files_are_known_by_their_folder_until_they_are_forgotten(store: Store) -> None:
    with store.change() as unit:
        keep_put_file(unit.connection, "/share", RECEIPT)
        keep_put_file(unit.connection, "/share", FIRST)
        keep_put_file(unit.connection, "/stick", FIRST)
        # Written over by its name, as where a folder was emptied.
        keep_put_file(unit.connection, "/stick", FIRST)
    with store.read() as view:
        assert list(map(told, files_put(view.connection, "/share"))) == [told(FIRST), told(RECEIPT)]
        assert len(files_put(view.connection)) == 3
    with store.change() as unit:
        forget_put_files(unit.connection, "/share", [FIRST.name, "never.handin"])
    with store.read() as view:
        assert list(map(told, files_put(view.connection, "/share"))) == [told(RECEIPT)]
        assert list(map(told, files_put(view.connection, "/stick"))) == [told(FIRST)]


def test_what_was_told_through_a_folder_is_its_own(store: Store) -> None:
    state = CarrierState({"stations": {"numbers": "d1"}}, {"s1": "w 4"}, "stamp")
    with store.change() as unit:
        keep_carrier_state(unit.connection, "/share", state)
    with store.read() as view:
        assert carrier_state(view.connection, "/share") == state
        assert carrier_state(view.connection, "/stick").stamp == ""


def test_no_serial_comes_twice(store: Store) -> None:
    serials = []
    for _ in range(3):
        with store.change() as unit:
            serials.append(next_serial(unit.connection))
    assert serials == [1, 2, 3]
