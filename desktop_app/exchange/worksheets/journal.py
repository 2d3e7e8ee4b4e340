"""The sheets that only a store fills: promises, clocks and notifications, audit; without one, headings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from desktop_app.exchange.worksheets.book import Book
from desktop_app.exchange.worksheets.table import Column, Holds, Table
from desktop_app.exchange.worksheets.wording import field_word, value_word


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise to a caller. ``end`` is ``open`` or how it ended; ``reason`` why it was withdrawn."""

    number: str
    due: datetime | None
    end: str
    caller_name: str = ""
    phone: str = ""
    summary: str = ""
    owner: str = ""
    ended_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AuditLine:
    """An entry of the journal: who did what to which subject, when and why; codes, not words.

    ``fields`` are the field names and values it gave, None where these were erased or withheld.
    """

    at: datetime
    actor: str
    role: str
    action: str
    kind: str
    subject: str
    fields: tuple[tuple[str, str], ...] | None
    reason: str
    entry: str
    hash: str


@dataclass(frozen=True, slots=True)
class NumbersIssued:
    """Where every number went that a store gave (DESIGN §2.3); ``names`` tells those unaccounted for."""

    issued: int
    records: int
    void: int
    drafts: int
    reserved: int
    unaccounted: int = 0
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JournalParts:
    """What a store adds to a workbook."""

    promises: tuple[PromiseLine, ...] = ()
    audit: Iterable[AuditLine] = ()
    numbers: NumbersIssued | None = None


PROMISE_COLUMNS = (
    Column("number", 15),
    Column("promise", 12),
    Column("callback_due", 19, Holds.MOMENT),
    Column("caller_name", 12),
    Column("phone", 15),
    Column("summary", 40),
    Column("owner", 12),
    Column("ended_at", 19, Holds.MOMENT),
    Column("reason", 32),
)
CLOCK_COLUMNS = (
    Column("clock", 26),
    Column("started_at", 19, Holds.MOMENT),
    Column("due_at", 19, Holds.MOMENT),
    Column("told", 24),
    Column("channel", 12),
    Column("told_at", 19, Holds.MOMENT),
    Column("told_by", 14),
    Column("note", 40),
)
AUDIT_COLUMNS = (
    Column("at", 19, Holds.MOMENT),
    Column("actor", 14),
    Column("role", 14),
    Column("action", 10),
    Column("subject_kind", 14),
    Column("subject", 18),
    Column("fields", 46),
    Column("reason", 30),
    Column("entry", 18),
    Column("hash", 20),
)


def write_journal_sheets(book: Book, parts: JournalParts) -> Table:
    """Write promises, clocks and audit; returns the promises for the summary's formulas."""
    promises = Table(book, "promises", PROMISE_COLUMNS)
    for promise in parts.promises:
        promises.row(
            promise.number,
            book.words.say(f"workbook.promise.{promise.end}"),
            promise.due,
            promise.caller_name,
            promise.phone,
            promise.summary,
            promise.owner,
            promise.ended_at,
            promise.reason,
        )
    promises.close()
    Table(book, "clocks", CLOCK_COLUMNS).close()
    _audit(book, parts.audit)
    return promises


def _audit(book: Book, lines: Iterable[AuditLine]) -> None:
    words = book.words
    table = Table(book, "audit", AUDIT_COLUMNS)
    for line in lines:
        table.row(
            line.at,
            line.actor,
            words.say(f"role.{line.role}"),
            words.say(f"workbook.action.{line.action}"),
            words.say(f"workbook.subject.{line.kind}"),
            line.subject,
            _fields(book, line),
            line.reason,
            line.entry,
            line.hash,
        )
    table.close()


def _fields(book: Book, line: AuditLine) -> str:
    words = book.words
    if line.fields is None:
        return words.say("workbook.erased")
    told = (
        f"{field_word(words, name)}{words.say('workbook.colon')}{value_word(words, name, value)}"
        for name, value in line.fields
    )
    return words.say("workbook.semicolon").join(told)
