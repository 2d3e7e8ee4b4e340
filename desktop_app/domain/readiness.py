"""Whether a station is ready for an outage: one finding for each thing that has to be (1.4.1-4, DESIGN §6).

Pure: what was found on this PC comes in, what it means and how grave it is goes out as codes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from desktop_app.domain.pc_versions import Edition, PcVersion, told
from desktop_app.domain.site_text import Bilingual

LITTLE_ROOM, NO_ROOM = 2 << 30, 500 << 20
"""Bytes free on the disk of the store below which somebody has to make room, soon or now."""
APART = timedelta(minutes=1)
"""A clock that was set by less is as good as right."""
NAMED = 3
"""People and numbers that a finding names; the rest it counts."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many days things count, as the site sets it.

    The customer snapshot, a verified backup, a number that was checked (1.6.2), training for writing by hand
    (1.3).
    """

    customers: int
    backup: int
    contacts: int
    training: int


class Grade(StrEnum):
    """How grave a finding is."""

    READY = "ready"
    NOTE = "note"
    DO = "do"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Check:
    """One row: ``code`` is what was looked at, ``found`` what was found; both have words (``readiness``)."""

    code: str
    found: str
    grade: Grade
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found on this PC; times are UTC.

    Attributes:
        customers_as_of: of when the snapshot is, None where there is none; ``customers_bad``: unreadable.
        backup_at: when the last verified backup was made that is still where it was put.
        started_at: when this PC was started.
        canary_at: since when a file of the program's own has lain on the disk, None where none could.
        used_since: when this station wrote first, None before.
        clock_apart: by how much the clock was set while the program ran.
        stale: contacts whose number nobody has checked for too long.
        roster_days: for how many days ahead somebody is on duty, None without a roster.
        pack: number and version of the site pack in use; ``pack_own``: it is the centre's.
        leads: accepted leads' stores; ``to_confirm`` those that wait for somebody to compare their code.
        waiting: records that not every lead has; ``lying`` whether all of them lie where a lead finds them.
        pcs: this PC and the others with the program each has.
    """

    version: str = ""
    customers: int = 0
    customers_as_of: datetime | None = None
    customers_bad: bool = False
    backup_at: datetime | None = None
    free: int | None = None
    started_at: datetime | None = None
    canary_at: datetime | None = None
    used_since: datetime | None = None
    clock_apart: timedelta = timedelta()
    clock_behind: bool = False
    contacts: int = 0
    stale: tuple[Bilingual, ...] = ()
    roster_days: int | None = None
    roster_gaps: tuple[date, ...] = ()
    untrained: tuple[str, ...] = ()
    pack: str = ""
    pack_own: bool = False
    pack_filled: bool = False
    pack_problem: bool = False
    pack_from: date | None = None
    leads: int = 0
    to_confirm: int = 0
    handed_in_at: datetime | None = None
    waiting: int = 0
    lying: bool = False
    printers: tuple[str, ...] = ()
    pcs: tuple[PcVersion, ...] = ()


def checks(found: Found, *, now: datetime, today: date, limits: Limits) -> tuple[Check, ...]:
    """Return every check in the order in which it is read."""
    return (
        _customers(found, now, limits.customers),
        _backup(found, now, limits.backup),
        _disk(found),
        _memory(found),
        _clock(found),
        _contacts(found, limits.contacts),
        *_roster(found, limits.training),
        *_pack(found, today),
        _pairing(found),
        _hand_in(found),
        _printer(found),
        _version(found),
    )


def _customers(found: Found, now: datetime, most: int) -> Check:
    if found.customers_bad:
        return Check("customers", "bad", Grade.DO)
    if found.customers_as_of is None:
        return Check("customers", "none", Grade.DO)
    days = max(0, (now - found.customers_as_of).days)
    told = {"days": days, "most": most, "count": found.customers}
    fresh = "fresh" if days else "today"
    return (
        Check("customers", "old", Grade.DO, told)
        if days >= most
        else Check("customers", fresh, Grade.READY, told)
    )


def _backup(found: Found, now: datetime, most: int) -> Check:
    if found.backup_at is None:
        return Check("backup", "none", Grade.DO)
    told = {"at": found.backup_at, "days": max(0, (now - found.backup_at).days), "most": most}
    old = now - found.backup_at > timedelta(days=most)
    return Check("backup", "old", Grade.DO, told) if old else Check("backup", "fresh", Grade.READY, told)


