"""What a reconciliation was made of, for the sheet that says so and for the printed summary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.domain.reconciliation import Reason, Reconciliation, Window
from desktop_app.exchange.worksheets.book import Book
from desktop_app.exchange.worksheets.texts import lines_high
from desktop_app.exchange.worksheets.wording import reason_sentence
from desktop_app.words import Words


class Side(StrEnum):
    """Which side of the comparison a file belongs to."""

    RECORDS = "records"
    CRM = "crm"
    CALLS = "calls"
    QUEUE_LOG = "queue_log"


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file that was read: its bytes' SHA-256 in hex and how many rows were taken from it."""

    side: Side
    name: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class ProfileUsed:
    """The profile a side was read with, whether the headers chose it, and whether it ran against a system.

    A profile that was not ``proven`` is made from documentation and untried.
    """

    side: Side
    name: str
    guessed: bool
    proven: bool = True


@dataclass(frozen=True, slots=True)
class About:
    """Where a reconciliation comes from. ``zone`` is the site's, in which the workbook tells times.

    ``notes`` are what was not understood while reading, each with its side.
    """

    version: str
    made_at: datetime
    zone: str
    files: tuple[FileRead, ...] = ()
    profiles: tuple[ProfileUsed, ...] = ()
    notes: tuple[tuple[Side, Reason], ...] = ()
    store: str = ""


_WIDTHS = (22, 60, 26, 70)


def write_about(book: Book, about: About, found: Reconciliation) -> None:
    """Write the sheet that says what was compared with what, and how."""
    words = book.words
    sheet = book.sheet("about")
    for letter, width in zip("ABCD", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    book.print_setup(sheet)
    sheet.sheet_view.showGridLines = False
    lines = _Lines(book, sheet)
    lines.section("run")
    lines.pair("program", words.say("workbook.about.version", version=about.version))
    lines.pair("made_at", about.made_at)
    lines.pair("zone", about.zone)
    if about.store:
        lines.pair("store", about.store)
    lines.pair("window", window_text(book, found.window))
    lines.pair("offsets", "\n".join(offsets(words, found)) or words.say("workbook.none"))
    lines.pair(
        "thresholds", words.say("workbook.about.bits", upper=f"{found.upper:.1f}", lower=f"{found.lower:.1f}")
    )
    lines.section("profiles")
    for profile in about.profiles:
        lines.add(
            (words.say(f"workbook.side.{profile.side}"), "name"),
            (profile.name, "text"),
            (words.say(f"workbook.about.{'guessed' if profile.guessed else 'given'}"), "text"),
            (words.say(f"workbook.about.{'proven' if profile.proven else 'untried'}"), "text"),
        )
    lines.section("files")
    lines.add(*((book.heading(code), "header") for code in ("side", "file", "rows", "sha256")))
    for file in about.files:
        lines.add(
            (words.say(f"workbook.side.{file.side}"), "name"),
            (file.name, "text"),
            (file.rows, "number"),
            (file.sha256, "text"),
        )
    lines.section("notes")
    for side, note in about.notes:
        sentence = reason_sentence(words, note, section="note")
        lines.wide(words.say(f"workbook.side.{side}"), sentence)
    if not about.notes:
        lines.add((words.say("workbook.none"), "note"))


def window_text(book: Book, window: Window) -> str:
    """Return the window in words, its moments in the site's zone."""
    start, end = (
        at.astimezone(book.zone).strftime("%Y-%m-%d %H:%M:%S") if at else None
        for at in (window.start, window.end)
    )
    if start is None and end is None:
        return book.words.say("workbook.about.all_rows")
    return f"{start or '…'} — {end or '…'}"


def offsets(words: Words, found: Reconciliation) -> list[str]:
    """Return the whole-hour offsets that were applied, one sentence each."""
    return [
        words.say("workbook.about.offset", side=words.say(f"workbook.side.{side}"), hours=f"{hours:+d}")
        for side, hours in (("crm", found.crm_offset_hours), ("calls", found.calls_offset_hours))
        if hours
    ]


class _Lines:
    """Writes the rows of this sheet one below the other."""

    def __init__(self, book: Book, sheet: Worksheet) -> None:
        self._book, self._sheet, self._row = book, sheet, 0

    def add(self, *cells: tuple[str | int | datetime, str], lines: int = 0) -> None:
        """Write a row; ``lines`` is its height where its cells do not tell."""
        row, high = [], 1
        for (value, style), width in zip(cells, _WIDTHS[: len(cells)], strict=True):
            if isinstance(value, datetime):
                row.append(self._book.moment(self._sheet, value.astimezone(UTC)))
            elif isinstance(value, int):
                row.append(self._book.number(self._sheet, value, style))
            else:
                row.append(self._book.text(self._sheet, value, style, place=(self._row + 1, "notes")))
                high = max(high, lines_high(value, width))
        self._row += 1
        self._sheet.row_dimensions[self._row].height = (lines or high) * self._book.line_points + 2
        self._sheet.append(row)

    def pair(self, code: str, value: str | datetime) -> None:
        label = self._book.words.say(f"workbook.about.{code}")
        if isinstance(value, str):
            self.wide(label, value)
        else:
            self.add((label, "name"), (value, "moment"), ("", "text"), ("", "text"))

    def wide(self, label: str, text: str) -> None:
        """Write a text across the other columns."""
        self._sheet.merged_cells.add(f"B{self._row + 1}:D{self._row + 1}")
        lines = max(lines_high(text, sum(_WIDTHS[1:])), lines_high(label, _WIDTHS[0]))
        self.add((label, "name"), (text, "text"), ("", "text"), ("", "text"), lines=lines)

    def section(self, code: str) -> None:
        if self._row:
            self.add()
        self.add((self._book.words.say(f"workbook.about.{code}"), "section"))
