"""Many entries of other writers folded in at once: each subject they touch is folded and written once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from desktop_app.domain.entries import Sealed, Stored
from desktop_app.domain.folding import State, fold, fold_next
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.purging import sweep
from desktop_app.storage import journal
from desktop_app.storage.folded import put_states, states_by_id
from desktop_app.storage.tables import entries
from desktop_app.storage.unfinished import forget_unfinished

_AT_ONCE = 500
"""Subjects asked for in one query."""


def fold_in(connection: Connection, new: Sequence[Stored], filled: Sequence[Stored]) -> int:
    """Insert new entries and payloads of entries held without, and bring the folded tables up to date.

    What a purge erases is never written (JOURNAL, purge). Returns how many entries are new or have got a
    payload. The caller has checked the chains, and calls it with each entry once.
    """
    touched: defaultdict[Subject, list[Sealed]] = defaultdict(list)
    for stored in sorted((*new, *filled), key=lambda stored: stored.entry.order):
        touched[stored.entry.subject].append(stored.sealed())
    before = _states(connection, touched)
    after = {subject: _folded(before.get(subject), subject, arrived) for subject, arrived in touched.items()}
    again = [subject for subject, state in after.items() if state is None]
    whole = _histories(connection, [subject for subject in again if subject in before])
    states: list[State] = []
    doomed: dict[str, Sealed] = {}
    for subject, state in after.items():
        if state is None:
            held = {sealed.entry.id: sealed for sealed in (*whole.get(subject, ()), *touched[subject])}
            state = fold(subject, held.values())
            doomed |= {one: held[one] for one in sweep(held.values()).erase}
        states.append(state)
    kept = [stored for stored in filled if stored.entry.id not in doomed]
    arriving = [_bare(stored) if stored.entry.id in doomed else stored for stored in new]
    journal.insert(connection, arriving)
    journal.fill(connection, kept)
    come = {stored.entry.id for stored in (*new, *filled)}
    journal.erase_payloads(connection, (one.entry for name, one in doomed.items() if name not in come))
    put_states(connection, states, new=touched.keys() - before.keys())
    for state in states:
        if state.tombstone is not None:
            forget_unfinished(connection, state.subject.id)
    return len(new) + len(kept)


def _folded(before: State | None, subject: Subject, arrived: Sequence[Sealed]) -> State | None:
    """Return the state after the entries, None where the whole history has to be looked at."""
    if before is None:
        state: State | None = fold(subject, arrived)
        return None if state is None or state.tombstone is not None else state
    state = before
    for sealed in arrived:
        state = fold_next(state, sealed)
        if state is None:
            return None
    return state


def _bare(stored: Stored) -> Stored:
    return replace(stored, salt=None, payload=None, withheld=False)


def _states(connection: Connection, asked: Collection[Subject]) -> dict[Subject, State]:
    by_kind: defaultdict[SubjectKind, list[str]] = defaultdict(list)
    for subject in asked:
        by_kind[subject.kind].append(subject.id)
    return {
        state.subject: state
        for kind, ids in by_kind.items()
        for state in states_by_id(connection, kind, ids).values()
    }


def _histories(connection: Connection, asked: Sequence[Subject]) -> Mapping[Subject, list[Sealed]]:
    def found() -> Iterator[tuple[Subject, list[Sealed]]]:
        for start in range(0, len(asked), _AT_ONCE):
            ids = [subject.id for subject in asked[start : start + _AT_ONCE]]
            yield from journal.every_history(connection, entries.c.subject.in_(ids))

    return dict(found())
