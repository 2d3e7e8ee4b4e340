"""What a merge leaves to a person, found by the database without reading every subject.

Only what holds two candidates in a field, a payload behind its purge, or entries of two people is read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import Connection, Text, and_, cast, distinct, func, or_, select, tuple_

from desktop_app.domain.entries import Sealed, Stored
from desktop_app.domain.folding import State
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.storage import folded, journal
from desktop_app.storage.tables import entries, incidents, payloads, subjects, writers

_NEIGHBOURS = '],["'
"""What stands between two candidates of a field in a stored state, and between two items of a list."""
_PURGED = '"tombstone":{'
_SEVERAL_SEEN = '","'
"""What stands between two ids that an entry names as seen, in its stored payload."""
_AT_ONCE = 400


def states_in_conflict(connection: Connection, kinds: Collection[SubjectKind]) -> Iterator[State]:
    """Yield the states of these kinds in which a field has more than one distinct value, by id."""
    # Lists with several items look the same to the database.
    found = folded.states_of(connection, kinds, func.instr(subjects.c.state, _NEIGHBOURS) > 0)
    return (state for state in found if state.conflicts())


def decisions_naming(connection: Connection, profile: str) -> Iterator[State]:
    """Yield the match decisions that name this profile somewhere: few are about two records of ours."""
    named = func.instr(subjects.c.state, f'"{profile}"') > 0
    return folded.states_of(connection, [SubjectKind.MATCH_DECISION], named)


def station_codes(connection: Connection) -> dict[str, str]:
    """Return the station code of every writer."""
    found = connection.execute(select(writers.c.writer, writers.c.station))
    return {row.writer: row.station for row in found}


def entries_by_id(connection: Connection, ids: Collection[str]) -> dict[str, Stored]:
    """Return the entries with these ids; those this store does not hold are left out."""
    wanted = sorted({(writer, int(seq)) for writer, _, seq in (one.rpartition("-") for one in ids)})
    found: dict[str, Stored] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        for stored in journal.stored_where(connection, tuple_(entries.c.writer, entries.c.seq).in_(part)):
            found[stored.entry.id] = stored
    return found


def newest_choices(connection: Connection, limit: int) -> Iterator[Stored]:
    """Yield the newest entries that name several candidates of a field as seen, the latest first."""
    maybe = func.instr(cast(payloads.c.stored, Text), _SEVERAL_SEEN) > 0
    newest = (entries.c.lamport.desc(), entries.c.writer.desc(), entries.c.seq.desc())
    told = 0
    for stored in journal.stored_where(connection, maybe, order=newest):
        payload = stored.sealed().payload
        if payload is not None and any(len(change.seen) > 1 for change in payload.changes.values()):
            yield stored
            told += 1
            if told == limit:
                return


def purged_with_more(connection: Connection) -> list[Subject]:
    """Return the purged subjects that hold a payload beside that of a purge, by id."""
    purged = select(subjects.c.id).where(func.instr(subjects.c.state, _PURGED) > 0)
    held = and_(payloads.c.writer == entries.c.writer, payloads.c.seq == entries.c.seq)
    several = (
        select(entries.c.subject)
        .join(payloads, held)
        .where(entries.c.subject.in_(purged), payloads.c.status == "held")
        .group_by(entries.c.subject)
        .having(func.count() > 1)
    )
    found = connection.execute(
        select(subjects.c.kind, subjects.c.id)
        .where(subjects.c.id.in_(several), func.instr(subjects.c.state, _PURGED) > 0)
        .order_by(subjects.c.id)
    )
    return [Subject(SubjectKind(row.kind), row.id) for row in found]


def histories_of_several(connection: Connection) -> Iterator[tuple[Subject, list[Sealed]]]:
    """Yield the history of each subject that entries of several people or several writers are about.

    Nobody else's can break a guard after a merge, or hold a step taken for somebody.
    """
    actor = func.json_extract(cast(entries.c.envelope, Text), "$[4]")
    several = (
        select(entries.c.subject)
        .group_by(entries.c.subject)
        .having(or_(func.count(distinct(entries.c.writer)) > 1, func.count(distinct(actor)) > 1))
    )
    return journal.every_history(connection, entries.c.subject.in_(several))


def histories_of_outages(connection: Connection) -> Iterator[tuple[Subject, list[Sealed]]]:
    """Yield the history of every incident that somebody reported, and of every notice."""
    notices = select(subjects.c.id).where(subjects.c.kind == SubjectKind.ANNOUNCEMENT.value)
    return journal.every_history(connection, entries.c.subject.in_(select(incidents.c.id).union_all(notices)))
