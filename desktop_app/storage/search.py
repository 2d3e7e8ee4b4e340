"""The text by which records are found, and the index over it: two-letter Chinese words included."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import Connection, select

from desktop_app.domain.folding import State
from desktop_app.domain.numbers import parse_number
from desktop_app.domain.phones import phone_of
from desktop_app.storage.letter_pairs import folded, terms
from desktop_app.storage.tables import records

SEARCHED = (
    "number",
    "caller_name",
    "phone",
    "callback_phone",
    "address",
    "summary",
    "detail",
    "crm_id",
    "recording",
)
"""Fields that a filter looks into."""
_PHONES = frozenset({"phone", "callback_phone"})
_LONGEST = 20_000
"""Letters of one field that are searched; longer accounts are found by how they begin."""
_DIALLED = re.compile(r"[-+()（）\s\d０-９＋－.#转]+")
_BATCH = 500


def search_text(state: State) -> str:
    """Return what filters look into for a record, each field a line of its own; of conflicts every value."""
    told = (
        _field(name, str(value)) for name in SEARCHED for value in state.values(name) if value is not None
    )
    return "\n".join(part for part in told if part)


def asked(text: str) -> tuple[str, ...]:
    """Return the folded texts a record has to hold, all of them, to be what a filter asks for.

    A phone number counts as one in whatever notation, and so does a record number; other text is cut at
    blanks.
    """
    number = parse_number(text)
    if number is not None:
        return (folded(str(number)),)
    if _DIALLED.fullmatch(text.strip()) and (digits := phone_of(text).digits):
        return (digits,)
    return tuple(dict.fromkeys(part for word in text.split() if (part := folded(word))))


def index(connection: Connection, place: int, before: str, after: str) -> None:
    """Bring one record's terms from its text ``before`` to that ``after``."""
    if before != after:
        index_many(connection, [(place, terms(before), terms(after))])


def index_many(connection: Connection, changed: Sequence[tuple[int, str, str]]) -> None:
    """Take the terms before out and put those after in, for many records: (place, before, after)."""
    out = [(place, before) for place, before, _ in changed if before]
    into = [(place, after) for place, _, after in changed if after]
    if out:
        connection.exec_driver_sql("INSERT INTO search (search, rowid, terms) VALUES ('delete', ?, ?)", out)
    if into:
        connection.exec_driver_sql("INSERT INTO search (rowid, terms) VALUES (?, ?)", into)


def remake(connection: Connection) -> None:
    """Make the whole index anew from the records' texts."""
    connection.exec_driver_sql("INSERT INTO search (search) VALUES ('delete-all')")
    last = 0
    while batch := connection.execute(
        select(records.c.place, records.c.search)
        .where(records.c.place > last)
        .order_by(records.c.place)
        .limit(_BATCH)
    ).all():
        index_many(connection, [(place, "", terms(text)) for place, text in batch])
        last = batch[-1].place


def unindexed(connection: Connection) -> list[str]:
    """Return the ids of records whose text and index disagree on whether there is one."""
    found = connection.exec_driver_sql(
        "SELECT records.id FROM records LEFT JOIN search_docsize ON search_docsize.id = place "
        "WHERE (search <> '') <> (search_docsize.id IS NOT NULL)"
    )
    return list(found.scalars())


def _field(name: str, text: str) -> str:
    digits = phone_of(text).digits if name in _PHONES else ""
    return digits or folded(text[:_LONGEST])
