"""The same caller and matter written at two stations: proposed as one, joined or told apart by a lead.

A join is the decision of reconciliation that one record is a double of another (``decisions``), so that what
is joined here is a double there; nothing else says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from desktop_app.domain.identity import Subject
from desktop_app.domain.match_decisions import RECORDS, Said, Verdict, said_apart, standing, twins_said
from desktop_app.domain.reconciliation import HandRecord, Reason
from desktop_app.domain.twins import Group, pair
from desktop_app.matching.twins import find_twins
from desktop_app.services.decisions import Made, check_person, drop, say, standing_in, supersede
from desktop_app.services.drafts import person_name
from desktop_app.services.reconcile_store import identified_records
from desktop_app.storage import journal
from desktop_app.storage.conflicts import decisions_naming
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import UnitOfWork, View


@dataclass(frozen=True, slots=True)
class Member:
    """A record of a group: its id, and what it says."""

    record: str
    told: HandRecord


@dataclass(frozen=True, slots=True)
class Proposal:
    """Records that seem to tell one matter, the earliest first, and why."""

    members: tuple[Member, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """A group that somebody joined: the record that counts first; who, and when (UTC)."""

    members: tuple[Member, ...]
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Twins:
    """What seems to be one matter, and what was joined; ``heads`` are the entries it was told from."""

    proposals: tuple[Proposal, ...]
    joined: tuple[Joined, ...]
    heads: Mapping[str, object] = field(default_factory=dict, compare=False)


def twins(store: Store, known: Twins | None = None) -> Twins:
    """Return the groups to decide on and those joined, by time; ``known`` where nothing was written since.

    Compares every record of the store with those that share a caller with it: 20,000 take some seconds.
    """
    with store.read() as view:
        heads = view.heads()
    if known is not None and known.heads == heads:
        return known
    records, ids = identified_records(store)
    members = {ids[told.key]: Member(ids[told.key], told) for told in records}
    with store.read() as view:
        found_said = standing(decisions_naming(view.connection, RECORDS))
        said = [one for one in found_said if one.profile == RECORDS]
        grouped = twins_said(said, members.keys())
        joined = [
            _joined(view, group, said, members)
            for head, group in sorted(grouped.items())
            if head == group.head
        ]
    found = find_twins(records, _settled(said, grouped, ids))
    proposals = [
        Proposal(tuple(members[ids[records[place].key]] for place in one.members), one.reasons)
        for one in found
    ]
    joined.sort(key=lambda one: (one.at, one.members[0].record), reverse=True)
    return Twins(tuple(proposals), tuple(joined), heads)


def join(store: Store, records: Sequence[str], *, now: datetime) -> Made:
    """Say that records tell one matter; what was said before of the others no longer holds.

    The one that counts is the one already known as a CRM row, else the smallest id. Raises KnownError
    ``decisions.leads_only``.
    """
    check_person(store)
    with store.change() as unit:
        said = list(standing_in(unit))
        settled = {one.record for one in said if one.settles and one.profile != RECORDS}
        head = min(records, key=lambda one: (one not in settled, one))
        made: list[tuple[Subject, str]] = []
        for one in sorted(set(records) - {head}):
            made += _unsay(unit, said, {pair(one, head)}, Verdict.REJECTED, now)
            made += supersede(unit, [word for word in said if word.profile != RECORDS], one, now)
            made += say(unit, one, RECORDS, head, Verdict.CONFIRMED, "", now)
        return Made(tuple(made))


def part(store: Store, records: Sequence[str], *, now: datetime) -> Made:
    """Say that each of these records is a matter of its own. Raises KnownError ``decisions.leads_only``."""
    check_person(store)
    pairs = {pair(one, other) for one in records for other in records if one != other}
    with store.change() as unit:
        made = _unsay(unit, list(standing_in(unit)), pairs, Verdict.CONFIRMED, now)
        for record, other in sorted(pairs):
            made += say(unit, record, RECORDS, other, Verdict.REJECTED, "", now)
        return Made(tuple(made))


def separate(store: Store, records: Sequence[str], *, now: datetime) -> Made:
    """Take back that these records are one matter; it may be proposed again."""
    check_person(store)
    pairs = {pair(one, other) for one in records for other in records if one != other}
    with store.change() as unit:
        return Made(tuple(_unsay(unit, list(standing_in(unit)), pairs, Verdict.CONFIRMED, now)))


def _settled(
    said: Iterable[Said], grouped: Mapping[str, Group], ids: Mapping[str, str]
) -> Callable[[HandRecord, HandRecord], bool]:
    """Return whether it was said of two records that they are one, or are not."""
    apart = said_apart(said)

    def settled(one: HandRecord, other: HandRecord) -> bool:
        mine, theirs = ids[one.key], ids[other.key]
        group = grouped.get(mine)
        return pair(mine, theirs) in apart or (group is not None and theirs in group.members)

    return settled


def _joined(view: View, group: Group, said: Sequence[Said], members: Mapping[str, Member]) -> Joined:
    entries = [
        stored.entry
        for one in said
        if one.verdict is Verdict.CONFIRMED and one.record in group.members
        for stored in journal.history(view.connection, one.subject)
        if stored.entry.id == one.entry
    ]
    newest = max(entries, key=lambda entry: entry.order)
    return Joined(tuple(members[one] for one in group.members), person_name(view, newest.actor), newest.at)


def _unsay(
    unit: UnitOfWork, said: Iterable[Said], pairs: set[tuple[str, str]], verdict: Verdict, now: datetime
) -> list[tuple[Subject, str]]:
    """Take back one kind of word on pairs of records, in whichever direction it was said."""
    old = [
        one
        for one in said
        if one.profile == RECORDS and one.verdict is verdict and pair(one.record, one.row) in pairs
    ]
    return [entry for one in old for entry in drop(unit, one.subject, now)]
