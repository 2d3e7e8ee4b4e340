"""Corrections that are being typed: half typed like anything else, and listed for whoever comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.steps import RECORDS, RecordState, current
from desktop_app.services.half_typed import forget_place, keep_half_typed
from desktop_app.storage.half_typed import CORRECTION, HalfTyped, half_typed_of
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import View

_REASON = "_reason"
"""Stands among the texts beside the fields, none of which begins with an underscore."""
_GONE = (RecordState.DRAFT, RecordState.VOID, RecordState.ARCHIVED, RecordState.PURGED)


@dataclass(frozen=True, slots=True)
class UnfinishedCorrection:
    """A correction as it was last kept: the texts touched by field, and the reason so far."""

    record: str
    texts: Mapping[str, str]
    seen: Mapping[str, tuple[str, ...]]
    reason: str


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
    told = {name: ids for name, ids in seen.items() if name in texts}
    said = {**texts, _REASON: reason} if reason else texts
    keep_half_typed(store, place_of(subject_id), "", said, now=now, seen=told)


def forget_correction(store: Store, subject_id: str) -> None:
    """Give up what was typed for a record."""
    forget_place(store, place_of(subject_id))


def place_of(subject_id: str) -> str:
    """Return under which name the correction of a record is half typed."""
    return f"{CORRECTION}{subject_id}"


def corrections_in(view: View, actor: str) -> list[UnfinishedCorrection]:
    """Return a person's corrections that are being typed, the latest first."""
    found = half_typed_of(view.connection, actor)
    return [_correction(one) for one in found if one.place.startswith(CORRECTION)]


def unfinished_corrections(store: Store) -> list[UnfinishedCorrection]:
    """Return this person's corrections that are being typed, the latest first; records gone are left out."""
    with store.read() as view:
        return [
            one
            for one in corrections_in(view, store.author.actor)
            if current(view.state(Subject(SubjectKind.RECORD, one.record)), RECORDS) not in _GONE
        ]


def _correction(one: HalfTyped) -> UnfinishedCorrection:
    texts = {name: text for name, text in one.texts.items() if name != _REASON}
    record = one.place.removeprefix(CORRECTION)
    return UnfinishedCorrection(record, texts, one.seen, one.texts.get(_REASON, ""))
