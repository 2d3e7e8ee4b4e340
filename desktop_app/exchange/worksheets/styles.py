"""How the workbook looks: one set of cell styles, chosen by name.

Every state is told by its words; the fill only helps the eye, and all fills stay apart in greyscale from the
black text on them.
"""

from __future__ import annotations

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.words import Language

FONTS: dict[Language, str] = {"zh": "Microsoft YaHei", "en": "Calibri"}
LINE_POINTS: dict[Language, float] = {"zh": 16.0, "en": 14.0}
"""Height in points of a line of 10 point text."""

INK, DARK, PALE, RULE = "1B2430", "1F3A5F", "EEF2F7", "C9D1DB"
MOMENT_FORMAT = "yyyy-mm-dd hh:mm:ss"
MINUTE_FORMAT = "yyyy-mm-dd hh:mm"
"""How a moment looks that a person types."""
STATUS_FILLS = {
    "matched": "DFF0E1",
    "has_record": "DFF0E1",
    "recorded": "DFF0E1",
    "backfilled": "DCE9F7",
    "differs": "FFE9C2",
    "to_backfill": "FAD9C4",
    "crm_only": "FAD9C4",
    "duplicate": "E6DCF2",
    "ambiguous": "FFF6B8",
    "not_recorded": "F6CFCB",
    "abandoned": "E4E8EE",
    "turned_away": "E4E8EE",
    "waived": "EDEDED",
    "outside": "EDEDED",
}


class Styles:
    """The styles of one workbook; a cell takes one with ``apply``."""

    def __init__(self, sheet: Worksheet, language: Language) -> None:
        self._sheet = sheet
        self._font = FONTS[language]
        self._made: dict[str, StyleArray] = {}
        line = Side(style="thin", color=RULE)
        ruled = Border(bottom=line)
        wrapped = Alignment(vertical="top", wrap_text=True)
        left = Alignment(horizontal="left", vertical="top")
        centred = Alignment(horizontal="center", vertical="top", wrap_text=True)
        plain = Alignment(vertical="center")
        self._make("title", size=18, bold=True, color=DARK, alignment=plain)
        self._make("subtitle", color="5A6675", alignment=plain)
        self._make("section", size=12, bold=True, color=DARK, alignment=plain)
        for name, side in (("header", "left"), ("header_right", "right"), ("header_centre", "center")):
            self._make(
                name,
                bold=True,
                color="FFFFFF",
                fill=DARK,
                alignment=Alignment(horizontal=side, vertical="center", wrap_text=True),
                border=Border(right=Side(style="thin", color="FFFFFF")),
            )
        middle = Alignment(vertical="center", wrap_text=True)
        centre = Alignment(horizontal="center", vertical="center")
        self._make("label", fill=PALE, bold=True, border=ruled, alignment=middle)
        self._make("name", fill=PALE, bold=True, border=ruled, alignment=wrapped)
        self._make("text", border=ruled, alignment=wrapped, number_format="@")
        self._make("instruction", size=12, alignment=wrapped)
        boxed = Border(bottom=line, left=line, right=line)
        self._make("printed", fill=PALE, bold=True, border=boxed, alignment=wrapped, number_format="@")
        self._make("blank", border=boxed, alignment=wrapped, number_format="@")
        self._make("blank_moment", border=boxed, alignment=wrapped, number_format=MINUTE_FORMAT)
        self._make("moment", border=ruled, alignment=left, number_format=MOMENT_FORMAT)
        self._make("number", border=ruled, alignment=centred, number_format="#,##0")
        self._make("money", border=ruled, alignment=plain, number_format="#,##0.00")
        self._make("score", border=ruled, alignment=centred, number_format="0.0")
        self._make("count", border=ruled, alignment=plain, number_format="#,##0")
        summed = Border(top=line, bottom=line)
        self._make("total", bold=True, border=summed, alignment=plain, number_format="#,##0")
        self._make("total_text", bold=True, border=summed, alignment=middle)
        self._make("total_check", bold=True, border=summed, alignment=centre)
        self._make("check", border=ruled, alignment=centre)
        self._make("warning", fill="FFE9C2", border=ruled, alignment=middle)
        self._make("note", color="5A6675", alignment=wrapped)
        self._make("decision", fill="FFFDE7", border=boxed, alignment=wrapped)
        self._make("pointer", color="5A6675", border=ruled, alignment=wrapped)
        for status, fill in STATUS_FILLS.items():
            self._make(f"status.{status}", fill=fill, border=ruled, alignment=centred)

    def apply(self, cell: Cell, name: str) -> None:
        """Give ``cell`` the style ``name``."""
        # Shared on purpose: a StyleArray is never changed here, and a copy for each of a million cells costs.
        cell._style = self._made[name]  # type: ignore[attr-defined]

    def _make(
        self,
        name: str,
        *,
        size: int = 10,
        bold: bool = False,
        color: str = INK,
        fill: str = "",
        border: Border | None = None,
        alignment: Alignment | None = None,
        number_format: str = "",
    ) -> None:
        cell = Cell(self._sheet, 1, 1)
        cell.font = Font(name=self._font, size=size, bold=bold, color=color)
        if fill:
            cell.fill = PatternFill("solid", fgColor=fill)
        if border:
            cell.border = border
        if alignment:
            cell.alignment = alignment
        if number_format:
            cell.number_format = number_format
        self._made[name] = cell._style  # type: ignore[attr-defined]
