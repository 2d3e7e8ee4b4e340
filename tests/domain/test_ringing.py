"""Everything rings twice, on the second, whatever is looked at in between."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.ringing import SILENCE, DueKind, DueTime, next_ring, rings

NOON = datetime(2026, 12, 28, 4, 0, tzinfo=UTC)


def at(seconds: int) -> datetime:
    return NOON + timedelta(seconds=seconds)


def clock(key: str, due: int) -> DueTime:
    return DueTime(key, DueKind.CLOCK, at(due))


def heard(times: list[DueTime], *moments: int) -> list[list[tuple[str, bool]]]:
    rung, found = SILENCE, []
    for moment in moments:
        now, rung = rings(times, rung, at(moment))
        found.append([(one.time.key, one.late) for one in now])
    return found


def test_two_minutes_before_and_at_the_moment() -> None:
    told = heard([clock("a", 300)], 179, 180, 181, 299, 300, 301, 4000)
    assert told == [[], [("a", False)], [], [], [("a", True)], [], []]


def test_what_is_due_is_not_told_to_be_soon() -> None:
    assert heard([clock("a", 0), clock("b", -600), clock("c", 60)], 0, 1) == [
        [("b", True), ("a", True), ("c", False)],
        [],
    ]


def test_judged_early_it_rings_at_once() -> None:
    rung = rings([clock("a", 600)], SILENCE, at(100))[1]
    now, _ = rings([clock("a", 100)], rung, at(100))
    assert [one.late for one in now] == [True]


def test_what_comes_back_rings_again() -> None:
    _, rung = rings([clock("a", 0)], SILENCE, at(1))
    done, rung = rings([], rung, at(2))
    again, _ = rings([clock("a", 0)], rung, at(3))
    assert (done, [one.late for one in again]) == ([], [True])


def test_when_to_look_again() -> None:
    times = [clock("a", 300), clock("b", 200)]
    assert [next_ring(times, at(now)) for now in (0, 80, 180, 200, 300)] == [
        at(80),
        at(180),
        at(200),
        at(300),
        None,
    ]


@given(st.lists(st.integers(-300, 600), max_size=6), st.lists(st.integers(0, 900), max_size=30))
def test_nothing_rings_twice_and_nothing_is_missed(dues: list[int], looks: list[int]) -> None:
    times = [clock(str(place), due) for place, due in enumerate(dues)]
    moments = sorted({0, 900, *looks})
    told = [one for found in heard(times, *moments) for one in found]
    assert len(told) == len(set(told))
    assert {key for key, late in told if late} == {one.key for one in times}
