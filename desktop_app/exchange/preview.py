"""What a foreign file is and how it would be read: its columns, samples, what is not understood.

A file is parsed once; looking at it through another mapping costs nothing more (DESIGN §5).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from pathlib import Path

from desktop_app.domain.errors import KnownError
from desktop_app.exchange import profiles
from desktop_app.exchange.asterisk_log import header_order, order_of
from desktop_app.exchange.headers import plain_header
from desktop_app.exchange.mapping import Guess, View, guess, known_to_any
from desktop_app.exchange.notes import Note
from desktop_app.exchange.parsing import Parsed, parse
from desktop_app.exchange.profiles import FIELDS, WHATS, Profile, What
from desktop_app.exchange.queue_log import is_queue_log, read_queue_log
from desktop_app.exchange.tabular import Table, table_of
from desktop_app.exchange.watched_child import Check, go_on

SAMPLES = 3
_MOST_LOOKED_AT = 20_000
"""Rows in which unread times are counted; a preview is a look, not the reading."""
_MOMENTS = frozenset({"created_at", "occurred_at", "started_at", "answered_at", "ended_at", "received_at"})
_DAYS = {"occurred_date": "occurred_at", "started_date": "started_at", "received_date": "received_at"}
_NEEDED: Mapping[What, tuple[str, ...]] = {
    "records": ("number", "phone", "caller_name", "received_at", "summary", "detail"),
    "crm": ("id", "summary", "phone", "detail"),
    "calls": ("started_at", "started_date"),
}
_ASTERISK = ("asterisk", "asterisk-custom")


class FileKind(StrEnum):
    """What a file can be in a reconciliation."""

    CRM = "crm"
    CALLS = "calls"
    QUEUE_LOG = "queue_log"
    RECORDS = "records"

    @property
    def what(self) -> What:
        """The section of a profile that tells how it is read."""
        return "crm" if self is FileKind.CRM else "records" if self is FileKind.RECORDS else "calls"


@dataclass(frozen=True, slots=True)
class Opened:
    """A parsed file. ``table`` is None where its rows have no header (queue logs, bare call logs)."""

    path: Path
    parsed: Parsed
    kind: FileKind
    table: Table | None
    order: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows of data it has."""
        return len(self.table.rows) if self.table else sum(len(sheet.rows) for sheet in self.parsed.sheets)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file: some of its cells, the field it feeds, and what is read of the first of them."""

    name: str
    samples: tuple[str, ...]
    field: str = ""
    read: str | datetime | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """A file as it would be read. One of the fields ``needed`` has to have a column; ``lacks``: none has.

    ``editable`` says whether a person can map its columns.
    """

    opened: Opened
    kind: FileKind
    profile: Profile
    guessed: bool
    columns: tuple[Column, ...]
    notes: tuple[Note, ...]
    needed: tuple[str, ...] = ()
    lacks: bool = False
    editable: bool = True
    mapping: Mapping[str, str] = field(default_factory=dict)


def fields_of(kind: FileKind) -> tuple[str, ...]:
    """Return the fields that a column of such a file can feed."""
    return tuple(name for name in FIELDS[kind.what] if name != "other")


def open_file(path: Path, check: Check = go_on, *, label: str = "") -> Opened:
    """Parse a file in the limited child and guess what it is; raises KnownError ``reading.*``."""
    parsed = parse(path, None, label, check)
    rows = [cells for sheet in parsed.sheets for _, cells in sheet.rows]
    if is_queue_log(rows):
        return Opened(path, parsed, FileKind.QUEUE_LOG, None)
    bare = order_of(rows, [profiles.shipped(name) for name in _ASTERISK])
    if bare is not None:
        return Opened(path, parsed, FileKind.CALLS, None, bare.order)
    tables = {what: table_of(parsed, known_to_any(what, None)) for what in WHATS}
    kind = _kind_of(tables)
    table = tables[kind.what]
    order = header_order(table.columns) if kind is FileKind.CALLS else None
    return Opened(path, parsed, kind, table, order or ())


def look(
    opened: Opened,
    kind: FileKind,
    zone: tzinfo,
    *,
    told: Profile | None = None,
    site: Sequence[Profile] = (),
) -> Look:
    """Return how the file is read as this kind: through the profile told, the site's own, or a guess."""
    if opened.table is None or (opened.order and kind is FileKind.CALLS):
        return _fixed(opened, kind)
    table = opened.table
    if kind is not opened.kind:
        table = table_of(opened.parsed, known_to_any(kind.what, told))
    mine = told or _kept_for(table, kind.what, site)
    found = Guess(mine, False, 1.0) if mine else guess(kind.what, table.columns)
    view = View(table, kind.what, found, zone)
    columns = tuple(_column(view, place, name) for place, name in enumerate(table.columns))
    _read_moments(view)
    needed = _NEEDED[kind.what]
    return Look(
        opened,
        kind,
        view.profile,
        mine is None,
        columns,
        view.finish(),
        needed,
        lacks=not any(map(view.has, needed)),
        mapping={column.name: column.field for column in columns if column.field},
    )


