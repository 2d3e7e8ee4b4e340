"""Which records a list shows, newest first: a page at a time, by index, however many there are."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import NamedTuple, TypeVarTuple

from sqlalchemy import ColumnElement, Connection, Select, TextClause, and_, func, select, text, tuple_

from desktop_app.storage import letter_pairs
from desktop_app.storage.tables import promises, records

_MOST_PROMISED = 20
NEWEST = 500
"""Records that are read one by one before the index is asked: what many records hold, these hold too."""


class Show(StrEnum):
    """What a list shows. ``ALL`` are saved records; void ones are ``VOID`` only.

    ``IMPORTANT`` are the flagged ones that nobody has reported upward yet (4, row 96).
    """

    ALL = "all"
    INCOMPLETE = "incomplete"
    TO_BACKFILL = "to_backfill"
    CALLBACKS = "callbacks"
    VOID = "void"
    IMPORTANT = "important"
    NOT_HANDED_IN = "not_handed_in"


class Key(NamedTuple):
    """Where a record stands in a list: by when it came in, then by id."""

    received_at: str
    id: str


_Columns = TypeVarTuple("_Columns")
_r = records.c
_ORDER, _BACK = (_r.received_at.desc(), _r.id.desc()), (_r.received_at, _r.id)
_IMPORTANT = select(func.count()).select_from(records).where(text("important = 1"))
_OPEN = select(promises.c.record).where(promises.c.open == 1)


def find(
    connection: Connection,
    *,
    show: Show = Show.ALL,
    handler: str | None = None,
    wanted: Sequence[str] = (),
    after: Key | None = None,
    limit: int,
    among: Collection[str] | None = None,
    back: bool = False,
) -> list[Key]:
    """Return the next keys behind ``after``: of one person or of everybody, holding all ``wanted`` texts.

    ``wanted`` are folded (``search.asked``). ``among`` are the ids of the records that come into question,
    all where none are given. ``back`` goes the other way: from the oldest, or from ``after``, to the newest.
    """
    query = _among(_keys(show, handler, after, back=back), among)
    if not wanted:
        return [Key(*row) for row in connection.execute(query.limit(limit))]
    newest = query.add_columns(_r.search).limit(NEWEST).subquery()
    holding = and_(*(func.instr(newest.c.search, part) > 0 for part in wanted))
    found = [
        Key(*row)
        for row in connection.execute(select(newest.c.received_at, newest.c.id).where(holding).limit(limit))
    ]
    last = connection.execute(query.limit(1).offset(NEWEST - 1)).first()
    if len(found) < limit and last is not None:
        further = _indexed(_among(_keys(show, handler, Key(*last), back=back), among), wanted)
        found += [Key(*row) for row in connection.execute(further.limit(limit - len(found)))]
    return found


def count(connection: Connection, handler: str | None = None) -> dict[Show, int]:
    """Return how many records each list shows, of one person or of everybody."""

    def number(*conditions: ColumnElement[bool] | TextClause, index: str = "") -> int:
        own = () if handler is None else (_r.handler == handler,)
        query = select(func.count()).select_from(records).where(*own, *conditions)
        if index:
            # SQLite prefers an index that has all of a person's records to one of the few asked for.
            query = query.with_hint(records, f"INDEXED BY {index}")
        return int(connection.execute(query).scalar_one())

    everything = number(_r.listed == 1)
    in_crm = number(_r.listed == 1, text("crm_id <> ''"), index="ix_records_crm_id")
    return {
        Show.ALL: everything,
        Show.INCOMPLETE: number(text("incomplete = 1"), index="ix_records_incomplete"),
        Show.TO_BACKFILL: everything - in_crm,
        Show.CALLBACKS: number(_r.listed == 1, _r.id.in_(_OPEN)),
        Show.IMPORTANT: int(connection.execute(_IMPORTANT).scalar_one()),
        Show.VOID: number(_r.listed == 0, _r.state == "void"),
    }


def count_among(connection: Connection, among: Collection[str], handler: str | None = None) -> int:
    """Return how many saved records there are among these, of one person or of everybody."""
    query = _among(select(func.count()).select_from(records).where(_r.listed == 1), among)
    if handler is not None:
        query = query.where(_r.handler == handler)
    return int(connection.execute(query).scalar_one())


def callbacks_of(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """Return when the earliest open promise of each record is due; empty where nobody can read it."""
    found: dict[str, str] = {}
    query = select(promises.c.record, promises.c.due).where(promises.c.open == 1, promises.c.record.in_(ids))
    for record, due in connection.execute(query):
        found[record] = min(filter(None, (found.get(record), due)), default="")
    return found


def promised(connection: Connection, after: str, until: str, handler: str) -> list[tuple[str, str, str]]:
    """Return id, record and due time of one person's open promises due in a span, the earliest first.

    ``after`` is not in the span, ``until`` is; both are moments as the journal writes them.
    """
    query = (
        select(promises.c.id, promises.c.record, promises.c.due)
        .join(records, _r.id == promises.c.record)
        .where(promises.c.open == 1, promises.c.due > after, promises.c.due <= until)
        .where(_r.listed == 1, _r.handler == handler)
        .order_by(promises.c.due)
        .limit(_MOST_PROMISED)
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(query)]


def next_promised(connection: Connection, handler: str | None, most: int) -> list[tuple[str, str, str]]:
    """Return id, record and due time of open promises, the earliest first, one nobody can read last."""
    query = (
        select(promises.c.id, promises.c.record, promises.c.due)
        .join(records, _r.id == promises.c.record)
        .where(promises.c.open == 1, _r.listed == 1)
        .order_by(promises.c.due == "", promises.c.due, promises.c.id)
        .limit(most)
    )
    if handler is not None:
        query = query.where(_r.handler == handler)
    return [(row[0], row[1], row[2]) for row in connection.execute(query)]


def overdue(connection: Connection, now: str, handler: str | None = None) -> int:
    """Return how many records have an open promise that was due before ``now`` (as the journal writes it)."""
    late = _OPEN.where(promises.c.due != "", promises.c.due < now)
    own = () if handler is None else (_r.handler == handler,)
    query = select(func.count()).select_from(records).where(_r.listed == 1, _r.id.in_(late), *own)
    return int(connection.execute(query).scalar_one())


def _keys(show: Show, handler: str | None, after: Key | None, *, back: bool) -> Select[str, str]:
    order = _BACK if back else _ORDER
    query = select(_r.received_at, _r.id).where(_r.listed == int(show is not Show.VOID)).order_by(*order)
    if show is Show.IMPORTANT:
        # Whoever wrote them: this is the leads' list.
        query, handler = query.with_hint(records, "INDEXED BY ix_records_important"), None
    if handler is not None:
        query = query.where(_r.handler == handler)
    if after is not None:
        here = tuple_(_r.received_at, _r.id)
        query = query.where(here > tuple_(*after) if back else here < tuple_(*after))
    if show is Show.INCOMPLETE:
        query = query.where(text("incomplete = 1"))
    elif show is Show.TO_BACKFILL:
        query = query.where(_r.crm_id == "")
    elif show is Show.CALLBACKS:
        query = query.where(_r.id.in_(_OPEN))
    elif show is Show.IMPORTANT:
        query = query.where(text("important = 1"))
    elif show is Show.VOID:
        query = query.where(_r.state == "void")
    return query


def _among(query: Select[*_Columns], among: Collection[str] | None) -> Select[*_Columns]:
    if among is None:
        return query
    # One parameter, however many they are.
    ids = func.json_each(json.dumps(list(among))).table_valued("value")
    return query.where(_r.id.in_(select(ids.c.value)))


def _indexed(query: Select[str, str], wanted: Sequence[str]) -> Select[str, str]:
    """Ask the search index first; what it finds is read, and decided by the text itself."""
    hits = text("SELECT rowid FROM search WHERE search MATCH :question")
    holding = (func.instr(_r.search, part) > 0 for part in wanted)
    # Without the hint SQLite walks through everything older by time and asks for each whether it is a hit.
    return query.with_hint(records, "NOT INDEXED").where(
        _r.place.in_(
            hits.bindparams(question=letter_pairs.match(wanted)).columns(_r.place).scalar_subquery()
        ),
        *holding,
    )
