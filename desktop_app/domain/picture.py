"""The outage drawn: calls per quarter of an hour, and what is still to be done burning down.

Pure sums over moments (UTC); what is drawn of them, and how, is for the window.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

QUARTER = timedelta(minutes=15)
MOST_QUARTERS = 96
"""Bars that stand beside each other at most: a day; a longer span has wider ones."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Calls that came in from ``start`` until the next bar; ``urgent`` are among ``calls``."""

    start: datetime
    calls: int
    urgent: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """How many were open from ``at`` on."""

    at: datetime
    count: int


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be done: open from ``opened`` until ``ended`` (None while it is)."""

    opened: datetime
    ended: datetime | None = None


def width_of(since: datetime, until: datetime) -> timedelta:
    """Return how long a bar lasts: the fewest whole quarters with which a day's bars suffice."""
    quarters = max(1, -(-(until - since) // (QUARTER * MOST_QUARTERS)))
    return QUARTER * quarters


def bars(calls: Iterable[tuple[datetime, bool]], since: datetime, until: datetime) -> tuple[Bar, ...]:
    """Return the calls (moment, urgent) of a span by quarter of an hour, empty quarters included.

    Bars begin on whole quarters of the hour; a call outside the span is not counted.
    """
    width = width_of(since, until)
    first = _floor(since, width)
    number = max(1, -(-(until - first) // width))
    counted, urgent = [0] * number, [0] * number
    for at, is_urgent in calls:
        if since <= at <= until:
            place = min((at - first) // width, number - 1)
            counted[place] += 1
            urgent[place] += is_urgent
    return tuple(Bar(first + width * place, counted[place], urgent[place]) for place in range(number))


def burn_down(tasks: Iterable[Task], since: datetime, until: datetime) -> tuple[Point, ...]:
    """Return how many tasks were open, a point for each moment in the span at which that changed.

    The first point is at ``since``, the last at ``until``. A task that ended before it was opened (clocks of
    two stations) was never open.
    """
    steps: dict[datetime, int] = {}
    for task in tasks:
        ended = task.ended
        if ended is not None and ended <= task.opened:
            continue
        if task.opened <= until:
            start = max(task.opened, since)
            steps[start] = steps.get(start, 0) + 1
            if ended is not None and ended <= until:
                end = max(ended, since)
                steps[end] = steps.get(end, 0) - 1
    points = [Point(since, steps.pop(since, 0))]
    for at in sorted(steps):
        if steps[at]:
            points.append(Point(at, points[-1].count + steps[at]))
    if points[-1].at < until:
        points.append(Point(until, points[-1].count))
    return tuple(points)


def most(points: Sequence[Point]) -> Point:
    """Return the highest point, the earliest of several."""
    return max(points, key=lambda point: point.count)


def _floor(at: datetime, width: timedelta) -> datetime:
    midnight = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + (at - midnight) // width * width
