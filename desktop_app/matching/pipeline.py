"""Reconciliation from end to end: hand records × CRM rows × calls → what became of each (DESIGN §5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from desktop_app.domain.numbers import numbers_in
from desktop_app.domain.phones import phone_of
from desktop_app.domain.reconciliation import (
    Call,
    CallOutcome,
    CallResult,
    CallStatus,
    CrmResult,
    CrmRow,
    CrmStatus,
    Decision,
    HandRecord,
    Reconciliation,
    RecordResult,
    RecordStatus,
    Window,
)


def reconcile(
    records: Sequence[HandRecord],
    crm: Sequence[CrmRow],
    calls: Sequence[Call],
    *,
    crm_read: bool,
    calls_read: bool,
    window: Window = Window(),  # noqa: B008 (frozen)
    decisions: Mapping[str, Decision] | None = None,
    category_words: Mapping[str, str] | None = None,
    crm_zone_fixed: bool = False,
    calls_zone_fixed: bool = False,
) -> Reconciliation:
    """Compare the three and return what became of every record, CRM row and call.

    ``decisions`` are keyed by record key and override what is found; ``category_words`` maps a CRM's word for
    a category to ours. Where a zone is fixed no whole-hour offset is sought in those times.
    """
    found = _by_number(records, crm)
    linked = _calls_by_phone(records, calls)
    results = []
    for record in records:
        call_ids = linked.get(record.key, ())
        crm_id = record.crm_id or found.get(record.key, "")
        status = RecordStatus.TO_BACKFILL
        if not window.holds(record.received_at):
            status = RecordStatus.OUTSIDE
        elif record.key in found:
            status = RecordStatus.MATCHED
        elif crm_id:
            status = RecordStatus.BACKFILLED
        results.append(RecordResult(record, status, crm_id, call_ids))
    record_of_row = {row: key for key, row in found.items()}
    records_of_call = defaultdict(list)
    for key, ids in linked.items():
        for call_id in ids:
            records_of_call[call_id].append(key)
    return Reconciliation(
        records=tuple(results),
        crm=tuple(
            CrmResult(
                row,
                CrmStatus.HAS_RECORD if row.id in record_of_row else CrmStatus.CRM_ONLY,
                record_of_row.get(row.id, ""),
            )
            for row in crm
        ),
        calls=tuple(
            CallResult(call, _call_status(call, window, records_of_call), tuple(records_of_call[call.id]))
            for call in calls
        ),
        crm_read=crm_read,
        calls_read=calls_read,
        window=window,
    )


def _by_number(records: Sequence[HandRecord], crm: Sequence[CrmRow]) -> dict[str, str]:
    rows_of: dict[str, list[str]] = defaultdict(list)
    ids = {row.id for row in crm}
    for row in crm:
        for number in {
            str(number) for text in (row.number, row.summary, *row.texts) for number in numbers_in(text)
        }:
            rows_of[number].append(row.id)
    found: dict[str, str] = {}
    for record in records:
        rows = [record.crm_id] if record.crm_id in ids else rows_of.get(record.number.strip().upper(), [])
        if len(rows) == 1 and rows[0] not in found.values():
            found[record.key] = rows[0]
    return found


def _calls_by_phone(records: Sequence[HandRecord], calls: Sequence[Call]) -> dict[str, tuple[str, ...]]:
    calls_of: dict[str, list[Call]] = defaultdict(list)
    for call in calls:
        if call.outcome is CallOutcome.ANSWERED and (phone := phone_of(call.caller)):
            calls_of[phone.digits].append(call)
    linked: dict[str, tuple[str, ...]] = {}
    for record in records:
        at = record.received_at
        rivals = calls_of.get(phone_of(record.phone).digits, [])
        if at is not None and rivals and record.channel in ("", "phone"):
            nearest = min(rivals, key=lambda call: abs(call.started_at - at))
            linked[record.key] = (nearest.id,)
    return linked


def _call_status(call: Call, window: Window, records_of_call: Mapping[str, Sequence[str]]) -> CallStatus:
    if not window.holds(call.started_at):
        return CallStatus.OUTSIDE
    if call.outcome is CallOutcome.ABANDONED:
        return CallStatus.ABANDONED
    if call.outcome is CallOutcome.TURNED_AWAY:
        return CallStatus.TURNED_AWAY
    return CallStatus.RECORDED if records_of_call.get(call.id) else CallStatus.NOT_RECORDED
