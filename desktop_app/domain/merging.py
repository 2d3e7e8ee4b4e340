"""A run of entries judged against what is held of its writer: what is new, known, filled in, or contradicts.

Entries arrive in any order, so a chain may have holes. A hole is remembered where it ends: a *break* is an
entry whose predecessor is not held, with the hash that has to lie there (JOURNAL, bundles). The run itself
is sound by then: its reader has followed its hashes and compared its payloads with their digests.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from desktop_app.domain.bundles import Run
from desktop_app.domain.entries import Action, Head, Stored
from desktop_app.domain.errors import KnownError
from desktop_app.domain.identities import Identity

FARTHEST_AHEAD = 2**30
"""How far above all that is held a station's Lamport counter may be: more entries than any floor writes."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose life a writer is; that never changes."""

    store: str
    station: str
    drill: bool


@dataclass(frozen=True, slots=True)
class HeldChain:
    """What a store holds of one writer, as far as a run touches it.

    ``owner`` is None for a writer nobody knows here. ``hashes`` are the entries held by seq, the ones before
    and behind the run among them; ``hollow`` those without payload. ``breaks`` are the links of entries whose
    predecessor is not held; ``link`` is the hash the writer began from, None while its first entry is not
    held. ``signed`` is the furthest end its own store has signed.
    """

    owner: Owner | None = None
    hashes: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    hollow: Collection[int] = frozenset()
    breaks: Mapping[int, bytes] = field(default_factory=lambda: MappingProxyType({}))
    link: bytes | None = None
    signed: Head | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What a run brings: entries, payloads of entries that were held without, a break that begins, those
    that end, and the ``link`` the writer began from where that was not known.
    """

    new: tuple[Stored, ...] = ()
    filled: tuple[Stored, ...] = ()
    opened: tuple[int, bytes] | None = None
    closed: tuple[int, ...] = ()
    link: bytes | None = None


def judge_run(run: Run, held: HeldChain) -> Judged:
    """Return what a run brings to a store that holds ``held`` of its writer.

    Raises KnownError ``merge.bound`` for a writer that belongs to another store, ``merge.altered`` with
    station, writer and seq where the run and what is held cannot both be true.
    """
    if held.owner is not None and held.owner != Owner(run.store, run.station, run.drill):
        raise KnownError("merge.bound", station=held.owner.station, other=run.station, writer=run.writer[:8])
    if not run.entries:
        return Judged()
    if (seq := next(_contradictions(run, held), None)) is not None:
        raise altered(run.station, run.writer, seq)
    first, last = run.entries[0].entry.seq, run.entries[-1].entry.seq
    begins = first > 1 and first not in held.hashes and first - 1 not in held.hashes
    return Judged(
        new=tuple(one for one in run.entries if one.entry.seq not in held.hashes),
        filled=tuple(one for one in run.entries if one.payload is not None and one.entry.seq in held.hollow),
        opened=(first, run.link) if begins else None,
        # The first entry's break ends with its predecessor, which this run does not bring.
        closed=tuple(sorted(seq for seq in held.breaks if first < seq <= last + 1)),
        link=run.link if first == 1 and held.link is None else None,
    )


def altered(station: str, writer: str, seq: int) -> KnownError:
    """Return the refusal of a bundle that contradicts what is held of a writer."""
    return KnownError("merge.altered", station=station, writer=writer[:8], seq=seq)


def check_source(run: Run, sender: Identity, *, vouched: bool) -> None:
    """Raise KnownError ``merge.not_theirs`` where ``sender`` may not bring a run.

    Everybody brings the writers of their own store. Others' come from accepted leads only, or with the
    signature of the store they belong to, which ``vouched`` says of both.
    """
    if run.store != sender.store and not vouched:
        raise KnownError("merge.not_theirs", station=sender.station, other=run.station)


def check_reach(new: Iterable[Stored], top: int, sender: Identity, *, may_purge: bool) -> None:
    """Raise KnownError where entries that a station brings reach further than any station's may.

    ``merge.purge`` where one purges and may not: what a purge erases nobody can bring back, and a role in an
    envelope is only said. ``merge.counter`` where one leaps ahead of ``top``, the highest Lamport counter
    held: whoever writes next counts on from it, and nobody would read what lies above the highest there is.
    """
    for entry in (stored.entry for stored in new):
        if entry.action is Action.PURGE and not may_purge:
            raise KnownError("merge.purge", station=sender.station, seq=entry.seq)
        if entry.lamport > top + FARTHEST_AHEAD:
            raise KnownError("merge.counter", station=sender.station, seq=entry.seq)


def covered(run: Run) -> bool:
    """Whether the signed head that comes with a run lies at its end, so that it speaks for all of it."""
    last = run.entries[-1].entry if run.entries else None
    head = run.signed.head if run.signed else None
    return last is not None and head == Head(last.writer, last.seq, last.hash)


def cut(run: Run, count: int) -> tuple[Run, Run]:
    """Return the first ``count`` entries of a run as a run, and what is left of it."""
    begin, rest = run.entries[:count], run.entries[count:]
    link = bytes.fromhex(begin[-1].entry.hash) if begin else run.link
    return replace(run, entries=begin), replace(run, entries=rest, link=link)


def _contradictions(run: Run, held: HeldChain) -> Iterator[int]:
    """Yield the seqs at which the run and what is held go different ways."""
    first = run.entries[0].entry.seq
    if first == 1:
        before = held.link
    else:
        known = held.hashes.get(first - 1)
        before = held.breaks.get(first) if known is None else bytes.fromhex(known)
    if before is not None and before != run.link:
        yield first
    for one in run.entries:
        entry = one.entry
        if held.hashes.get(entry.seq, entry.hash) != entry.hash:
            yield entry.seq
        if held.signed is not None and held.signed.seq == entry.seq and held.signed.hash != entry.hash:
            yield entry.seq
        behind = held.breaks.get(entry.seq + 1)
        if behind is not None and behind.hex() != entry.hash:
            yield entry.seq + 1
