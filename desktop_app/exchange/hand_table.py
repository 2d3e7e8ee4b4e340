"""Tables of calls that somebody kept by hand, row by row as the fields of a record.

Nothing is dropped for being unclear: a time nobody can read and a word of no list stay as they were written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, tzinfo
from pathlib import Path

from desktop_app.domain.errors import KnownError
from desktop_app.domain.fields import TEMPLATE_COLUMNS
from desktop_app.domain.reconciliation import Source
from desktop_app.domain.texts import clean
from desktop_app.exchange import profiles
from desktop_app.exchange.hand_template import sheet_names
from desktop_app.exchange.mapping import Guess, View, known_to_any
from desktop_app.exchange.parsing import parse
from desktop_app.exchange.preview import FileKind, Look, Opened, look
from desktop_app.exchange.profiles import Profile
from desktop_app.exchange.tabular import Row, Table, table_of
from desktop_app.exchange.watched_child import Check, go_on
from desktop_app.words import LANGUAGES, Words

MOST_ROWS = 20_000
"""In one table: what a desk writes in an outage fits a hundred times; a CRM export does not belong here."""
_CODED = ("kind", "channel", "category")
_MOMENTS = ("received_at", "ended_at", "callback_due")
_DAY_ENDS = time(23, 59)
_OURS = frozenset({"hidden_sheet", "sheet_not_read"})


@dataclass(frozen=True, slots=True)
class HandRow:
    """One row: ``texts`` by field, ``moments`` those of them that are times, in UTC.

    ``cells`` are the row as it stands in the file, ``too_long`` fields with more text than a record holds.
    """

    source: Source
    cells: tuple[str, ...]
    texts: dict[str, str] = field(default_factory=dict)
    moments: dict[str, datetime] = field(default_factory=dict)
    too_long: tuple[str, ...] = ()


def open_table(path: Path, zone: tzinfo, *, site: Sequence[Profile] = (), check: Check = go_on) -> Look:
    """Parse a file in the limited child and guess its columns.

    Raises KnownError ``reading.*`` for a file that cannot be read and ``table.too_many_rows``.
    """
    parsed = parse(path, None, "", check)
    table = _without_reasons(table_of(parsed, known_to_any("records", None)))
    if len(table.rows) > MOST_ROWS:
        raise KnownError("table.too_many_rows", file=table.file, most=MOST_ROWS)
    names = sheet_names()
    notes = [note for note in table.notes if note.code not in _OURS or note.details["sheet"] not in names]
    opened = Opened(path, parsed, FileKind.RECORDS, replace(table, notes=tuple(notes)))
    return look(opened, FileKind.RECORDS, zone, site=site)


def columns_of(seen: Look) -> frozenset[str]:
    """Return the template columns that a column of the file feeds."""
    fields = frozenset(column.field for column in seen.columns)
    return (fields | {"received_at"} if "received_date" in fields else fields) & set(TEMPLATE_COLUMNS)


def read_rows(seen: Look, zone: tzinfo) -> list[HandRow]:
    """Return the rows of a file through the mapping that was looked at."""
    if seen.opened.table is None:
        return []
    view = View(seen.opened.table, "records", Guess(seen.profile, False, 1.0), zone)
    generic = profiles.shipped(profiles.GENERIC)
    return [_row(view, row, generic) for row in view.table.rows]


def _row(view: View, row: Row, generic: Profile) -> HandRow:
    texts = {name: view.text(row, name) for name in TEMPLATE_COLUMNS}
    for name in _CODED:
        word = texts[name]
        code = view.profile.code(name, word)
        texts[name] = code if code != word else generic.code(name, word)
    moments = {name: _moment(view, row, name) for name in _MOMENTS}
    day = view.text(row, "received_date")
    if day and not moments["received_at"]:
        texts["received_at"] = f"{day} {texts['received_at']}".strip()
    long = [name for name, place in view.index.items() if clean(row.cells[place]).cut_bytes]
    return HandRow(
        source=row.source,
        cells=row.cells,
        texts={name: text for name, text in texts.items() if text},
        moments={name: moment for name, moment in moments.items() if moment is not None},
        too_long=tuple(long),
    )


def _moment(view: View, row: Row, name: str) -> datetime | None:
    if name == "callback_due":
        return view.moment(row, name, date_at=_DAY_ENDS)
    return view.moment(row, name, date_field="received_date")


def _without_reasons(table: Table) -> Table:
    """Leave out the column in which our file of bad rows says what is wrong with each."""
    ours = {Words(language).say("table.reasons") for language in LANGUAGES}
    kept = [place for place, name in enumerate(table.columns) if name not in ours]
    rows = tuple(replace(row, cells=tuple(row.cells[place] for place in kept)) for row in table.rows)
    return replace(table, columns=tuple(table.columns[place] for place in kept), rows=rows)
