"""The tables folded from the journal: each subject's state, and rows of records and blocks to query."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, select
from sqlalchemy.dialects.sqlite import Insert, insert

from desktop_app.domain.folding import Candidate, ListItem, State
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.numbers import parse_number
from desktop_app.domain.phones import phone_of
from desktop_app.domain.steps import RECORDS, RecordState, current
from desktop_app.storage.tables import number_blocks, records, subjects

Row = dict[str, Any] | None
"""A row by column name."""

BLOCK_USES = frozenset({"reserved", "skipped"})


def _upsert(table: Table) -> Insert:
    new = insert(table)
    keys = list(table.primary_key)
    changed = {column.name: new.excluded[column.name] for column in table.c if column not in keys}
    return new.on_conflict_do_update(index_elements=keys, set_=changed)


# Built once: on the path of every save, making a statement costs more than running it.
_KIND_OF = {records: SubjectKind.RECORD, number_blocks: SubjectKind.NUMBER_BLOCK}
_UPSERTS = {table: _upsert(table) for table in (subjects, *_KIND_OF)}
_STATE = select(subjects.c.state).where(
    subjects.c.kind == bindparam("kind"), subjects.c.id == bindparam("id")
)


def put_state(connection: Connection, state: State) -> None:
    """Write the folded rows of one subject."""
    for table, row in folded_rows(state).items():
        if row is None:
            connection.execute(table.delete().where(_is(table, state.subject)))
        else:
            connection.execute(_UPSERTS[table], row)


def folded_rows(state: State) -> dict[Table, Row]:
    """Return the row each folded table has for a subject; None where it has none."""
    rows: dict[Table, Row] = {
        subjects: {"id": state.subject.id, "kind": state.subject.kind.value, "state": _text(state)}
    }
    if state.subject.kind is SubjectKind.RECORD:
        rows[records] = _record_row(state)
    elif state.subject.kind is SubjectKind.NUMBER_BLOCK:
        rows[number_blocks] = _block_row(state)
    return rows


def held_rows(connection: Connection, asked: Collection[Subject]) -> dict[Subject, dict[Table, Row]]:
    """Return what ``folded_rows`` gave when each of some hundred subjects was last written."""
    found = {subject: dict.fromkeys(folded_rows(State(subject))) for subject in asked}
    for table in _UPSERTS:
        ids = [subject.id for subject, rows in found.items() if table in rows]
        for row in connection.execute(select(table).where(table.c.id.in_(ids))).mappings():
            kind = SubjectKind(row["kind"]) if table is subjects else _KIND_OF[table]
            if Subject(kind, row["id"]) in found:
                found[Subject(kind, row["id"])][table] = dict(row)
    return found


def remove_rows(connection: Connection, subject: Subject) -> None:
    """Delete the folded rows of a subject that no entry is about."""
    for table in folded_rows(State(subject)):
        connection.execute(table.delete().where(_is(table, subject)))


def state_of(connection: Connection, subject: Subject) -> State:
    """Return the state of a subject; an empty one where no entry is about it."""
    text = connection.execute(_STATE, {"kind": subject.kind.value, "id": subject.id}).scalar()
    return State(subject) if text is None else _state(subject, text)


def states_of(connection: Connection, kinds: Iterable[SubjectKind]) -> Iterator[State]:
    """Yield the states of all subjects of these kinds, by id."""
    found = connection.execute(
        select(subjects.c.kind, subjects.c.id, subjects.c.state)
        .where(subjects.c.kind.in_([kind.value for kind in kinds]))
        .order_by(subjects.c.id)
    )
    for kind, subject_id, text in found:
        yield _state(Subject(SubjectKind(kind), subject_id), text)


def _is(table: Table, subject: Subject) -> ColumnElement[bool]:
    own = table.c.id == subject.id
    return and_(own, table.c.kind == subject.kind.value) if table is subjects else own


def _record_row(state: State) -> dict[str, Any]:
    told = state.tombstone
    text = (lambda name: str(told.get(name, ""))) if told is not None else state.text
    number = parse_number(text("number"))
    return {
        "id": state.subject.id,
        "number": str(number) if number else text("number"),
        "station": number.station if number else "",
        "drill": int(number.drill) if number else 0,
        "sequence": number.sequence if number else 0,
        "kind": text("kind"),
        "state": RecordState.PURGED.value if told is not None else current(state, RECORDS).value,
        "received_at": "" if told is not None else text("received_at"),
        "phone_digits": "" if told is not None else phone_of(text("phone")).digits,
        "crm_id": "" if told is not None else text("crm_id"),
    }


def _block_row(state: State) -> Row:
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


def _text(state: State) -> str:
    body: dict[str, Any] = {
        "fields": {
            name: [[held.entry_id, held.value] for held in candidates]
            for name, candidates in state.fields.items()
        },
        "lists": {
            name: [[item.entry_id, item.value] for item in items] for name, items in state.lists.items()
        },
        "tombstone": None if state.tombstone is None else dict(state.tombstone),
        "newest": state.newest,
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _state(subject: Subject, text: str) -> State:
    body = json.loads(text)
    lamport, writer, seq = body["newest"]
    return State(
        subject,
        MappingProxyType(
            {name: tuple(Candidate(*held) for held in pairs) for name, pairs in body["fields"].items()}
        ),
        MappingProxyType(
            {name: tuple(ListItem(*item) for item in pairs) for name, pairs in body["lists"].items()}
        ),
        None if body["tombstone"] is None else MappingProxyType(body["tombstone"]),
        (lamport, writer, seq),
    )
