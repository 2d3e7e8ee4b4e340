"""A reconciliation that a person walks through: compared, decided on record by record, written as a workbook.

What a decision does to its own record is shown at once; what it does to others is found by comparing again,
which is done before the workbook is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from desktop_app.domain.ladders import Ladder
from desktop_app.domain.match_decisions import row_key
from desktop_app.domain.reconciliation import (
    CrmResult,
    CrmRow,
    Decision,
    Reason,
    Reconciliation,
    RecordResult,
    RecordStatus,
)
from desktop_app.matching.classify import rows_found
from desktop_app.matching.comparison import dates_only
from desktop_app.matching.differences import find_differences
from desktop_app.services import decisions
from desktop_app.services.decisions import Made
from desktop_app.services.progress import Progress
from desktop_app.services.reconcile import (
    Finding,
    check_outputs,
    compare,
    hand_over,
    with_store,
)
from desktop_app.services.reconcile_reading import Inputs, Request, read_store, store_again
from desktop_app.storage.store import Store
from desktop_app.words import Words


class Act(StrEnum):
    """What a person can do to a record."""

    CONFIRM = "confirm"
    REJECT = "reject"
    WAIVE = "waive"
    DOUBLE = "double"
    APART = "apart"
    TAKE_BACK = "take_back"


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison and what was decided since. ``finding`` is the last whole one, ``found`` what is shown.

    ``before`` are the decisions that ``finding`` was made with, ``decisions`` those of now. ``unknown`` are
    the keys of records of which only a new comparison can tell what became.
    """

    request: Request
    inputs: Inputs
    finding: Finding
    found: Reconciliation
    before: Mapping[str, Decision]
    decisions: Mapping[str, Decision]
    unknown: frozenset[str] = frozenset()

    @property
    def stale(self) -> bool:
        """Whether something was decided since the last whole comparison."""
        return self.decisions != self.before

    def is_open(self, result: RecordResult) -> bool:
        """Whether a person has still to decide on the record."""
        if result.status is RecordStatus.DIFFERS:
            decision = self.decisions.get(result.record.key)
            return decision is None or not decision.settles
        return result.status is RecordStatus.AMBIGUOUS


def compare_store(request: Request, store: Store, *, now: datetime, progress: Progress) -> Compared:
    """Read the files, and compare them with the store's records and what was decided on them before."""
    return _compared(request, read_store(request, store, progress), store, now, progress)


def compare_again(compared: Compared, store: Store, *, now: datetime, progress: Progress) -> Compared:
    """Compare what was read once more with the records and decisions of now."""
    return _compared(compared.request, store_again(compared.inputs, store), store, now, progress)


def decide(
    compared: Compared,
    store: Store,
    key: str,
    act: Act,
    *,
    now: datetime,
    others: tuple[str, ...] = (),
    reason: str = "",
) -> tuple[Made, Decision]:
    """Do what a person says of the record with this key, and return what its undo takes and what holds now.

    ``others`` are the ids of the CRM rows, or the keys of the records, that are meant. Raises KnownError
    ``decisions.*``.
    """
    inputs = compared.inputs
    record, profile = inputs.ids[key], inputs.rows_of
    if act is Act.CONFIRM:
        made = decisions.confirm(store, record, _row(compared, others[0]), profile=profile, now=now)
    elif act is Act.REJECT:
        rows = [_row(compared, other) for other in others]
        made = decisions.reject(store, record, rows, profile=profile, now=now)
    elif act is Act.WAIVE:
        made = decisions.waive(store, record, reason=reason, now=now)
    elif act is Act.DOUBLE:
        made = decisions.double(store, record, inputs.ids[others[0]], now=now)
    elif act is Act.APART:
        made = decisions.apart(store, record, [inputs.ids[other] for other in others], now=now)
    else:
        made = decisions.take_back(store, record, now=now)
    return made, decision_of(compared, store, key)


def decision_of(compared: Compared, store: Store, key: str) -> Decision:
    """Return what holds of a record by the store."""
    inputs = compared.inputs
    return decisions.decisions_of(store, inputs.rows_of, inputs.ids).get(key, Decision())


def decided(compared: Compared, key: str, decision: Decision) -> Compared:
    """Return the comparison with a decision (or none) in place of what was held of one record."""
    none = Decision()
    held = {**compared.decisions, key: decision}
    if decision == none:
        del held[key]
    base = next(result for result in compared.finding.found.records if result.record.key == key)
    before = compared.before.get(key, none)
    after, sure = _after(compared, base, before, decision) if decision != before else (base, True)
    unknown = compared.unknown - {key} if sure else compared.unknown | {key}
    found = compared.found
    place, old = next((place, one) for place, one in enumerate(found.records) if one.record.key == key)
    results = (*found.records[:place], after, *found.records[place + 1 :])
    rows = found.crm
    if old.crm_id != after.crm_id:
        rows = _rows_after(found, results, {old.crm_id, after.crm_id})
    return replace(compared, found=replace(found, records=results, crm=rows), decisions=held, unknown=unknown)


def catch_up(compared: Compared, held: Mapping[str, Decision]) -> Compared:
    """Return a new comparison with what was decided while it was made."""
    none = Decision()
    for key in held.keys() | compared.decisions.keys():
        if held.get(key, none) != compared.decisions.get(key, none) and key in compared.inputs.ids:
            compared = decided(compared, key, held.get(key, none))
    return compared


