"""Purging a subject after its retention time: what stays, what goes, what comes late (JOURNAL, purge).

The envelopes stay, so chains stay whole; the payloads go. The purge entry's own payload is never erased: it
is the tombstone that the subject folds to from then on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop_app.domain.entries import Action, Change, Payload, Sealed, Value
from desktop_app.domain.errors import GuardRefused
from desktop_app.domain.folding import State, fold, revoked_ids
from desktop_app.domain.identity import Subject
from desktop_app.domain.ranges import Range

RETENTION_DAYS = 90
"""Days after closing before a subject may be purged, where ``policy.toml`` sets no other."""

Seen = int | Sequence[Range]
"""Entries of a writer that a store holds: all up to a seq, or where some are absent the ranges of those."""
_KEPT = ("number", "kind", "incident", "state")
_RECORD = "record"
"""The field of a promise with its record's id: whose the promise was has to be known for ever."""


def purge_payload(state: State, heads: Mapping[str, Seen], *, open_promises: int) -> Payload:
    """Return what the purge entry of a subject says: number, kind, incident, final state, heads seen.

    Of a promise also its record's id.

    ``heads`` gives for every writer the entries this store holds. Raises GuardRefused while a promise is
    open, and where the subject is purged already.
    """
    if open_promises:
        raise GuardRefused("guard.open_promise", count=open_promises)
    if state.tombstone is not None:
        raise GuardRefused("guard.purged")
    kept: dict[str, Value] = {name: state.value(name) for name in _KEPT}
    if state.value(_RECORD) is not None:
        kept[_RECORD] = state.value(_RECORD)
    return Payload({name: Change((), value) for name, value in {**kept, "heads": _told(heads)}.items()})


def purge_again(state: State, heads: Mapping[str, Seen]) -> Payload:
    """Return what a further purge of a purged subject says: the same, with the heads of now.

    Raises GuardRefused where the subject is not purged.
    """
    if state.tombstone is None:
        raise GuardRefused("guard.not_purged")
    told: dict[str, Any] = {**state.tombstone, "heads": _told(heads)}
    return Payload({name: Change((), value) for name, value in told.items()})


@dataclass(frozen=True, slots=True)
class Sweep:
    """The entries of a purged subject whose payloads go, and those set aside for a lead (purge or reopen)."""

    erase: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()


def sweep(history: Iterable[Sealed]) -> Sweep:
    """Return what is to be done with the payloads of one subject's history; nothing where nobody purged it.

    Payloads that a purge named by its heads go, whenever they arrive; others its author never saw. That holds
    of a purge that was taken back, too: its author has erased them, and stores that heard of both at once
    have to come to the same.
    """
    held = sorted(history, key=lambda sealed: sealed.entry.order)
    heads = _heads_named(held)
    if heads is None:
        return Sweep()
    erase: list[str] = []
    left: list[Sealed] = []
    for sealed in held:
        entry = sealed.entry
        named = any(first <= entry.seq <= last for first, last in heads.get(entry.writer, ()))
        if sealed.payload is not None and entry.action is not Action.PURGE and named:
            erase.append(entry.id)
        else:
            left.append(sealed)
    if not _purges(left):
        return Sweep(tuple(erase))
    set_aside = [
        one.entry.id for one in left if one.payload is not None and one.entry.action is not Action.PURGE
    ]
    return Sweep(tuple(erase), tuple(set_aside))


def reopening(subject: Subject, history: Sequence[Sealed]) -> tuple[list[str], dict[str, Value]]:
    """Return the purge entries to revoke so that a late payload counts, and the values to write again.

    What the purge erased stays erased; number, kind, incident, state and record come back from the tombstone.
    """
    held = sorted(history, key=lambda sealed: sealed.entry.order)
    state = fold(subject, held)
    if state.tombstone is None:
        raise GuardRefused("guard.not_purged")
    kept = (*_KEPT, _RECORD)
    values = {name: state.tombstone[name] for name in kept if state.tombstone.get(name) is not None}
    return [sealed.entry.id for sealed in _purges(held)], values


def _purges(held: Sequence[Sealed]) -> list[Sealed]:
    revoked = revoked_ids(held)
    return [
        sealed
        for sealed in held
        if sealed.entry.action is Action.PURGE and sealed.payload and sealed.entry.id not in revoked
    ]


def _heads_named(held: Sequence[Sealed]) -> dict[str, list[Range]] | None:
    purges = [one for one in held if one.entry.action is Action.PURGE and one.payload is not None]
    if not purges:
        return None
    heads: defaultdict[str, list[Range]] = defaultdict(list)
    for sealed in purges:
        named = sealed.payload.changes.get("heads") if sealed.payload else None
        told = named.value if named is not None and isinstance(named.value, dict) else {}
        for writer, seq in told.items():
            heads[writer] += _spans(seq)
    return heads


def _told(heads: Mapping[str, Seen]) -> dict[str, Any]:
    return {
        writer: held if isinstance(held, int) else [list(span) for span in held]
        for writer, held in sorted(heads.items())
    }


def _spans(told: object) -> list[Range]:
    """Return the ranges that ``Seen`` says, as far as anything says so."""
    if type(told) is int:
        return [(1, told)]
    spans = [tuple(span) for span in told if isinstance(span, list | tuple)] if isinstance(told, list) else []
    return [
        (first, last) for first, last in (span for span in spans if len(span) == 2) if _whole(first, last)
    ]


def _whole(*members: object) -> bool:
    return all(type(member) is int for member in members)
