"""The row that each kind of subject has in a table of its own, besides its state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC
from types import MappingProxyType
from typing import Any

from sqlalchemy import Table

from desktop_app.domain.entries import Value
from desktop_app.domain.fields import to_correct
from desktop_app.domain.folding import State
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.incident_steps import ENDED as ENDED_INCIDENTS
from desktop_app.domain.incident_steps import INCIDENTS, OUTAGE, IncidentState
from desktop_app.domain.numbers import parse_number
from desktop_app.domain.phones import phone_of
from desktop_app.domain.promises import table_of
from desktop_app.domain.steps import RECORDS, PromiseState, RecordState, current
from desktop_app.domain.times import parse_iso
from desktop_app.storage import search
from desktop_app.storage.tables import incidents, notifications, number_blocks, promises, records

Row = dict[str, Any] | None
"""A row by column name."""

BLOCK_USES = frozenset({"reserved", "skipped"})
ENDED = frozenset(
    {
        PromiseState.NONE,
        PromiseState.MERGED,
        PromiseState.CARRIED_OVER,
        PromiseState.WITHDRAWN,
        PromiseState.DONE,
    }
)
"""States of a promise that nobody has to call back for; whether it has ended is for ``promises.endings``."""


def values_of(state: State) -> dict[str, Value]:
    """Return a subject's values and the items of its lists by key, as a correction list is derived from."""
    values = {name: state.value(name) for name in state.fields}
    for name, items in state.lists.items():
        values[name] = [item.value for item in items]
    return values


def record_row(state: State) -> dict[str, Any]:
    """Return a record's row; a purged one has what its tombstone says."""
    told = state.tombstone
    text = (lambda name: str(told.get(name, ""))) if told is not None else state.text
    number = parse_number(text("number"))
    stands = RecordState.PURGED if told is not None else current(state, RECORDS)
    row: dict[str, Any] = {
        "id": state.subject.id,
        "number": str(number) if number else text("number"),
        "station": number.station if number else "",
        "drill": int(number.drill) if number else 0,
        "sequence": number.sequence if number else 0,
        "kind": text("kind"),
        "state": stands.value,
        "listed": 0,
        "handler": "",
        "received_at": "",
        "phone_digits": "",
        "crm_id": "",
        "missing": "",
        "incomplete": 0,
        "important": 0,
        "search": "",
    }
    if told is not None or stands is RecordState.DRAFT:
        return row
    listed = stands is not RecordState.VOID
    missing = to_correct(values_of(state)) if listed else ()
    return row | {
        "listed": int(listed),
        "handler": text("first_handler"),
        "received_at": next(
            (at for at in map(text, ("received_at", "recorded_at")) if parse_iso(at, UTC)), ""
        ),
        "phone_digits": phone_of(text("phone")).digits,
        "crm_id": text("crm_id"),
        "missing": " ".join(missing),
        "incomplete": int(bool(missing)),
        "important": int(listed and True in state.values("important") and not text("reported_at").strip()),
        "search": search.search_text(state),
    }


def promise_row(state: State) -> Row:
    """Return a promise's row; None for one that nobody made, or that is purged."""
    stands = PromiseState.NONE if state.tombstone is not None else current(state, table_of(state))
    if stands is PromiseState.NONE:
        return None
    return {
        "id": state.subject.id,
        "record": state.text("record"),
        "state": stands.value,
        "open": int(stands not in ENDED),
        "due": _earliest(state, "due"),
    }


def block_row(state: State) -> Row:
    """Return the row of a block of numbers; None for one without a range."""
    first, last, use = state.value("first"), state.value("last"), state.text("use")
    # Undone blocks have no range, and whoever wrote an entry may have written anything.
    if not (type(first) is int and type(last) is int and 0 < first <= last < 10**9 and use in BLOCK_USES):
        return None
    return {
        "id": state.subject.id,
        "station": state.text("station"),
        "drill": int(state.value("drill") is True),
        "first": first,
        "last": last,
        "use": use,
    }


def incident_row(state: State) -> Row:
    """Return an incident's row; None for one that nobody reported, or that is purged."""
    stands = current(state, INCIDENTS)
    if state.tombstone is not None or stands is IncidentState.NONE:
        return None
    return {
        "id": state.subject.id,
        "state": stands.value,
        "open": int(stands not in ENDED_INCIDENTS),
        "outage": int(stands is IncidentState.MANUAL or state.value(OUTAGE) is not False),
        "category": state.text("incident_category"),
        "noticed_at": _earliest(state, "first_noticed_at"),
    }


def notification_row(state: State) -> Row:
    """Return the row of one piece of evidence; None where it names no incident, or was undone."""
    incident = state.text("incident")
    if not incident:
        return None
    return {"id": state.subject.id, "incident": incident, "told_at": _earliest(state, "told_at")}


def _earliest(state: State, name: str) -> str:
    """Return the earliest readable candidate of a time, empty where there is none."""
    return min((str(at) for at in state.values(name) if parse_iso(str(at), UTC)), default="")


ROWS: Mapping[SubjectKind, tuple[Table, Callable[[State], Row]]] = MappingProxyType(
    {
        SubjectKind.RECORD: (records, record_row),
        SubjectKind.PROMISE: (promises, promise_row),
        SubjectKind.NUMBER_BLOCK: (number_blocks, block_row),
        SubjectKind.INCIDENT: (incidents, incident_row),
        SubjectKind.NOTIFICATION: (notifications, notification_row),
    }
)
"""Which kinds have a table, and what makes its row."""