def suspect(compared: Compared, result: RecordResult) -> str:
    """Return the key of the record that this is, or may be, a double of; empty where there is none."""
    if result.duplicate_of:
        return result.duplicate_of
    number = next(
        (reason.details["number"] for reason in result.reasons if reason.code == "maybe_duplicate"), ""
    )
    found = compared.found.records
    return next((one.record.key for one in found if number and one.record.number == number), "")


def acceptable(compared: Compared) -> tuple[str, ...]:
    """Return the keys of the records into which a CRM number can be written."""
    return decisions.acceptable(compared.found, compared.inputs.ids, _decided_on(compared))


def accept(compared: Compared, store: Store, *, now: datetime, progress: Progress) -> Made:
    """Write the CRM numbers of what is matched, and of what differs where a person said so, in."""
    return decisions.accept_automatic(
        store, compared.found, compared.inputs.ids, decided=_decided_on(compared), now=now, progress=progress
    )


def _decided_on(compared: Compared) -> frozenset[str]:
    return frozenset(key for key, decision in compared.decisions.items() if decision.crm_id)


def write(
    compared: Compared,
    store: Store,
    words: Words,
    out: Path,
    *,
    password: str,
    now: datetime,
    progress: Progress,
    ladders: Sequence[Ladder] = (),
) -> Compared:
    """Compare again where something was decided or recorded since, write the workbook, return what it tells.

    Raises KnownError ``writing.*`` where it cannot be put there, or would overwrite a file that was read.
    """
    check_outputs(compared.request, out, None)
    if compared.stale or store_again(compared.inputs, store).records != compared.inputs.records:
        compared = compare_again(compared, store, now=now, progress=progress)
    progress.tell("workbook")
    finding = with_store(compared.finding, store, ladders, now=now)
    hand_over(finding, words, out=out, password=password or None)
    return compared


def _compared(request: Request, inputs: Inputs, store: Store, now: datetime, progress: Progress) -> Compared:
    held = decisions.decisions_of(store, inputs.rows_of, inputs.ids)
    finding = compare(inputs, held, now=now, progress=progress)
    return Compared(request, inputs, finding, finding.found, held, held)


def _row(compared: Compared, row_id: str) -> str:
    row = _crm_row(compared, row_id)
    return row_key(row) if row else row_id


def _crm_row(compared: Compared, row_id: str) -> CrmRow | None:
    crm = compared.inputs.crm
    return next((row for row in crm.rows if row.id == row_id), None) if crm else None


def _after(
    compared: Compared, base: RecordResult, before: Decision, decision: Decision
) -> tuple[RecordResult, bool]:
    """Return what a record is after a decision, and whether that is sure without a whole comparison."""
    if base.status is RecordStatus.OUTSIDE:
        return base, True
    bare = RecordResult(base.record, RecordStatus.TO_BACKFILL, call_ids=base.call_ids)
    if decision.waived:
        why = (Reason("waived_for", 0.0, {"why": decision.waived}),)
        return replace(bare, status=RecordStatus.WAIVED, reasons=why), True
    if decision.twin_of:
        said = (Reason("said_double", 0.0),)
        double = RecordStatus.DUPLICATE
        return replace(bare, status=double, duplicate_of=decision.twin_of, reasons=said), True
    if decision.crm_id:
        return _confirmed(compared, base, decision.crm_id), True
    if before.settles or before.rejected - decision.rejected or before.apart - decision.apart:
        return base, False
    if base.crm_id in decision.rejected:
        # The rows that it was clearly ahead of may come into question now.
        return bare, False
    return _refused(compared, base, bare, decision), True


def _rows_after(
    found: Reconciliation, records: tuple[RecordResult, ...], touched: set[str]
) -> tuple[CrmResult, ...]:
    """Return the CRM rows, those touched told anew."""
    offset = timedelta(hours=found.crm_offset_hours)
    holders = [one for one in records if one.crm_id in touched]
    rows = list(found.crm)
    for place, one in enumerate(rows):
        if one.row.id in touched:
            (rows[place],) = rows_found([one.row], holders, found.window, offset)
    return tuple(rows)


def _refused(compared: Compared, base: RecordResult, bare: RecordResult, decision: Decision) -> RecordResult:
    """Return what is left of a record after a person said what it is not."""
    left = tuple(one for one in base.candidates if one.crm_id not in decision.rejected)
    other = suspect(compared, base)
    reasons = base.reasons if other and other not in decision.apart else ()
    if base.status is RecordStatus.DUPLICATE and reasons:
        return base
    if base.crm_id:
        return base
    if left or reasons:
        return replace(
            bare,
            status=RecordStatus.AMBIGUOUS,
            candidates=left,
            score=left[0].score if left else 0.0,
            reasons=left[0].reasons if left else reasons,
        )
    return bare


def _confirmed(compared: Compared, base: RecordResult, row_id: str) -> RecordResult:
    row = _crm_row(compared, row_id)
    told = next((one for one in base.candidates if one.crm_id == row_id), None)
    after = RecordResult(base.record, RecordStatus.BACKFILLED, row_id, base.call_ids)
    if row is None:
        return after
    crm = compared.inputs.crm
    found = compared.finding.found
    offset = timedelta(hours=found.crm_offset_hours)
    differences = find_differences(
        base.record,
        row,
        crm.category_words if crm else {},
        offset,
        dates_only=dates_only(one.row.occurred_at for one in found.crm),
    )
    if told is not None:
        after = replace(after, score=told.score, reasons=told.reasons)
    elif base.crm_id == row_id:
        after = replace(after, score=base.score, reasons=base.reasons)
    status = RecordStatus.DIFFERS if differences else RecordStatus.MATCHED
    return replace(after, status=status, differences=differences)
