"""The records' workbook: one sheet to print, sort, fill in and read back, and whole texts on a second one."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.domain.fields import TEMPLATE_COLUMNS
from desktop_app.exchange.own_template import long_text_header, shortened
from desktop_app.exchange.worksheets.styles import LINE_POINTS, Styles
from desktop_app.exchange.worksheets.texts import cell_text, fits, lines_high, parts
from desktop_app.words import Words

A4 = 9
"""Excel's code of the paper size."""
LAST_ROW = 1_048_576
MAX_POINTS = 400.0
"""Excel allows rows of at most 409 points."""

WIDTHS = {"summary": 28.0, "detail": 48.0, "address": 28.0, "received_at": 26.0, "ended_at": 26.0}
WIDTHS |= {"callback_due": 26.0, "phone": 18.0, "callback_phone": 18.0, "number": 14.0}
"""Widths in characters; every other column has ``NARROW``."""
NARROW = 12.0


def write_record_sheet(
    path: Path, header: list[str], table: list[list[str]], choices: dict[str, list[str]], words: Words
) -> None:
    """Write the workbook. Every cell is text, so that no caller's words are ever run as a formula.

    ``choices`` are the values offered in a drop-down, by column. A text too long for a cell is marked there
    and stands whole on the second sheet.
    """
    book = Workbook(write_only=True)
    sheet = cast(Worksheet, book.create_sheet(words.say("workbook.sheet.records")))
    pen = _Pen(sheet, words)
    _set_up(sheet, len(table))
    _offer(sheet, choices)
    pen.row(sheet, header, "header")
    for row in table:
        pen.row(sheet, row, "text")
    if pen.long_texts:
        _write_long_texts(book, pen, header, words)
    book.save(path)


class _Pen:
    """Writes rows of text, and keeps what is too long for a cell."""

    def __init__(self, sheet: Worksheet, words: Words) -> None:
        self._styles = Styles(sheet, words.language)
        self._line_points = LINE_POINTS[words.language]
        self._words = words
        self.long_texts: list[tuple[int, int, str]] = []
        """Row, column index and whole text of each marked cell."""
        self._rows = 0

    def row(self, sheet: Worksheet, texts: list[str], style: str) -> None:
        """Write one row of the records, high enough for its wrapped texts."""
        self._rows += 1
        cells, lines = [], 1
        for index, text in enumerate(texts):
            shown = self._fitting(text, index) if text else ""
            lines = max(lines, lines_high(shown, _width(TEMPLATE_COLUMNS[index])) if shown else 1)
            cells.append(self.cell(sheet, shown, style))
        if lines > 1:
            points = min(MAX_POINTS, lines * self._line_points + 2)
            sheet.row_dimensions[self._rows].height = points
        sheet.append(cells)

    def cell(self, sheet: Worksheet, text: str, style: str) -> Cell:
        """Return a cell of text, whatever the text looks like."""
        cell = Cell(sheet, 1, 1, text or None)
        if text:
            # openpyxl takes "=1+1" for a formula and "#N/A" for an error (safety §5, formula injection).
            cell.data_type = "s"
        self._styles.apply(cell, style)
        return cell

    def _fitting(self, text: str, index: int) -> str:
        safe = cell_text(text)
        if fits(safe):
            return safe
        self.long_texts.append((self._rows, index, text))
        return cell_text(shortened(text, self._rows, self._words))


def _set_up(sheet: Worksheet, rows: int) -> None:
    for index, column in enumerate(TEMPLATE_COLUMNS, 1):
        dimension = sheet.column_dimensions[get_column_letter(index)]
        dimension.width = _width(column)
        # What is typed into an empty template keeps its leading zeros and its way of writing a date.
        dimension.number_format = "@"
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(TEMPLATE_COLUMNS))}{max(2, rows + 1)}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _offer(sheet: Worksheet, choices: dict[str, list[str]]) -> None:
    for column, values in choices.items():
        letter = get_column_letter(TEMPLATE_COLUMNS.index(column) + 1)
        offered = DataValidation(type="list", formula1=f'"{",".join(values)}"', allow_blank=True)
        offered.add(f"{letter}2:{letter}{LAST_ROW}")
        sheet.data_validations.append(offered)


def _write_long_texts(book: Workbook, pen: _Pen, header: list[str], words: Words) -> None:
    sheet = cast(Worksheet, book.create_sheet(words.say("workbook.sheet.long_texts")))
    sheet.column_dimensions["D"].width = 120.0
    sheet.freeze_panes = "A2"
    sheet.append([pen.cell(sheet, head, "header") for head in long_text_header(words)])
    for row, index, text in pen.long_texts:
        for number, part in enumerate(parts(text), 1):
            cells = (str(row), header[index], str(number), cell_text(part))
            sheet.append([pen.cell(sheet, cell, "text") for cell in cells])


def _width(column: str) -> float:
    return WIDTHS.get(column, NARROW)
