"""Purging records after their retention time: what was said goes, that it was and what became of it stays.

One entry for each record and each of its promises, payloads erased in the same unit of work, a fresh backup
in place of the older ones (JOURNAL, purge).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desktop_app.domain.entries import Action
from desktop_app.domain.errors import KnownError
from desktop_app.domain.folding import State
from desktop_app.domain.guards import Around, By, check
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.promises import open_promises
from desktop_app.domain.purging import RETENTION_DAYS, purge_payload
from desktop_app.domain.steps import Fact, RecordState
from desktop_app.services.pairing import own
from desktop_app.storage import journal
from desktop_app.storage.older_backups import replace_backups
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge did: the records' numbers, how many payloads went, the backup that stands now.

    ``left`` are files that may still hold what was purged and that were not touched: backups with entries
    that this store does not have, files that cannot be read, and what a restore moved aside.
    """

    numbers: tuple[str, ...]
    erased: int
    backup: Path
    left: tuple[Path, ...]


def purge_records(
    store: Store,
    record_ids: Collection[str],
    *,
    backups: Path,
    now: datetime,
    retention_days: int = RETENTION_DAYS,
) -> Purged:
    """Purge archived records with their promises, all or none, and renew the backups in ``backups``.

    The retention time counts from archiving. Without records it only replaces the backups, as where a full
    disk kept the fresh one from being written. Raises GuardRefused while a promise of one of them is open,
    its retention time runs, or the person may not; KnownError ``purging.not_alone`` unless the store was
    opened ``alone``, ``purging.not_a_lead`` as ``check_lead`` says.
    """
    check_lead(store)
    if not store.alone:
        raise KnownError("purging.not_alone")
    with store.change() as unit:
        promises = list(unit.states(SubjectKind.PROMISE))
        records = {state.subject.id: state for state in unit.states(SubjectKind.RECORD)}
        still_open = set(open_promises(promises, records))
        numbers, erased = [], 0
        for record_id in dict.fromkeys(record_ids):
            record = unit.state(Subject(SubjectKind.RECORD, record_id))
            own = [promise for promise in promises if record_id in promise.values("record")]
            count = sum(promise.subject.id in still_open for promise in own)
            around = Around(_facts(unit, record, now - timedelta(days=retention_days)))
            erased += _purge(unit, record, now, open_promises=count, around=around)
            for promise in own:
                erased += _purge(unit, promise, now)
            numbers.append(record.text("number"))
    # Without this the write-ahead log would keep what was erased until somebody closes the store.
    store.database.checkpoint()
    replaced = replace_backups(store, backups, now)
    return Purged(tuple(numbers), erased, replaced.file, (*replaced.left, *_aside(store.folder)))


def check_lead(store: Store) -> None:
    """Raise KnownError ``purging.not_a_lead`` in a store that is not a lead's.

    Others take no purge from it, nor what follows in a bundle with one (``domain.merging.check_reach``).
    """
    if not own(store).leads:
        raise KnownError("purging.not_a_lead")


def _facts(unit: UnitOfWork, record: State, archived_before: datetime) -> frozenset[Fact]:
    at = {stored.entry.id: stored.entry.at for stored in journal.history(unit.connection, record.subject)}
    archived = [
        at[held.entry_id] for held in record.candidates("state") if held.value == RecordState.ARCHIVED.value
    ]
    passed = bool(archived) and max(archived) <= archived_before
    return frozenset(Fact) - (frozenset() if passed else {Fact.RETENTION_PASSED})


def _purge(
    unit: UnitOfWork, state: State, now: datetime, *, open_promises: int = 0, around: Around | None = None
) -> int:
    """Append the purge entry of one subject; returns how many payloads it erased."""
    payload = purge_payload(state, unit.heads(), open_promises=open_promises)
    if around is not None:
        by = By(unit.author.actor, unit.author.role)
        check(state, {"state": RecordState.PURGED.value}, by, around)
    before = journal.history(unit.connection, state.subject)
    unit.append(state.subject, Action.PURGE, payload, at=now)
    return sum(stored.payload is not None for stored in before)


def _aside(folder: Path) -> Iterable[Path]:
    return sorted(folder.glob("aside-*"))
