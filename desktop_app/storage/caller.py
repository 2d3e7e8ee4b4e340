"""What one phone number left behind: its records and the promises open for it, by index."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from desktop_app.storage.tables import promises, records

_r, _p = records.c, promises.c
_SAVED = (_r.phone_digits == bindparam("digits"), _r.listed == 1)
_BY_PHONE = "INDEXED BY ix_records_phone_digits"
"""SQLite would rather walk through all records by time than sort the few of one number."""
_NEWEST = (
    select(_r.id, _r.received_at)
    .with_hint(records, _BY_PHONE)
    .where(*_SAVED)
    .order_by(_r.received_at.desc(), _r.id.desc())
    .limit(bindparam("most"))
)
_OF_KIND = _NEWEST.where(_r.kind == bindparam("kind"))
_SINCE = (
    select(func.count())
    .select_from(records)
    .with_hint(records, _BY_PHONE)
    .where(*_SAVED, _r.received_at >= bindparam("since"))
)
_OWED = (
    select(_p.record, _p.due)
    .select_from(records.join(promises, _p.record == _r.id))
    .with_hint(records, _BY_PHONE)
    .where(*_SAVED, _p.open == 1)
    # An unreadable time is empty and comes first: nobody knows that it is not the most pressing.
    .order_by(_p.due, _p.id)
    .limit(bindparam("most"))
)


class Owed(NamedTuple):
    """An open promise: the record it was made for, and when it is due ("" where nobody can read it)."""

    record: str
    due: str


def calls_from(connection: Connection, digits: str, most: int, *, kind: str = "") -> list[str]:
    """Return the newest saved records of a number by id, newest first; ``kind`` leaves out all others."""
    asked = {"digits": digits, "most": most}
    found = (
        connection.execute(_OF_KIND, asked | {"kind": kind}) if kind else connection.execute(_NEWEST, asked)
    )
    return list(found.scalars())


def calls_since(connection: Connection, digits: str, since: str) -> int:
    """Return how many saved records a number has since a moment (as the journal writes it)."""
    return int(connection.execute(_SINCE, {"digits": digits, "since": since}).scalar_one())


def owed_to(connection: Connection, digits: str, most: int) -> list[Owed]:
    """Return the promises that stand open for a number, the most pressing first."""
    return [Owed(*row) for row in connection.execute(_OWED, {"digits": digits, "most": most})]
