"""Bars by quarter of an hour and what burns down, against sums anybody can do by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.picture import MOST_QUARTERS, QUARTER, Point, Task, bars, burn_down, most, width_of

TEN = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
MINUTES = st.integers(-300, 900)
TASKS = st.lists(
    st.builds(
        lambda opened, ended: Task(at(opened), None if ended is None else at(ended)),
        MINUTES,
        st.none() | MINUTES,
    ),
    max_size=40,
)


def at(minutes: float) -> datetime:
    return TEN + timedelta(minutes=minutes)


def test_a_call_belongs_to_the_quarter_it_came_in() -> None:
    calls = [(at(one), urgent) for one, urgent in ((0, False), (14.9, True), (15, False), (44, True))]
    found = bars(calls, TEN, at(60))
    assert [(bar.start, bar.calls, bar.urgent) for bar in found] == [
        (at(0), 2, 1),
        (at(15), 1, 0),
        (at(30), 1, 1),
        (at(45), 0, 0),
    ]


def test_bars_begin_on_whole_quarters_and_count_nothing_outside() -> None:
    found = bars([(at(6), False), (at(7), False), (at(21), False)], at(7), at(20))
    assert [(bar.start, bar.calls) for bar in found] == [(at(0), 1), (at(15), 0)]


def test_a_week_has_no_more_bars_than_a_day() -> None:
    assert width_of(TEN, at(24 * 60)) == QUARTER
    assert len(bars([], TEN, at(7 * 24 * 60))) <= MOST_QUARTERS + 1


def test_the_last_moment_counts() -> None:
    assert [bar.calls for bar in bars([(at(30), False)], TEN, at(30))] == [0, 1]


@given(st.lists(st.tuples(MINUTES.map(at), st.booleans())), st.integers(0, 600))
def test_every_call_of_the_span_is_in_one_bar(calls: list[tuple[datetime, bool]], length: int) -> None:
    inside = [urgent for moment, urgent in calls if TEN <= moment <= at(length)]
    found = bars(calls, TEN, at(length))
    assert sum(bar.calls for bar in found) == len(inside)
    assert sum(bar.urgent for bar in found) == sum(inside)


def test_what_is_done_burns_down() -> None:
    tasks = [Task(at(1), at(30)), Task(at(2)), Task(at(-20), at(-10)), Task(at(-5), at(40))]
    assert burn_down(tasks, TEN, at(60)) == (
        Point(TEN, 1),
        Point(at(1), 2),
        Point(at(2), 3),
        Point(at(30), 2),
        Point(at(40), 1),
        Point(at(60), 1),
    )


@given(TASKS, MINUTES.filter(lambda one: one > 0))
def test_at_every_moment_it_is_what_stood_open(tasks: list[Task], length: int) -> None:
    points = burn_down(tasks, TEN, at(length))
    assert points[0].at == TEN
    assert points[-1].at == at(length)
    assert [one.at for one in points] == sorted({one.at for one in points})
    assert most(points).count == max(one.count for one in points)
    for minute in range(0, length + 1, 7):
        moment = at(minute)
        open_then = sum(
            1
            for task in tasks
            if task.opened <= moment
            and (task.ended is None or (task.opened < task.ended and moment < task.ended))
        )
        assert [one.count for one in points if one.at <= moment][-1] == open_then
