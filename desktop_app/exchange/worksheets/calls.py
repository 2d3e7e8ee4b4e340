"""The sheets about the other two sides: calls of the log and rows of the CRM."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from desktop_app.domain.reconciliation import CallStatus, CrmStatus, Reconciliation
from desktop_app.exchange.worksheets.book import Book
from desktop_app.exchange.worksheets.records import DECISION, KEY, NOTE, STATUS
from desktop_app.exchange.worksheets.table import Column, Holds, Table
from desktop_app.exchange.worksheets.times import shifted
from desktop_app.exchange.worksheets.wording import numbers_by_key, value_word

UNRECORDED_COLUMNS = (
    Column("call_id", 20),
    Column("started_at", 19, Holds.MOMENT),
    Column("caller", 17),
    Column("caller_name", 14),
    Column("callee", 14),
    Column("answered_by", 16),
    Column("talk_seconds", 10, Holds.NUMBER),
    Column("source", 22),
    DECISION,
    NOTE,
    KEY,
)
CALL_COLUMNS = (
    Column("call_id", 20),
    STATUS,
    Column("outcome", 12),
    Column("started_at", 19, Holds.MOMENT),
    Column("answered_at", 19, Holds.MOMENT),
    Column("ended_at", 19, Holds.MOMENT),
    Column("caller", 17),
    Column("caller_name", 14),
    Column("callee", 14),
    Column("answered_by", 16),
    Column("talk_seconds", 10, Holds.NUMBER),
    Column("record_numbers", 17),
    Column("recording", 22),
    Column("source", 22),
    KEY,
)
CRM_COLUMNS = (
    Column("crm_id", 16),
    STATUS,
    Column("record_numbers", 17),
    Column("created_at", 19, Holds.MOMENT),
    Column("occurred_at", 19, Holds.MOMENT),
    Column("caller_name", 14),
    Column("phone", 15),
    Column("address", 24),
    Column("category", 12),
    Column("summary", 32),
    Column("amount_taken", 11, Holds.MONEY),
    Column("handled_by", 12),
    Column("source", 22),
    DECISION,
    NOTE,
    KEY,
)


@dataclass(frozen=True, slots=True)
class OtherSheets:
    """The written sheets, for the formulas of the summary."""

    unrecorded: Table
    calls: Table
    crm: Table


def write_other_sheets(book: Book, found: Reconciliation) -> OtherSheets:
    """Write the sheets about calls and CRM rows."""
    return OtherSheets(_unrecorded(book, found), _calls(book, found), _crm(book, found))


def _unrecorded(book: Book, found: Reconciliation) -> Table:
    table = Table(book, "unrecorded", UNRECORDED_COLUMNS, decisions=("call_back", "waive"))
    offset = timedelta(hours=found.calls_offset_hours)
    for result in found.calls:
        call = result.call
        if result.status is CallStatus.NOT_RECORDED:
            table.row(
                call.id,
                shifted(call.started_at, offset),
                call.caller,
                call.caller_name,
                call.callee,
                call.agent,
                call.talk_seconds,
                str(call.source),
                "",
                "",
                call.id,
            )
    table.close()
    return table


def _calls(book: Book, found: Reconciliation) -> Table:
    table = Table(book, "calls", CALL_COLUMNS, frozen=2)
    offset = timedelta(hours=found.calls_offset_hours)
    numbers = numbers_by_key(found)
    for result in found.calls:
        call = result.call
        table.row(
            call.id,
            result.status.value,
            book.words.say(f"status.{call.outcome.value}"),
            shifted(call.started_at, offset),
            shifted(call.answered_at, offset),
            shifted(call.ended_at, offset),
            call.caller,
            call.caller_name,
            call.callee,
            call.agent,
            call.talk_seconds,
            "\n".join(numbers.get(key, key) for key in result.records),
            call.recording,
            str(call.source),
            call.id,
        )
    table.close()
    return table


def _crm(book: Book, found: Reconciliation) -> Table:
    table = Table(book, "crm", CRM_COLUMNS, decisions=("accept", "waive"), frozen=2)
    offset = timedelta(hours=found.crm_offset_hours)
    numbers = numbers_by_key(found)
    # What has no hand record is what a person looks for here.
    for result in sorted(found.crm, key=lambda result: result.status is not CrmStatus.CRM_ONLY):
        row = result.row
        table.row(
            row.id,
            result.status.value,
            numbers.get(result.record, result.record),
            shifted(row.created_at, offset),
            shifted(row.occurred_at, offset),
            row.caller_name,
            row.phone,
            row.address,
            value_word(book.words, "category", row.category),
            row.summary,
            float(row.amount) if row.amount else None,
            row.agent,
            str(row.source),
            "",
            "",
            row.id,
        )
    table.close()
    return table
