"""What a store holds that others may want: spans of its writers' entries, and the entries themselves.

Spans are put together by the database out of its indexes; entries are read for what is asked only.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from sqlalchemy import Connection, Select, and_, func, select

from desktop_app.domain.bundles import SignedHead, Spans
from desktop_app.domain.entries import Head, Sealed, Stored
from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.ranges import Range, joined, without
from desktop_app.domain.users import grants
from desktop_app.storage import journal
from desktop_app.storage.folded import states_of
from desktop_app.storage.prepared import is_named
from desktop_app.storage.station_list import chains
from desktop_app.storage.tables import (
    breaks,
    entries,
    payloads,
    promises,
    records,
    signed_heads,
    subjects,
    writers,
)

_BATCH = 500
"""Ids in one query; SQLite takes a limited number of parameters."""

_SAID = select(entries.c.subject, entries.c.writer, entries.c.seq).where(is_named(entries.c.subject))
_SAID_OF_PROMISES = (
    select(promises.c.record, entries.c.writer, entries.c.seq)
    .join(promises, promises.c.id == entries.c.subject)
    .where(is_named(promises.c.record))
)
PurgedPromises = Mapping[str, tuple[str, str]]
"""By a promise's id the record it was made for, and that record's station."""


@dataclass(frozen=True, slots=True)
class Writer:
    """One life of a store, as the store's own table names it."""

    id: str
    store: str
    station: str
    drill: bool


def known_writers(connection: Connection) -> Mapping[str, Writer]:
    """Return every writer the store has met, by id."""
    found = connection.execute(select(writers.c.writer, writers.c.store, writers.c.station, writers.c.drill))
    return {row.writer: Writer(row.writer, row.store, row.station, bool(row.drill)) for row in found}


def withheld_spans(connection: Connection) -> Spans:
    """Return the entries this store was given without what they say; erased ones are not among them."""
    return _islands(
        connection, select(payloads.c.writer, payloads.c.seq).where(payloads.c.status == "withheld")
    )


def readable_spans(connection: Connection) -> Spans:
    """Return the entries this store holds with what they say, erased ones among them."""
    less = withheld_spans(connection)
    return MappingProxyType(
        {
            chain.writer: tuple(spans)
            for chain in chains(connection)
            if (spans := without(chain.held, less.get(chain.writer, ())))
        }
    )


def spans_about(connection: Connection, kinds: Collection[SubjectKind]) -> Spans:
    """Return the entries about subjects of these kinds; for kinds of which there are few."""
    wanted = [kind.value for kind in kinds]
    return _islands(
        connection,
        select(entries.c.writer, entries.c.seq)
        .join(subjects, subjects.c.id == entries.c.subject)
        .where(subjects.c.kind.in_(wanted)),
    )


def spans_of_station(
    connection: Connection, station: str, assigned: Collection[str], purged: PurgedPromises
) -> Spans:
    """Return what others' writers said of a station's records and promises, and of those ``assigned`` to it.

    Its own entries it has; what it lost of them is found by its receipts.
    """
    of_station = select(writers.c.writer).where(writers.c.station == station)
    # Not IN: few entries are about the station, and to walk through all those of others takes far longer.
    elsewhere = entries.c.writer.not_in(of_station)
    place = select(entries.c.writer, entries.c.seq).where(elsewhere)
    own = records.c.station == station
    queries = [
        place.join(records, records.c.id == entries.c.subject).where(own),
        place.join(promises, promises.c.id == entries.c.subject)
        .join(records, records.c.id == promises.c.record)
        .where(own),
    ]
    for batch in _batches(assigned):
        promised = select(promises.c.id).where(promises.c.record.in_(batch))
        queries += [place.where(entries.c.subject.in_(batch)), place.where(entries.c.subject.in_(promised))]
    theirs = [one for one, (record, code) in purged.items() if code == station or record in assigned]
    queries += [place.where(entries.c.subject.in_(batch)) for batch in _batches(theirs)]
    found: dict[str, list[Range]] = defaultdict(list)
    for query in queries:
        for writer, spans in _islands(connection, query).items():
            found[writer] += spans
    return MappingProxyType({writer: tuple(joined(spans)) for writer, spans in found.items()})


def purged_promises(connection: Connection) -> PurgedPromises:
    """Return promises that are purged: they have no row any more, only the tombstone names their record."""
    record = func.json_extract(subjects.c.state, "$.tombstone.record")
    found = connection.execute(
        select(subjects.c.id, records.c.id, records.c.station)
        .join(records, records.c.id == record)
        .where(
            subjects.c.kind == SubjectKind.PROMISE.value,
            # Spares reading the states of all others.
            func.instr(subjects.c.state, '"tombstone":null') == 0,
        )
    )
    return {row[0]: (row[1], row[2]) for row in found}