def _disk(found: Found) -> Check:
    if found.free is None:
        return Check("disk", "unknown", Grade.NOTE)
    told = {"free": found.free}
    if found.free < NO_ROOM:
        return Check("disk", "full", Grade.URGENT, told)
    return (
        Check("disk", "little", Grade.DO, told)
        if found.free < LITTLE_ROOM
        else Check("disk", "room", Grade.READY, told)
    )


def _memory(found: Found) -> Check:
    """A file of ours that has outlived a start of the PC shows that its disk remembers.

    The store is no such file: it may lie on a disk that is kept while the rest is put back at every start.
    """
    if found.canary_at is None or found.started_at is None:
        return Check("memory", "unknown", Grade.DO)
    told = {"at": found.canary_at}
    if found.canary_at < found.started_at:
        return Check("memory", "kept", Grade.READY, told)
    before = found.used_since is not None and found.used_since < found.started_at
    return (
        Check("memory", "lost", Grade.DO, told) if before else Check("memory", "untested", Grade.NOTE, told)
    )


def _clock(found: Found) -> Check:
    if found.clock_behind:
        return Check("clock", "behind", Grade.URGENT)
    minutes = round(abs(found.clock_apart).total_seconds() / 60)
    if abs(found.clock_apart) >= APART:
        return Check("clock", "set", Grade.DO, {"minutes": minutes})
    return Check("clock", "right", Grade.READY)


def _contacts(found: Found, most: int) -> Check:
    if not found.contacts:
        return Check("contacts", "none", Grade.DO)
    told = {
        "count": len(found.stale),
        "all": found.contacts,
        "days": most,
        "names": found.stale[:NAMED],
    }
    return (
        Check("contacts", "stale", Grade.DO, told)
        if found.stale
        else Check("contacts", "checked", Grade.READY, told)
    )


def _roster(found: Found, most: int) -> Iterator[Check]:
    if found.roster_days is None:
        yield Check("roster", "none", Grade.DO)
        return
    told = {
        "days": found.roster_days,
        "gaps": len(found.roster_gaps),
        "first": next(iter(found.roster_gaps), None),
    }
    yield (
        Check("roster", "gaps", Grade.DO, told)
        if found.roster_gaps
        else Check("roster", "covered", Grade.READY, told)
    )
    people = {"count": len(found.untrained), "days": most, "names": found.untrained[:NAMED]}
    yield (
        Check("training", "lacking", Grade.DO, people)
        if found.untrained
        else Check("training", "done", Grade.READY)
    )


def _pack(found: Found, today: date) -> Iterator[Check]:
    told = {"version": found.pack, "from": found.pack_from}
    if found.pack_problem:
        yield Check("pack", "bad", Grade.DO, told)
    elif not found.pack_own:
        yield Check("pack", "shipped", Grade.DO, told)
    elif found.pack_from is not None and found.pack_from > today:
        yield Check("pack", "ahead", Grade.DO, told)
    elif found.pack_filled:
        yield Check("pack", "filled", Grade.NOTE, told)
    else:
        yield Check("pack", "own", Grade.READY, told)


def _pairing(found: Found) -> Check:
    if found.to_confirm:
        return Check("pairing", "to_confirm", Grade.DO, {"count": found.to_confirm})
    if not found.leads:
        return Check("pairing", "none", Grade.DO)
    return Check("pairing", "paired", Grade.READY, {"count": found.leads})


def _hand_in(found: Found) -> Check:
    told = {"at": found.handed_in_at, "count": found.waiting}
    if found.waiting and not found.lying:
        return Check("hand_in", "waiting", Grade.DO, told)
    if found.waiting:
        return Check("hand_in", "under_way", Grade.NOTE, told)
    return Check("hand_in", "done" if found.handed_in_at is not None else "nothing", Grade.READY, told)


def _printer(found: Found) -> Check:
    if not found.printers:
        return Check("printer", "none", Grade.NOTE)
    return Check("printer", "there", Grade.READY, {"names": found.printers[:NAMED]})


def _version(found: Found) -> Check:
    """A newer program on one PC only is found out before the day on which people swap places."""
    by_edition: dict[Edition, list[str]] = {}
    for one, stands in told(found.pcs):
        by_edition.setdefault(stands, []).append(one.called)
    details: dict[str, object] = {"version": found.version, "count": max(0, len(found.pcs) - 1)}
    for stands, grade in (
        (Edition.OTHER_PROGRAM, Grade.DO),
        (Edition.OTHER_PACK, Grade.NOTE),
        (Edition.UNHEARD, Grade.NOTE),
    ):
        if names := by_edition.get(stands):
            details |= {"count": len(names), "names": tuple(names[:NAMED])}
            return Check("version", stands.value, grade, details)
    return Check("version", "same" if details["count"] else "alone", Grade.READY, details)
