"""One sheet that is a list: header, rows, filter, frozen panes, print set-up and a decision drop-down.

The header is row 1 and nothing stands above it, so that the sheet can be sorted, filtered and read back.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from desktop_app.exchange.worksheets.book import Book
from desktop_app.exchange.worksheets.finishing import close_without_warnings
from desktop_app.exchange.worksheets.texts import lines_high

MAX_POINTS = 400.0
"""Excel allows rows of at most 409 points."""


_PAGE_CHARACTERS = 220
"""More characters across a landscape page cannot be read."""


class Holds(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    MOMENT = "moment"
    NUMBER = "number"
    SCORE = "score"
    MONEY = "money"
    STATUS = "status"
    DECISION = "decision"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the code of its heading, its width in characters and what its cells hold.

    A ``KEY`` is hidden: it finds the row's subject again when decisions are imported back.
    """

    code: str
    width: float
    holds: Holds = Holds.TEXT


def _pages_wide(widths: Sequence[float], frozen: int) -> int:
    """Return how many pages a readable print takes side by side, the frozen columns on each."""
    repeated = sum(widths[:frozen])
    return max(1, math.ceil((sum(widths) - repeated) / (_PAGE_CHARACTERS - repeated)))


Value = str | int | float | datetime | None


class Table:
    """A list sheet being written; rows go straight to the file."""

    def __init__(
        self,
        book: Book,
        code: str,
        columns: Sequence[Column],
        *,
        decisions: Sequence[str] = (),
        frozen: int = 1,
    ) -> None:
        self._book, self._code, self._columns = book, code, tuple(columns)
        self._decisions = tuple(book.words.say(f"workbook.decision.{decision}") for decision in decisions)
        self._sheet = book.sheet(code)
        self.rows = 0
        sheet = self._sheet
        sheet.freeze_panes = f"{get_column_letter(frozen + 1)}2"
        for index, column in enumerate(self._columns, 1):
            dimension = sheet.column_dimensions[get_column_letter(index)]
            dimension.width = column.width
            dimension.hidden = column.holds is Holds.KEY
        sheet.sheet_format.defaultRowHeight = book.line_points + 2
        sheet.sheet_format.customHeight = True
        sheet.row_dimensions[1].height = 2 * book.line_points + 4
        pages_wide = _pages_wide(
            [column.width for column in columns if column.holds is not Holds.KEY], frozen
        )
        book.print_setup(sheet, pages_wide=pages_wide)
        sheet.print_title_rows = "1:1"
        if pages_wide > 1:
            sheet.print_title_cols = f"A:{get_column_letter(frozen)}"
        sheet.append([self._text(book.heading(column.code), "header") for column in self._columns])

    def row(self, *values: Value) -> None:
        """Write one row; its height follows the text that needs most lines."""
        if len(values) != len(self._columns):
            raise ValueError(f"{self._code}: {len(values)} values for {len(self._columns)} columns")
        cells, lines = [], 1
        for column, value in zip(self._columns, values, strict=True):
            cell = self._cell(column, value)
            if cell.data_type == "s" and column.holds is not Holds.KEY:
                lines = max(lines, lines_high(str(cell.value), column.width))
            cells.append(cell)
        self.rows += 1
        if lines > 1:
            points = min(MAX_POINTS, lines * self._book.line_points + 2)
            self._sheet.row_dimensions[self.rows + 1].height = points
        self._sheet.append(cells)

    def close(self) -> None:
        """Set what depends on the number of rows, filter and drop-down, and close the sheet."""
        last = max(2, self.rows + 1)
        shown = [index for index, column in enumerate(self._columns, 1) if column.holds is not Holds.KEY]
        self._sheet.auto_filter.ref = f"A1:{get_column_letter(shown[-1])}{last}"
        if self._decisions:
            self._offer_decisions(last)
        close_without_warnings(self._sheet, f"A2:{get_column_letter(len(self._columns))}{last}")

    def area(self, code: str) -> str:
        """Return the range of a column's cells below the heading, for formulas on other sheets."""
        letter = get_column_letter(self._index(code))
        return f"'{self._sheet.title}'!${letter}$2:${letter}${max(2, self.rows + 1)}"

    def _offer_decisions(self, last: int) -> None:
        choices = DataValidation(
            type="list",
            formula1='"' + ",".join(self._decisions) + '"',
            allow_blank=True,
            showErrorMessage=True,
        )
        choices.error = self._book.words.say("workbook.choose", choices=" / ".join(self._decisions))
        letter = get_column_letter(self._index("decision"))
        choices.add(f"{letter}2:{letter}{last}")
        self._sheet.data_validations.append(choices)

    def _index(self, code: str) -> int:
        return next(index for index, column in enumerate(self._columns, 1) if column.code == code)

    def _cell(self, column: Column, value: Value) -> Cell:
        if isinstance(value, datetime):
            return self._book.moment(self._sheet, value)
        if isinstance(value, int | float):
            return self._book.number(self._sheet, value, column.holds.value)
        text = value or ""
        if column.holds is Holds.STATUS and text:
            return self._text(self._book.words.say(f"status.{text}"), f"status.{text}")
        if column.holds is Holds.DECISION:
            return self._text(text, "pointer" if text else "decision")
        return self._text(text, "text", heading=column.code)

    def _text(self, text: str, style: str, *, heading: str = "") -> Cell:
        return self._book.text(self._sheet, text, style, place=(self.rows + 2, heading) if heading else None)
