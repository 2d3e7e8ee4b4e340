"""Workbooks (xlsx, xls, xlsb, ods) into rows of text, by calamine; openpyxl is asked what calamine hides."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from desktop_app.domain.errors import KnownError
from desktop_app.exchange.archives import Archive, preflight
from desktop_app.exchange.formulas import Hidden, hidden_cells
from desktop_app.exchange.limits import Limits
from desktop_app.exchange.notes import Note
from desktop_app.exchange.sheets import MOST_SHEETS, Sheet, Span

ZIP = b"PK\x03\x04"
_HEADER_DEPTH = 30
_LONG = re.compile(r"-?\d{16,21}")
"""A spreadsheet's number of so many digits may have lost its last ones."""


def read_workbook(
    data: bytes, notes: list[Note], limits: Limits
) -> Iterator[tuple[Sheet, Iterator[tuple[int, list[str]]]]]:
    """Yield each visible sheet and its rows; raises KnownError where the workbook cannot be read."""
    archive = preflight(data, limits) if data.startswith(ZIP) else None
    if archive is None and "EncryptedPackage".encode("utf-16-le") in data:
        raise KnownError("reading.encrypted")
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise KnownError("reading.encrypted") from None
    except (CalamineError, OSError, ValueError, TypeError, KeyError):
        raise KnownError("reading.damaged") from None
    shown = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    visible = [sheet for sheet in shown if sheet.visible == SheetVisibleEnum.Visible]
    notes.extend(Note("hidden_sheet", {"sheet": sheet.name}) for sheet in shown if sheet not in visible)
    if len(visible) > MOST_SHEETS:
        raise KnownError("reading.too_big")
    for metadata in visible:
        try:
            found = book.get_sheet_by_name(metadata.name)
            left = found.start[1] if found.start else 0
            sheet = Sheet(metadata.name, merged=_spans(found, left), expected=found.height)
            yield sheet, _rows(found, left, data, archive, notes)
        except (CalamineError, ValueError, TypeError, KeyError):
            raise KnownError("reading.damaged") from None


def _spans(found: CalamineSheet, left: int) -> list[Span]:
    ranges = found.merged_cell_ranges or []
    return [
        Span(top, max(first - left, 0), bottom, last - left)
        for (top, first), (bottom, last) in ranges[:10_000]
        if top < _HEADER_DEPTH
    ]


def _rows(
    found: CalamineSheet, left: int, data: bytes, archive: Archive | None, notes: list[Note]
) -> Iterator[tuple[int, list[str]]]:
    hidden: Hidden | None = None
    if archive and (archive.formulas or archive.errors):
        hidden = hidden_cells(data, found.name, notes)
    for number, row in enumerate(found.iter_rows(), start=1):
        cells = [value if type(value) is str else as_text(value) for value in row]
        if archive and hidden is None and any(map(_LONG.fullmatch, cells)):
            hidden = hidden_cells(data, found.name, notes)
        if hidden is not None:
            for column, text in hidden.texts(number, cells, left):
                cells[column] = text
        yield number, cells


def as_text(value: object) -> str:
    """Return a cell's value as a person would have typed it: ``13123450001.0`` is ``13123450001``."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _digits(value) if value.is_integer() and abs(value) < 1e21 else repr(value)
    if isinstance(value, datetime):
        return (value + timedelta(milliseconds=500)).replace(microsecond=0).isoformat(" ")
    if isinstance(value, time):
        return value.replace(microsecond=0).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(int(value.total_seconds()))
    return "" if value is None else str(value)


def _digits(value: float) -> str:
    """Return a whole number without digits that the file does not hold: a float carries 15 to 17."""
    return str(int(value)) if abs(value) < 2**53 else format(Decimal(repr(value)), "f").removesuffix(".0")
