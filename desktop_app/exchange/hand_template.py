"""The sheet for a desk without this program: numbered rows to fill in, drop-downs, and how it is done.

Lists lie on a hidden sheet, because a list inside a validation ends at 255 characters. Every validation warns
and lets anything in: what a caller says is written down first and put right later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import Outline, PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.domain.fields import FIELDS, TEMPLATE_COLUMNS
from desktop_app.domain.form_fields import FieldType
from desktop_app.exchange.handover import handed_over
from desktop_app.exchange.own_template import header
from desktop_app.exchange.record_files import choices
from desktop_app.exchange.record_sheet import A4
from desktop_app.exchange.worksheets.styles import Styles
from desktop_app.exchange.worksheets.texts import cell_text
from desktop_app.words import LANGUAGES, Words

WIDTHS = {"number": 14.0, "kind": 10.0, "channel": 9.0, "caller_name": 11.0, "phone": 15.0}
WIDTHS |= {"callback_phone": 15.0, "address": 18.0, "category": 10.0, "summary": 18.0, "detail": 40.0}
WIDTHS |= dict.fromkeys(("received_at", "ended_at", "callback_due"), 17.0)
NARROW = 11.0
RARE = frozenset({"ended_at", "customer_no", "station", "crm_id", "paper_serial"})
"""Columns folded away behind a plus sign: such a desk does not need them, and the print gains their room."""
ROW_POINTS = 34.0
"""High enough for two lines of type or one by hand."""
_NOTE_POINTS = 40.0
_EARLIEST = "DATE(2020,1,1)"
"""A bare time of day is a date of 1899 to a spreadsheet program."""
_NOTES = ("rows", "read", "time", "choose", "words", "promise", "danger", "wrong", "give", "private")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet says of itself: whose numbers, for whom, made when (as a person reads it)."""

    station: str
    numbers: Sequence[str]
    for_whom: str
    made_at: str


def sheet_names() -> frozenset[str]:
    """Return the names of the sheets beside the rows in every language: nothing on them is data."""
    return frozenset(
        Words(language).say(f"table.sheet.{name}") for language in LANGUAGES for name in ("how", "lists")
    )


def write_template(path: Path, sheet: Sheet, words: Words) -> None:
    """Write the workbook; it appears whole or not at all. Raises KnownError ``writing.*``."""
    book = Workbook()
    rows = book.active
    if not isinstance(rows, Worksheet):
        raise AssertionError("a new workbook has a sheet")
    rows.title = words.say("table.sheet.rows")
    _write_rows(rows, sheet, words)
    _write_notes(book.create_sheet(words.say("table.sheet.how")), sheet, words)
    lists = book.create_sheet(words.say("table.sheet.lists"))
    lists.sheet_state = "hidden"
    _offer(rows, lists, sheet, words)
    _set_up(rows, sheet)
    with handed_over(path) as temporary:
        book.save(temporary)


def _write_rows(rows: Worksheet, sheet: Sheet, words: Words) -> None:
    styles = Styles(rows, words.language)
    for place, head in enumerate(header(words), 1):
        _text(rows, styles, 1, place, head, "header")
    rows.row_dimensions[1].height = 30.0
    for line, number in enumerate(sheet.numbers, 2):
        rows.row_dimensions[line].height = ROW_POINTS
        for place, column in enumerate(TEMPLATE_COLUMNS, 1):
            moment = FIELDS[column].type is FieldType.MOMENT
            if column == "number":
                _text(rows, styles, line, place, number, "printed")
            else:
                _text(rows, styles, line, place, "", "blank_moment" if moment else "blank")


