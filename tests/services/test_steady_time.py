"""The program's own clock against the two clocks of a PC."""

from __future__ import annotations

import sys
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.services.steady_time import SteadyClock, seconds_counted

NOON = datetime(2026, 12, 28, 4, 0, tzinfo=UTC)


class Pc:
    def __init__(self) -> None:
        self.wall, self.elapsed = NOON, 77.0

    def runs(self, seconds: float, set_by: timedelta = timedelta()) -> None:
        self.wall += timedelta(seconds=seconds) + set_by
        self.elapsed += seconds

    def clock(self) -> SteadyClock:
        return SteadyClock(lambda: self.wall, lambda: self.elapsed)


@pytest.mark.parametrize("hours", [3, -3])
def test_setting_the_clock_moves_nothing_until_the_program_is_started_again(hours: int) -> None:
    pc = Pc()
    clock = pc.clock()
    pc.runs(60, timedelta(hours=hours))
    assert clock() == NOON + timedelta(seconds=60)
    assert clock.apart == timedelta(hours=hours)
    pc.runs(3600)  # asleep, or nobody asked
    assert clock() == NOON + timedelta(seconds=3660)
    again = pc.clock()
    assert again() == NOON + timedelta(seconds=3660, hours=hours)
    assert not again.apart


def test_it_never_runs_back() -> None:
    pc = Pc()
    clock = pc.clock()
    pc.runs(1)
    told = clock()
    pc.runs(0, timedelta(seconds=-0.5))  # a small correction of the wall
    assert clock() == told
    pc.runs(2)
    assert clock() == told + timedelta(seconds=1.5)


def test_the_real_clocks_agree() -> None:
    clock = SteadyClock()
    assert abs(clock() - datetime.now(UTC)) < timedelta(seconds=1)
    assert clock() <= clock()
    assert abs(clock.apart) < timedelta(seconds=1)


def test_the_counter_counts_sleep() -> None:
    if sys.platform == "linux":
        assert abs(seconds_counted() - time.clock_gettime(time.CLOCK_BOOTTIME)) < 1
    before = seconds_counted()
    time.sleep(0.05)
    assert 0.03 < seconds_counted() - before < 5


def test_threads_share_it() -> None:
    pc = Pc()
    clock = pc.clock()
    seen: list[bool] = []

    def look() -> None:
        told = [clock() for _ in range(500)]
        seen.append(told == sorted(told))

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(500):
        pc.runs(0.01)
    for thread in threads:
        thread.join()
    assert seen == [True] * 4
