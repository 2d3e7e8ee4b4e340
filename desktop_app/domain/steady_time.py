"""Time that runs on while somebody sets the clock on the wall (DESIGN §3, time).

Two clocks are read together: the one on the wall, which people, policies and time servers set, and one that
counts the seconds since this PC was switched on, sleep included, which nobody can set. What both agree on is
followed, so that the slow correction of a crystal is taken along; where the wall jumps, the counted seconds
are what passed. When the program is started again it begins with the wall: UTC is all that two runs share.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

SLACK = timedelta(seconds=1)
"""So far the wall may be corrected at once without having been set."""
DRIFT = 500e-6
"""So fast, as a share of the time passed, time servers correct a wall clock without a jump."""
BEHIND_FROM = timedelta(seconds=60)
"""A clock that is behind what was written before by so much puts new entries in front of old ones."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Both clocks at one moment: ``wall`` in UTC, ``elapsed`` in seconds since an unknown beginning."""

    wall: datetime
    elapsed: float


@dataclass(frozen=True, slots=True)
class SteadyTime:
    """What time it was when both clocks were last read; ``now`` is told to everybody."""

    last: Reading
    now: datetime

    @classmethod
    def begin(cls, reading: Reading) -> SteadyTime:
        """Return the time at the start of the program: the wall's."""
        return cls(reading, reading.wall)

    def at(self, reading: Reading) -> SteadyTime:
        """Return the time at a later reading."""
        passed = timedelta(seconds=max(reading.elapsed - self.last.elapsed, 0.0))
        walked = reading.wall - self.last.wall
        agree = abs(walked - passed) <= SLACK + passed * DRIFT
        return SteadyTime(reading, self.now + (walked if agree else passed))

    @property
    def apart(self) -> timedelta:
        """By how much the wall was set since the start: positive where it was set forward."""
        return self.last.wall - self.now


def clock_behind(now: datetime, newest: datetime | None) -> timedelta | None:
    """Return how far a clock is behind the newest entry written here; None where it is not.

    Such a clock was set back while the program did not run, or was ahead when the entry was written.
    """
    if newest is None or newest - now < BEHIND_FROM:
        return None
    return newest - now
