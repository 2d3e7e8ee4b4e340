"""The tables folded from the journal: each subject's state, and the rows that some kinds have besides."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, func, select
from sqlalchemy.dialects.sqlite import Insert, insert

from desktop_app.domain.folding import Candidate, ListItem, State
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.state_hash import hash_of, is_blank, subject_digest
from desktop_app.storage import letter_pairs, search
from desktop_app.storage.folded_rows import ROWS, Row
from desktop_app.storage.prepared import Prepared, is_named
from desktop_app.storage.tables import promises, records, subjects

_AT_ONCE = 500
"""Ids asked for in one query."""
_SPELLED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Rows:
    """What the folded tables say of one subject, and a record's terms in the index."""

    tables: Mapping[Table, Row]
    terms: str = ""


def _upsert(table: Table) -> Insert:
    new = insert(table)
    keys = [table.c.id, *(column for column in table.primary_key if column.name == "kind")]
    changed = {
        column.name: new.excluded[column.name]
        for column in table.c
        if column not in keys and not column.primary_key
    }
    return new.on_conflict_do_update(index_elements=keys, set_=changed)


# Built once: on the path of every save, making a statement costs more than running it.
_KIND_OF = {table: kind for kind, (table, _) in ROWS.items()}
_UPSERTS = {table: _upsert(table) for table in (subjects, *_KIND_OF)}
_UPSERT_RECORD = _UPSERTS[records].returning(records.c.place)
_UPSERT_MANY = {table: Prepared(statement) for table, statement in _UPSERTS.items()}
_IN_INDEX = select(records.c.id, records.c.place, records.c.search).where(is_named(records.c.id))
_MISSING = select(records.c.id, records.c.missing).where(is_named(records.c.id))
_LAST_PLACE = select(func.max(records.c.place))
_SEARCHED = select(records.c.place, records.c.search).where(records.c.id == bindparam("id"))
_STATES = select(subjects.c.id, subjects.c.state).where(
    subjects.c.kind == bindparam("kind"), is_named(subjects.c.id)
)
_STATE = select(subjects.c.state).where(
    subjects.c.kind == bindparam("kind"), subjects.c.id == bindparam("id")
)


def states_by_id(connection: Connection, kind: SubjectKind, ids: Collection[str]) -> dict[str, State]:
    """Return the states of some subjects of a kind by id; those nobody knows are left out."""
    found = state_texts(connection, [Subject(kind, one) for one in ids])
    return {subject.id: state_in(subject, text) for subject, text in found.items()}


def state_texts(connection: Connection, asked: Iterable[Subject]) -> dict[Subject, str]:
    """Return the states of some subjects as they are stored; those nobody knows are left out."""
    by_kind: defaultdict[SubjectKind, list[str]] = defaultdict(list)
    for subject in asked:
        by_kind[subject.kind].append(subject.id)
    found: dict[Subject, str] = {}
    for kind, ids in by_kind.items():
        rows = connection.execute(_STATES, {"kind": kind.value, "named": json.dumps(ids)})
        found |= {Subject(kind, one): text for one, text in rows}
    return found


def promises_of(connection: Connection, record: str, *, only_open: bool = False) -> list[Subject]:
    """Return the promises made for a record."""
    query = select(promises.c.id).where(promises.c.record == record).order_by(promises.c.id)
    found = connection.execute(query.where(promises.c.open == 1) if only_open else query)
    return [Subject(SubjectKind.PROMISE, one) for one in found.scalars()]


