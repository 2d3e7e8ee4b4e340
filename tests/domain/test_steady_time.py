"""Time runs on while the wall clock is set; a restart goes back to UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.steady_time import Reading, SteadyTime, clock_behind

NOON = datetime(2026, 12, 28, 4, 0, tzinfo=UTC)


def after(*steps: tuple[float, float]) -> SteadyTime:
    """Read both clocks after each step: seconds that passed, seconds by which the wall was set besides."""
    wall, elapsed = NOON, 500.0
    time = SteadyTime.begin(Reading(wall, elapsed))
    for passed, set_by in steps:
        wall += timedelta(seconds=passed + set_by)
        elapsed += passed
        time = time.at(Reading(wall, elapsed))
    return time


def seconds(time: SteadyTime) -> float:
    return (time.now - NOON).total_seconds()


@pytest.mark.parametrize("hours", [3, -3])
def test_a_clock_that_is_set_moves_nothing(hours: int) -> None:
    time = after((60, 0), (10, hours * 3600), (60, 0), (60, 0))
    assert seconds(time) == 190
    assert time.apart == timedelta(hours=hours)


def test_a_clock_that_is_set_and_set_back_is_not_apart() -> None:
    time = after((60, 10_800), (60, -10_800), (60, 0))
    assert seconds(time) == 180
    assert not time.apart


def test_sleep_counts() -> None:
    assert seconds(after((60, 0), (8 * 3600, 0), (60, 0))) == 8 * 3600 + 120


def test_a_crystal_is_corrected_with_the_wall() -> None:
    # 20 ppm slow, corrected by a time server through a week: the wall is right.
    time = after(*[(60.0, 0.0012)] * 7 * 24 * 60)
    assert seconds(time) == pytest.approx(7 * 86_400 * 1.00002, abs=0.1)
    assert not time.apart


def test_a_wall_corrected_during_sleep_is_followed() -> None:
    time = after((8 * 3600, 3), (1, 0))
    assert seconds(time) == 8 * 3600 + 4
    assert not time.apart


@given(
    st.lists(
        st.tuples(
            st.floats(0.01, 86_400), st.sampled_from([0.0, 0.0, 10_800.0, -10_800.0, 86_400.0, -3_600.0])
        ),
        max_size=12,
    )
)
def test_what_passed_is_what_was_counted(steps: list[tuple[float, float]]) -> None:
    # A step is a jump unless the time between two looks is so long that it could be a correction.
    jumps = [(passed, set_by if abs(set_by) > 60 else 0.0) for passed, set_by in steps]
    assert seconds(after(*jumps)) == pytest.approx(sum(passed for passed, _ in jumps), abs=0.001)


def test_elapsed_time_never_runs_back() -> None:
    time = SteadyTime.begin(Reading(NOON, 500)).at(Reading(NOON + timedelta(hours=3), 400))
    assert time.now == NOON


@pytest.mark.parametrize(
    ("newest", "told"), [(None, None), (-3600, None), (0, None), (59, None), (60, 60), (10_800, 10_800)]
)
def test_a_clock_behind_what_was_written_is_told(newest: int | None, told: int | None) -> None:
    written = None if newest is None else NOON + timedelta(seconds=newest)
    assert clock_behind(NOON, written) == (None if told is None else timedelta(seconds=told))
