"""The front sheet: does everything add up (DESIGN §2.3), what is left to do, what to be careful with.

Each equation stands as live formulas that count the other sheets, beside them the numbers found when the
workbook was written (programs that do not calculate read those) and a check that both agree.
"""

from __future__ import annotations

from openpyxl.utils import get_column_letter

from desktop_app.domain.reconciliation import Reconciliation
from desktop_app.exchange.worksheets.about import About, window_text
from desktop_app.exchange.worksheets.book import Book
from desktop_app.exchange.worksheets.calls import OtherSheets
from desktop_app.exchange.worksheets.chart import bar_chart
from desktop_app.exchange.worksheets.equations import Equation, equations
from desktop_app.exchange.worksheets.grid import Grid
from desktop_app.exchange.worksheets.journal import JournalParts
from desktop_app.exchange.worksheets.lists import Lists
from desktop_app.exchange.worksheets.table import Table
from desktop_app.exchange.worksheets.telling import cautions, nothing_inside

_BLOCK = (25.0, 13.0, 14.0, 14.0)
"""Widths of label, live count, number when written, check."""
_GAP = 3.0
_PLACES = {
    "numbers": 0,
    "records": 0,
    "calls": 1,
    "answered": 1,
    "crm": 1,
    "promises": 2,
    "lists": 2,
    "amounts": 2,
}
"""The band of each equation: three stand side by side on a landscape page."""
_BANDS = 3
_OPEN = ("to_backfill", "differs", "duplicate", "ambiguous", "not_recorded", "crm_only")


def write_summary(
    book: Book,
    found: Reconciliation,
    about: About,
    records: Table,
    lists: Lists,
    others: OtherSheets,
    promises: Table,
    journal: JournalParts | None,
) -> None:
    """Write the front sheet; the sheets it counts must be written."""
    sheet = book.front
    step = len(_BLOCK) + 1
    widths = [*_BLOCK, _GAP] * _BANDS
    for index, width in enumerate(widths[:-1], 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.sheet_view.showGridLines = False
    book.print_setup(sheet, pages_high=1)
    grid = Grid(book, widths)
    shown = tuple(equations(book, found, records, lists, others, promises, journal))
    top = _heading(grid, book, found, about, [one.title for one in shown if not one.checkable])
    rows = [top] * _BANDS
    for place_in_order, equation in enumerate(shown, 1):
        band = _PLACES[equation.name]
        block = _Block(grid, book, rows[band], 1 + band * step)
        block.write(equation, place_in_order)
        rows[band] = block.row + 1
        if equation.name == "records":
            bars = (block.first + 1, block.last)
    grid.mark_bad_checks(range(len(_BLOCK), len(widths), step))
    place = f"{get_column_letter(1 + 2 * step)}{rows[2] + 1}"
    sheet.add_chart(bar_chart(sheet, book.words.say("workbook.chart"), bars), place)
    grid.flush()


def _heading(grid: Grid, book: Book, found: Reconciliation, about: About, unchecked: list[str]) -> int:
    """Write title and headline; nothing is said to add up that was not checked."""
    say, width = book.words.say, len(_BLOCK) * _BANDS + _BANDS - 1
    made_at = about.made_at.astimezone(book.zone).strftime("%Y-%m-%d %H:%M")
    grid.text(1, 1, say("workbook.title"), "title", across=width, points=32)
    told = say("workbook.subtitle", made_at=made_at, zone=about.zone, version=about.version)
    grid.text(2, 1, told, "subtitle", across=width)
    grid.text(3, 1, say("workbook.judged", window=window_text(book, found.window)), "subtitle", across=width)
    counts = found.totals()
    left = [f"{say(f'status.{status}')} {counts[status]}" for status in _OPEN if counts[status]]
    sides = (say(f"workbook.side.{side}") for side, _ in nothing_inside(found))
    unchecked += [say("workbook.none_inside", side=side) for side in sides]
    code, items = ("left", left) if left else ("nothing_left_checked", unchecked)
    headline = say(f"workbook.{code}", items=say("workbook.comma").join(items))
    grid.text(4, 1, headline if items else say("workbook.nothing_left"), "section", across=width, points=28)
    row = 5
    for sentence in cautions(book.words, found):
        grid.text(row, 1, f"⚠ {sentence}", "warning", across=width)
        row += 1
    return row + 1


class _Block:
    """Writes one equation; ``first`` and ``last`` are the rows of its terms."""

    def __init__(self, grid: Grid, book: Book, row: int, column: int) -> None:
        self._grid, self._say, self.row, self._column = grid, book.words.say, row, column
        self.first = self.last = 0

    def write(self, equation: Equation, order: int) -> None:
        self._across(f"{order}  {equation.title}", "section")
        self._across(equation.words, "note")
        if not equation.checkable:
            self._across(f"— {self._say('workbook.not_checkable')}: {equation.why}", "warning")
            return
        for offset, code in enumerate(("item", "live", "value", "check")):
            style = "header" if offset == 0 else "header_right" if offset < 3 else "header_centre"
            self._grid.text(self.row, self._column + offset, self._say(f"workbook.column.{code}"), style)
        self.row += 1
        self.first = self.row
        for term in equation.terms:
            formula = f"={term.formula.format(label=self._at(0))}"
            self._line(term.label, formula, term.value, money=term.money)
        self.last = self.row - 1
        if equation.sums:
            live = f"=SUM({self._at(1, self.first + 1)}:{self._at(1, self.last)})"
            total = sum(term.value for term in equation.terms[1:])
            self._line(self._say("workbook.sum"), live, total, whole=equation.terms[0].value)
        for name in equation.named:
            self._across(name, "warning")

    def _line(
        self, label: str, formula: str, value: float, *, whole: float | None = None, money: bool = False
    ) -> None:
        """Write a term, or the sum line where ``whole`` is what the terms must come to."""
        row, column, grid = self.row, self._column, self._grid
        styles = ("label", "count", "check") if whole is None else ("total_text", "total", "total_check")
        if money:
            styles = ("label", "money", "check")
        grid.text(row, column, label, styles[0])
        grid.formula(row, column + 1, formula, styles[1], value)
        grid.number(row, column + 2, value, styles[1])
        other = self._at(2) if whole is None else self._at(1, self.first)
        good, bad = self._say("workbook.check_good"), self._say("workbook.check_bad")
        agrees = whole is None or value == whole
        same = f"ROUND({self._at(1)}-{other},2)=0" if money else f"{self._at(1)}={other}"
        check = f'=IF({same},"{good}","{bad}")'
        grid.formula(row, column + 3, check, styles[2], good if agrees else bad)
        self.row += 1

    def _across(self, text: str, style: str, *, points: float = 0) -> None:
        self._grid.text(self.row, self._column, text, style, across=len(_BLOCK), points=points)
        self.row += 1

    def _at(self, offset: int, row: int = 0) -> str:
        return f"{get_column_letter(self._column + offset)}{row or self.row}"