def missing_of(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """Return the correction lists of some records by id, keys separated by blanks."""
    return {row[0]: row[1] for row in connection.execute(_MISSING, {"named": json.dumps(list(ids))})}


def put_state(connection: Connection, state: State, *, new: bool = False) -> None:
    """Write the folded rows of one subject and its place in the index; ``new`` says that it has none yet."""
    for table, row in folded_rows(state).items():
        if table is records and row is not None:
            before = None if new else connection.execute(_SEARCHED, {"id": state.subject.id}).first()
            place = connection.execute(_UPSERT_RECORD, row).scalar_one()
            search.index(connection, place, before.search if before else "", row["search"])
        else:
            _put_row(connection, table, state.subject, row)


def put_tables(
    connection: Connection, subjects_rows: Mapping[Subject, Rows], new: Collection[Subject]
) -> None:
    """Write the folded rows of many subjects, and the index; those of ``new`` have no rows yet."""
    rows: defaultdict[Table, list[dict[str, Any]]] = defaultdict(list)
    for subject, told in subjects_rows.items():
        for table, row in told.tables.items():
            if row is not None:
                rows[table].append(dict(row))
            elif subject not in new:
                _put_row(connection, table, subject, None)
    terms = {one.id: told.terms for one, told in subjects_rows.items() if one.kind is SubjectKind.RECORD}
    before = {row.id: (row.place, row.search) for row in _in_index(connection, list(terms))}
    free = count(1 + (connection.execute(_LAST_PLACE).scalar() or 0))
    changes = []
    for row in rows[records]:
        place, old = before.get(row["id"]) or (next(free), "")
        row["place"] = place
        if row["search"] != old:
            changes.append((place, letter_pairs.terms(old), terms[row["id"]]))
    for table, changed in rows.items():
        _UPSERT_MANY[table].run(connection, changed)
    search.index_many(connection, changes)


def _in_index(connection: Connection, wanted: Sequence[str]) -> Sequence[Any]:
    return connection.execute(_IN_INDEX, {"named": json.dumps(wanted)}).all() if wanted else ()


def put_rows(connection: Connection, state: State) -> None:
    """Write the folded rows of one subject and leave the index alone, which has to be made anew then."""
    for table, row in folded_rows(state).items():
        _put_row(connection, table, state.subject, row)


def refold(connection: Connection) -> None:
    """Write the rows of records, promises and blocks, and all digests, anew from the subjects' states."""
    known = connection.execute(select(subjects.c.kind, subjects.c.id)).all()
    for start in range(0, len(known), _AT_ONCE):
        some = [Subject(SubjectKind(kind), one) for kind, one in known[start : start + _AT_ONCE]]
        texts = state_texts(connection, some)
        states = (state_in(subject, text) for subject, text in texts.items())
        connection.execute(_UPSERTS[subjects], [_subject_row(state) for state in states])
    for table, kind in _KIND_OF.items():
        for state in states_of(connection, [kind]):
            _put_row(connection, table, state.subject, folded_rows(state)[table])
    search.remake(connection)


def folded_rows(state: State) -> dict[Table, Row]:
    """Return the row each folded table has for a subject; None where it has none."""
    rows: dict[Table, Row] = {subjects: _subject_row(state)}
    made = ROWS.get(state.subject.kind)
    if made is not None:
        table, row_of = made
        rows[table] = row_of(state)
    return rows


def rows_of(state: State) -> Rows:
    """Return what ``put_tables`` writes for a subject."""
    tables = folded_rows(state)
    row = tables.get(records)
    return Rows(tables, letter_pairs.terms(row["search"]) if row is not None else "")


def held_rows(connection: Connection, asked: Collection[Subject]) -> dict[Subject, dict[Table, Row]]:
    """Return what ``folded_rows`` gave when each of some hundred subjects was last written."""
    found = {subject: dict.fromkeys(folded_rows(State(subject))) for subject in asked}
    for table in _UPSERTS:
        ids = [subject.id for subject, rows in found.items() if table in rows]
        for row in connection.execute(select(table).where(table.c.id.in_(ids))).mappings():
            kind = SubjectKind(row["kind"]) if table is subjects else _KIND_OF[table]
            if Subject(kind, row["id"]) in found:
                told = {name: value for name, value in row.items() if name != records.c.place.name}
                found[Subject(kind, row["id"])][table] = told
    return found


def remove_rows(connection: Connection, subject: Subject) -> None:
    """Delete the folded rows of a subject that no entry is about; the index has to be made anew then."""
    for table in folded_rows(State(subject)):
        connection.execute(table.delete().where(_is(table, subject)))


def state_of(connection: Connection, subject: Subject) -> State:
    """Return the state of a subject; an empty one where no entry is about it."""
    text = connection.execute(_STATE, {"kind": subject.kind.value, "id": subject.id}).scalar()
    return State(subject) if text is None else state_in(subject, text)


def whole_hash(connection: Connection) -> str:
    """Return the state hash of the store as its subjects were last folded."""
    s = subjects.c
    found = connection.execute(select(s.digest).where(s.digest.is_not(None)).order_by(s.id, s.kind))
    return hash_of(found.scalars())


def states_of(
    connection: Connection, kinds: Iterable[SubjectKind], *where: ColumnElement[bool]
) -> Iterator[State]:
    """Yield the states of all subjects of these kinds that fulfil ``where``, by id."""
    found = connection.execute(
        select(subjects.c.kind, subjects.c.id, subjects.c.state)
        .where(subjects.c.kind.in_([kind.value for kind in kinds]), *where)
        .order_by(subjects.c.id)
    )
    for kind, subject_id, text in found:
        yield state_in(Subject(SubjectKind(kind), subject_id), text)


def _put_row(connection: Connection, table: Table, subject: Subject, row: Row) -> None:
    if row is None:
        connection.execute(table.delete().where(_is(table, subject)))
    else:
        connection.execute(_UPSERTS[table], row)


def _is(table: Table, subject: Subject) -> ColumnElement[bool]:
    own = table.c.id == subject.id
    return and_(own, table.c.kind == subject.kind.value) if table is subjects else own


def _subject_row(state: State) -> dict[str, Any]:
    return {
        "id": state.subject.id,
        "kind": state.subject.kind.value,
        "state": _text(state),
        "digest": None if is_blank(state) else subject_digest(state),
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
    return _SPELLED.encode(body)


def state_in(subject: Subject, text: str) -> State:
    """Return the state that was stored as this text."""
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
