from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.delivery import LATE, SPREAD, Delivery, Timetable, spread

NOW = datetime(2026, 12, 28, 4, 0, tzinfo=UTC)


@given(st.floats(0, 1))
def test_waits_are_spread_a_little(chance: float) -> None:
    minute = timedelta(minutes=1)
    assert abs(spread(minute, chance) - minute) <= minute * SPREAD + timedelta(microseconds=1)


@given(st.integers(-5, 10_000))
def test_a_folder_that_is_away_is_asked_less_and_less(failures: int) -> None:
    times = Timetable()
    assert times.first_retry <= times.retry_after(failures) <= times.retry_after(failures + 1)
    assert times.retry_after(failures) <= times.longest_retry


def test_the_first_tries_follow_in_seconds_and_double() -> None:
    times = Timetable()
    assert [times.retry_after(failures).total_seconds() for failures in range(1, 8)] == [
        15,
        30,
        60,
        120,
        240,
        300,
        300,
    ]


def test_late_is_only_what_waits_for_half_an_hour() -> None:
    assert not Delivery(waiting=0, waiting_since=NOW - LATE).is_late(NOW)
    assert not Delivery(waiting=3, waiting_since=NOW - LATE + timedelta(seconds=1)).is_late(NOW)
    assert Delivery(waiting=3, waiting_since=NOW - LATE).is_late(NOW)
    assert not Delivery(waiting=3).is_late(NOW)
