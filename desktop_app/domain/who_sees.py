"""What of the journal a store gives to whom (JOURNAL, keys, bundles, who sees what).

Leads are given everything. Stations are given two things: one bundle for all of them, with what anybody says
of an incident (a report holds no caller's data) and what leads say of whom they told, of announcements,
contacts, rosters and people; and for each station alone what it may read besides: its own records and
promises, those assigned to it, and its own entries should it have lost them. What only a lead's station holds
(``domain/restricted.py``) is never given to an agent's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.entries import Action, Entry, Payload, Sealed
from desktop_app.domain.identities import LEADS
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.restricted import is_restricted

TOLD_TO_ALL = frozenset(
    {
        SubjectKind.INCIDENT,
        SubjectKind.NOTIFICATION,
        SubjectKind.ANNOUNCEMENT,
        SubjectKind.CONTACT,
        SubjectKind.ROSTER,
        SubjectKind.USER,
    }
)
"""Subjects of which every station is told what leads say; of incidents, what anybody says."""
OF_A_STATION = frozenset({SubjectKind.RECORD, SubjectKind.PROMISE})
"""Subjects that belong to the station whose number the record has."""
PERSON = frozenset({"name", "staff_number"})
"""What everybody may know of a person, so that a list can say who wrote something."""


class Sight(StrEnum):
    """How an entry goes to a recipient. ``WITHHELD``: its envelope alone, so that the chain still checks."""

    WHOLE = "whole"
    WITHHELD = "withheld"
    NOT = "not"


class To(StrEnum):
    """Whom a bundle is for."""

    LEADS = "leads"
    STATIONS = "stations"
    STATION = "station"


@dataclass(frozen=True, slots=True)
class Around:
    """What has to be known besides an entry to judge who sees it.

    Attributes:
        by_lead: the store of the entry's writer is a lead's.
        writer_station: the station code of that writer.
        stations: the stations its subject belongs to: the record's, and those whose people a promise of that
            record is assigned to. Empty where the record is not known here.
        restricted: see ``restricted``; so are entries that take a restricted one back.
        names: see ``names_person``.
    """

    by_lead: bool
    writer_station: str
    stations: frozenset[str] = frozenset()
    restricted: bool = False
    names: bool = False


def sight(entry: Entry, around: Around, to: To, station: str = "") -> Sight:
    """Return how ``entry`` goes to these recipients; ``station`` is the code of the one ``To.STATION``.

    Every envelope of a lead's chain goes to all stations, where it may not be read without its payload. To
    one station alone goes only what it may read, and of its own writers' every envelope.
    """
    if to is To.LEADS:
        return Sight.WHOLE
    if to is To.STATIONS:
        readable = not around.restricted and _told_to_all(entry, around)
        return Sight.WHOLE if readable else Sight.WITHHELD if around.by_lead else Sight.NOT
    own = around.writer_station == station and not around.by_lead
    theirs = entry.subject.kind in OF_A_STATION and station in around.stations
    if around.restricted:
        return Sight.WITHHELD if own else Sight.NOT
    return Sight.WHOLE if own or theirs else Sight.NOT


def names_person(entry: Entry, payload: Payload | None) -> bool:
    """Whether an entry says no more of a person than what everybody may know."""
    return (
        entry.subject.kind is SubjectKind.USER
        and entry.action is Action.CHANGE
        and payload is not None
        and bool(payload.changes)
        and payload.changes.keys() <= PERSON
    )


def restricted(sealed: Sealed, entry_named: Callable[[str], Sealed | None]) -> bool:
    """Whether agents' stations must not read an entry.

    That is so when it names a restricted field, also beside others, and when it strikes out or revokes an
    entry that is restricted: its reason speaks of the same. ``entry_named`` finds the entry with an id; one
    that is not held here cannot be judged, and is taken for restricted.
    """
    seen: set[str] = set()
    while sealed.payload is not None:
        if is_restricted(sealed.payload):
            return True
        target = sealed.payload.target
        if not target or target in seen:
            return False
        seen.add(target)
        found = entry_named(target)
        if found is None:
            return True
        sealed = found
    # Erased: nothing is left to be read. What this store was never given it cannot judge, nor give on.
    return False


def _told_to_all(entry: Entry, around: Around) -> bool:
    if entry.subject.kind not in TOLD_TO_ALL:
        return False
    whoever = entry.subject.kind is SubjectKind.INCIDENT
    return whoever or around.by_lead or entry.role in LEADS or around.names
