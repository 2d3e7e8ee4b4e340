"""Correcting a saved record and making one void, each with a reason and each to be undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from desktop_app.domain.entries import Action, Payload, Value
from desktop_app.domain.errors import GuardRefused, KnownError
from desktop_app.domain.fields import RECORD_FIELDS, to_correct
from desktop_app.domain.folding import State
from desktop_app.domain.form_fields import FieldType
from desktop_app.domain.guards import Around
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.steps import RECORDS, PromiseState, RecordState, current
from desktop_app.domain.times import parse_iso, zone_of
from desktop_app.domain.typed import item_text, typed
from desktop_app.services.record_form import OWN, lines, read_field, typed_text
from desktop_app.services.records import open_promise, revoke_all, write
from desktop_app.services.unfinished import place_of
from desktop_app.storage.folded import promises_of
from desktop_app.storage.folded_rows import values_of
from desktop_app.storage.half_typed import forget_half_typed
from desktop_app.storage.id_numbers import masked_value
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import UnitOfWork

SHIFT = timedelta(hours=12)
"""How long after it was written a record counts as of its writer's running shift."""

_OPEN_TO_CHANGE = frozenset(RecordState) - {
    RecordState.DRAFT,
    RecordState.ARCHIVED,
    RecordState.VOID,
    RecordState.PURGED,
}
_FREE = (RecordState.RECORDED, RecordState.CORRECTED)
_CALLBACK = ("callback_due", "callback_phone", "phone")
WAITING = (PromiseState.DUE, PromiseState.ASSIGNED)
"""Promises whose time a correction of the record may still set."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change of a record wrote: entries that an undo revokes, and what is still to correct."""

    subject_id: str
    number: str
    missing: tuple[str, ...]
    entries: tuple[tuple[Subject, str], ...]


def correct(
    store: Store,
    subject_id: str,
    changes: Mapping[str, str],
    *,
    reason: str,
    now: datetime,
    seen: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> Changed:
    """Set fields of a record to typed texts; an empty text empties its field.

    ``seen`` are the candidates by field that were on the screen (``RecordDetails.seen``): what somebody else
    wrote since stays beside the new value, as a conflict. A call-back time opens, moves or withdraws the
    record's promise. Raises GuardRefused, and KnownError ``log.change_reason_needed``,
    ``log.nothing_changed`` and ``log.no_record``.
    """
    reason = _reason(reason)
    with store.change() as unit:
        subject, state = _record(unit, subject_id)
        by = unit.author.actor
        values, added, struck = _differences(store, state, changes, now)
        if not (values or added or struck):
            raise KnownError("log.nothing_changed")
        told = dict(values)
        if current(state, RECORDS) in _FREE:
            told["state"] = RecordState.CORRECTED.value
        seen = {name: ids for name, ids in seen.items() if name in values}
        around = _around(unit, state, now)
        made = write(unit, subject, told, now, reason, added, seen, around)
        for entry_id in struck:
            entry = unit.append(subject, Action.STRIKE, Payload(reason=reason, target=entry_id), at=now)
            made.append((subject, entry.id))
        forget_half_typed(unit.connection, place_of(subject.id), by)
        if set(_CALLBACK) & values.keys():
            made += _promise_follows(unit, subject, now, reason)
        return _changed(unit, subject, made)


def void(store: Store, subject_id: str, *, reason: str, now: datetime) -> Changed:
    """Make a record void: its number stays accounted for, and its open promises are withdrawn.

    Raises KnownError ``log.change_reason_needed`` and ``log.no_record``, and GuardRefused, also for a record
    that reconciliation has matched.
    """
    reason = _reason(reason)
    with store.change() as unit:
        subject, state = _record(unit, subject_id)
        told: dict[str, Value] = {"state": RecordState.VOID.value}
        made = write(unit, subject, told, now, reason, around=_around(unit, state, now))
        for promise in promises_of(unit.connection, subject.id, only_open=True):
            made += _withdraw(unit, promise, now, reason)
        return _changed(unit, subject, made)


def undo_change(store: Store, changed: Changed, *, now: datetime) -> None:
    """Revoke a correction or a voiding, all of it; raises KnownError ``log.changed_since``."""
    with store.change() as unit:
        revoke_all(unit, changed.entries, now)


def _reason(text: str) -> str:
    if not text.strip():
        raise KnownError("log.change_reason_needed")
    return text.strip()


def _record(unit: UnitOfWork, subject_id: str) -> tuple[Subject, State]:
    subject = Subject(SubjectKind.RECORD, subject_id)
    state = unit.state(subject)
    stands = current(state, RECORDS)
    if stands is RecordState.DRAFT:
        raise KnownError("log.no_record")
    if stands not in _OPEN_TO_CHANGE:
        raise GuardRefused("guard.no_step", source=stands, target=RecordState.CORRECTED)
    return subject, state


def _around(unit: UnitOfWork, state: State, now: datetime) -> Around:
    written = parse_iso(state.text("recorded_at"), UTC)
    return Around(own_shift=written is not None and now - written < SHIFT)


def _differences(
    store: Store, state: State, changes: Mapping[str, str], now: datetime
) -> tuple[dict[str, Value], dict[str, tuple[str, ...]], list[str]]:
    """Return the fields whose text is another than the record's, the items added, the entries struck out."""
    zone = zone_of(store.settings.zone)
    values: dict[str, Value] = {}
    added: dict[str, tuple[str, ...]] = {}
    struck: list[str] = []
    for key, told in changes.items():
        text, asked = typed_text(key, told), RECORD_FIELDS[key]
        if key in OWN:
            continue
        if asked.type is FieldType.LIST:
            held = [(item.entry_id, item_text(item.value)) for item in state.lists.get(key, ())]
            items = (str(masked_value(store.settings, key, line, now)) for line in lines(text))
            wanted, kept = Counter(items), Counter(item for _, item in held)
            if new := tuple((wanted - kept).elements()):
                added[key] = new
            gone = kept - wanted
            for entry_id, item in held:
                if gone[item] > 0:
                    gone[item] -= 1
                    struck.append(entry_id)
        elif len(state.values(key)) > 1 or text != typed(asked, state.value(key), zone):
            values[key] = masked_value(store.settings, key, read_field(key, text, zone, now), now)
    return values, added, struck


def _promise_follows(
    unit: UnitOfWork, subject: Subject, now: datetime, reason: str
) -> list[tuple[Subject, str]]:
    """Bring the record's promise to the call-back time that the record has now."""
    values = values_of(unit.state(subject))
    held = [
        promise
        for promise in promises_of(unit.connection, subject.id, only_open=True)
        if unit.state(promise).text("state") in WAITING
    ]
    if not held:
        return open_promise(unit, subject, values, now)
    due = values.get("callback_due")
    if not due:
        return [made for promise in held for made in _withdraw(unit, promise, now, reason)]
    told: dict[str, Value] = {"due": due, "phone": values.get("callback_phone") or values.get("phone") or ""}
    return [made for promise in held for made in write(unit, promise, told, now, reason)]


def _withdraw(unit: UnitOfWork, promise: Subject, now: datetime, reason: str) -> list[tuple[Subject, str]]:
    told: dict[str, Value] = {"state": PromiseState.WITHDRAWN.value, "end_reason": reason}
    return write(unit, promise, told, now, reason)


def _changed(unit: UnitOfWork, subject: Subject, made: list[tuple[Subject, str]]) -> Changed:
    state = unit.state(subject)
    listed = current(state, RECORDS) is not RecordState.VOID
    missing = to_correct(values_of(state)) if listed else ()
    return Changed(subject.id, state.text("number"), missing, tuple(made))
