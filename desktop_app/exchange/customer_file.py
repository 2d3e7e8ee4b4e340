"""A list of customers out of any spreadsheet or CSV: a look at its first rows, then its rows one by one.

The whole list never lies in this program: the reader's child hands rows over as they are taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, tzinfo
from pathlib import Path
from typing import Any

from desktop_app.domain.errors import KnownError
from desktop_app.domain.times import parse_moment
from desktop_app.exchange import customer_columns
from desktop_app.exchange.customer_columns import CustomerRow, Reading
from desktop_app.exchange.headers import Headed, headed, is_total, plain_header
from desktop_app.exchange.limits import CUSTOMERS
from desktop_app.exchange.mapping import known_to_any
from desktop_app.exchange.notes import Note
from desktop_app.exchange.parsing import found_in
from desktop_app.exchange.sheets import Sheet, Span
from desktop_app.exchange.watched_child import Check, go_on

FIRST_ROWS = 200
"""Rows in which the header is looked for and of which samples are shown."""
SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list: some of its cells, and the field it feeds ("" where it is not read)."""

    name: str
    samples: tuple[str, ...]
    field: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """A list of customers as it would be read.

    ``mapping`` maps each column to its field or "". ``lacks``: no column names a person or a phone, so
    nothing can be read. ``as_of`` (UTC) is the moment of which the list is true as far as the file tells: its
    own column, else when it was written. ``rows`` is about how many rows there are, 0 where nobody knows;
    ``first`` are the first of them as they would be read.
    """

    path: Path
    zone: tzinfo
    columns: tuple[Column, ...]
    mapping: Mapping[str, str]
    lacks: bool
    as_of: datetime
    rows: int
    notes: tuple[Note, ...] = ()
    first: tuple[CustomerRow, ...] = ()
    sheet: Headed | None = field(default=None, repr=False)


@dataclass(slots=True)
class Told:
    """What the reading of a whole list tells besides its rows, complete once the last one was taken."""

    sha256: str = ""
    notes: list[Note] = field(default_factory=list)
    totals: int = 0
    repeated_headers: int = 0


def look_at(path: Path, zone: tzinfo, check: Check = go_on) -> Look:
    """Read the first rows of a list and guess what its columns are; raises KnownError ``reading.*``.

    Times without an offset are in ``zone``.
    """
    sheets: list[Sheet] = []
    notes: list[Note] = []
    with closing(found_in(path, check=check, limits=CUSTOMERS, first=FIRST_ROWS)) as lines:
        for found in lines:
            if isinstance(found, list):
                sheets[-1].rows.append((found[0], found[1]))
            elif "sheet" in found:
                sheets.append(_sheet(found))
            else:
                _take(found, path, Told(notes=notes))
    tables = [(headed(sheet, _known()), sheet) for sheet in sheets if sheet.rows]
    if not tables:
        raise KnownError("reading.empty", file=path.name)
    chosen, _ = max(tables, key=lambda one: (one[0].known, bool(one[0].rows), len(one[0].columns) > 1))
    notes += [
        Note("sheet_not_read", {"sheet": other.name})
        for other, _ in tables
        if other.columns != chosen.columns
    ]
    rows = sum(max(one.expected, 0) for table, one in tables if table.columns == chosen.columns)
    located = tuple(Note(note.code, {**note.details, "file": path.name}) for note in (*notes, *chosen.notes))
    written = _written_at(path)
    look = Look(path, zone, (), {}, True, written, rows, located, (), chosen)
    return choose(look, customer_columns.guess(chosen.columns))


