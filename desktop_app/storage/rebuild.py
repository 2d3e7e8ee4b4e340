"""The folded tables against the journal they come from: compared, and made anew (DESIGN §3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import exists, func, select

from desktop_app.domain.folding import State, fold
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.state_hash import state_hash
from desktop_app.storage import folded, journal, search
from desktop_app.storage.tables import entries, subjects
from desktop_app.storage.unit_of_work import UnitOfWork, View

BATCH = 500
"""Subjects whose folded rows are read at once."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What folding the whole journal anew gives, and the subjects whose folded rows say otherwise."""

    entries: int
    state_hash: str
    differing: tuple[Subject, ...]


def examine(view: View, *, rows: bool = True) -> Examined:
    """Fold everything anew and compare; nothing is written. Raises Damaged for an unreadable entry.

    Without ``rows`` only the journal is folded.
    """
    differing = _without_entries(view) if rows else []

    def states() -> Iterator[State]:
        histories = journal.every_history(view.connection)
        while batch := [fold(subject, history) for subject, history in islice(histories, BATCH)]:
            if rows:
                held = folded.held_rows(view.connection, [state.subject for state in batch])
                differing.extend(
                    state.subject for state in batch if folded.folded_rows(state) != held[state.subject]
                )
            yield from batch

    whole = state_hash(states())
    if rows:
        differing.extend(Subject(SubjectKind.RECORD, one) for one in search.unindexed(view.connection))
    count = view.connection.execute(select(func.count()).select_from(entries)).scalar_one()
    return Examined(count, whole, tuple(differing))


def rebuild(unit: UnitOfWork) -> Examined:
    """Write the folded rows of every subject that ``examine`` finds differing; returns what it found."""
    found = examine(unit)
    for subject in found.differing:
        history = [stored.sealed() for stored in journal.history(unit.connection, subject)]
        if history:
            folded.put_rows(unit.connection, fold(subject, history))
        else:
            folded.remove_rows(unit.connection, subject)
    if found.differing:
        search.remake(unit.connection)
    return found


def _without_entries(view: View) -> list[Subject]:
    """Return the subjects that have a state although no entry is about them."""
    told = exists().where(entries.c.subject == subjects.c.id)
    found = view.connection.execute(select(subjects.c.kind, subjects.c.id).where(~told))
    return [Subject(SubjectKind(kind), subject_id) for kind, subject_id in found]
