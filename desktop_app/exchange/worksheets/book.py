"""The workbook being written: its sheets, its cells, and the texts too long for one cell."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.exchange.worksheets.styles import LINE_POINTS, Styles
from desktop_app.exchange.worksheets.texts import CHUNK, cell_text, fits
from desktop_app.words import Words

A4 = 9
"""Excel's code of the paper size."""


class Book:
    """Makes sheets and cells in one language and one zone; no text ever becomes a formula."""

    def __init__(self, words: Words, zone: tzinfo, printed: str) -> None:
        self.words = words
        self.zone = zone
        self.line_points = LINE_POINTS[words.language]
        self.long_texts: list[tuple[str, int, str, str]] = []
        """Sheet, row, heading and whole text of every text that is marked in its cell."""
        self.workbook = Workbook(write_only=True)
        self.workbook.calculation.fullCalcOnLoad = True
        self._printed = printed
        self.front = self.sheet("summary")
        """The first sheet; it counts the others and is therefore written last."""
        self._styles = Styles(self.front, words.language)

    def sheet(self, code: str) -> Worksheet:
        """Return a new sheet, after the others."""
        # A write-only sheet has the attributes of a worksheet, and types that do not say so.
        return cast(Worksheet, self.workbook.create_sheet(self.words.say(f"workbook.sheet.{code}")))

    def heading(self, code: str) -> str:
        """Return the heading of a column or a field: the workbook's own word, else the field's."""
        own = f"workbook.column.{code}"
        if self.words.has(own):
            return self.words.say(own)
        return self.words.say(f"field.{code}") if self.words.has(f"field.{code}") else code

    def print_setup(self, sheet: Worksheet, *, pages_wide: int = 1, pages_high: int = 0) -> None:
        """Set A4 landscape, so many pages wide and as many high as needed (0), numbered."""
        sheet.page_setup.paperSize = A4
        sheet.page_setup.orientation = "landscape"
        # Pages of the same rows come out one after the other.
        sheet.page_setup.pageOrder = "overThenDown"
        sheet.page_setup.fitToWidth = pages_wide
        sheet.page_setup.fitToHeight = pages_high
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        margins = sheet.page_margins
        margins.left = margins.right = 0.4
        margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.6, 0.25, 0.3
        sheet.HeaderFooter.oddFooter = HeaderFooterItem(
            left=_HeaderFooterPart("&A"),
            center=_HeaderFooterPart(self.words.say("workbook.page")),
            right=_HeaderFooterPart(self._printed.replace("&", "&&")),
        )

    def text(self, sheet: Worksheet, text: str, style: str, *, place: tuple[int, str] | None = None) -> Cell:
        """Return a cell of text; at ``place`` (row, heading) a longer one is marked and kept whole apart."""
        safe = cell_text(text)
        if not fits(safe):
            row, heading = place or (0, "")
            self.long_texts.append((sheet.title, row, self.heading(heading), text))
            mark = self.words.say("workbook.long_text", sheet=self.words.say("workbook.sheet.long_texts"))
            safe = f"{cell_text(text[: CHUNK - len(mark)])}\n{mark}"
        cell = Cell(sheet, 1, 1, safe)
        # openpyxl reads "=1+1" as a formula and "#N/A" as an error (safety matrix: formula injection).
        cell.data_type = "s"
        self._styles.apply(cell, style)
        return cell

    def moment(self, sheet: Worksheet, at: datetime, style: str = "moment") -> Cell:
        """Return a cell with a true date and time of the site's zone."""
        try:
            local = at.astimezone(self.zone).replace(tzinfo=None)
        except (OverflowError, ValueError):
            local = datetime.min  # noqa: DTZ901 (only a mark: written as text below)
        if not 1901 <= local.year <= 9998:
            return self.text(sheet, at.isoformat(), "text")
        cell = Cell(sheet, 1, 1, local)
        self._styles.apply(cell, style)
        return cell

    def number(self, sheet: Worksheet, value: float, style: str = "number") -> Cell:
        """Return a cell with a number."""
        cell = Cell(sheet, 1, 1, value)
        self._styles.apply(cell, style)
        return cell

    def formula(self, sheet: Worksheet, formula: str, style: str = "number") -> Cell:
        """Return a cell with one of our own formulas."""
        cell = Cell(sheet, 1, 1, formula)
        cell.data_type = "f"
        self._styles.apply(cell, style)
        return cell
