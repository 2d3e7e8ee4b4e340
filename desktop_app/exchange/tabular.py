"""Tables out of foreign files: columns with names, rows of text, and where each row lies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from desktop_app.domain.errors import KnownError
from desktop_app.domain.reconciliation import Source
from desktop_app.exchange.headers import Headed, Known, headed
from desktop_app.exchange.notes import Note
from desktop_app.exchange.own_template import LongTexts, is_own, long_texts
from desktop_app.exchange.parsing import Parsed, parse
from desktop_app.exchange.watched_child import Check, go_on

_LOST = re.compile(r"\?\?|\?(?=[\u3400-\u9fff])")


@dataclass(frozen=True, slots=True)
class Row:
    """One row, as many cells as the table has columns."""

    source: Source
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A file's table. ``notes`` say what was skipped, repaired or left unread; ``own``: our template's."""

    file: str
    sha256: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = ()
    encoding: str = ""
    own: bool = False


def read_table(
    path: Path,
    known: Known | None = None,
    encoding: str | None = None,
    label: str = "",
    check: Check = go_on,
) -> Table:
    """Read a CSV, JSONL, xlsx, xls, xlsb or ods file through the parsing child.

    ``known`` tells which headers are known, to find the header row and the right sheet. Raises KnownError
    ``reading.*`` for a file that cannot be read.
    """
    return table_of(parse(path, encoding, label, check), known or (lambda header: False))


def table_of(parsed: Parsed, known: Known) -> Table:
    """Return the table of a parsed file: its most telling sheet and all others with the same columns."""
    sheets = [headed(sheet, known) for sheet in parsed.sheets if sheet.rows]
    if not sheets:
        raise KnownError("reading.empty", file=parsed.file)
    chosen = max(sheets, key=lambda sheet: (sheet.known, bool(sheet.rows), len(sheet.columns) > 1))
    _refuse_lost_header(parsed, chosen)
    notes = [*parsed.notes, *chosen.notes]
    own = is_own(chosen.columns)
    rows: list[Row] = []
    for sheet in sheets:
        if sheet is chosen or sheet.columns == chosen.columns:
            rows.extend(_rows(parsed, sheet, len(chosen.columns), plain=sheet is chosen))
        else:
            notes.append(Note("sheet_not_read", {"sheet": sheet.name}))
    whole = next(filter(None, map(long_texts, parsed.sheets)), None) if own else None
    if whole is not None:
        notes = [note for note in notes if note != Note("sheet_not_read", {"sheet": whole.sheet})]
        rows = [_with_long_texts(row, chosen.columns, whole) for row in rows]
    lost = sum(any(map(_lost_cell, row.cells)) for row in rows)
    if lost:
        notes.append(Note("question_marks", {"count": str(lost)}))
    return Table(parsed.file, parsed.sha256, chosen.columns, tuple(rows), tuple(notes), parsed.encoding, own)


def _rows(parsed: Parsed, sheet: Headed, width: int, *, plain: bool) -> list[Row]:
    file = parsed.file if plain else f"{parsed.file}[{sheet.name}]"
    return [
        Row(Source(file, number), tuple(cells) + ("",) * (width - len(cells))) for number, cells in sheet.rows
    ]


def _with_long_texts(row: Row, columns: tuple[str, ...], whole: LongTexts) -> Row:
    cells = zip(columns, row.cells, strict=True)
    return Row(row.source, tuple(whole.whole(column, cell) for column, cell in cells))


def _refuse_lost_header(parsed: Parsed, sheet: Headed) -> None:
    """Characters that became question marks are gone; a header made of them names nothing."""
    lost = [name for name in sheet.columns if _LOST.search(name)]
    if lost:
        raise KnownError("reading.lost_characters", file=parsed.file, header=lost[0])


def _lost_cell(text: str) -> bool:
    """Whether a cell holds question marks and no letters but ASCII: what a narrow encoding leaves."""
    return text.count("?") >= 2 and text.isascii() and not any(letter.isalpha() for letter in text)