def _written_at(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        # Taken off its stick, or renamed, while it was being read.
        raise KnownError("reading.not_found", file=path.name) from None
    except OSError:
        raise KnownError("reading.not_opened", file=path.name) from None


def choose(look: Look, mapping: Mapping[str, str]) -> Look:
    """Return the look through another mapping of columns to fields; columns it does not name are not read."""
    sheet = look.sheet
    if sheet is None:
        raise ValueError("a look at a file has its sheet")
    whole = {name: mapping.get(name, "") for name in sheet.columns}
    columns = tuple(
        Column(name, tuple(_samples(sheet, at)), whole[name]) for at, name in enumerate(sheet.columns)
    )
    reading = Reading(sheet.columns, whole)
    first = tuple(reading.row(number, cells) for number, cells in sheet.rows)
    moments = [at for row in first if (at := _moment(row, look.zone)) is not None]
    return replace(
        look,
        columns=columns,
        mapping=whole,
        lacks=customer_columns.lacks(whole),
        as_of=max([*moments], default=look.as_of),
        first=first,
    )


def rows_of(look: Look, told: Told, check: Check = go_on) -> Iterator[CustomerRow]:
    """Yield every row of the list through the mapping of ``look``; ``told`` gets what else there is to say.

    Raises KnownError ``customers.file_changed`` where the file has other columns now, and ``reading.*``.
    """
    if look.sheet is None:
        raise ValueError("a look at a file has its sheet")
    columns = look.sheet.columns
    reading = Reading(columns, look.mapping)
    again = [plain_header(name) for name in columns]
    seen = False
    with closing(found_in(look.path, check=check, limits=CUSTOMERS)) as lines:
        for sheet, more in _sheets(lines, look.path, told):
            table = headed(sheet, _known())
            if table.columns != columns:
                continue
            seen = True
            for number, cells in _from_header(table, sheet, more):
                if is_total(cells):
                    told.totals += 1
                elif cells[0] in columns and [plain_header(cell) for cell in cells] == again:
                    told.repeated_headers += 1
                else:
                    yield reading.row(number, cells)
    if not seen:
        raise KnownError("customers.file_changed", file=look.path.name)


def _sheets(
    lines: Iterator[Any], path: Path, told: Told
) -> Iterator[tuple[Sheet, Iterator[tuple[int, list[str]]]]]:
    """Yield each sheet with its first rows, and an iterator over the others that has to be used up first."""
    waiting: list[Any] = []

    def more() -> Iterator[tuple[int, list[str]]]:
        for found in lines:
            if isinstance(found, list):
                yield found[0], found[1]
            elif "sheet" in found:
                waiting.append(found)
                return
            else:
                _take(found, path, told)

    for found in lines:
        if "sheet" not in found:
            _take(found, path, told)
            continue
        waiting.append(found)
        while waiting:
            sheet, rest = _sheet(waiting.pop()), more()
            for row in rest:
                sheet.rows.append(row)
                if len(sheet.rows) == FIRST_ROWS:
                    break
            if sheet.rows:
                yield sheet, rest
            for _ in rest:
                pass


def _from_header(
    table: Headed, sheet: Sheet, more: Iterator[tuple[int, list[str]]]
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows below the header; what ``headed`` took out of the first ones is judged like the rest."""
    first = table.rows[0][0] if table.rows else sheet.rows[-1][0] + 1
    yield from ((number, cells) for number, cells in sheet.rows if number >= first)
    yield from more


def _take(found: Mapping[str, Any], path: Path, told: Told) -> None:
    if "note" in found:
        told.notes.append(Note(found["note"], {**found["details"], "file": path.name}))
    elif "error" in found:
        raise KnownError(found["error"], **{**found["details"], "file": path.name})
    else:
        told.sha256 = found["end"]


def _sheet(found: Mapping[str, Any]) -> Sheet:
    return Sheet(found["sheet"], [], [Span(*span) for span in found["merged"]], found["expected"])


def _known() -> Any:
    return known_to_any("customers", None)


def _samples(sheet: Headed, at: int) -> Iterator[str]:
    shown = 0
    for _, cells in sheet.rows:
        if at < len(cells) and cells[at].strip() and shown < SAMPLES:
            shown += 1
            yield cells[at].strip()


def _moment(row: CustomerRow, zone: tzinfo) -> datetime | None:
    return parse_moment(row.as_of, zone, date_at=time(0)) if row.as_of else None
