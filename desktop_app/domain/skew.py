"""How far another station's clock is from ours, as far as bundles tell (DESIGN §3, time).

Nothing asks for the time over a network. A bundle made at M by the station's clock and taken in at R by ours
was made before it was taken in: the station's clock is ahead by at least M − R. A bundle of ours made at L by
our clock that the station says it took in at S by its own: ahead by at most S − L. The longer a bundle was
under way, the looser its bound, so the tightest of all count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

WARN_FROM = timedelta(seconds=60)
"""A clock that is off by so much puts calls and promises of two stations in the wrong order."""


class Clock(StrEnum):
    """What can be said of a station's clock."""

    UNKNOWN = "unknown"
    RIGHT = "right"
    AHEAD = "ahead"
    BEHIND = "behind"


@dataclass(frozen=True, slots=True)
class Sighting:
    """One bundle that tells of the clock: ``made`` by the clock of its maker, ``taken`` by its taker's.

    ``theirs`` says that the station made it and we took it in; otherwise it was the other way round.
    """

    made: datetime
    taken: datetime
    theirs: bool

    @property
    def ours(self) -> datetime:
        """When it was, by our clock."""
        return self.taken if self.theirs else self.made


@dataclass(frozen=True, slots=True)
class Skew:
    """The station's clock is ahead of ours by ``least`` to ``most`` (negative: behind); None: no bound."""

    least: timedelta | None = None
    most: timedelta | None = None

    @property
    def clock(self) -> Clock:
        """What the bounds prove; ``UNKNOWN`` while they leave both open."""
        if self.least is not None and self.least >= WARN_FROM:
            return Clock.AHEAD
        if self.most is not None and self.most <= -WARN_FROM:
            return Clock.BEHIND
        if self.least is None or self.most is None or self.least <= -WARN_FROM or self.most >= WARN_FROM:
            return Clock.UNKNOWN
        return Clock.RIGHT

    @property
    def off(self) -> timedelta:
        """By how much at least the clock is wrong, zero where that is not proven."""
        if self.clock is Clock.AHEAD and self.least is not None:
            return self.least
        if self.clock is Clock.BEHIND and self.most is not None:
            return -self.most
        return timedelta()


def estimate(sightings: Iterable[Sighting]) -> Skew:
    """Return the tightest bounds of the sightings, the newest first.

    A clock that somebody set contradicts what was seen of it before: an older sighting that does not agree
    with the newer ones, and all behind it, is passed over.
    """
    least: timedelta | None = None
    most: timedelta | None = None
    for one in sorted(sightings, key=lambda one: one.ours, reverse=True):
        if one.theirs:
            bound = one.made - one.taken
            if most is not None and bound > most:
                break
            least = bound if least is None else max(least, bound)
        else:
            bound = one.taken - one.made
            if least is not None and bound < least:
                break
            most = bound if most is None else min(most, bound)
    return Skew(least, most)
