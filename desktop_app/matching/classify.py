"""From settled pairs, a person's word and links to calls → the status of every record, row and call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta

from desktop_app.domain.reconciliation import (
    Call,
    CallOutcome,
    CallResult,
    CallStatus,
    CrmResult,
    CrmRow,
    CrmStatus,
    RecordResult,
    RecordStatus,
    Window,
)

_STATUS_OF_OUTCOME = {
    CallOutcome.ABANDONED: CallStatus.ABANDONED,
    CallOutcome.TURNED_AWAY: CallStatus.TURNED_AWAY,
}


def row_in_window(row: CrmRow, window: Window, offset: timedelta) -> bool:
    """Whether the row is judged: made or occurred from the window's start on, for back-fill comes later."""
    times = [at + offset for at in (row.created_at, row.occurred_at) if at is not None]
    return window.start is None or not times or any(at >= window.start for at in times)


def rows_found(
    rows: Sequence[CrmRow], records: Sequence[RecordResult], window: Window, offset: timedelta
) -> tuple[CrmResult, ...]:
    """Return what was found of each CRM row."""
    record_of = {
        result.crm_id: result.record.key for result in records if result.crm_id and not result.duplicate_of
    }
    found = []
    for row in rows:
        record = record_of.get(row.id, "")
        status = CrmStatus.HAS_RECORD if record else CrmStatus.CRM_ONLY
        if not record and not row_in_window(row, window, offset):
            status = CrmStatus.OUTSIDE
        found.append(CrmResult(row, status, record))
    return tuple(found)


def calls_found(
    calls: Sequence[Call], records: Sequence[RecordResult], window: Window, offset: timedelta
) -> tuple[CallResult, ...]:
    """Return what was found of each call."""
    records_of: dict[str, list[str]] = defaultdict(list)
    for result in records:
        for call in result.call_ids:
            records_of[call].append(result.record.key)
    return tuple(
        CallResult(call, _call_status(call, window, offset, records_of), tuple(records_of.get(call.id, ())))
        for call in calls
    )


def _call_status(
    call: Call, window: Window, offset: timedelta, records_of: Mapping[str, Sequence[str]]
) -> CallStatus:
    if not window.holds(call.started_at + offset):
        return CallStatus.OUTSIDE
    if call.outcome is not CallOutcome.ANSWERED:
        return _STATUS_OF_OUTCOME[call.outcome]
    return CallStatus.RECORDED if records_of.get(call.id) else CallStatus.NOT_RECORDED


def status_without_match(crm_id: str, *, waived: bool, twin: bool, unclear: bool) -> RecordStatus:
    """Return the status of a record that has no row of the export."""
    if waived:
        return RecordStatus.WAIVED
    if crm_id:
        return RecordStatus.BACKFILLED
    if twin:
        return RecordStatus.DUPLICATE
    return RecordStatus.AMBIGUOUS if unclear else RecordStatus.TO_BACKFILL
