"""A sheet as it lies in a file: rows of text, before anything is known about headers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop_app.exchange.limits import Limits

MOST_COLUMNS = 1_000
LONGEST_CELL = 200_000
MOST_SHEETS = 50


@dataclass(frozen=True, slots=True)
class Span:
    """A merged range: 0-based first and last row and column, both included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """Rows with their 1-based number in the file; empty rows are left out.

    ``expected`` is about how many there are, before they are read; 0 where nobody knows.
    """

    name: str
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    merged: list[Span] = field(default_factory=list)
    expected: int = 0


class Budget:
    """Counts what a file hands over and stops it at its limits."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._rows = 0
        self._cells = 0
        self._text = 0

    def take(self, rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
        """Pass on rows that hold anything, without trailing empty cells; OverBudget beyond a limit."""
        for number, row in rows:
            while row and not row[-1]:
                row.pop()
            if not row:
                continue
            size = sum(map(len, row))
            self._rows += 1
            self._cells += len(row)
            self._text += size
            if len(row) > MOST_COLUMNS or (size > LONGEST_CELL and max(map(len, row)) > LONGEST_CELL):
                raise OverBudget("reading.row_too_long", str(number))
            most = self._limits
            if self._rows > most.rows or self._cells > most.cells or self._text > most.text:
                raise OverBudget("reading.too_big", str(number))
            yield number, row


class OverBudget(Exception):
    """A file holds more than is read; ``row`` is where it went over."""

    def __init__(self, code: str, row: str) -> None:
        super().__init__(code)
        self.code = code
        self.row = row