def assigned_records(connection: Connection) -> Mapping[str, frozenset[str]]:
    """Return the stations whose people a promise of a record is assigned to, by the record's id.

    A person's stations are those at which somebody gave that person a role.
    """
    owner = func.json_each(subjects.c.state, "$.fields.owner").table_valued("value")
    found = connection.execute(
        select(promises.c.record, func.json_extract(owner.c.value, "$[1]"))
        .select_from(promises)
        .join(subjects, and_(subjects.c.kind == SubjectKind.PROMISE.value, subjects.c.id == promises.c.id))
        .join(owner, owner.c.value.is_not(None))
    ).all()
    if not found:
        return {}
    at: dict[str, set[str]] = {
        user.subject.id: {grant.station for grant in grants(user) if grant.station}
        for user in states_of(connection, [SubjectKind.USER])
    }
    told: dict[str, set[str]] = defaultdict(set)
    for record, person in found:
        told[record] |= at.get(person, set()) if isinstance(person, str) else set()
    return {record: frozenset(stations) for record, stations in told.items() if stations}


def records_of(connection: Connection, ids: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """Return the record that records and promises belong to, and its station, by the subject's id.

    A record that is not known here is left out, and so are purged promises.
    """
    found: dict[str, tuple[str, str]] = {}
    for batch in _batches(set(ids)):
        own = select(records.c.id, records.c.id, records.c.station).where(records.c.id.in_(batch))
        promised = (
            select(promises.c.id, records.c.id, records.c.station)
            .join(records, records.c.id == promises.c.record)
            .where(promises.c.id.in_(batch))
        )
        for query in (own, promised):
            found.update({row[0]: (row[1], row[2]) for row in connection.execute(query)})
    return found


def spans_by_record(
    connection: Connection, record_ids: Collection[str], by: Collection[str]
) -> Mapping[str, Spans]:
    """Return what some writers said of records and their promises, by the record's id."""
    found: dict[str, dict[str, list[Range]]] = {}
    for query in (_SAID, _SAID_OF_PROMISES):
        # Asked for the writers too, SQLite would read every entry of theirs.
        for record, writer, seq in connection.execute(query, {"named": json.dumps(list(record_ids))}):
            if writer in by:
                found.setdefault(record, {}).setdefault(writer, []).append((seq, seq))
    return {
        record: {writer: tuple(joined(spans)) for writer, spans in its.items()}
        for record, its in found.items()
    }


def touched_records(connection: Connection, spans: Spans) -> frozenset[str]:
    """Return the records that entries in these spans are about, or about a promise of."""
    found: set[str] = set()
    for writer, its in spans.items():
        for first, last in its:
            where = and_(entries.c.writer == writer, entries.c.seq.between(first, last))
            about = select(records.c.id).join(entries, entries.c.subject == records.c.id).where(where)
            promised = (
                select(promises.c.record).join(entries, entries.c.subject == promises.c.id).where(where)
            )
            for query in (about, promised):
                found.update(connection.execute(query.distinct()).scalars())
    return frozenset(found)


def stored(connection: Connection, writer: str, span: Range) -> Iterator[Stored]:
    """Yield the entries of a writer in a span, in seq order."""
    first, last = span
    for one in journal.chain(connection, writer, first - 1):
        if one.entry.seq > last:
            return
        yield one
        if one.entry.seq == last:
            return


def entry_named(connection: Connection, entry_id: str) -> Sealed | None:
    """Return the entry with this id; None where it is not held."""
    writer, _, seq = entry_id.rpartition("-")
    if not seq.isdecimal() or len(seq) > 15:
        return None
    found = next(stored(connection, writer, (int(seq), int(seq))), None)
    return None if found is None else found.sealed()


def link_before(connection: Connection, writer: str, seq: int) -> bytes:
    """Return the hash that the entry with this seq follows on."""
    if seq == 1:
        return journal.link(connection, writer)
    before = journal.hash_at(connection, writer, seq - 1)
    if before is not None:
        return bytes.fromhex(before)
    query = select(breaks.c.link).where(breaks.c.writer == writer, breaks.c.seq == seq)
    return bytes(connection.execute(query).scalar_one())


def all_signed_heads(connection: Connection) -> Mapping[str, SignedHead]:
    """Return the furthest end of each other writer's chain that its own store has signed."""
    return {
        row.writer: SignedHead(Head(row.writer, row.seq, bytes(row.hash).hex()), bytes(row.signature).hex())
        for row in connection.execute(select(signed_heads))
    }


def _islands(connection: Connection, places: Select[str, int]) -> Spans:
    """Return rows of writer and seq as spans, counted together by the database."""
    place = places.subquery()
    behind = func.row_number().over(partition_by=place.c.writer, order_by=place.c.seq)
    numbered = select(place.c.writer, place.c.seq, (place.c.seq - behind).label("island")).subquery()
    found = connection.execute(
        select(numbered.c.writer, func.min(numbered.c.seq), func.max(numbered.c.seq))
        .group_by(numbered.c.writer, numbered.c.island)
        .order_by(numbered.c.writer, func.min(numbered.c.seq))
    )
    return MappingProxyType(
        {
            writer: tuple((int(first), int(last)) for _, first, last in rows)
            for writer, rows in groupby(found, key=lambda row: row[0])
        }
    )


def _batches(ids: Collection[str]) -> Iterator[list[str]]:
    every = sorted(ids)
    for start in range(0, len(every), _BATCH):
        yield every[start : start + _BATCH]
