"""What the store knows of every store it has heard of: the facts the stations board is made from."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, ScalarSelect, and_, func, or_, select, text

from desktop_app.domain.entries import Entry, entry_of, moment_of
from desktop_app.domain.errors import Damaged, KnownError
from desktop_app.domain.identities import Identity
from desktop_app.domain.ranges import Range
from desktop_app.storage.tables import breaks, entries, quarantine, signed_heads, taken, writers

MOST_REFUSALS = 200
"""Refused bundles that are told, the newest; whoever sends more is named by these already."""


def _end(which: Callable[..., ColumnElement[int]]) -> ScalarSelect[int]:
    return select(which(entries.c.seq)).where(entries.c.writer == writers.c.writer).scalar_subquery()


# An end of each chain is found by the index; grouping would read every entry.
_WRITERS = select(writers, _end(func.min).label("first"), _end(func.max).label("last")).order_by(
    writers.c.store, text("rowid")
)


@dataclass(frozen=True, slots=True)
class Chain:
    """One writer as far as it is here: whose it is, which entries are held, and how far it is signed."""

    writer: str
    store: str
    station: str
    drill: bool
    held: tuple[Range, ...]
    signed: int

    @property
    def is_whole(self) -> bool:
        """Whether everything up to the last entry here is here."""
        return len(self.held) == 1 and self.held[0][0] == 1


@dataclass(frozen=True, slots=True)
class Waiting:
    """What an unknown store handed in with one pair of keys, the first of it ``since``."""

    identity: Identity
    entries: int
    bundles: int
    since: datetime

    def with_later(self, other: Waiting) -> Waiting:
        """Return both of one store, which has said another name or role since."""
        entries, bundles = self.entries + other.entries, self.bundles + other.bundles
        return Waiting(other.identity, entries, bundles, self.since)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A bundle that was not taken: from which store ("" where nobody can tell), why, when."""

    store: str
    reason: str
    at: datetime


def chains(connection: Connection) -> list[Chain]:
    """Return every writer the store knows of, those of one store in the order in which they became known."""
    signed = dict(connection.execute(select(signed_heads.c.writer, signed_heads.c.seq)).all())
    holes = _holes(connection)
    return [
        Chain(
            row.writer,
            row.store,
            row.station,
            bool(row.drill),
            tuple(_held(row.first, row.last, holes.get(row.writer, []))),
            signed.get(row.writer, 0),
        )
        for row in connection.execute(_WRITERS)
    ]


def waiting(connection: Connection) -> list[Waiting]:
    """Return what unknown stores handed in, the oldest first; raises Damaged ``bundles.manifest``."""
    q = quarantine.c
    rows = connection.execute(
        select(
            q.identity,
            func.sum(q.entries).label("entries"),
            func.count().label("bundles"),
            func.min(q.received_at).label("since"),
        )
        .group_by(q.store, q.identity)
        .order_by(func.min(q.received_at))
    )
    found: dict[str, Waiting] = {}
    for row in rows:
        one = Waiting(_identity(row.identity), int(row.entries), int(row.bundles), moment_of(row.since))
        before = found.get(one.identity.fingerprint)
        found[one.identity.fingerprint] = one if before is None else before.with_later(one)
    return list(found.values())


def refusals(connection: Connection) -> list[Refusal]:
    """Return the bundles refused last, the newest first."""
    rows = connection.execute(
        select(taken.c.store, taken.c.reason, taken.c.taken_at)
        .where(taken.c.result == "refused")
        .order_by(taken.c.taken_at.desc())
        .limit(MOST_REFUSALS)
    )
    return [Refusal(row.store, row.reason, moment_of(row.taken_at)) for row in rows]


def entries_above_agent(connection: Connection, *actors: str) -> Iterator[Entry]:
    """Yield the entries made in a role above agent, and all of these actors, out of the whole journal."""
    # Envelopes are canonical, so the role stands between commas; reading them all as JSON takes ten times
    # as long.
    e = entries.c
    as_agent = func.instr(e.envelope, b'","agent",["') > 0
    of_these = [func.instr(e.envelope, f',"{actor}","'.encode()) > 0 for actor in actors]
    query = select(e.envelope, e.hash).where(or_(~as_agent, *of_these)).order_by(e.lamport, e.writer, e.seq)
    for envelope, chain_hash in connection.execute(query, execution_options={"yield_per": 500}):
        yield entry_of(bytes(envelope), bytes(chain_hash).hex())


def _holes(connection: Connection) -> Mapping[str, list[Range]]:
    """Return by writer, for each run whose predecessor is not here, the last seq before it and its first."""
    before = (
        select(func.max(entries.c.seq))
        .where(and_(entries.c.writer == breaks.c.writer, entries.c.seq < breaks.c.seq))
        .scalar_subquery()
    )
    found: dict[str, list[Range]] = defaultdict(list)
    for writer, last, first in connection.execute(
        select(breaks.c.writer, before, breaks.c.seq).order_by(breaks.c.writer, breaks.c.seq)
    ):
        if last is not None:
            found[writer].append((last, first))
    return found


def _held(first: int | None, end: int | None, holes: list[Range]) -> Iterator[Range]:
    if first is None or end is None:
        return
    for last, following in holes:
        yield first, last
        first = following
    yield first, end


def _identity(stored: str) -> Identity:
    try:
        return Identity.from_json(json.loads(stored))
    except (ValueError, KnownError) as problem:
        raise Damaged("bundles.manifest") from problem
