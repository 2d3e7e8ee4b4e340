"""A duty roster out of a spreadsheet: a row for each shift, and rows of people on standby (1.2.1, 1.2.5)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, time
from pathlib import Path

from desktop_app.domain.errors import KnownError
from desktop_app.domain.roster import MOST_SHIFTS, Shift
from desktop_app.domain.roster_doubts import RosterLine
from desktop_app.domain.texts import clean
from desktop_app.domain.times import day_first, parse_moment
from desktop_app.exchange.headers import plain_header
from desktop_app.exchange.tabular import Table, read_table
from desktop_app.exchange.watched_child import Check, go_on

MOST_ROWS = 20_000
_LONGEST = 300
"""Characters of a cell; the contact book holds no more."""
_HEADERS = {
    "day": ("日期", "值班日期", "date", "day"),
    "span": ("时间", "时段", "班次时间", "值班时间", "hours", "time", "shift"),
    "begins": ("开始", "开始时间", "上班", "上班时间", "起", "start", "begins", "from"),
    "ends": ("结束", "结束时间", "下班", "下班时间", "止", "end", "ends", "to", "until"),
    "name": ("姓名", "值班人", "值班人员", "人员", "name", "person"),
    "staff_number": ("工号", "员工号", "staff number", "staff_number", "employee no", "id"),
    "duty": ("岗位", "职责", "值班内容", "任务", "duty", "post", "task"),
    "phone": ("电话", "手机", "联系电话", "手机号", "phone", "mobile"),
    "skills": ("技能", "特长", "技能标签", "skills", "skill"),
}
_FIELDS = {plain_header(header): field for field, headers in _HEADERS.items() for header in headers}
_STANDBY = frozenset({"备班", "备岗", "待命", "替补", "standby"})
_DUTIES = {
    "电话": "phone",
    "话务": "phone",
    "phone": "phone",
    "在线": "online",
    "网络": "online",
    "online": "online",
    "应急": "urgent",
    "紧急": "urgent",
    "urgent": "urgent",
}
_SPAN = re.compile(r"(.+?)\s*(?:[-–—~至到]|to)\s*(.+)")
_TIME = re.compile(r"(?:.*\D)?(\d{1,2})[:.：](\d{2})(?:[:.]\d{2}(?:\.0+)?)?")


@dataclass(frozen=True, slots=True)
class Standby:
    """Somebody who can be called in."""

    name: str
    phone: str
    staff_number: str = ""
    skills: str = ""


@dataclass(frozen=True, slots=True)
class RosterFile:
    """What a file says; ``unread`` are the rows, by number, that are neither a shift nor somebody.

    ``lacks`` says by row what of ``day``, ``hours`` and ``name`` nobody can read, where it is one of them.
    ``doubled`` says by row which earlier row says the same; it counts once. ``lines`` are whom rows that
    count name.
    """

    file: str
    shifts: tuple[Shift, ...]
    standby: tuple[Standby, ...]
    unread: tuple[int, ...]
    lacks: Mapping[int, str] = field(default_factory=dict)
    doubled: Mapping[int, int] = field(default_factory=dict)
    lines: tuple[RosterLine, ...] = ()


def read_roster(path: Path, check: Check = go_on) -> RosterFile:
    """Read a roster through the parsing child.

    A row with a day and a span of hours is a shift; one with a number and without a day, or whose duty says
    standby, is somebody on standby. Raises KnownError ``reading.*``, ``roster.no_columns`` and
    ``roster.too_many_rows``.
    """
    table = read_table(path, lambda header: plain_header(header) in _FIELDS, check=check)
    places = _places(table)
    if "name" not in places or not ({"day", "phone"} & places.keys()):
        raise KnownError("roster.no_columns", file=table.file)
    if len(table.rows) > MOST_ROWS:
        raise KnownError("roster.too_many_rows", file=table.file, most=MOST_ROWS)
    order = day_first(row.cells[places["day"]] for row in table.rows) if "day" in places else None
    shifts: list[Shift] = []
    standby: list[Standby] = []
    unread: list[int] = []
    first_rows: dict[tuple[date, str] | Standby, int] = {}
    doubled: dict[int, int] = {}
    lines: list[RosterLine] = []
    lacks: dict[int, str] = {}
    on_day: Counter[date] = Counter()
    for row in table.rows:
        told = {field: _plain(row.cells[column]) for field, column in places.items()}
        if not any(told.values()):
            continue
        place = row.source.row
        one = None if any(len(text) > _LONGEST for text in told.values()) else _read(told, order)
        if one is None or (isinstance(one, Shift) and on_day[one.day] >= MOST_SHIFTS):
            unread.append(place)
            if lacking := _lacking(told, order):
                lacks[place] = lacking
            continue
        first = first_rows.setdefault((one.day, one.line()) if isinstance(one, Shift) else one, place)
        if first != place:
            doubled[place] = first
        elif isinstance(one, Shift):
            on_day[one.day] += 1
            shifts.append(one)
        else:
            standby.append(one)
        if first == place:
            lines.append(RosterLine(place, one.name, one.staff_number, one.phone))
    return RosterFile(table.file, tuple(shifts), tuple(standby), tuple(unread), lacks, doubled, tuple(lines))


def _plain(cell: str) -> str:
    return unicodedata.normalize("NFKC", clean(cell).text).strip()


def _places(table: Table) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, name in enumerate(table.columns):
        field = _FIELDS.get(plain_header(name))
        if field is not None:
            found.setdefault(field, place)
    return found


def _read(told: Mapping[str, str], order: bool | None) -> Shift | Standby | None:
    if told.get("name") and _has_number(told) and _is_standby(told):
        return Standby(told["name"], told["phone"], told.get("staff_number", ""), told.get("skills", ""))
    return _shift(told, order)


def _has_number(told: Mapping[str, str]) -> bool:
    return any(char.isdigit() for char in told.get("phone", ""))


def _is_standby(told: Mapping[str, str]) -> bool:
    return told.get("duty", "").casefold() in _STANDBY or not told.get("day")


def _lacking(told: Mapping[str, str], order: bool | None) -> str:
    """Return what a row needs first to be a shift; empty where it has it all, or is somebody on standby."""
    if not told.get("day"):
        return "" if told.get("phone") else "day"
    read = {"day": _day(told["day"], order), "hours": _span(told), "name": told.get("name")}
    return next((name for name, value in read.items() if not value), "")


def _shift(told: Mapping[str, str], order: bool | None) -> Shift | None:
    day, span = _day(told.get("day", ""), order), _span(told)
    if day is None or span is None or not told.get("name"):
        return None
    duty = told.get("duty", "")
    return Shift(
        day,
        *span,
        told["name"],
        told.get("staff_number", ""),
        _DUTIES.get(duty.casefold(), duty),
        told.get("phone", ""),
    )


def _day(text: str, order: bool | None) -> date | None:
    moment = parse_moment(text, UTC, day_first=order, date_at=time(0))
    return None if moment is None else moment.date()


def _span(told: Mapping[str, str]) -> tuple[time, time] | None:
    texts = (told.get("begins", ""), told.get("ends", ""))
    if not all(texts) and (parts := _SPAN.fullmatch(told.get("span", ""))):
        texts = (parts[1], parts[2])
    begins, ends = (_time(text) for text in texts)
    return None if begins is None or ends is None else (begins, ends)


def _time(text: str) -> time | None:
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2])
    # 24:00 is how a table writes the end of the day.
    return time(hour % 24, minute) if hour <= 24 and minute < 60 and (hour < 24 or minute == 0) else None