def _write_notes(notes: Worksheet, sheet: Sheet, words: Words) -> None:
    styles = Styles(notes, words.language)
    told = {
        "station": sheet.station,
        "first": sheet.numbers[0],
        "last": sheet.numbers[-1],
        "count": len(sheet.numbers),
        "for_whom": sheet.for_whom or words.say("table.how.anybody"),
        "made_at": sheet.made_at,
    }
    notes.column_dimensions["A"].width = 84.0
    _text(notes, styles, 1, 1, words.say("table.how.title"), "title")
    notes.row_dimensions[1].height = 30.0
    _text(notes, styles, 2, 1, words.say("table.how.whose", **told), "subtitle")
    for line, name in enumerate(_NOTES, 4):
        _text(notes, styles, line, 1, f"{line - 3}. {words.say(f'table.how.{name}', **told)}", "instruction")
        notes.row_dimensions[line].height = _NOTE_POINTS
    notes.page_setup.paperSize = A4
    notes.page_setup.fitToHeight = 0
    notes.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _offer(rows: Worksheet, lists: Worksheet, sheet: Sheet, words: Words) -> None:
    """Put the lists on their sheet and a validation, with a hint, on every column."""
    offered = {"number": list(sheet.numbers), **choices(words)}
    styles = Styles(lists, words.language)
    places: dict[str, str] = {}
    for place, (column, values) in enumerate(offered.items(), 1):
        letter = get_column_letter(place)
        for line, value in enumerate(values, 1):
            _text(lists, styles, line, place, value, "text")
        places[column] = f"'{lists.title}'!${letter}$1:${letter}${len(values)}"
    for place, column in enumerate(TEMPLATE_COLUMNS, 1):
        rule = _rule(column, places)
        rule.promptTitle = words.say(f"field.{column}")[:32]
        rule.prompt = words.say(f"table.hint.{column}")[:255]
        rule.errorTitle = rule.promptTitle
        rule.error = words.say(f"table.hint.{'number' if column == 'number' else 'kept'}")[:225]
        rule.showInputMessage = rule.showErrorMessage = True
        letter = get_column_letter(place)
        rule.add(f"{letter}2:{letter}{len(sheet.numbers) + 1}")
        rows.add_data_validation(rule)


def _rule(column: str, places: dict[str, str]) -> DataValidation:
    if column in places:
        # The attribute says the reverse of its name: True takes the arrow away.
        arrow = column == "number"
        return DataValidation(
            type="list",
            formula1=places[column],
            allow_blank=True,
            errorStyle="warning",
            showDropDown=arrow,
        )
    if FIELDS[column].type is FieldType.MOMENT:
        return DataValidation(
            type="date", operator="greaterThan", formula1=_EARLIEST, allow_blank=True, errorStyle="warning"
        )
    return DataValidation(allow_blank=True)


def _set_up(rows: Worksheet, sheet: Sheet) -> None:
    for place, column in enumerate(TEMPLATE_COLUMNS, 1):
        dimension = rows.column_dimensions[get_column_letter(place)]
        dimension.width = WIDTHS.get(column, NARROW)
        if column in RARE:
            dimension.outlineLevel, dimension.hidden = 1, True
    rows.sheet_properties.outlinePr = Outline(summaryRight=True)
    rows.freeze_panes = "B2"
    rows.print_title_rows = "1:1"
    rows.print_area = f"A1:{get_column_letter(len(TEMPLATE_COLUMNS))}{len(sheet.numbers) + 1}"
    rows.page_setup.paperSize = A4
    rows.page_setup.orientation = "landscape"
    rows.page_setup.fitToHeight = 0
    rows.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for side in ("left", "right", "top"):
        setattr(rows.page_margins, side, 0.4)
    footer = f"{sheet.station}　{sheet.numbers[0]} – {sheet.numbers[-1]}"
    if rows.oddFooter is not None:
        rows.oddFooter.left.text, rows.oddFooter.right.text = footer, "&P / &N"


def _text(sheet: Worksheet, styles: Styles, row: int, column: int, text: str, style: str) -> None:
    """Write a cell of text, whatever the text looks like (safety §5, formula injection)."""
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise AssertionError("no cell of this sheet is merged")
    if text:
        cell.value = cell_text(text)
        cell.data_type = "s"
    styles.apply(cell, style)
