"""Taking in a table that somebody filled in by hand: how each row would be saved, before any is.

A row of our own sheet carries a number of a block reserved here; a row of any other table gets a new number
of this station and keeps its own in ``paper_serial``. What cannot be read as a time or a choice is saved as
it was written and is on the record's correction list; a row that cannot be saved says why and stays behind.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from pathlib import Path

from desktop_app.domain.entries import Value, moment_text
from desktop_app.domain.errors import KnownError
from desktop_app.domain.fields import FIELDS, to_correct
from desktop_app.domain.numbers import Number, parse_number
from desktop_app.domain.times import zone_of
from desktop_app.exchange import profiles
from desktop_app.exchange.hand_table import HandRow, columns_of, open_table, read_rows
from desktop_app.exchange.preview import Look
from desktop_app.services.hand_table_known import Unnumbered, is_same, shown_number
from desktop_app.services.hand_table_times import Times
from desktop_app.services.progress import Progress
from desktop_app.services.reconcile_preview import site_profiles
from desktop_app.services.record_form import code_of
from desktop_app.storage.number_blocks import record_of, skipped_between
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import View

_EMPTY = frozenset({"number", "station", "agent"})
"""What stands in a row that nobody has used."""
_SILENT = _EMPTY | {"kind", "channel", "category", "received_at", "ended_at", "callback_due"}
"""What alone says nothing of a matter."""
_CODED = ("kind", "channel")
_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212\uff0d]\s*")
_LIKE_OURS = re.compile(r"D?(?P<station>\d{1,4})-\d{1,9}-\d")
_ROUNDED = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
"""A spreadsheet's way of writing a long number; the digits it leaves out are lost."""
_STEP = 50


