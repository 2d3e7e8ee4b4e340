"""Which records a list shows, newest first: a page at a time, by index, however many there are."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    TextClause,
    and_,
    bindparam,
    func,
    select,
    text,
    tuple_,
)

from desktop_app.storage import letter_pairs
from desktop_app.storage.prepared import is_named
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


_r = records.c
_ORDER, _BACK = (_r.received_at.desc(), _r.id.desc()), (_r.received_at, _r.id)
_IMPORTANT = select(func.count()).select_from(records).where(text("important = 1"))
_OPEN = select(promises.c.record).where(promises.c.open == 1)
_DUE = select(promises.c.record, promises.c.due).where(text("open = 1"), is_named(promises.c.record))


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
    asked = _Asked(show, handler is not None, after is not None, among is not None, back, len(wanted))
    told = {
        "handler": handler,
        "named": None if among is None else json.dumps(list(among)),
        "limit": limit,
        **_behind(after),
        **{f"word_{at}": word for at, word in enumerate(wanted)},
    }
    if not wanted:
        return [Key(*row) for row in connection.execute(_all(asked), told)]
    found = [Key(*row) for row in connection.execute(_newest(asked), told)]
    last = connection.execute(_last(asked), told).first()
    if len(found) < limit and last is not None:
        told |= _behind(Key(*last)) | {"limit": limit - len(found), "question": letter_pairs.match(wanted)}
        found += [Key(*row) for row in connection.execute(_indexed(asked._replace(after=True)), told)]
    return found


def since(connection: Connection, moment: str, limit: int) -> list[str]:
    """Return the ids of saved records that came in since a moment as the journal writes it, newest first."""
    query = select(_r.id).where(_r.listed == 1, _r.received_at >= moment).order_by(*_ORDER).limit(limit)
    return list(connection.execute(query).scalars())


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
    query = select(func.count()).select_from(records).where(_r.listed == 1, is_named(_r.id))
    if handler is not None:
        query = query.where(_r.handler == handler)
    return int(connection.execute(query, {"named": json.dumps(list(among))}).scalar_one())


def callbacks_of(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """Return when the earliest open promise of each record is due; empty where nobody can read it."""
    found: dict[str, str] = {}
    for record, due in connection.execute(_DUE, {"named": json.dumps(list(ids))}):
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


class _Asked(NamedTuple):
    """What makes one statement of ``find`` another one than the rest: what is not a mere parameter."""

    show: Show
    own: bool
    after: bool
    among: bool
    back: bool
    words: int


# Each statement is made once for what is asked: to make one takes longer than to walk along the index.
_kept = lru_cache(maxsize=128)


@_kept
def _all(asked: _Asked) -> Select[str, str]:
    return _keys(asked).limit(bindparam("limit"))


@_kept
def _newest(asked: _Asked) -> Select[str, str]:
    newest = _keys(asked).add_columns(_r.search).limit(NEWEST).subquery()
    return (
        select(newest.c.received_at, newest.c.id)
        .where(_holding(newest.c.search, asked))
        .limit(bindparam("limit"))
    )


@_kept
def _last(asked: _Asked) -> Select[str, str]:
    return _keys(asked).limit(1).offset(NEWEST - 1)


@_kept
def _indexed(asked: _Asked) -> Select[str, str]:
    """Ask the search index first; what it finds is read, and decided by the text itself."""
    hits = text("SELECT rowid FROM search WHERE search MATCH :question").columns(_r.place).scalar_subquery()
    # Without the hint SQLite walks through everything older by time and asks for each whether it is a hit.
    query = _keys(asked).with_hint(records, "NOT INDEXED").where(_r.place.in_(hits))
    return query.where(_holding(_r.search, asked)).limit(bindparam("limit"))


def _holding(column: ColumnElement[str], asked: _Asked) -> ColumnElement[bool]:
    return and_(*(func.instr(column, bindparam(f"word_{at}")) > 0 for at in range(asked.words)))


def _behind(key: Key | None) -> dict[str, str | None]:
    return {"at": key.received_at if key else None, "id": key.id if key else None}


def _keys(asked: _Asked) -> Select[str, str]:
    order = _BACK if asked.back else _ORDER
    show, own = asked.show, asked.own
    query = select(_r.received_at, _r.id).where(_r.listed == int(show is not Show.VOID)).order_by(*order)
    if show is Show.IMPORTANT:
        # Whoever wrote them: this is the leads' list.
        query, own = query.with_hint(records, "INDEXED BY ix_records_important"), False
    if own:
        query = query.where(_r.handler == bindparam("handler"))
    if asked.after:
        here, behind = tuple_(_r.received_at, _r.id), tuple_(bindparam("at"), bindparam("id"))
        query = query.where(here > behind if asked.back else here < behind)
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
    return query.where(is_named(_r.id)) if asked.among else query
