"""The lists of what is left to do about hand records: to back-fill, differences, duplicates, undecided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, timedelta

from desktop_app.domain.reconciliation import (
    Candidate,
    CrmRow,
    Difference,
    HandRecord,
    Reason,
    Reconciliation,
    RecordResult,
    RecordStatus,
)
from desktop_app.domain.times import parse_iso
from desktop_app.exchange.worksheets.book import Book
from desktop_app.exchange.worksheets.records import DECISION, KEY, NOTE, NUMBER
from desktop_app.exchange.worksheets.table import Column, Holds, Table
from desktop_app.exchange.worksheets.times import shifted
from desktop_app.exchange.worksheets.wording import field_word, reasons_text, shown, value_word

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
    Column("reasons", 40),
    DECISION,
    NOTE,
    KEY,
)
_SIDES = (("received_at", 19), ("caller_name", 12), ("phone", 15), ("address", 22), ("summary", 28))
UNDECIDED_COLUMNS = (
    NUMBER,
    Column("crm_id", 14),
    Column("score", 8, Holds.SCORE),
    *(
        Column(f"{field}_{side}", width, Holds.MOMENT if field == "received_at" else Holds.TEXT)
        for field, width in _SIDES
        for side in ("record", "crm")
    ),
    Column("reasons", 46),
    DECISION,
    NOTE,
    KEY,
)


@dataclass(frozen=True, slots=True)
class Lists:
    """The written sheets, for the formulas of the summary."""

    to_backfill: Table
    differences: Table
    duplicates: Table
    undecided: Table


def write_lists(book: Book, found: Reconciliation) -> Lists:
    """Write the lists about hand records."""
    return Lists(
        _to_backfill(book, found),
        _differences(book, found),
        _duplicates(book, found),
        _undecided(book, found),
    )


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
                _told(book, difference, difference.record),
                _told(book, difference, difference.crm),
                "",
                "",
                result.record.key,
                difference.field,
            )
    table.close()
    return table


def _duplicates(book: Book, found: Reconciliation) -> Table:
    table = Table(book, "duplicates", DUPLICATE_COLUMNS, decisions=("accept", "reject", "waive"), frozen=2)
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
    table = Table(book, "undecided", UNDECIDED_COLUMNS, decisions=("accept", "reject", "waive"), frozen=2)
    by_id = {result.row.id: result.row for result in found.crm}
    offset = timedelta(hours=found.crm_offset_hours)
    for result in found.records:
        if result.status is not RecordStatus.AMBIGUOUS:
            continue
        record = result.record
        for candidate, reasons in candidates_with_reasons(result):
            row = by_id.get(candidate.crm_id) or CrmRow(candidate.crm_id, record.source)
            table.row(
                shown(record),
                candidate.crm_id,
                candidate.score if candidate.reasons else None,
                record.received_at,
                shifted(row.occurred_at or row.created_at, offset),
                record.caller_name,
                row.caller_name,
                record.phone,
                row.phone,
                record.address,
                row.address,
                record.summary or record.detail,
                row.summary or row.detail,
                reasons_text(book.words, reasons),
                "",
                "",
                record.key,
            )
    table.close()
    return table


def candidates_with_reasons(result: RecordResult) -> list[tuple[Candidate, tuple[Reason, ...]]]:
    """Return what a person has to decide of a record: each candidate with its reasons and the record's own.

    A record may be undecided without a candidate: its CRM number is claimed twice, or it may be a duplicate.
    """
    listed = result.candidates or (Candidate(result.crm_id, 0.0),)
    told = {reason.code for reason in listed[0].reasons}
    own = tuple(reason for reason in result.reasons if reason.code not in told)
    return [(candidate, (*own, *candidate.reasons)) for candidate in listed]


def _told(book: Book, difference: Difference, value: str) -> str:
    """Return one side of a difference in words; a moment, which comes in UTC, in the site's zone."""
    at = parse_iso(value, UTC) if difference.field.endswith("_at") else None
    if at is not None:
        return at.astimezone(book.zone).strftime("%Y-%m-%d %H:%M")
    return value_word(book.words, difference.field, value)
