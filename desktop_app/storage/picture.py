"""What the outage's charts are drawn from: when calls came in, went into the CRM, and promises ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from desktop_app.domain.entries import moment_text
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.times import parse_iso
from desktop_app.storage import folded
from desktop_app.storage.conflicts import entries_by_id
from desktop_app.storage.tables import promises, records

_AT_ONCE = 400
_r = records.c


class Call(NamedTuple):
    """A saved record: its id, when the call came in (UTC), its kind, and whether it has a CRM number."""

    id: str
    received_at: datetime
    kind: str
    in_crm: bool


class Promised(NamedTuple):
    """A promise: its id, when its call came in (UTC), and whether it stands open."""

    id: str
    received_at: datetime
    open: bool


def calls_between(connection: Connection, since: datetime, until: datetime) -> list[Call]:
    """Return the saved records of calls that came in in a span, both ends included, the earliest first."""
    query = (
        select(_r.id, _r.received_at, _r.kind, _r.crm_id)
        .where(_r.listed == 1, _r.received_at.between(moment_text(since), moment_text(until)))
        .order_by(_r.received_at)
    )
    return [
        Call(row.id, at, row.kind, bool(row.crm_id))
        for row in connection.execute(query)
        if (at := parse_iso(row.received_at, UTC))
    ]


def promises_between(connection: Connection, since: datetime, until: datetime) -> list[Promised]:
    """Return the promises of calls that came in in a span."""
    query = (
        select(promises.c.id, _r.received_at, promises.c.open)
        .join(records, _r.id == promises.c.record)
        .where(_r.listed == 1, _r.received_at.between(moment_text(since), moment_text(until)))
    )
    return [
        Promised(row.id, at, bool(row.open))
        for row in connection.execute(query)
        if (at := parse_iso(row.received_at, UTC))
    ]


def written_at(
    connection: Connection, kind: SubjectKind, ids: list[str], field: str
) -> Iterator[tuple[str, datetime]]:
    """Yield the id of each subject and when its field got the value it has (UTC), a few hundred at a time."""
    for start in range(0, len(ids), _AT_ONCE):
        states = folded.states_by_id(connection, kind, ids[start : start + _AT_ONCE])
        by = {one: state.seen(field)[-1] for one, state in states.items() if state.seen(field)}
        held = entries_by_id(connection, set(by.values()))
        yield from ((one, held[entry].entry.at) for one, entry in by.items() if entry in held)
