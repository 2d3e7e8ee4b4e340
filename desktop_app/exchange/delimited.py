"""CSV and its relatives: which delimiter, which rows, and what is wrong with them."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from desktop_app.domain.errors import KnownError
from desktop_app.exchange.notes import Note
from desktop_app.exchange.sheets import LONGEST_CELL

DELIMITERS = ",;\t|"
_SEP_LINE = re.compile(r"\s*\"?sep=(.)\"?\s*(?:\r\n|\r|\n|$)", re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_LONGEST_LINE = 2_000_000
_SAMPLE_TEXT = 200_000
_SAMPLE_ROWS = 60


def read_delimited(text: str, notes: list[Note]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a delimited text with their 1-based number as a spreadsheet would count them.

    Raises KnownError ``reading.unterminated`` where a quotation mark swallows rows; the last line of a log
    that was cut while it was written only gets a note.
    """
    separator = _SEP_LINE.match(text)
    if separator:
        text = text[separator.end() :]
        delimiter = separator[1]
    else:
        delimiter = sniff(text)
    csv.field_size_limit(LONGEST_CELL + 1)
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter)
    number, begun = 0, 1
    try:
        for row in reader:
            number += 1
            if lines.ended:
                if lines.count > begun:
                    raise KnownError("reading.unterminated", line=begun + (1 if separator else 0))
                notes.append(Note("cut_row", {"row": str(number)}))
            begun = lines.count + 1
            yield number, row
    except csv.Error:
        raise KnownError("reading.row_too_long", row=number + 1) from None


class _Lines:
    """The lines of a text with their ends; knows whether the reader asked for one more than there are."""

    def __init__(self, text: str) -> None:
        # Not io.StringIO: it keeps four bytes for every character.
        self._lines = _LINE.finditer(text)
        self.count = 0
        self.ended = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        try:
            line = next(self._lines)[0]
        except StopIteration:
            self.ended = True
            raise
        self.count += 1
        if len(line) > _LONGEST_LINE:
            raise csv.Error
        return line


def sniff(text: str) -> str:
    """Return the delimiter that cuts most rows into the same number of cells, the header's number first."""
    best, best_score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        widths = _widths(text[:_SAMPLE_TEXT], delimiter)
        if not widths:
            continue
        width, rows = Counter(widths).most_common(1)[0]
        if width < 2:
            width, rows = widths[0], sum(count > 1 for count in widths)
        if width < 2 or widths[0] < 2:
            continue
        agreement = rows / len(widths) + (0.5 if widths[0] == width else 0.0)
        if (round(agreement, 1), width) > best_score:
            best, best_score = delimiter, (round(agreement, 1), width)
    return best


def _widths(sample: str, delimiter: str) -> list[int]:
    widths: list[int] = []
    csv.field_size_limit(_SAMPLE_TEXT + 1)
    for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
        if row:
            widths.append(len(row))
        if len(widths) >= _SAMPLE_ROWS:
            break
    return widths
