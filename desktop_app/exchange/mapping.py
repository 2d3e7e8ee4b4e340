"""A table seen through a profile: cells by field, moments by column, and what was not understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, tzinfo
from pathlib import Path
from types import MappingProxyType

from desktop_app.domain.errors import KnownError
from desktop_app.domain.fields import TEMPLATE_COLUMNS
from desktop_app.domain.remembered import remembered
from desktop_app.domain.texts import clean
from desktop_app.domain.times import day_first, parse_moment, zone_of
from desktop_app.exchange import profiles
from desktop_app.exchange.headers import Known, plain_header
from desktop_app.exchange.notes import Note
from desktop_app.exchange.parsing import labels
from desktop_app.exchange.profiles import Profile, What
from desktop_app.exchange.tabular import Row, Table, read_table
from desktop_app.exchange.watched_child import Check, go_on

_ENOUGH = 0.5
_FREE_TEXT = frozenset({"summary", "detail"})
"""Fields in which a person may well have written a word that stands for nothing elsewhere."""
_OWN_TEXT = frozenset(TEMPLATE_COLUMNS) - {
    "number",
    "crm_id",
    "kind",
    "channel",
    "category",
    "received_at",
    "ended_at",
    "callback_due",
}
"""Fields that our own template gives back as they were written. A dash in place of a number or a CRM number
is nothing there too: it would claim that the matter is known."""


NONE_CHOSEN: Mapping[Path, Profile] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file that was read, for the workbook's page About."""

    name: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class Guess:
    """A profile and how much of the headers it knows (0 to 1); ``guessed`` is False where one was told."""

    profile: Profile
    guessed: bool
    score: float


class View:
    """One table's rows by field."""

    def __init__(self, table: Table, what: What, guess: Guess, zone: tzinfo) -> None:
        self.table = table
        self.profile = guess.profile
        self.what = what
        self.zone = zone_of(self.profile.zone) if self.profile.zone else zone
        self.index = _index(self.profile, what, table.columns)
        self.notes: list[Note] = list(table.notes)
        self._orders: dict[str, bool | None] = {}
        self._unread: dict[str, int] = {}

    def has(self, field: str) -> bool:
        """Whether the table has a column for the field."""
        return field in self.index

    def unknown(self) -> list[str]:
        """Return the columns that the profile does not know and that hold anything."""
        used = set(self.index.values())
        return [
            name
            for place, name in enumerate(self.table.columns)
            if place not in used
            and not self.profile.knows(self.what, name)
            and any(row.cells[place].strip() for row in self.table.rows)
        ]

    def text(self, row: Row, field: str) -> str:
        """Return a field's text, cleaned; empty where there is no such column or the cell says nothing."""
        place = self.index.get(field)
        if place is None:
            return ""
        verbatim = field in (_OWN_TEXT if self.table.own else _FREE_TEXT)
        return _kept(row.cells[place]) if verbatim else self.clean(row.cells[place])

    def clean(self, cell: str) -> str:
        """Return a cell as it can be kept; empty for the profile's words for nothing."""
        text = _kept(cell)
        return "" if text in self.profile.empty else text

    def moment(
        self, row: Row, field: str, *, date_field: str = "", date_at: time | None = None
    ) -> datetime | None:
        """Return a field's moment in UTC; a text that is none is counted and noted once per column."""
        text = self.text(row, field)
        day = self.text(row, date_field) if date_field else ""
        if not text and not (day and not self.has(field)):
            return None
        place = field if text else date_field
        for told in (text, f"{_day_of(day)} {text}" if day else ""):
            found = self._read(told, place, date_at) if told else None
            if found is not None:
                return found
        self._unread[place] = self._unread.get(place, 0) + 1
        return None

    def peek(self, row: Row, field: str, *, date_field: str = "") -> datetime | None:
        """Return what ``moment`` would, counting nothing."""
        counted = dict(self._unread)
        found = self.moment(row, field, date_field=date_field)
        self._unread = counted
        return found

    def _read(self, text: str, field: str, date_at: time | None) -> datetime | None:
        if field not in self._orders:
            order = self.profile.date_order
            place = self.index[field]
            self._orders[field] = (
                order == "day" if order else day_first(row.cells[place] for row in self.table.rows)
            )
        return parse_moment(text, self.zone, day_first=self._orders[field], date_at=date_at)

    def finish(self) -> tuple[Note, ...]:
        """Return all notes of the table, those about unknown columns and unread times included."""
        for field, count in self._unread.items():
            column = self.table.columns[self.index[field]]
            self.notes.append(Note("times_not_read", {"column": column, "count": str(count)}))
        unknown = self.unknown()
        if unknown:
            self.notes.append(Note("columns_not_known", {"columns": ", ".join(unknown)}))
        located = [Note(note.code, {**note.details, "file": self.table.file}) for note in self.notes]
        return tuple(located)


