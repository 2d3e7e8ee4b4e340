"""Corrections that are being typed: kept while a person types, found again after a lock or a crash."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.steps import RECORDS, RecordState, current
from desktop_app.storage.store import Store
from desktop_app.storage.unfinished import Unfinished, all_unfinished, forget_unfinished, put_unfinished

UnfinishedCorrection = Unfinished
"""A correction as it was last kept."""


def keep_correction(
    store: Store,
    subject_id: str,
    texts: Mapping[str, str],
    seen: Mapping[str, tuple[str, ...]],
    reason: str,
    *,
    now: datetime,
) -> None:
    """Keep what was typed so far; ``seen`` as for ``record_changes.correct``. Nothing typed keeps nothing."""
    with store.change() as unit:
        if not texts and not reason:
            forget_unfinished(unit.connection, subject_id, unit.author.actor)
            return
        told = {name: ids for name, ids in seen.items() if name in texts}
        put_unfinished(
            unit.connection, Unfinished(subject_id, unit.author.actor, now, dict(texts), told, reason)
        )


def forget_correction(store: Store, subject_id: str) -> None:
    """Give up what was typed for a record."""
    with store.change() as unit:
        forget_unfinished(unit.connection, subject_id, unit.author.actor)


def unfinished_corrections(store: Store) -> list[UnfinishedCorrection]:
    """Return this person's corrections that are being typed, the latest first; records gone are left out."""
    with store.read() as view:
        return [
            one
            for one in all_unfinished(view.connection)
            if one.actor == store.author.actor
            and current(view.state(Subject(SubjectKind.RECORD, one.record)), RECORDS)
            not in (RecordState.DRAFT, RecordState.VOID, RecordState.ARCHIVED, RecordState.PURGED)
        ]
