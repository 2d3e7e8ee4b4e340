"""Fields that two people changed apart: who wrote what, and the choice of a lead, field by field.

A choice is one change that names every candidate that was on the screen; one that arrives later stands beside
it, and the conflict is open again (JOURNAL, fold).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from desktop_app.domain.entries import Action, Change, Stored, Value
from desktop_app.domain.errors import KnownError
from desktop_app.domain.fields import FIELDS, RECORD_FIELDS, RESTRICTED
from desktop_app.domain.folding import State, canonical, revoked_ids
from desktop_app.domain.form_fields import Field, FieldType
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.promises import table_of
from desktop_app.domain.restricted import is_restricted
from desktop_app.domain.roles import Role
from desktop_app.domain.steps import current
from desktop_app.domain.times import zone_of
from desktop_app.domain.typed import typed
from desktop_app.services.decisions import check_person
from desktop_app.services.drafts import person_name
from desktop_app.services.record_changes import WAITING
from desktop_app.services.record_form import read_field, typed_text
from desktop_app.services.records import write
from desktop_app.storage.conflicts import entries_by_id, newest_choices, states_in_conflict, station_codes
from desktop_app.storage.folded import promises_of
from desktop_app.storage.journal import history
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import UnitOfWork, View

MOST = 500
"""Conflicts, and choices made, that are listed at once."""

KINDS = (SubjectKind.RECORD, SubjectKind.PROMISE, SubjectKind.INCIDENT)
PEOPLE = frozenset(
    {
        "first_handler",
        "current_owner",
        "backfilled_by",
        "verified_by",
        "owner",
        "noticed_by",
        "unrecoverable_by",
        "approved_by",
    }
)
"""Fields that hold a person's id where the program filled them."""
_OF_RECORD = {"due": "callback_due", "phone": "callback_phone"}
"""Fields of a promise, each with the record's that it follows."""
_JOINED = {FieldType.TEXT: "；", FieldType.LONG_TEXT: "\n"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several values of a field: its text, who gave it, where (station code), when (UTC) and why."""

    text: str
    name: str
    at: datetime
    entry_id: str = ""
    station: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field with several values; ``seen`` are the ids of all candidates, those of equal value too.

    ``record`` is the record's id and ``number`` its number, also where the subject is a promise of it; of an
    incident both are its own.
    """

    subject: Subject
    record: str
    number: str
    field: str
    candidates: tuple[Candidate, ...]
    seen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The conflicts that are listed, and how many there are."""

    conflicts: tuple[Conflict, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose for a field: the candidate of ``entry_id``, or ``text`` where that is empty.

    ``seen`` are the candidates that were on the screen.
    """

    field: str
    seen: tuple[str, ...]
    entry_id: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice that was made: its entry, the fields with their texts, who, where, when (UTC) and why."""

    subject: Subject
    entry_id: str
    record: str
    number: str
    fields: tuple[tuple[str, str], ...]
    name: str
    station: str
    at: datetime
    reason: str
    undone: bool


def conflicts(store: Store, limit: int = MOST) -> Found:
    """Return the open conflicts by number of record or incident; restricted fields to leads only."""
    agent = store.author.role is Role.AGENT
    zone = zone_of(store.settings.zone)
    with store.read() as view:
        open_ones: list[tuple[str, str, State, str]] = []
        for state in states_in_conflict(view.connection, KINDS):
            record, number = _record_of(view, state)
            names = [name for name in state.conflicts() if not (agent and name in RESTRICTED)]
            open_ones += [(number, record, state, name) for name in names]
        open_ones.sort(key=lambda one: (one[0], one[1], one[2].subject, _place(one[3])))
        listed = open_ones[:limit]
        known = _Known(view, zone, (one for _, _, state, name in listed for one in state.seen(name)))
        return Found(
            tuple(
                Conflict(state.subject, record, number, name, known.candidates(state, name), state.seen(name))
                for number, record, state, name in listed
            ),
            len(open_ones),
        )


def candidates_of(view: View, state: State, zone: tzinfo, *, agent: bool) -> dict[str, tuple[Candidate, ...]]:
    """Return the fields of one record that are in conflict, each with its candidates."""
    names = [
        name for name in state.conflicts() if name in RECORD_FIELDS and not (agent and name in RESTRICTED)
    ]
    if not names:
        return {}
    known = _Known(view, zone, (one for name in names for one in state.seen(name)))
    return {name: known.candidates(state, name) for name in names}


def both(conflict: Conflict) -> str:
    """Return the texts of a conflict joined, for a person to keep both; empty where the field is no text."""
    field = _field(conflict.field)
    joint = _JOINED.get(field.type) if field else None
    told = [one.text for one in conflict.candidates if one.text]
    return joint.join(told) if joint and len(told) > 1 and conflict.field not in PEOPLE else ""


def decide(
    store: Store, subject: Subject, choices: Sequence[Choice], *, now: datetime, reason: str = ""
) -> tuple[tuple[Subject, str], ...]:
    """Choose the values of one or more fields of a subject; returns the entries it took.

    A promise that waits for its time follows its record's call-back time. Raises KnownError
    ``decisions.leads_only``, ``conflicts.gone`` where a candidate is no longer one, and GuardRefused.
    """
    check_person(store)
    zone = zone_of(store.settings.zone)
    with store.change() as unit:
        state = unit.state(subject)
        values = {
            one.field: _candidate(state, one)
            if one.entry_id
            else _typed_value(one.field, one.text, zone, now)
            for one in choices
        }
        seen = {one.field: one.seen for one in choices}
        made = write(unit, subject, values, now, reason.strip(), seen=seen)
        if subject.kind is SubjectKind.RECORD:
            made += _promises_follow(unit, subject, values, now, reason.strip())
        return tuple(made)


def undo(store: Store, made: Iterable[tuple[Subject, str]], *, now: datetime) -> None:
    """Take choices back: what they decided is open again. All of them, or none.

    Raises KnownError ``log.changed_since`` where a field was changed since.
    """
    check_person(store)
    with store.change() as unit:
        for subject, entry_id in made:
            state = unit.state(subject)
            if any(entry_id not in state.seen(name) for name in _changes(unit, subject, entry_id)):
                raise KnownError("log.changed_since")
            unit.revoke(entry_id, subject, at=now)


def redo(store: Store, subject: Subject, entry_id: str, *, now: datetime) -> None:
    """Let a choice that was taken back hold again; raises KnownError as ``undo`` does."""
    check_person(store)
    with store.change() as unit:
        state = unit.state(subject)
        fields = _changes(unit, subject, entry_id)
        if any(set(change.seen) - set(state.seen(name)) for name, change in fields.items()):
            raise KnownError("log.changed_since")
        made = [stored.sealed() for stored in history(unit.connection, subject)]
        gone = revoked_ids(made)
        for sealed in made:
            target = sealed.payload.target if sealed.payload else ""
            revokes = sealed.entry.action is Action.REVOKE and target == entry_id
            if revokes and sealed.entry.id not in gone:
                unit.revoke(sealed.entry.id, subject, at=now)


def chosen(store: Store, limit: int = 100) -> tuple[Chosen, ...]:
    """Return the choices that were made, the latest first; those taken back among them."""
    agent = store.author.role is Role.AGENT
    zone = zone_of(store.settings.zone)
    with store.read() as view:
        stations = station_codes(view.connection)
        return tuple(
            _chosen(view, stored, stations, zone)
            for stored in newest_choices(view.connection, limit)
            if stored.entry.subject.kind in KINDS and not (agent and _is_withheld_from_agents(stored))
        )


def _is_withheld_from_agents(stored: Stored) -> bool:
    payload = stored.sealed().payload
    return payload is not None and is_restricted(payload)


class _Known:
    """The entries behind some candidates, and who wrote them."""

    def __init__(self, view: View, zone: tzinfo, ids: Iterable[str]) -> None:
        self._view, self._zone = view, zone
        self._made = entries_by_id(view.connection, set(ids))
        self._stations = station_codes(view.connection)
        self._names: dict[str, str] = {}

    def candidates(self, state: State, name: str) -> tuple[Candidate, ...]:
        """Return one candidate for each distinct value, whoever gave it first."""
        firsts = {canonical(held.value): held for held in reversed(state.candidates(name))}
        return tuple(
            self._candidate(self._made[held.entry_id], name, held.value)
            for held in reversed(firsts.values())
            if held.entry_id in self._made
        )

    def _candidate(self, made: Stored, name: str, value: Value) -> Candidate:
        payload = made.sealed().payload
        return Candidate(
            _text(self._view, name, value, self._zone),
            self._name(made.entry.actor),
            made.entry.at,
            made.entry.id,
            self._stations.get(made.entry.writer, ""),
            payload.reason if payload else "",
        )

    def _name(self, actor: str) -> str:
        if actor not in self._names:
            self._names[actor] = person_name(self._view, actor)
        return self._names[actor]


def _record_of(view: View, state: State) -> tuple[str, str]:
    if state.subject.kind is SubjectKind.RECORD:
        return state.subject.id, state.text("number")
    if state.subject.kind is SubjectKind.INCIDENT:
        return state.subject.id, state.text("incident_no")
    record = state.text("record")
    return record, view.state(Subject(SubjectKind.RECORD, record)).text("number")


def _field(name: str) -> Field | None:
    return FIELDS.get(_OF_RECORD.get(name, name))


def _place(name: str) -> int:
    keys = list(FIELDS)
    return keys.index(name) if name in FIELDS else len(keys)


def _text(view: View, name: str, value: Value, zone: tzinfo) -> str:
    field = _field(name)
    text = typed(field, value, zone) if field else "" if value is None else str(value)
    return person_name(view, text) or text if name in PEOPLE and text else text


def _candidate(state: State, choice: Choice) -> Value:
    for held in state.candidates(choice.field):
        if held.entry_id == choice.entry_id:
            return held.value
    raise KnownError("conflicts.gone")


def _typed_value(name: str, text: str, zone: tzinfo, now: datetime) -> Value:
    key = _OF_RECORD.get(name, name)
    if key in PEOPLE or key == "state" or key not in RECORD_FIELDS:
        raise KnownError("conflicts.choose_only")
    return read_field(key, typed_text(key, text), zone, now)


def _promises_follow(
    unit: UnitOfWork, record: Subject, values: dict[str, Value], now: datetime, reason: str
) -> list[tuple[Subject, str]]:
    """Bring the promises that wait for their time to the call-back time that was chosen for their record."""
    made: list[tuple[Subject, str]] = []
    told = {name: values[key] for name, key in _OF_RECORD.items() if values.get(key)}
    for promise in promises_of(unit.connection, record.id, only_open=True) if told else ():
        state = unit.state(promise)
        if current(state, table_of(state)) in WAITING:
            made += write(unit, promise, dict(told), now, reason)
    return made


def _changes(unit: UnitOfWork, subject: Subject, entry_id: str) -> dict[str, Change]:
    stored = entries_by_id(unit.connection, [entry_id]).get(entry_id)
    payload = stored.sealed().payload if stored and stored.entry.subject == subject else None
    if payload is None or not payload.changes:
        raise KnownError("log.changed_since")
    return dict(payload.changes)


def _chosen(view: View, stored: Stored, stations: dict[str, str], zone: tzinfo) -> Chosen:
    entry, payload = stored.entry, stored.sealed().payload
    changes = payload.changes if payload else {}
    record, number = _record_of(view, view.state(entry.subject))
    made = [one.sealed() for one in history(view.connection, entry.subject)]
    return Chosen(
        entry.subject,
        entry.id,
        record,
        number,
        tuple(
            (name, _text(view, name, change.value, zone))
            for name, change in changes.items()
            if len(change.seen) > 1
        ),
        person_name(view, entry.actor),
        stations.get(entry.writer, ""),
        entry.at,
        payload.reason if payload else "",
        entry.id in revoked_ids(made),
    )
