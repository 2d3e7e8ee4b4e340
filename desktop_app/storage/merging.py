"""Entries of other writers put into the store in short batches, each whole (JOURNAL, bundles).

A batch judges its entries again in its own transaction, as saves and other merges come between. Whatever was
kept when a merge is stopped or killed stays; merging the same bundle again brings the rest.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from sqlalchemy import Connection, bindparam, select

from desktop_app.domain.bundles import Run
from desktop_app.domain.entries import GENESIS, Head, Stored
from desktop_app.domain.identity import Subject
from desktop_app.domain.merging import HeldChain, Judged, Owner, cut, judge_run
from desktop_app.storage.database import Database
from desktop_app.storage.folding_in import Folded, fold_ahead, fold_in
from desktop_app.storage.prepared import is_named
from desktop_app.storage.tables import breaks, entries, payloads, signed_heads, writers
from desktop_app.storage.unit_of_work import View

BATCH_SECONDS = 0.05
"""A save waits for no longer: a batch, and the COMMIT that keeps it at once where somebody waits to write."""
PORTION = 250
"""Entries that are kept together where nobody waits: what COMMIT has to write stays small as well."""
_AIMED = BATCH_SECONDS / 4
"""A batch takes so long. The COMMIT takes as much again or more, and one batch in ten twice as long."""
_FIRST_BATCH, _SMALLEST = 50, 20
_AT_ONCE = 500
"""Values in one query."""
_SPARSE = 8
"""A range with more than this many entries for each one asked for is not read whole."""

_OWNERS, _BREAKS, _SIGNED = (
    select(table).where(is_named(table.c.writer)) for table in (writers, breaks, signed_heads)
)
_HELD = (
    select(entries.c.seq, entries.c.hash, payloads.c.status)
    .join_from(entries, payloads)
    .where(entries.c.writer == bindparam("writer"))
)
_HELD_RANGE = _HELD.where(entries.c.seq.between(bindparam("first"), bindparam("last")))
_FIRST = select(entries.c.seq).where(entries.c.writer == bindparam("writer"), entries.c.seq == 1)


@dataclass(slots=True)
class _Chain:
    """What is held of one writer, brought up to date with each run that is judged."""

    owner: Owner | None = None
    link: bytes | None = None
    signed: Head | None = None
    hashes: dict[int, str] = field(default_factory=dict)
    hollow: set[int] = field(default_factory=set)
    breaks: dict[int, bytes] = field(default_factory=dict)

    def judge(self, run: Run) -> Judged:
        """Judge a run and take it in."""
        held = HeldChain(self.owner, self.hashes, self.hollow, self.breaks, self.link, self.signed)
        judged = judge_run(run, held)
        self.owner = self.owner or Owner(run.store, run.station, run.drill)
        self.link = self.link or judged.link
        self.hashes |= {stored.entry.seq: stored.entry.hash for stored in judged.new}
        self.hollow |= {stored.entry.seq for stored in judged.new if stored.payload is None}
        self.hollow -= {stored.entry.seq for stored in judged.filled}
        for seq in judged.closed:
            del self.breaks[seq]
        if judged.opened:
            self.breaks |= dict([judged.opened])
        return judged


def judge_runs(connection: Connection, runs: Sequence[Run]) -> list[Judged]:
    """Return what each of several runs brings, those before it taken in; nothing is written.

    Raises KnownError ``merge.bound`` and ``merge.altered``; see ``domain.merging.judge_run``.
    """
    chains = _held_chains(connection, runs)
    return [chains[run.writer].judge(run) for run in runs]


def put_runs(
    connection: Connection, runs: Sequence[Run], ahead: Mapping[Subject, Folded] = MappingProxyType({})
) -> int:
    """Put runs into the store and fold them in; returns how many entries are new or have got a payload.

    ``ahead`` are subjects that were folded before the transaction began. Raises KnownError like
    ``judge_runs``; the caller's transaction ends with it.
    """
    judged = judge_runs(connection, runs)
    for run, one in zip(runs, judged, strict=True):
        _put_writer(connection, run, one)
    count = fold_in(connection, *_brought(judged), ahead)
    for run, one in zip(runs, judged, strict=True):
        _put_breaks(connection, run.writer, one)
    return count


def put_in_batches(
    database: Database,
    runs: Sequence[Run],
    *,
    last: Callable[[View, int], None],
    fresh: Mapping[Subject, Folded] = MappingProxyType({}),
    step: Callable[[int], None] = lambda done: None,
    portion: int = PORTION,
    clock: Callable[[], float] = time.monotonic,
) -> int:
    """Put runs into the store, a batch at a time; returns how many entries are new or have got a payload.

    A ``portion`` of entries is folded before anybody has to wait, and its batches are kept together, unless
    somebody waits to write: then what was put is kept at once. ``fresh`` are subjects that ``fold_fresh`` has
    folded already. ``last`` is given the count and writes into
    the last transaction, so that what it says stands only with all the entries. ``step`` is told between
    transactions how many entries are done; what it raises ends the work there, and what was kept stays.
    """
    waiting, done, count, size = list(reversed(runs)), 0, 0, _FIRST_BATCH
    while True:
        ours = _take(waiting, portion)
        with database.read() as connection:
            ahead = fold_ahead(connection, *_brought(judge_runs(connection, ours)), fresh)
        ours.reverse()
        while ours or not waiting:
            with database.change() as connection:
                is_wanted = False
                while ours and not is_wanted:
                    batch, began = _take(ours, size), clock()
                    count += put_runs(connection, batch, ahead)
                    done += sum(len(run.entries) for run in batch)
                    size = _next_size(size, clock() - began)
                    is_wanted = database.is_wanted()
                if not ours and not waiting:
                    last(View(connection), count)
            if not ours and not waiting:
                database.relieve()
                return count
            step(done)
        database.relieve()


def _brought(judged: Sequence[Judged]) -> tuple[list[Stored], list[Stored]]:
    """Return the entries that are new, and those whose payload is, each once."""
    # An entry may come twice in one bundle, without its payload and with it.
    new = {stored.entry.id: stored for one in judged for stored in one.new}
    filled = {stored.entry.id: stored for one in judged for stored in one.filled}
    new |= {name: filled.pop(name) for name in new.keys() & filled.keys()}
    return list(new.values()), list(filled.values())


def _next_size(size: int, took: float) -> int:
    """Return how many entries the next batch has, after one of ``size`` entries took so many seconds."""
    aimed = size * _AIMED / max(took, BATCH_SECONDS / 50)
    # Growing is slow, as some entries cost more than others.
    return int(max(_SMALLEST, min(PORTION, size * 1.5, aimed)))


def _take(waiting: list[Run], count: int) -> list[Run]:
    """Take runs of ``count`` entries together off the end of ``waiting``, the last of them cut."""
    batch: list[Run] = []
    while waiting and count > 0:
        begin, rest = cut(waiting.pop(), count)
        batch.append(begin)
        count -= max(1, len(begin.entries))
        if rest.entries:
            waiting.append(rest)
    return batch


def _put_writer(connection: Connection, run: Run, judged: Judged) -> None:
    """Make the row of a writer nobody knew, or tell the link of one whose first entry was not here."""
    if not judged.new:
        return
    known = connection.execute(select(writers.c.link).where(writers.c.writer == run.writer)).first()
    if known is None:
        row = {"writer": run.writer, "store": run.store, "station": run.station, "drill": int(run.drill)}
        connection.execute(writers.insert(), {**row, "link": judged.link or GENESIS})
    elif judged.link is not None:
        connection.execute(writers.update().where(writers.c.writer == run.writer).values(link=judged.link))


def _put_breaks(connection: Connection, writer: str, judged: Judged) -> None:
    for seq in judged.closed:
        connection.execute(breaks.delete().where(breaks.c.writer == writer, breaks.c.seq == seq))
    if judged.opened is not None:
        seq, link = judged.opened
        connection.execute(breaks.insert(), {"writer": writer, "seq": seq, "link": link})


def _held_chains(connection: Connection, runs: Sequence[Run]) -> defaultdict[str, _Chain]:
    """Return what is held of the runs' writers, as far as the runs touch it."""
    chains: defaultdict[str, _Chain] = defaultdict(_Chain)
    asked = {"named": json.dumps(sorted({run.writer for run in runs}))}
    for row in connection.execute(_OWNERS, asked):
        chains[row.writer].owner = Owner(row.store, row.station, bool(row.drill))
        chains[row.writer].link = row.link
    for row in connection.execute(_BREAKS, asked):
        chains[row.writer].breaks[row.seq] = row.link
    for row in connection.execute(_SIGNED, asked):
        chains[row.writer].signed = Head(row.writer, row.seq, row.hash.hex())
    for writer in [writer for writer, chain in chains.items() if chain.owner is not None]:
        chain = chains[writer]
        for seq, chain_hash, status in _held(connection, writer, _seqs(runs, writer)):
            chain.hashes[seq] = chain_hash.hex()
            if status != "held":
                chain.hollow.add(seq)
        if connection.execute(_FIRST, {"writer": writer}).first() is None:
            chain.link = None
    return chains


def _seqs(runs: Sequence[Run], writer: str) -> list[int]:
    wanted: set[int] = set()
    for run in runs:
        if run.writer == writer and run.entries:
            wanted.update(range(run.entries[0].entry.seq - 1, run.entries[-1].entry.seq + 2))
    return sorted(wanted)


def _held(connection: Connection, writer: str, seqs: Sequence[int]) -> Iterator[tuple[int, bytes, str]]:
    """Yield seq, hash and the state of the payload of those of a writer's entries that are held."""
    if seqs and seqs[-1] - seqs[0] < _SPARSE * len(seqs):
        yield from connection.execute(_HELD_RANGE, {"writer": writer, "first": seqs[0], "last": seqs[-1]})
        return
    for start in range(0, len(seqs), _AT_ONCE):
        yield from connection.execute(
            _HELD.where(entries.c.seq.in_(seqs[start : start + _AT_ONCE])), {"writer": writer}
        )
