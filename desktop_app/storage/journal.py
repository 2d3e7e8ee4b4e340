"""The journal in the store: entries are appended and never changed, payloads may be erased."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, bindparam, func, select

from desktop_app.domain.entries import Entry, Sealed, Stored, entry_of
from desktop_app.domain.errors import Damaged
from desktop_app.domain.folding import State, fold, fold_next
from desktop_app.domain.identity import Subject
from desktop_app.domain.purging import sweep
from desktop_app.storage.folded import put_state, state_of
from desktop_app.storage.half_typed import forget_about
from desktop_app.storage.prepared import Prepared
from desktop_app.storage.tables import breaks, entries, payloads, writers

_LAST = (
    select(entries.c.seq)
    .where(entries.c.writer == bindparam("writer"))
    .order_by(entries.c.seq.desc())
    .limit(1)
)
_HEAD, _NEWEST = _LAST.add_columns(entries.c.hash), _LAST.add_columns(entries.c.envelope, entries.c.hash)
_TOP_LAMPORT = select(func.max(entries.c.lamport))
_NEW_ENTRY, _NEW_PAYLOAD = entries.insert(), payloads.insert()
_NEW_ENTRIES, _NEW_PAYLOADS = Prepared(_NEW_ENTRY), Prepared(_NEW_PAYLOAD)
_AT = and_(payloads.c.writer == bindparam("in_writer"), payloads.c.seq == bindparam("at_seq"))
_FILL = Prepared(
    payloads.update()
    .where(_AT)
    .values(status=bindparam("new_status"), salt=bindparam("new_salt"), stored=bindparam("new"))
)
_ERASE = payloads.update().where(_AT).values(status="erased", salt=None, stored=None)


def head(connection: Connection, writer: str) -> tuple[int, bytes]:
    """Return the seq and hash at the end of a writer's chain: 0 and its link before the first entry."""
    last = connection.execute(_HEAD, {"writer": writer}).first()
    if last is not None:
        return last.seq, last.hash
    return 0, link(connection, writer)


def newest_at(connection: Connection, writer: str) -> datetime | None:
    """Return when a writer's last entry was written, by its station's clock; None before the first."""
    last = connection.execute(_NEWEST, {"writer": writer}).first()
    return None if last is None else entry_of(bytes(last.envelope), bytes(last.hash).hex()).at


def oldest_at(connection: Connection, writer: str) -> datetime | None:
    """Return when the first entry of a writer that is here was written, by its station's clock."""
    first = (
        select(entries.c.envelope, entries.c.hash)
        .where(entries.c.writer == writer)
        .order_by(entries.c.seq)
        .limit(1)
    )
    row = connection.execute(first).first()
    return None if row is None else entry_of(bytes(row.envelope), bytes(row.hash).hex()).at


def link(connection: Connection, writer: str) -> bytes:
    """Return the hash a writer began from."""
    return bytes(connection.execute(select(writers.c.link).where(writers.c.writer == writer)).scalar_one())


def breaks_of(connection: Connection, writer: str) -> dict[int, bytes]:
    """Return the hash that has to lie before each of a writer's entries whose predecessor is not here."""
    return dict(
        connection.execute(select(breaks.c.seq, breaks.c.link).where(breaks.c.writer == writer)).all()
    )


def hash_at(connection: Connection, writer: str, seq: int) -> str | None:
    """Return the chain hash of one entry in hex, None where the store does not hold it."""
    found = connection.execute(
        select(entries.c.hash).where(entries.c.writer == writer, entries.c.seq == seq)
    ).scalar()
    return None if found is None else bytes(found).hex()


def top_lamport(connection: Connection) -> int:
    """Return the highest Lamport counter of all writers, 0 in an empty journal."""
    return int(connection.execute(_TOP_LAMPORT).scalar() or 0)


def put(connection: Connection, stored: Stored, before: State | None = None) -> State:
    """Insert one entry of any writer and fold it in; returns the new state of its subject.

    The caller has checked the chain; ``before`` is the subject's state where it is known already. A purge
    erases the subject's payloads, and one that it names and that arrives later is erased at once (JOURNAL,
    purge).
    """
    entry = stored.entry
    connection.execute(_NEW_ENTRY, _entry_row(entry))
    connection.execute(_NEW_PAYLOAD, _payload_row(stored))
    before = before or state_of(connection, entry.subject)
    after = fold_next(before, stored.sealed()) or refold(connection, entry.subject)
    put_state(connection, after, new=before.newest == State(entry.subject).newest)
    if after.tombstone is not None:
        erase(connection, entry.subject)
        forget_about(connection, entry.subject.id)
    return after


def insert(connection: Connection, arrived: Sequence[Stored]) -> None:
    """Insert entries of any writers; folding them in and the chain are the caller's."""
    _NEW_ENTRIES.run(connection, [_entry_row(stored.entry) for stored in arrived])
    _NEW_PAYLOADS.run(connection, [_payload_row(stored) for stored in arrived])


