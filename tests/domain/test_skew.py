"""Bounds of a clock's skew: what bundles prove, whatever they were delayed by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.skew import Clock, Sighting, Skew, estimate

NOON = datetime(2026, 12, 28, 4, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def seconds(skew: Skew) -> tuple[float | None, float | None]:
    least, most = (None if one is None else one.total_seconds() for one in (skew.least, skew.most))
    return least, most


@pytest.mark.parametrize(
    ("sightings", "bounds", "clock", "off"),
    [
        ([], (None, None), Clock.UNKNOWN, 0),
        ([Sighting(at(0), at(20), theirs=True)], (-20, None), Clock.UNKNOWN, 0),
        ([Sighting(at(0), at(30), theirs=False)], (None, 30), Clock.UNKNOWN, 0),
        (
            [Sighting(at(0), at(20), theirs=True), Sighting(at(0), at(30), theirs=False)],
            (-20, 30),
            Clock.RIGHT,
            0,
        ),
        # Made in our future: the clock is ahead, whatever the way took.
        ([Sighting(at(300), at(0), theirs=True)], (300, None), Clock.AHEAD, 300),
        ([Sighting(at(60), at(0), theirs=True)], (60, None), Clock.AHEAD, 60),
        ([Sighting(at(59), at(0), theirs=True)], (59, None), Clock.UNKNOWN, 0),
        ([Sighting(at(0), at(-300), theirs=False)], (None, -300), Clock.BEHIND, 300),
        # A stick was under way for hours: nothing is known of seconds.
        (
            [Sighting(at(0), at(7200), theirs=True), Sighting(at(0), at(7200), theirs=False)],
            (-7200, 7200),
            Clock.UNKNOWN,
            0,
        ),
        # The tightest bound counts.
        (
            [Sighting(at(0), at(500), theirs=True), Sighting(at(600), at(605), theirs=True)],
            (-5, None),
            Clock.UNKNOWN,
            0,
        ),
        # The clock was ten minutes ahead and then set right: the older bound no longer holds.
        (
            [
                Sighting(at(600), at(0), theirs=True),
                Sighting(at(1000), at(1010), theirs=True),
                Sighting(at(1020), at(1030), theirs=False),
            ],
            (-10, 10),
            Clock.RIGHT,
            0,
        ),
        # Behind the one that contradicts, nothing counts, though it would agree.
        (
            [
                Sighting(at(-5000), at(-5008), theirs=True),
                Sighting(at(600), at(0), theirs=True),
                Sighting(at(1000), at(1010), theirs=True),
                Sighting(at(1020), at(1030), theirs=False),
            ],
            (-10, 10),
            Clock.RIGHT,
            0,
        ),
    ],
)
def test_what_bundles_prove(
    sightings: list[Sighting], bounds: tuple[float | None, float | None], clock: Clock, off: float
) -> None:
    found = estimate(sightings)
    assert seconds(found) == bounds
    assert found.clock is clock
    assert found.off == timedelta(seconds=off)


@given(
    skew=st.integers(-100_000, 100_000),
    ways=st.lists(st.tuples(st.integers(0, 50_000), st.integers(0, 5_000), st.booleans())),
)
def test_bounds_never_exclude_the_truth(skew: int, ways: list[tuple[int, int, bool]]) -> None:
    sightings = [
        Sighting(at(sent + skew), at(sent + delay), theirs=True)
        if theirs
        else Sighting(at(sent), at(sent + delay + skew), theirs=False)
        for sent, delay, theirs in ways
    ]
    found, truth = estimate(sightings), timedelta(seconds=skew)
    assert found.least is None or found.least <= truth
    assert found.most is None or found.most >= truth
    if found.clock is Clock.AHEAD:
        assert skew >= 60
    if found.clock is Clock.BEHIND:
        assert skew <= -60
    if found.clock is Clock.RIGHT:
        assert abs(skew) < 60


@given(st.permutations([(0, 9, True), (40, 7, False), (90, 3, True), (95, 2, False)]))
def test_the_order_of_arrival_says_nothing(ways: list[tuple[int, int, bool]]) -> None:
    found = estimate(Sighting(at(sent), at(sent + delay), theirs) for sent, delay, theirs in ways)
    assert seconds(found) == (-3, 2)