def adapted(seen: Look, mapping: Mapping[str, str], zone: str = "") -> Profile:
    """Return the profile by which these columns feed these fields, and nothing else does.

    ``mapping`` is field by column name; a field given twice is taken from the first column. ``zone`` is that
    of times without an offset; empty keeps the profile's own.
    """
    fields: dict[str, tuple[str, ...]] = {}
    other: list[str] = []
    for column in seen.columns:
        told = mapping.get(column.name, "")
        if told and told not in fields:
            fields[told] = (column.name,)
        else:
            other.append(column.name)
    if other:
        fields["other"] = tuple(other)
    base = seen.profile
    return replace(
        base,
        based_on=base.rows_of,
        zone=zone or base.zone,
        columns={seen.kind.what: fields},
        signature=frozenset(plain_header(column.name) for column in seen.columns if column.name in mapping),
    )


def _kind_of(tables: Mapping[What, Table]) -> FileKind:
    """Return what a table most likely is: our own template, a call log, else a CRM export."""
    if tables["records"].own:
        return FileKind.RECORDS
    calls, crm = (guess(what, tables[what].columns) for what in ("calls", "crm"))
    view = View(tables["calls"], "calls", calls, UTC)
    timed = any(map(view.has, _NEEDED["calls"])) and view.has("caller")
    return FileKind.CALLS if timed and calls.score > crm.score else FileKind.CRM


def _kept_for(table: Table, what: What, site: Sequence[Profile]) -> Profile | None:
    """Return the profile kept at this site for tables with just these columns, if any."""
    headers = {plain_header(column) for column in table.columns}
    kept = [one for one in site if what in one.columns and one.signature and one.signature <= headers]
    return max(kept, key=lambda one: len(one.signature), default=None)


def _column(view: View, place: int, name: str) -> Column:
    found: list[str] = []
    for row in view.table.rows[:200]:
        cell = view.clean(row.cells[place])
        if cell and cell not in found:
            found.append(cell)
        if len(found) == SAMPLES:
            break
    field_name = next((key for key, at in view.index.items() if at == place), "")
    return Column(name, tuple(found), field_name, _first_read(view, place, field_name))


def _first_read(view: View, place: int, field_name: str) -> str | datetime | None:
    for row in view.table.rows[:200]:
        if not view.clean(row.cells[place]):
            continue
        if field_name in _MOMENTS:
            date = next((day for day, of in _DAYS.items() if of == field_name and view.has(day)), "")
            return view.peek(row, field_name, date_field=date)
        return view.profile.code(field_name, view.text(row, field_name)) if field_name else None
    return None


def _read_moments(view: View) -> None:
    """Read every moment once, so that ``finish`` can tell how many are none."""
    days = {of: day for day, of in _DAYS.items() if view.has(day)}
    for name in _MOMENTS:
        if view.has(name):
            for row in view.table.rows[:_MOST_LOOKED_AT]:
                view.moment(row, name, date_field=days.get(name, ""))


def _fixed(opened: Opened, kind: FileKind) -> Look:
    """Return the look at a log whose fields stand in a fixed order: nothing can be mapped."""
    rows = [row for sheet in opened.parsed.sheets for row in sheet.rows]
    names = opened.order
    notes = list(opened.parsed.notes)
    if opened.table is not None:
        cells = [list(row.cells) for row in opened.table.rows[:SAMPLES]]
    else:
        cells = [row for _, row in rows[:SAMPLES]]
    if opened.kind is FileKind.QUEUE_LOG:
        names = ("time", "callid", "queuename", "agent", "event", "data1", "data2", "data3")
        _, strange = read_queue_log(opened.parsed.file, rows)
        if strange == len(rows):
            raise KnownError("reading.no_queue_event", file=opened.parsed.file)
        if strange:
            notes.append(Note("queue_lines_not_known", {"count": str(strange), "file": opened.parsed.file}))
    columns = tuple(
        Column(name, tuple(row[place] for row in cells if place < len(row) and row[place]))
        for place, name in enumerate(names)
    )
    located = tuple(Note(note.code, {**note.details, "file": opened.parsed.file}) for note in notes)
    profile = profiles.shipped(_ASTERISK[0])
    kind = opened.kind if opened.table is None else kind
    return Look(opened, kind, profile, True, columns, located, editable=False)