def fill(connection: Connection, arrived: Sequence[Stored]) -> None:
    """Write the payloads of entries that were held without."""
    rows = [
        {
            "in_writer": one.entry.writer,
            "at_seq": one.entry.seq,
            "new_status": "held",
            "new_salt": one.salt,
            "new": one.payload,
        }
        for one in arrived
    ]
    _FILL.run(connection, rows)


def refold(connection: Connection, subject: Subject) -> State:
    """Return a subject's state folded from all its entries; nothing is written."""
    return fold(subject, [stored.sealed() for stored in history(connection, subject)])


def history(connection: Connection, subject: Subject) -> list[Stored]:
    """Return the entries about a subject in their order."""
    found = connection.execute(
        _stored()
        .where(entries.c.subject == subject.id)
        .order_by(entries.c.lamport, entries.c.writer, entries.c.seq)
    )
    every = (_read(row) for row in found)
    return [stored for stored in every if stored.entry.subject == subject]


def every_history(
    connection: Connection, *where: ColumnElement[bool]
) -> Iterator[tuple[Subject, list[Sealed]]]:
    """Yield each subject with its entries that fulfil ``where`` in their order, reading the journal once."""
    order = (entries.c.subject, entries.c.lamport, entries.c.writer, entries.c.seq)
    found = stored_where(connection, *where, order=order)
    by_id = groupby(found, key=lambda stored: stored.entry.subject.id)
    for _, same_id in by_id:
        histories: dict[Subject, list[Sealed]] = {}
        for stored in same_id:
            histories.setdefault(stored.entry.subject, []).append(stored.sealed())
        yield from histories.items()


def stored_where(
    connection: Connection, *where: ColumnElement[bool], order: Sequence[ColumnElement[Any]] = ()
) -> Iterator[Stored]:
    """Yield the entries that fulfil ``where`` (of the tables entries and payloads) as they are read."""
    asked = _stored().where(*where).order_by(*order)
    found = connection.execute(asked, execution_options={"yield_per": 1000})
    for row in found:
        yield _read(row)


def chain(connection: Connection, writer: str, after: int = 0) -> Iterator[Stored]:
    """Yield one writer's entries behind seq ``after``, in seq order, as ``check_chain`` wants them."""
    found = connection.execute(
        _stored().where(entries.c.writer == writer, entries.c.seq > after).order_by(entries.c.seq)
    )
    for row in found:
        yield _read(row)


def writer_ids(connection: Connection) -> Sequence[str]:
    """Return every writer the store holds entries of, or began."""
    return connection.execute(select(writers.c.writer).order_by(writers.c.writer)).scalars().all()


def erase(connection: Connection, subject: Subject) -> tuple[str, ...]:
    """Erase what a purge of the subject erases; returns the entries set aside for a lead (``purging.sweep``).

    Envelopes, digests and hashes stay, so that the chain still checks.
    """
    held = {stored.entry.id: stored for stored in history(connection, subject)}
    found = sweep(stored.sealed() for stored in held.values())
    erase_payloads(connection, (held[one].entry for one in found.erase))
    return found.set_aside


def erase_payloads(connection: Connection, doomed: Iterable[Entry]) -> None:
    """Erase the payloads of these entries; envelopes, digests and hashes stay."""
    rows = [{"in_writer": entry.writer, "at_seq": entry.seq} for entry in doomed]
    if rows:
        connection.execute(_ERASE, rows)


def _entry_row(entry: Entry) -> dict[str, Any]:
    return {
        "writer": entry.writer,
        "seq": entry.seq,
        "lamport": entry.lamport,
        "subject": entry.subject.id,
        "envelope": entry.envelope(),
        "hash": bytes.fromhex(entry.hash),
    }


def _payload_row(stored: Stored) -> dict[str, Any]:
    held = stored.payload is not None
    return {
        "writer": stored.entry.writer,
        "seq": stored.entry.seq,
        "status": "held" if held else "withheld" if stored.withheld else "erased",
        "salt": stored.salt if held else None,
        "stored": stored.payload,
    }


def _stored() -> Select[bytes, bytes, str, bytes | None, bytes | None]:
    return select(
        entries.c.envelope, entries.c.hash, payloads.c.status, payloads.c.salt, payloads.c.stored
    ).join(payloads, and_(payloads.c.writer == entries.c.writer, payloads.c.seq == entries.c.seq))


def _read(row: Row[bytes, bytes, str, bytes | None, bytes | None]) -> Stored:
    envelope, chain_hash, status, salt, stored = row
    # SQLite keeps whatever type somebody else writes into a column.
    if not all(isinstance(part, bytes | None) for part in (salt, stored)):
        raise Damaged("journal.payload_unreadable")
    if not (isinstance(envelope, bytes) and isinstance(chain_hash, bytes)):
        raise Damaged("journal.envelope_unreadable")
    return Stored(entry_of(bytes(envelope), bytes(chain_hash).hex()), salt, stored, status == "withheld")
