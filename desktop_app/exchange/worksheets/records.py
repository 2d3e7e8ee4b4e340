"""The sheet of all hand records."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.domain.reconciliation import Reconciliation, RecordResult, RecordStatus
from desktop_app.exchange.worksheets.book import Book
from desktop_app.exchange.worksheets.table import Column, Holds, Table
from desktop_app.exchange.worksheets.wording import numbers_by_key, reasons_text, shown, value_word

NUMBER = Column("number", 15)
STATUS = Column("status", 13, Holds.STATUS)
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
    Column("amount_taken", 11, Holds.MONEY),
    Column("amount_channel", 9),
    Column("crm_amount", 11, Holds.MONEY),
    Column("calls", 18),
    Column("recording", 22),
    Column("reasons", 46),
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
DECIDED_ON = {
    RecordStatus.TO_BACKFILL: "to_backfill",
    RecordStatus.DIFFERS: "differences",
    RecordStatus.DUPLICATE: "duplicates",
    RecordStatus.AMBIGUOUS: "undecided",
}
"""The sheet that takes the decision about a record of this status; the others are decided on Records."""


def write_records(book: Book, found: Reconciliation) -> Table:
    """Write every record with what became of it; a decision that another sheet takes is pointed to."""
    words = book.words
    table = Table(book, "records", RECORD_COLUMNS, decisions=("accept", "reject", "waive"), frozen=2)
    numbers = numbers_by_key(found)
    crm_amounts = {one.row.id: one.row.amount for one in found.crm}
    has_amounts = any(crm_amounts.values())
    recordings = {one.call.id: one.call.recording for one in found.calls}
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
            float(record.amount) if record.amount else None,
            value_word(words, "amount_channel", record.amount_channel),
            float(crm_amounts.get(result.crm_id) or 0)
            if record.amount and result.crm_id and has_amounts
            else None,
            "\n".join(result.call_ids),
            record.recording
            or "\n".join(recordings[call] for call in result.call_ids if recordings.get(call)),
            _why(book, result, numbers),
            result.score or None,
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
    if result.candidates:
        ids = ", ".join(candidate.crm_id for candidate in result.candidates)
        told = book.words.say("workbook.candidates", ids=ids)
    return told
