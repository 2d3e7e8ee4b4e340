"""A clock that was set back while the program did not run is told of when the store is unlocked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.services.clock_behind import told_if_behind
from desktop_app.services.records import log_record
from desktop_app.storage.store import Store

NOON = datetime(2026, 12, 28, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "behind"), [(600, False), (0, False), (-0.9, False), (-1, True), (-180, True)]
)
def test_the_newest_entry_written_here_is_in_the_past(store: Store, minutes: float, behind: bool) -> None:
    assert told_if_behind(store, now=NOON) is None
    log_record(store, {"phone": "13123450001"}, now=NOON)
    problem = told_if_behind(store, now=NOON + timedelta(minutes=minutes))
    assert (problem is not None) == behind
    if problem is not None and minutes == -180:
        assert problem.details == {"now": "12-28 09:00", "newest": "12-28 12:00"}


def test_one_entry_by_the_clock_as_it_is_now_settles_it(store: Store) -> None:
    log_record(store, {"phone": "13123450001"}, now=NOON)
    log_record(store, {"phone": "13123450002"}, now=NOON - timedelta(hours=3))
    assert told_if_behind(store, now=NOON - timedelta(hours=3)) is None
