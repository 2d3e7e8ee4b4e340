"""The clock that every service of one run of the program goes by."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from desktop_app.domain.steady_time import Reading, SteadyTime

_COUNTERS = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC_RAW"}
"""Clocks that nobody can set and that count while the PC sleeps. ``time.monotonic`` stands still then on
Linux and macOS; on Windows it counts on."""


def seconds_counted() -> float:
    """Return the seconds since an unknown beginning, sleep included."""
    counter = getattr(time, _COUNTERS.get(sys.platform, ""), None)
    return time.monotonic() if counter is None else time.clock_gettime(counter)


class SteadyClock:
    """Gives the moment now in UTC to whoever calls it, from any thread; it never runs back."""

    def __init__(
        self,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
        elapsed: Callable[[], float] = seconds_counted,
    ) -> None:
        self._wall, self._elapsed = wall, elapsed
        self._lock = threading.Lock()
        self._time = SteadyTime.begin(Reading(wall(), elapsed()))
        self._told = self._time.now

    def __call__(self) -> datetime:
        """Return the moment now."""
        with self._lock:
            self._time = self._time.at(Reading(self._wall(), self._elapsed()))
            self._told = max(self._told, self._time.now)
            return self._told

    @property
    def apart(self) -> timedelta:
        """By how much the clock on the wall was set since the program began, forward or (negative) back."""
        self()
        return self._time.apart


def set_by(clock: Callable[[], datetime]) -> timedelta:
    """Return by how much the wall beside a clock was set, zero for a clock that does not know."""
    return clock.apart if isinstance(clock, SteadyClock) else timedelta()
