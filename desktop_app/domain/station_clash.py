"""Two stores at work under one station code: both would give the same numbers (DESIGN §4, pairing).

A PC that took the place of another goes on above the other's highest number, and is no clash. Where two
ranges of numbers meet, or both stores begin at the same one, two callers may hold one number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from desktop_app.domain.ranges import Range


@dataclass(frozen=True, slots=True, order=True)
class Claim:
    """What one store says of its numbers: its own begin at ``first`` and end at ``highest`` (0: none yet)."""

    station: str
    first: int
    highest: int
    store: str
    name: str


@dataclass(frozen=True, slots=True)
class Clash:
    """Two stores that are no replacement of each other; ``overlap`` are numbers both may have given."""

    station: str
    one: Claim
    other: Claim
    overlap: Range | None


def clashes(claims: Iterable[Claim]) -> list[Clash]:
    """Return every two stores that give numbers under one code, by station."""
    by_station: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_station[claim.station].append(claim)
    return [
        Clash(station, earlier, later, _overlap(earlier, later))
        for station, held in sorted(by_station.items())
        for earlier, later in combinations(sorted(held), 2)
        if not _replaces(later, earlier)
    ]


def _replaces(later: Claim, earlier: Claim) -> bool:
    return later.first > earlier.first and later.first > earlier.highest


def _overlap(earlier: Claim, later: Claim) -> Range | None:
    first, last = max(earlier.first, later.first), min(earlier.highest, later.highest)
    return (first, last) if first <= last else None
