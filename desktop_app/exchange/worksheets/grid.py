"""Cells placed freely on a small sheet and written row by row in the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter

from desktop_app.exchange.worksheets.book import Book
from desktop_app.exchange.worksheets.finishing import close_with_results
from desktop_app.exchange.worksheets.texts import lines_high


class Grid:
    """The front sheet while it is composed. Rows and columns count from 1."""

    def __init__(self, book: Book, widths: Sequence[float]) -> None:
        self._book, self._sheet, self._widths = book, book.front, widths
        self._cells: dict[tuple[int, int], Cell] = {}
        self._points: dict[int, float] = {}
        self._results: dict[str, float | str] = {}

    def text(
        self, row: int, column: int, text: str, style: str, *, across: int = 1, points: float = 0
    ) -> None:
        """Place a text, merged over ``across`` columns; the row grows to show all its lines."""
        last = column + across - 1
        for place in range(column, last + 1):
            self._cells[row, place] = self._book.text(self._sheet, text if place == column else "", style)
        if across > 1:
            self._sheet.merged_cells.add(f"{get_column_letter(column)}{row}:{get_column_letter(last)}{row}")
        lines = lines_high(text, sum(self._widths[column - 1 : last]))
        self._grow(row, points or lines * self._book.line_points + 2)

    def number(self, row: int, column: int, value: float, style: str) -> None:
        """Place a number."""
        self._cells[row, column] = self._book.number(self._sheet, value, style)

    def formula(self, row: int, column: int, formula: str, style: str, result: float | str) -> None:
        """Place one of our own formulas and what it comes to."""
        self._cells[row, column] = self._book.formula(self._sheet, formula, style)
        self._results[f"{get_column_letter(column)}{row}"] = result

    def mark_bad_checks(self, columns: Iterable[int]) -> None:
        """Show failed checks of these columns bold and red; their words say it too."""
        bad = self._book.words.say("workbook.check_bad")
        last = max(row for row, _ in self._cells)
        for column in columns:
            letter = get_column_letter(column)
            red = DifferentialStyle(font=Font(bold=True, color="B3261E"))
            rule = Rule(type="expression", formula=[f'{letter}1="{bad}"'], dxf=red)
            self._sheet.conditional_formatting.add(f"{letter}1:{letter}{last}", rule)

    def flush(self) -> None:
        """Write everything that was placed and close the sheet."""
        last = max(row for row, _ in self._cells)
        for row in range(1, last + 1):
            self._sheet.row_dimensions[row].height = max(19.0, self._points.get(row, 0))
            columns = [column for at, column in self._cells if at == row]
            self._sheet.append(
                [self._cells.get((row, column)) for column in range(1, max(columns, default=0) + 1)]
            )
        close_with_results(self._sheet, self._results)

    def _grow(self, row: int, points: float) -> None:
        self._points[row] = max(points, self._points.get(row, 0))
