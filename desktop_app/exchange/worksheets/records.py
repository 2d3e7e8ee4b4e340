"""The sheets about hand records: all of them, and a list for each thing left to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.domain.reconciliation import CrmRow, HandRecord, Reconciliation, RecordResult, RecordStatus
from desktop_app.exchange.worksheets.book import Book
from desktop_app.exchange.worksheets.table import Column, Holds, Table
from desktop_app.exchange.worksheets.wording import (
    field_word,
    numbers_by_key,
    reasons_text,
    shown,
    value_word,
)

NUMBER = Column("number", 15)
STATUS = Column("status", 11, Holds.STATUS)
DECISION = Column("decision", 16, Holds.DECISION)
NOTE = Column("note", 22, Holds.DECISION)
KEY = Column("key", 12, Holds.KEY)

RECORD_COLUMNS = (
    NUMBER,
    STATUS,
    Column("crm_id", 14),
    Column("received_at", 19, Holds.MOMENT),
    Column("kind", 9),
    Column("caller_name", 12),
    Column("phone", 15),
    Column("address", 26),
    Column("category", 11),
    Column("summary", 28),
    Column("detail", 40),
    Column("agent", 10),
    Column("station", 8),
    Column("calls", 18),
    Column("reasons", 38),
    Column("score", 8, Holds.SCORE),
    Column("channel", 9),
    Column("ended_at", 19, Holds.MOMENT),
    Column("callback_phone", 15),
    Column("callback_due", 19, Holds.MOMENT),
    Column("customer_no", 13),
    Column("paper_serial", 12),
    Column("source", 22),
    DECISION,
    NOTE,
    KEY,
)
BACKFILL_COLUMNS = (
    NUMBER,
    Column("received_at", 19, Holds.MOMENT),
    Column("kind", 9),
    Column("caller_name", 12),
    Column("phone", 15),
    Column("address", 26),
    Column("category", 11),
    Column("summary", 26),
    Column("detail", 36),
    Column("agent", 10),
    DECISION,
    NOTE,
    KEY,
)
DIFFERENCE_COLUMNS = (
    NUMBER,
    Column("crm_id", 14),
    Column("caller_name", 12),
    Column("phone", 15),
    Column("field", 14),
    Column("record_value", 38),
    Column("crm_value", 38),
    DECISION,
    NOTE,
    KEY,
    Column("field_key", 12, Holds.KEY),
)
_COMPARED = (("received_at", 19), ("caller_name", 12), ("phone", 15), ("summary", 26))
DUPLICATE_COLUMNS = (
    NUMBER,
    Column("duplicate_of", 15),
    *(
        Column(f"{field}_{side}", width, Holds.MOMENT if field == "received_at" else Holds.TEXT)
        for field, width in _COMPARED
        for side in ("this", "other")
    ),
    Column("reasons", 34),
    DECISION,
    NOTE,
    KEY,
)
_SIDES = (("received_at", 19), ("caller_name", 12), ("phone", 15), ("address", 22), ("summary", 24))
UNDECIDED_COLUMNS = (
    NUMBER,
    Column("crm_id", 14),
    Column("score", 8, Holds.SCORE),
    *(
        Column(f"{field}_{side}", width, Holds.MOMENT if field == "received_at" else Holds.TEXT)
        for field, width in _SIDES
        for side in ("record", "crm")
    ),
    Column("reasons", 36),
    DECISION,
    NOTE,
    KEY,
)
DECIDED_ON = {
    RecordStatus.TO_BACKFILL: "to_backfill",
    RecordStatus.DIFFERS: "differences",
    RecordStatus.DUPLICATE: "duplicates",
    RecordStatus.AMBIGUOUS: "undecided",
}
"""The sheet that takes the decision about a record of this status; the others are decided on Records."""


@dataclass(frozen=True, slots=True)
class RecordSheets:
    """The written sheets, for the formulas of the summary."""

    records: Table
    to_backfill: Table
    differences: Table
    duplicates: Table
    undecided: Table


def write_record_sheets(book: Book, found: Reconciliation) -> RecordSheets:
    """Write all sheets about hand records."""
    return RecordSheets(
        _records(book, found),
        _to_backfill(book, found),
        _differences(book, found),
        _duplicates(book, found),
        _undecided(book, found),
    )


def _records(book: Book, found: Reconciliation) -> Table:
    words = book.words
    table = Table(
        book, "records", RECORD_COLUMNS, decisions=("accept", "reject", "waive"), frozen=2, pages_wide=2
    )
    numbers = numbers_by_key(found)
    for result in found.records:
        record = result.record
        sheet = DECIDED_ON.get(result.status)
        elsewhere = (
            words.say("workbook.decided_on", sheet=words.say(f"workbook.sheet.{sheet}")) if sheet else ""
        )
        table.row(
            shown(record),
            result.status.value,
            result.crm_id,
            record.received_at,
            value_word(words, "kind", record.kind),
            record.caller_name,
            record.phone,
            record.address,
            value_word(words, "category", record.category),
            record.summary,
            record.detail,
            record.agent,
            record.station,
            "\n".join(result.call_ids),
            _why(book, result, numbers),
            result.score if result.reasons else None,
            value_word(words, "channel", record.channel),
            record.ended_at,
            record.callback_phone,
            record.callback_due,
            record.customer_no,
            record.paper_serial,
            str(record.source),
            elsewhere,
            "",
            record.key,
        )
    table.close()
    return table


def _why(book: Book, result: RecordResult, numbers: Mapping[str, str]) -> str:
    told = reasons_text(book.words, result.reasons)
    if result.duplicate_of:
        other = numbers.get(result.duplicate_of, result.duplicate_of)
        told = "\n".join(filter(None, (book.words.say("workbook.duplicate_of", number=other), told)))
    if result.status is RecordStatus.AMBIGUOUS:
        ids = ", ".join(candidate.crm_id for candidate in result.candidates)
        told = book.words.say("workbook.candidates", ids=ids)
    return told


def _to_backfill(book: Book, found: Reconciliation) -> Table:
    words = book.words
    table = Table(book, "to_backfill", BACKFILL_COLUMNS, decisions=("backfill", "waive"))
    for result in found.records:
        if result.status is not RecordStatus.TO_BACKFILL:
            continue
        record = result.record
        table.row(
            shown(record),
            record.received_at,
            value_word(words, "kind", record.kind),
            record.caller_name,
            record.phone,
            record.address,
            value_word(words, "category", record.category),
            record.summary,
            record.detail,
            record.agent,
            "",
            "",
            record.key,
        )
    table.close()
    return table


def _differences(book: Book, found: Reconciliation) -> Table:
    words = book.words
    table = Table(book, "differences", DIFFERENCE_COLUMNS, decisions=("keep_record", "keep_crm", "waive"))
    for result in found.records:
        for difference in result.differences:
            table.row(
                shown(result.record),
                result.crm_id,
                result.record.caller_name,
                result.record.phone,
                field_word(words, difference.field),
                value_word(words, difference.field, difference.record),
                difference.crm,
                "",
                "",
                result.record.key,
                difference.field,
            )
    table.close()
    return table


def _duplicates(book: Book, found: Reconciliation) -> Table:
    table = Table(book, "duplicates", DUPLICATE_COLUMNS, decisions=("accept", "reject", "waive"))
    by_key = {result.record.key: result.record for result in found.records}
    for result in found.records:
        if result.status is not RecordStatus.DUPLICATE:
            continue
        this = result.record
        other = by_key.get(result.duplicate_of) or HandRecord(result.duplicate_of, this.source)
        table.row(
            shown(this),
            shown(other),
            this.received_at,
            other.received_at,
            this.caller_name,
            other.caller_name,
            this.phone,
            other.phone,
            this.summary,
            other.summary,
            reasons_text(book.words, result.reasons),
            "",
            "",
            this.key,
        )
    table.close()
    return table


def _undecided(book: Book, found: Reconciliation) -> Table:
    table = Table(book, "undecided", UNDECIDED_COLUMNS, decisions=("accept", "reject", "waive"))
    by_id = {result.row.id: result.row for result in found.crm}
    for result in found.records:
        if result.status is not RecordStatus.AMBIGUOUS:
            continue
        record = result.record
        for candidate in result.candidates:
            row = by_id.get(candidate.crm_id) or CrmRow(candidate.crm_id, record.source)
            table.row(
                shown(record),
                candidate.crm_id,
                candidate.score,
                record.received_at,
                row.occurred_at or row.created_at,
                record.caller_name,
                row.caller_name,
                record.phone,
                row.phone,
                record.address,
                row.address,
                record.summary or record.detail,
                row.summary or row.detail,
                reasons_text(book.words, candidate.reasons),
                "",
                "",
                record.key,
            )
    table.close()
    return table
