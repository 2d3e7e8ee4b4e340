"""Steps that break a guard after a merge, and steps taken for somebody: kept, listed, confirmed by a lead.

That it was confirmed is an item of a list on the subject itself, so that every store knows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from desktop_app.domain.entries import Action, Change, Entry, Payload, Sealed, Value, moment_text
from desktop_app.domain.errors import KnownError
from desktop_app.domain.folding import State, fold
from desktop_app.domain.guards import acted_for, broken_guards
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.roles import Role
from desktop_app.services.decisions import Made, check_person
from desktop_app.services.drafts import person_name
from desktop_app.storage.conflicts import (
    entries_by_id,
    histories_of_outages,
    histories_of_several,
    station_codes,
)
from desktop_app.storage.journal import history
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import UnitOfWork, View

CONFIRMED = "confirmed"
"""The list on a subject that names the entries somebody confirmed."""
_KINDS = (SubjectKind.RECORD, SubjectKind.PROMISE)


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """An entry to look at: ``code`` is the refusal it would have met, empty for a step taken for somebody.

    ``number`` is the record's, incident's or notice's, ``state`` what the step led to, or else ``wrote`` the
    field or list that was written and ``item`` what; ``by`` whose step it is where it was taken for somebody.
    ``at`` is UTC, ``station`` a code.
    """

    subject: Subject
    number: str
    entry_id: str
    code: str
    state: str
    name: str
    role: Role
    station: str
    at: datetime
    reason: str
    details: Mapping[str, object] = field(default_factory=dict)
    wrote: str = ""
    item: Mapping[str, object] = field(default_factory=dict)
    by: frozenset[Role] = frozenset()


def to_confirm(store: Store) -> tuple[ToConfirm, ...]:
    """Return what nobody has confirmed yet, the oldest first."""
    with store.read() as view:
        stations = station_codes(view.connection)
        # Of an incident and its notices one person alone can take a senior's step: whoever reports it at
        # night confirms it.
        several = (one for one in histories_of_several(view.connection) if one[0].kind in _KINDS)
        found = [
            one
            for subject, made in chain(several, histories_of_outages(view.connection))
            for one in _of_subject(view, subject, made, stations)
        ]
    return tuple(sorted(found, key=lambda one: (one.at, one.entry_id)))


def approved_for(store: Store, notices: Iterable[str]) -> dict[str, frozenset[Role]]:
    """Return the ids of these notices whose approval was given as 代行 and waits, with whose it was."""
    waiting = {}
    with store.read() as view:
        for notice in notices:
            subject = Subject(SubjectKind.ANNOUNCEMENT, notice)
            made = [stored.sealed() for stored in history(view.connection, subject)]
            state = fold(subject, made)
            acted = acted_for(subject, made)
            for one in state.seen("wording_approved_by"):
                if one in acted and one not in _confirmed(state):
                    waiting[notice] = acted[one]
    return waiting


def confirm(store: Store, subject: Subject, entry_id: str, *, now: datetime, reason: str = "") -> Made:
    """Say that an entry may stand as it is; nobody confirms a step that they took themselves.

    Raises KnownError ``decisions.leads_only``, ``conflicts.own_step`` and ``log.changed_since``.
    """
    check_person(store)
    with store.change() as unit:
        stored = entries_by_id(unit.connection, [entry_id]).get(entry_id)
        if stored is None or stored.entry.subject != subject:
            raise KnownError("log.changed_since")
        if stored.entry.actor == unit.author.actor:
            raise KnownError("conflicts.own_step")
        return Made(((subject, confirming(unit, subject, entry_id, now, reason.strip()).id),))


def take_back(store: Store, made: Made, *, now: datetime) -> None:
    """Take a confirmation back: the entry is listed again."""
    check_person(store)
    with store.change() as unit:
        for subject, entry_id in made.entries:
            unit.revoke(entry_id, subject, at=now)


def confirming(unit: UnitOfWork, subject: Subject, entry_id: str, now: datetime, reason: str) -> Entry:
    """Append the item that confirms one entry of a subject."""
    item: Value = {"text": reason, "entry": entry_id, "at": moment_text(now), "by": unit.author.actor}
    return unit.append(subject, Action.ADD, Payload({CONFIRMED: Change((), item)}, reason), at=now)


def _of_subject(
    view: View, subject: Subject, made: list[Sealed], stations: dict[str, str]
) -> list[ToConfirm]:
    acted = acted_for(subject, made)
    found = {one.entry_id: (one.code, one.details) for one in broken_guards(subject, made)}
    found |= {one: ("", {}) for one in acted}
    state = fold(subject, made)
    if not found or state.tombstone is not None:
        # What the purge erased can no longer be judged.
        return []
    for one in _confirmed(state):
        found.pop(one, None)
    of_promise = subject.kind is SubjectKind.PROMISE
    record = view.state(_record(state.text("record"))) if of_promise else state
    by_id = {sealed.entry.id: sealed for sealed in made}
    told = []
    for entry_id, (code, details) in found.items():
        entry, payload = by_id[entry_id].entry, by_id[entry_id].payload
        changes = {} if payload is None else {name: one.value for name, one in payload.changes.items()}
        name = next(iter(sorted(changes)), "")
        told_of = changes.get(name)
        told.append(
            ToConfirm(
                subject,
                record.text("number")
                or record.text("incident_no")
                or record.text("announcement_no")
                or str((record.tombstone or {}).get("number") or ""),
                entry_id,
                code,
                str(changes.get("state") or ""),
                person_name(view, entry.actor),
                entry.role,
                stations.get(entry.writer, ""),
                entry.at,
                payload.reason if payload else "",
                details,
                name,
                told_of if isinstance(told_of, dict) else {"code": told_of},
                acted.get(entry_id, frozenset()),
            )
        )
    return told


def _confirmed(state: State) -> frozenset[str]:
    items = (item.value for item in state.lists.get(CONFIRMED, ()))
    return frozenset(str(item.get("entry")) for item in items if isinstance(item, dict))


def _record(record: str) -> Subject:
    return Subject(SubjectKind.RECORD, record)