class Standing(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    KNOWN = "known"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A row as it would be saved.

    ``number`` is the row's own where it carries one of ours. ``problem`` says why it is not saved,
    ``remarks`` what is kept as it was written, ``missing`` which fields will be on the correction list.
    """

    row: HandRow
    standing: Standing
    number: Number | None
    values: Mapping[str, Value]
    agent: str = ""
    problem: KnownError | None = None
    remarks: tuple[KnownError, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """A table looked at: its rows in order, and how many rows hold nothing but their number."""

    seen: Look
    rows: tuple[JudgedRow, ...]
    empty: int

    def of(self, *standings: Standing) -> list[JudgedRow]:
        """Return the rows that stand so."""
        return [row for row in self.rows if row.standing in standings]


def look_at(store: Store, path: Path, folder: Path, progress: Progress) -> Look:
    """Open a table and guess its columns; ``folder`` holds the profiles kept at this site.

    Raises KnownError ``reading.*`` and ``table.too_many_rows``.
    """
    progress.tell("previewing")
    site = profiles.kept_in(site_profiles(folder))
    return open_table(path, zone_of(store.settings.zone), site=site, check=progress.check)


def judge(store: Store, seen: Look, progress: Progress, *, now: datetime) -> Judged:
    """Say of each row what would become of it at the moment ``now``; writes nothing.

    A table of which no column says anything of a call (``seen.lacks``) has no rows.
    """
    zone = zone_of(store.settings.zone)
    if seen.lacks:
        return Judged(seen, (), 0)
    rows = read_rows(seen, zone)
    used = [row for row in rows if not row.texts.keys() <= _EMPTY]
    with store.read() as view:
        judged = tuple(_Judge(view, seen, zone, now).rows(used, progress))
    return Judged(seen, judged, len(rows) - len(used))


class _Judge:
    """Judges the rows of one table against one view of the store."""

    def __init__(self, view: View, seen: Look, zone: tzinfo, now: datetime) -> None:
        self._view = view
        self._times = Times(view, zone, now)
        self._columns = columns_of(seen)
        self._own = seen.opened.table is not None and seen.opened.table.own
        self._numbers: dict[Number, JudgedRow] = {}
        self._unnumbered: Unnumbered | None = None

    def rows(self, rows: Iterable[HandRow], progress: Progress) -> Iterator[JudgedRow]:
        every = list(rows)
        for done, row in enumerate(every):
            if done % _STEP == 0:
                progress.tell("judging", done, len(every))
            yield self._judge(row)

    def _judge(self, row: HandRow) -> JudgedRow:
        try:
            number, serial = self._number(row.texts.get("number", ""))
        except KnownError as refused:
            return JudgedRow(row, Standing.BAD, None, {}, problem=refused)
        row = self._times.complete(row, number)
        values, remarks = _values(row, serial)
        agent = row.texts.get("agent", "")
        bad = JudgedRow(row, Standing.BAD, number, values, agent, remarks=tuple(remarks))
        standing, problem = Standing.BAD, self._problem(row, values)
        if problem is None and number is not None:
            standing, problem = self._by_number(number, bad)
            remarks += self._given_back(number) if standing is Standing.NEW else []
            self._numbers.setdefault(number, bad)
        elif problem is None:
            standing, problem = self._by_content(values)
        return JudgedRow(
            row, standing, number, values, agent, problem, tuple(remarks), to_correct({**values})
        )

    def _number(self, text: str) -> tuple[Number | None, str]:
        """Return the number of ours in a row, or what else stands there; raises KnownError ``table.*``."""
        plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text).strip()).upper()
        life, number = self._view.life, parse_number(plain)
        if number is not None and len(number.station) == len(life.station):
            if number.drill != life.drill:
                raise KnownError("table.drill", number=number)
            return number, ""
        like = _LIKE_OURS.fullmatch(plain)
        if like is not None and (self._own or like["station"] == life.station):
            raise KnownError("table.bad_number", text=text[:40])
        return None, text

    def _problem(self, row: HandRow, values: Mapping[str, Value]) -> KnownError | None:
        if row.too_long:
            return KnownError("table.too_long", column=row.too_long[0])
        if values.keys() <= _SILENT:
            return KnownError("table.empty")
        return None

    def _by_number(self, number: Number, row: JudgedRow) -> tuple[Standing, KnownError | None]:
        before = self._numbers.get(number)
        if before is not None:
            if before.values == row.values:
                return Standing.KNOWN, None
            told = KnownError("table.number_twice", number=number, row=before.row.source.row)
            return Standing.BAD, told
        subject = record_of(self._view, number)
        if subject is not None:
            state = self._view.state(subject)
            # Of a purged record nothing is left to compare: it was taken in, and is done with.
            if state.tombstone is not None or is_same(self._view, state, row.values, self._columns):
                return Standing.KNOWN, None
            return Standing.BAD, KnownError("table.changed", number=number)
        if number.station != self._view.life.station:
            told = KnownError("table.other_station", number=number, station=number.station)
            return Standing.BAD, told
        if self._view.is_used(number):
            return Standing.BAD, KnownError("table.draft", number=number)
        if not self._view.is_reserved(number):
            return Standing.BAD, KnownError("table.not_reserved", number=number)
        return Standing.NEW, None

    def _by_content(self, values: Mapping[str, Value]) -> tuple[Standing, KnownError | None]:
        if self._unnumbered is None:
            self._unnumbered = Unnumbered(self._view, self._columns | {"paper_serial"})
        found = self._unnumbered.find(values)
        if found is None:
            return Standing.NEW, None
        state, same = found
        problem = KnownError("table.changed", number=shown_number(state))
        return (Standing.KNOWN, None) if same else (Standing.BAD, problem)

    def _given_back(self, number: Number) -> list[KnownError]:
        skipped = skipped_between(self._view, number, number.sequence)
        return [KnownError("table.given_back", number=number)] if skipped else []


def _values(row: HandRow, serial: str) -> tuple[dict[str, Value], list[KnownError]]:
    """Return a row as the journal keeps it, and what of it stays as it was written."""
    values: dict[str, Value] = {}
    remarks: list[KnownError] = []
    for name, text in row.texts.items():
        if name in _EMPTY:
            continue
        if name in row.moments:
            values[name] = moment_text(row.moments[name])
            continue
        values[name] = code_of(FIELDS[name], text) or text
        if name in ("received_at", "ended_at", "callback_due"):
            remarks.append(KnownError("table.time_kept", column=name, text=text[:40]))
        elif name in _CODED and values[name] not in set(FIELDS[name].options or ()):
            remarks.append(KnownError("table.word_kept", column=name, text=text[:40]))
        elif name in ("phone", "callback_phone") and _ROUNDED.fullmatch(text):
            remarks.append(KnownError("table.phone_rounded", column=name, text=text[:40]))
    for name, moment in row.moments.items():
        values.setdefault(name, moment_text(moment))
    if serial:
        told = str(values.get("paper_serial", ""))
        values["paper_serial"] = f"{serial} / {told}" if told and told != serial else serial
    return values, remarks