@remembered(20_000)
def _kept(cell: str) -> str:
    return clean(cell.strip()).text.strip()


def _day_of(text: str) -> str:
    """Return the day of a cell that may be a date with midnight behind it (a workbook's date cell)."""
    return text.removesuffix("00:00:00").strip()


def _index(profile: Profile, what: What, columns: Sequence[str]) -> dict[str, int]:
    """Return each field's column: the first of its names that the file has; a column feeds one field."""
    places: dict[str, int] = {}
    for place, column in enumerate(columns):
        places.setdefault(plain_header(column), place)
    # A profile that a person chose names the very column, also the second of two with one name.
    places.update({column: place for place, column in enumerate(columns)})
    index: dict[str, int] = {}
    taken: set[int] = set()
    wanted = [
        (rank, field, name)
        for field, names in profile.columns.get(what, {}).items()
        for rank, name in enumerate(names)
    ]
    # Best names first over all fields, so that 来电时间 is not lost to a field that merely also accepts it.
    for _, field, name in sorted(wanted, key=lambda entry: entry[0]):
        found = places.get(name, places.get(plain_header(name)))
        if found is not None and field not in index and found not in taken and field != "other":
            index[field] = found
            taken.add(found)
    return index


def guess(what: What, columns: Sequence[str]) -> Guess:
    """Return the profile whose headers these are: a named system by its signature, else generic."""
    headers = [plain_header(column) for column in columns if not column.startswith("#") or column == "#"]
    best = Guess(profiles.shipped(profiles.GENERIC), True, 0.0)
    for name in profiles.names():
        profile = profiles.shipped(name)
        if what not in profile.columns or not headers:
            continue
        score = sum(profile.knows(what, header) for header in headers) / len(headers)
        signed = bool(profile.signature.intersection(headers))
        if name == profiles.GENERIC:
            best = Guess(profile, True, score) if not best.score else best
        elif signed and score >= _ENOUGH and (best.profile.name == profiles.GENERIC or score > best.score):
            best = Guess(profile, True, score)
    return best


def known_to_any(what: What, told: Profile | None) -> Known:
    """Return what tells headers from data: the profile told, else all shipped ones."""
    candidates = [told] if told else [profiles.shipped(name) for name in profiles.names()]
    headers = frozenset(
        plain_header(header)
        for profile in candidates
        for names in profile.columns.get(what, {}).values()
        for header in names
    )
    return lambda header: plain_header(header) in headers


def open_views(
    paths: Sequence[Path],
    what: What,
    told: Profile | None,
    zone: tzinfo,
    notes: list[Note],
    chosen: Mapping[Path, Profile] = NONE_CHOSEN,
    check: Check = go_on,
) -> Iterator[View]:
    """Yield each file through the profile chosen for it, told or guessed; the same bytes are read once."""
    seen: dict[str, str] = {}
    for path, label in labels(paths):
        mine = chosen.get(path, told)
        encoding = (mine.encoding or None) if mine else None
        table = read_table(path, known_to_any(what, mine), encoding, label, check)
        if table.sha256 in seen:
            notes.append(Note("same_file", {"file": label, "other": seen[table.sha256]}))
            continue
        seen[table.sha256] = label
        yield View(table, what, Guess(mine, False, 1.0) if mine else guess(what, table.columns), zone)


def need(view: View, fields: Iterable[str]) -> None:
    """Raise KnownError ``reading.no_header`` unless the table has one of the fields."""
    if not any(map(view.has, fields)):
        columns = ", ".join(view.table.columns[:8])
        raise KnownError("reading.no_header", file=view.table.file, columns=columns)
