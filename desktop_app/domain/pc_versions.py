"""Which program and which site pack each PC of a floor has, as its last hand-in says (1.4.1-4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Edition(StrEnum):
    """How a PC stands to this one."""

    OWN = "own"
    OTHER_PROGRAM = "other_program"
    OTHER_PACK = "other_pack"
    UNHEARD = "unheard"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class PcVersion:
    """One PC: whose it is, and what it said of itself with its last hand-in.

    ``program`` and ``pack`` are versions; "" where nobody can say: a PC that was never heard, and the pack of
    a program that does not tell it. ``heard_at`` is when this PC took the hand-in in.
    """

    station: str
    name: str
    own: bool = False
    program: str = ""
    pack: str = ""
    heard_at: datetime | None = None

    @property
    def called(self) -> str:
        """Station code and name."""
        return f"{self.station} {self.name}".strip()


def edition(one: PcVersion, own: PcVersion) -> Edition:
    """Return how a PC stands to this one; what cannot be said differs from nothing."""
    if one.own:
        return Edition.OWN
    if one.heard_at is None:
        return Edition.UNHEARD
    if one.program != own.program:
        return Edition.OTHER_PROGRAM
    if one.pack and own.pack and one.pack != own.pack:
        return Edition.OTHER_PACK
    return Edition.SAME


def told(every: Iterable[PcVersion]) -> list[tuple[PcVersion, Edition]]:
    """Return this PC first, then the others: those that differ before those that do not, by station."""
    every = list(every)
    own = next((one for one in every if one.own), PcVersion("", "", own=True))
    found = [(one, edition(one, own)) for one in every]
    order = list(Edition)
    return sorted(found, key=lambda pair: (order.index(pair[1]), pair[0].station, pair[0].name))
