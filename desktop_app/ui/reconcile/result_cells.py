"""One line of a list of results: record, call or CRM row. Phone numbers are masked, as in every list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta, tzinfo

from desktop_app.domain.phones import masked
from desktop_app.domain.reconciliation import CallResult, CrmResult, RecordResult
from desktop_app.ui.reconcile.filters import TONES, Result
from desktop_app.ui.tables.rows_model import Cell
from desktop_app.words import Words

COLUMNS = {
    "records": ("number", "received_at", "caller_name", "summary", "status"),
    "calls": ("started_at", "caller", "answered_by", "talk_seconds", "record_numbers"),
    "crm": ("crm_id", "occurred_at", "caller_name", "summary"),
}
WIDTHS = {
    "records": (94, 92, 62, 0, 92),
    "calls": (96, 110, 90, 74, 0),
    "crm": (124, 96, 66, 0),
}


def result_cells(
    words: Words, zone: tzinfo, crm_offset: timedelta, calls_offset: timedelta, result: Result
) -> Sequence[Cell]:
    """Return the cells of a result in the order of ``COLUMNS``."""
    if isinstance(result, RecordResult):
        icon, tone = TONES[result.status.value]
        status = Cell(words.say(f"status.{result.status}"), icon, tone)
        record = result.record
        at = record.received_at
        return (
            Cell(record.number or record.key),
            Cell(f"{at.astimezone(zone):%m-%d %H:%M}" if at else ""),
            Cell(_line(record.caller_name)),
            Cell(_line(record.summary or record.detail)),
            status,
        )
    if isinstance(result, CallResult):
        call = result.call
        return (
            Cell(f"{(call.started_at + calls_offset).astimezone(zone):%m-%d %H:%M}"),
            Cell(masked(call.caller)),
            Cell(_line(call.agent)),
            Cell(str(call.talk_seconds) if call.talk_seconds else "", right=True),
            Cell(words.say("workbook.comma").join(result.records)),
        )
    return _crm_cells(zone, crm_offset, result)


def _crm_cells(zone: tzinfo, offset: timedelta, result: CrmResult) -> Sequence[Cell]:
    row = result.row
    at = row.occurred_at or row.created_at
    return (
        Cell(row.id),
        Cell(f"{(at + offset).astimezone(zone):%m-%d %H:%M}" if at else ""),
        Cell(_line(row.caller_name)),
        Cell(_line(row.summary or row.detail)),
    )


def _line(text: str) -> str:
    return " ".join(text[:200].split())
