"""Many entries of other writers folded in at once: each subject they touch is folded and written once.

Most of it can be done before anybody has to wait: ``fold_ahead`` needs no lock, and ``fold_in`` takes what it
made of a subject as long as nobody has written to that subject in between.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from sqlalchemy import Connection

from desktop_app.domain.entries import Sealed, Stored
from desktop_app.domain.folding import State, fold, fold_next
from desktop_app.domain.identity import Subject
from desktop_app.domain.purging import sweep
from desktop_app.storage import journal
from desktop_app.storage.folded import Rows, put_tables, rows_of, state_in, state_texts
from desktop_app.storage.half_typed import forget_about
from desktop_app.storage.tables import entries

_AT_ONCE = 500
"""Subjects asked for in one query."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A subject folded ahead: the stored state it began from, the entries that came, and its rows then."""

    before: str | None
    arrived: tuple[str, ...]
    rows: Rows

    def holds(self, before: str | None, arrived: Sequence[Stored]) -> bool:
        """Whether these entries, coming to this stored state, make the same of the subject."""
        return self.before == before and self.arrived == _ids(arrived)


def fold_fresh(arrived: Sequence[Sealed]) -> dict[Subject, Folded]:
    """Return the subjects that can be folded if no store knows anything of them yet; none is asked."""
    touched: defaultdict[Subject, list[Sealed]] = defaultdict(list)
    for sealed in sorted(arrived, key=lambda sealed: sealed.entry.order):
        touched[sealed.entry.subject].append(sealed)
    found = {}
    for subject, history in touched.items():
        state = _after(State(subject), history)
        if state is not None:
            found[subject] = Folded(None, tuple(sealed.entry.id for sealed in history), rows_of(state))
    return found


def fold_ahead(
    connection: Connection,
    new: Sequence[Stored],
    filled: Sequence[Stored],
    fresh: Mapping[Subject, Folded] = MappingProxyType({}),
) -> dict[Subject, Folded]:
    """Return the subjects that can be folded without their histories; nothing is written.

    ``fresh`` is what ``fold_fresh`` made of them; it is taken where it still holds.
    """
    touched = _touched(new, filled)
    before = state_texts(connection, touched)
    found = {}
    for subject, arrived in touched.items():
        made = fresh.get(subject)
        if made is not None and made.holds(before.get(subject), arrived):
            found[subject] = made
            continue
        state = _folded(subject, before.get(subject), arrived)
        if state is not None:
            found[subject] = Folded(before.get(subject), _ids(arrived), rows_of(state))
    return found


def fold_in(
    connection: Connection,
    new: Sequence[Stored],
    filled: Sequence[Stored],
    ahead: Mapping[Subject, Folded] = MappingProxyType({}),
) -> int:
    """Insert new entries and payloads of entries held without, and bring the folded tables up to date.

    What a purge erases is never written (JOURNAL, purge). Returns how many entries are new or have got a
    payload. The caller has checked the chains, and calls it with each entry once.
    """
    touched = _touched(new, filled)
    before = state_texts(connection, touched)
    tables: dict[Subject, Rows] = {}
    again: list[Subject] = []
    for subject, arrived in touched.items():
        made, text = ahead.get(subject), before.get(subject)
        if made is not None and made.holds(text, arrived):
            tables[subject] = made.rows
        elif (state := _folded(subject, text, arrived)) is not None:
            tables[subject] = rows_of(state)
        else:
            again.append(subject)
    whole = _histories(connection, [subject for subject in again if subject in before])
    doomed: dict[str, Sealed] = {}
    for subject in again:
        arrived_now = [stored.sealed() for stored in touched[subject]]
        held = {sealed.entry.id: sealed for sealed in (*whole.get(subject, ()), *arrived_now)}
        gone = {one: held[one] for one in sweep(held.values()).erase}
        doomed |= gone
        state = fold(
            subject,
            (replace(one, payload=None) if name in gone else one for name, one in held.items()),
        )
        tables[subject] = rows_of(state)
        if state.tombstone is not None:
            forget_about(connection, subject.id)
    kept = [stored for stored in filled if stored.entry.id not in doomed]
    journal.insert(connection, [_bare(one) if one.entry.id in doomed else one for one in new])
    journal.fill(connection, kept)
    come = {stored.entry.id for stored in (*new, *filled)}
    journal.erase_payloads(connection, (one.entry for name, one in doomed.items() if name not in come))
    put_tables(connection, tables, new=touched.keys() - before.keys())
    return len(new) + len(kept)


def _touched(new: Sequence[Stored], filled: Sequence[Stored]) -> dict[Subject, list[Stored]]:
    """Return what has come for each subject, in its order."""
    touched: defaultdict[Subject, list[Stored]] = defaultdict(list)
    for stored in sorted((*new, *filled), key=lambda stored: stored.entry.order):
        touched[stored.entry.subject].append(stored)
    return touched


def _folded(subject: Subject, before: str | None, arrived: Sequence[Stored]) -> State | None:
    """Return the state after the entries, None where the whole history has to be looked at."""
    state = State(subject) if before is None else state_in(subject, before)
    return _after(state, (stored.sealed() for stored in arrived))


def _after(state: State, arrived: Iterable[Sealed]) -> State | None:
    after: State | None = state
    for sealed in arrived:
        after = fold_next(after, sealed) if after is not None else None
    return after


def _ids(arrived: Sequence[Stored]) -> tuple[str, ...]:
    return tuple(stored.entry.id for stored in arrived)


def _bare(stored: Stored) -> Stored:
    return replace(stored, salt=None, payload=None, withheld=False)


def _histories(connection: Connection, asked: Sequence[Subject]) -> Mapping[Subject, list[Sealed]]:
    def found() -> Iterator[tuple[Subject, list[Sealed]]]:
        for start in range(0, len(asked), _AT_ONCE):
            ids = [subject.id for subject in asked[start : start + _AT_ONCE]]
            yield from journal.every_history(connection, entries.c.subject.in_(ids))

    return dict(found())
