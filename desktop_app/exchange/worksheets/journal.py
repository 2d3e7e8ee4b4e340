"""The sheets that only a store fills: promises, clocks and notifications, audit; without one, headings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.record_options import ContactChannel
from desktop_app.domain.site_text import Bilingual
from desktop_app.exchange.worksheets.book import Book
from desktop_app.exchange.worksheets.table import Column, Holds, Table
from desktop_app.exchange.worksheets.wording import field_word, value_word
from desktop_app.words import Words


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
class ClockLine:
    """A step of an incident's clock, or somebody told beside the clocks.

    ``stage`` is how it stands (ahead, due, done, not_needed, reached, not_reached), ``purpose`` why somebody
    was told where no clock asked for it; ``late_seconds`` from due to done, or to when the workbook was made.
    """

    incident: str
    title: Bilingual = Bilingual()
    purpose: str = ""
    started_at: datetime | None = None
    due_at: datetime | None = None
    stage: str = ""
    late_seconds: int = 0
    role: str = ""
    told: str = ""
    channel: str = ""
    told_at: datetime | None = None
    told_by: str = ""
    note: str = ""


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
    clocks: tuple[ClockLine, ...] = ()
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
    Column("incident_no", 18),
    Column("clock", 34),
    Column("clock_stage", 12),
    Column("late", 10),
    Column("started_at", 19, Holds.MOMENT),
    Column("due_at", 19, Holds.MOMENT),
    Column("told", 24),
    Column("channel", 12),
    Column("told_at", 19, Holds.MOMENT),
    Column("told_by", 14),
    Column("note", 40),
)
_CHANNELS = frozenset(one.value for one in ContactChannel)
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
    _clocks(book, parts.clocks)
    _audit(book, parts.audit)
    return promises


def _clocks(book: Book, lines: Iterable[ClockLine]) -> None:
    words = book.words
    table = Table(book, "clocks", CLOCK_COLUMNS, frozen=2)
    for line in lines:
        title = line.title.told(words.language)
        table.row(
            line.incident,
            title or words.say(f"workbook.told_for.{line.purpose or 'contact'}"),
            words.say(f"workbook.clock_stage.{line.stage}"),
            _late(line.late_seconds),
            line.started_at,
            line.due_at,
            line.told,
            _channel(words, line.channel),
            line.told_at,
            line.told_by,
            line.note,
        )
    table.close()


def _channel(words: Words, code: str) -> str:
    return words.say(f"option.contact_channel.{code}") if code in _CHANNELS else code


def _late(seconds: int) -> str:
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes}:{seconds:02d}" if minutes or seconds else ""


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
