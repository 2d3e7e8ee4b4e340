"""What a person decides in reconciliation: this record is that row, is not, is a double, need not go in.

Every decision is an entry: who, when, why; it is kept when an export is imported again and can be undone.
Leads and those above them decide (domain/states: 已匹配 is the team lead's); anybody may compare.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.entries import Value
from desktop_app.domain.errors import KnownError
from desktop_app.domain.folding import State
from desktop_app.domain.guards import LADDER
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.match_decisions import (
    RECORDS,
    Said,
    Verdict,
    decisions,
    row_key,
    standing,
    subject_of,
    twins_said,
)
from desktop_app.domain.reconciliation import Decision, Reconciliation, RecordResult, RecordStatus
from desktop_app.domain.roles import Role
from desktop_app.domain.steps import RECORDS as RECORD_STEPS
from desktop_app.domain.steps import RecordState, current
from desktop_app.domain.twins import Group
from desktop_app.services.progress import Cancelled, Progress
from desktop_app.services.records import write
from desktop_app.storage.conflicts import decisions_naming
from desktop_app.storage.folded import states_by_id
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import UnitOfWork, View

DECIDERS = frozenset(LADDER) - {Role.AGENT}
BATCH = 40
"""Records accepted in one transaction: a save beside it waits for no more than that."""


@dataclass(frozen=True, slots=True)
class Made:
    """What one thing a person did has written: the subjects and entries that its undo revokes."""

    entries: tuple[tuple[Subject, str], ...] = ()


def may_decide(store: Store) -> bool:
    """Whether the person who unlocked the store decides; others may look and write the workbook."""
    return store.author.role in DECIDERS


def confirm(store: Store, record: str, row: str, *, profile: str, now: datetime, reason: str = "") -> Made:
    """Say that the record with this id is the CRM row; what was said before of another row no longer holds.

    Raises KnownError ``decisions.*`` where the person may not, the row has no id of its own, or another
    record is that row by decision.
    """
    check_person(store)
    _check_row(row)
    with store.change() as unit:
        said = list(standing_in(unit))
        for one in said:
            same = (one.profile, one.row, one.verdict) == (profile, row, Verdict.CONFIRMED)
            if same and one.record != record:
                raise KnownError("decisions.row_taken", number=_number(unit, one.record), row=row)
        made = supersede(unit, said, record, now)
        return Made((*made, *say(unit, record, profile, row, Verdict.CONFIRMED, reason, now)))


def reject(
    store: Store, record: str, rows: Sequence[str], *, profile: str, now: datetime, reason: str = ""
) -> Made:
    """Say that the record is none of these CRM rows. Raises KnownError as ``confirm`` does."""
    check_person(store)
    for row in rows:
        _check_row(row)
    with store.change() as unit:
        return Made(
            tuple(
                entry
                for row in rows
                for entry in say(unit, record, profile, row, Verdict.REJECTED, reason, now)
            )
        )


def double(store: Store, record: str, other: str, *, now: datetime) -> Made:
    """Say that the record tells the matter of another, which counts. Raises KnownError ``decisions.*``."""
    check_person(store)
    with store.change() as unit:
        said = list(standing_in(unit))
        if record == other or any(
            one.record == other and one.profile == RECORDS and one.settles for one in said
        ):
            raise KnownError("decisions.other_is_double", number=_number(unit, other))
        made = supersede(unit, said, record, now)
        return Made((*made, *say(unit, record, RECORDS, other, Verdict.CONFIRMED, "", now)))


def apart(store: Store, record: str, others: Iterable[str], *, now: datetime) -> Made:
    """Say that the record is a matter of its own, not that of the others."""
    check_person(store)
    with store.change() as unit:
        return Made(
            tuple(
                entry
                for other in others
                for entry in say(unit, record, RECORDS, other, Verdict.REJECTED, "", now)
            )
        )


def waive(store: Store, record: str, *, reason: str, now: datetime) -> Made:
    """Say that the record need not go into the CRM, and why. Raises KnownError ``decisions.*``."""
    check_person(store)
    if not reason.strip():
        raise KnownError("decisions.reason_needed")
    with store.change() as unit:
        made = supersede(unit, list(standing_in(unit)), record, now)
        return Made((*made, *say(unit, record, "", "", Verdict.WAIVED, reason.strip(), now)))


def take_back(store: Store, record: str, *, now: datetime) -> Made:
    """Take back everything that was decided on the record; undoing this puts it back."""
    check_person(store)
    with store.change() as unit:
        said = [one for one in standing_in(unit) if one.record == record]
        return Made(tuple(entry for one in said for entry in drop(unit, one.subject, now)))


def undo(store: Store, made: Made, *, now: datetime, progress: Progress | None = None) -> None:
    """Revoke what one act wrote, all of it or, where somebody changed one of its subjects since, nothing.

    Raises KnownError ``decisions.changed_since`` then.
    """
    check_person(store)
    with store.read() as view:
        newest = {subject: _entry_id(view.state(subject)) for subject, _ in made.entries}
        last = dict(made.entries)
        if any(newest[subject] != entry for subject, entry in last.items()):
            raise KnownError("decisions.changed_since")
    for start in range(0, len(made.entries), BATCH):
        if progress is not None:
            progress.tell("undoing", start, len(made.entries))
        with store.change() as unit:
            for subject, entry in reversed(made.entries[start : start + BATCH]):
                unit.revoke(entry, subject, at=now)


def accept_automatic(
    store: Store,
    found: Reconciliation,
    ids: Mapping[str, str],
    *,
    decided: frozenset[str] = frozenset(),
    now: datetime,
    progress: Progress | None = None,
) -> Made:
    """Write the CRM number of every matched record into it, as this person's entries.

    With it goes what the call log calls the recording of its call (4, row 100), where it has none.

    A record that differs is accepted where its key is among ``decided``. A number that somebody wrote stays
    as it is, and a row without an id of its own has none. ``ids`` are the record ids by key. What is stopped
    half way keeps, and returns, what it wrote.
    """
    check_person(store)
    keys = set(acceptable(found, ids, decided))
    recordings = _recordings(found)
    rows = [
        (ids[one.record.key], one.crm_id, recordings.get(one.record.key, ""))
        for one in found.records
        if one.record.key in keys
    ]
    made: list[tuple[Subject, str]] = []
    try:
        for start in range(0, len(rows), BATCH):
            if progress is not None:
                progress.tell("accepting", start, len(rows))
            with store.change() as unit:
                written = [_accept(unit, *row, now) for row in rows[start : start + BATCH]]
            made += [entry for entry in written if entry is not None]
    except Cancelled:
        if not made:
            raise
    return Made(tuple(made))


def acceptable(
    found: Reconciliation, ids: Mapping[str, str], decided: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """Return the keys of the records whose CRM number ``accept_automatic`` would write."""
    nameless = {one.row.id for one in found.crm if not row_key(one.row)}
    return tuple(
        one.record.key for one in found.records if _accepted(one, decided, ids) and one.crm_id not in nameless
    )


def decisions_of(store: Store, profile: str, ids: Mapping[str, str]) -> dict[str, Decision]:
    """Return what was decided, by record key, for an export read with this profile."""
    with store.read() as view:
        return decisions(standing_in(view), profile, {record: key for key, record in ids.items()})


def check_person(store: Store) -> None:
    """Raise KnownError ``decisions.leads_only`` where the person does not decide."""
    if not may_decide(store):
        raise KnownError("decisions.leads_only")


def groups_of_records(view: View, records: Collection[str]) -> Mapping[str, Group]:
    """Return the groups of those of ``records`` that are said to tell the matter of another that counts."""
    said = list(standing(decisions_naming(view.connection, RECORDS)))
    every = twins_said(said)
    members = {member for one in records if one in every for member in every[one].members}
    states = states_by_id(view.connection, SubjectKind.RECORD, members) if members else {}
    gone = (RecordState.DRAFT, RecordState.VOID)
    left = {
        one
        for one, state in states.items()
        if state.tombstone is None and current(state, RECORD_STEPS) not in gone
    }
    return twins_said(said, left)


def _check_row(row: str) -> None:
    if not row:
        raise KnownError("decisions.row_without_id")


def standing_in(view: View) -> Iterable[Said]:
    """Return the decisions that stand."""
    return standing(view.states(SubjectKind.MATCH_DECISION))


def _number(view: View, record: str) -> str:
    return view.state(Subject(SubjectKind.RECORD, record)).text("number") or record


def _entry_id(state: State) -> str:
    _, writer, seq = state.newest
    return f"{writer}-{seq}"


def say(
    unit: UnitOfWork, record: str, profile: str, row: str, verdict: Verdict, reason: str, now: datetime
) -> list[tuple[Subject, str]]:
    """Write one decision; returns the entries it took."""
    values: dict[str, Value] = {
        "record": record,
        "profile": profile,
        "row": row,
        "verdict": verdict.value,
        "reason": reason,
    }
    return write(unit, subject_of(record, profile, row), values, now, reason)


def drop(unit: UnitOfWork, subject: Subject, now: datetime) -> list[tuple[Subject, str]]:
    """Take one decision back; returns the entries it took."""
    return write(unit, subject, {"verdict": None}, now)


def supersede(
    unit: UnitOfWork, said: Sequence[Said], record: str, now: datetime
) -> list[tuple[Subject, str]]:
    """Take back what said of a record what it is; returns the entries it took."""
    old = [one for one in said if one.record == record and one.settles]
    return [entry for one in old for entry in drop(unit, one.subject, now)]


def _accepted(result: RecordResult, decided: frozenset[str], ids: Mapping[str, str]) -> bool:
    if result.record.key not in ids or result.record.crm_id or not result.crm_id:
        return False
    differs = result.status is RecordStatus.DIFFERS and result.record.key in decided
    return differs or result.status is RecordStatus.MATCHED


def _recordings(found: Reconciliation) -> dict[str, str]:
    """Return the recording of each record's call, where the log knows one and it is only one."""
    of_call = {one.call.id: one.call.recording for one in found.calls}
    told = {one.record.key: {of_call.get(call, "") for call in one.call_ids} - {""} for one in found.records}
    return {key: names.pop() for key, names in told.items() if len(names) == 1}


def _accept(
    unit: UnitOfWork, record: str, row: str, recording: str, now: datetime
) -> tuple[Subject, str] | None:
    subject = Subject(SubjectKind.RECORD, record)
    state = unit.state(subject)
    if state.tombstone is not None or state.text("crm_id").strip():
        return None
    values: dict[str, Value] = {"crm_id": row}
    if recording and not state.text("recording").strip():
        values["recording"] = recording
    if current(state, RECORD_STEPS) in (RecordState.RECORDED, RecordState.CORRECTED):
        values["state"] = RecordState.MATCHED.value
    return next(iter(write(unit, subject, values, now)), None)
