"""Rows of a hand table that stayed behind, as a sheet to put right: the file's own columns, and why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.exchange.hand_table import HandRow
from desktop_app.exchange.hand_template import NARROW, WIDTHS
from desktop_app.exchange.handover import handed_over
from desktop_app.exchange.preview import Look
from desktop_app.exchange.worksheets.styles import Styles
from desktop_app.exchange.worksheets.texts import CELL_UNITS, cell_text, fits
from desktop_app.words import Words

_WIDE = 44.0


def write_bad_rows(path: Path, seen: Look, rows: Sequence[tuple[HandRow, str]], words: Words) -> None:
    """Write rows, each with what is wrong with it in front; raises KnownError ``writing.*``.

    Our reader leaves the first column out, so that the sheet can be taken in as it is once it is right.
    """
    book = Workbook(write_only=True)
    sheet = cast(Worksheet, book.create_sheet(words.say("table.sheet.rows")))
    styles = Styles(sheet, words.language)
    sheet.freeze_panes = "B2"
    sheet.column_dimensions["A"].width = _WIDE
    for place, column in enumerate(seen.columns, 2):
        dimension = sheet.column_dimensions[get_column_letter(place)]
        dimension.width, dimension.number_format = WIDTHS.get(column.field, NARROW), "@"
    heads = [words.say("table.reasons"), *(column.name for column in seen.columns)]
    sheet.append([_cell(sheet, styles, head, "header") for head in heads])
    for row, why in rows:
        cells = [_cell(sheet, styles, text, "text") for text in row.cells]
        sheet.append([_cell(sheet, styles, why, "warning"), *cells])
    with handed_over(path) as temporary:
        book.save(temporary)


def _cell(sheet: Worksheet, styles: Styles, text: str, style: str) -> Cell:
    shown = cell_text(text)
    if not fits(shown):
        # It came out of a CSV, where it still stands whole.
        shown = f"{shown[: CELL_UNITS // 2 - 1]}…"
    cell = Cell(sheet, 1, 1, shown or None)
    if text:
        cell.data_type = "s"
    styles.apply(cell, style)
    return cell
