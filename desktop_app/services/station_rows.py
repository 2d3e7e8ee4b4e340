"""What the stations board tells: a row for each store, what waits for a person, the floor as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desktop_app.domain.identities import Identity
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.numbers import Number
from desktop_app.domain.ranges import Range
from desktop_app.domain.roles import Role
from desktop_app.domain.skew import Clock, Skew
from desktop_app.services.reconcile_sums import Sum
from desktop_app.storage.station_list import Refusal
from desktop_app.storage.stations import Standing

SILENT_AFTER = timedelta(minutes=20)
"""A station that has said nothing for so long may be cut off; one that nobody sits at is silent as well."""


class Trouble(StrEnum):
    """What of a station needs a person, the worst first."""

    CLASH = "clash"
    REFUSED = "refused"
    ABSENT = "absent"
    MISSING = "missing"
    NEVER_HEARD = "never_heard"
    SKEW = "skew"


@dataclass(frozen=True, slots=True)
class Life:
    """One writer of a store: which of its entries are here, and which somebody says there are besides."""

    writer: str
    held: tuple[Range, ...]
    absent: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Absent:
    """Entries of a store's life (``place`` counts its lives from 1) that are not here."""

    writer: str
    place: int
    spans: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class ClashTold:
    """Another store at work under the same code, whose it is, and the numbers both may have given."""

    store: str
    name: str
    overlap: Range | None


@dataclass(frozen=True, slots=True)
class StationRow:
    """One store. ``standing`` is None for the own one and for stores nobody knows the keys of.

    ``highest``, ``drafts``, ``missing`` and ``waived`` are sequences of the station's code, as far as they
    are this store's. ``heard_by`` is folder, stick or command; ``vouched_by`` the lead who named the store;
    ``refused`` are its bundles that were not taken since it was heard last. ``since`` is when the standing
    began, ``reason`` why the store was forgotten. ``counted``: whether it can be told here that all is here.
    """

    store: str
    station: str
    drill: bool
    name: str
    role: Role | None
    own: bool
    standing: Standing | None
    vouched_by: str
    heard_at: datetime | None
    heard_by: str
    lives: tuple[Life, ...]
    highest: int
    records: int
    voids: int
    drafts: tuple[int, ...]
    missing: tuple[Range, ...]
    waived: tuple[Range, ...]
    absent: tuple[Absent, ...]
    refused: tuple[Refusal, ...]
    skew: Skew
    clash: tuple[ClashTold, ...]
    since: datetime | None = None
    reason: str = ""
    identity: Identity | None = None
    counted: bool = True

    @property
    def accepted(self) -> bool:
        """Whether somebody compared the code, or an accepted lead or the policy vouches for the store."""
        return self.standing is Standing.ACCEPTED

    @property
    def forgotten(self) -> bool:
        """Whether a lead said that the store is no longer trusted."""
        return self.standing is Standing.FORGOTTEN

    def number(self, sequence: int) -> str:
        """Return a number of this station as it was read to a caller."""
        return str(Number(self.station, sequence, self.drill))

    def troubles(self) -> tuple[Trouble, ...]:
        """Return what needs a person, the worst first."""
        found = {
            Trouble.CLASH: bool(self.clash),
            Trouble.REFUSED: bool(self.refused),
            Trouble.ABSENT: bool(self.absent),
            Trouble.MISSING: bool(self.missing),
            Trouble.NEVER_HEARD: self.accepted and self.heard_at is None,
            Trouble.SKEW: self.skew.clock in (Clock.AHEAD, Clock.BEHIND),
        }
        return tuple(trouble for trouble in Trouble if found[trouble])

    def silent(self, now: datetime) -> bool:
        """Whether the station was heard once and has said nothing for long."""
        return (
            not (self.own or self.forgotten)
            and self.heard_at is not None
            and now - self.heard_at >= SILENT_AFTER
        )


@dataclass(frozen=True, slots=True)
class WaitingStation:
    """A store whose code a person has to compare: it handed in, or its key file lies in the folder.

    ``declined``: a lead said that it is not ours. ``rivals``: the codes of others that claim to be this store
    with other keys, of which one at most is real.
    """

    identity: Identity
    since: datetime
    entries: int = 0
    bundles: int = 0
    declined: bool = False
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenRole:
    """A role somebody gave himself as 代行, and why."""

    name: str
    role: Role
    station: str
    reason: str


@dataclass(frozen=True, slots=True)
class BeyondRole:
    """An entry made in a role its author did not have; ``number`` is that of its record, "" for others."""

    at: datetime
    station: str
    name: str
    role: Role
    kind: SubjectKind
    number: str


@dataclass(frozen=True, slots=True)
class Board:
    """Everything a lead looks at. ``numbers`` is the equation of issued numbers over all stations.

    ``waiting`` are the stores nobody has declined, ``declined`` the others.

    ``leads``: whether this store is a lead's; ``accepted_leads``: how many other leads this store hands in
    to; ``own``: what it shows of itself, None while it has no keys; ``may_decide``: whether the person may
    waive numbers.
    """

    rows: tuple[StationRow, ...]
    waiting: tuple[WaitingStation, ...]
    declined: tuple[WaitingStation, ...]
    numbers: Sum
    unaccounted: int
    waived: int
    twice: tuple[str, ...]
    roles_taken: tuple[TakenRole, ...]
    leads: bool
    own: Identity | None
    accepted_leads: int
    may_decide: bool

    @property
    def first_day(self) -> str:
        """What is to be done before anything can be handed in: ``lead``, ``agent``, "" where it has been."""
        if self.leads:
            return "lead" if len(self.rows) == 1 and not self.waiting else ""
        return "" if self.accepted_leads else "agent"
