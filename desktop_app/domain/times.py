"""Moments as people and programs write them, brought to UTC.

A text without an offset is read in the zone it is given. Where a text could mean two days (``3/1/2026``)
nothing is guessed from it alone: ``day_first`` asks the whole column.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from desktop_app.domain.errors import KnownError

_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?", re.IGNORECASE)
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?"
    r"\s?(Z|[+-]\d{2}(?::?\d{2})?)?",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4})")
_COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})(?:[T ]?(\d{2})(\d{2})(\d{2})?)?")
_DAY_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3})[a-z]*\.?,?[\s-]+(\d{4})", re.IGNORECASE)
_MONTH_NAMED = re.compile(r"([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY = re.compile(
    r"[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?|\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b,?",
    re.IGNORECASE,
)
_MORNING = ("上午", "凌晨", "早上", "清晨", "早晨", "am", "a.m.")
_AFTERNOON = ("下午", "晚上", "傍晚", "夜间", "pm", "p.m.")
_NOON = ("中午",)
_HALF = "|".join(re.escape(word) for word in (*_MORNING, *_AFTERNOON, *_NOON))
_CLOCK = re.compile(
    rf"(?P<before>{_HALF})?\s*(?P<hour>\d{{1,2}})\s*(?:[:时點点]\s*(?P<half>半)?(?P<minute>\d{{1,2}})?\s*分?钟?)?"
    rf"\s*(?:[::]?\s*(?P<second>\d{{1,2}})(?:[.,](?P<fraction>\d{{1,9}}))?\s*秒?)?\s*(?P<after>{_HALF})?"
    r"\s*(?P<offset>z|utc|gmt|(?:utc|gmt)?\s?[+-]\d{1,2}(?::?\d{2})?)?",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"\d{5}\.\d{1,15}")
_EPOCH = re.compile(r"(\d{10})(?:\.\d{1,9})?|\d{13}|\d{16}")
_EXCEL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001  a serial carries no zone
_LAST_SERIAL = 80_000
_LONGEST = 64
_JOURNAL_LENGTH = 27


def zone_of(name: str) -> tzinfo:
    """Return the zone of an IANA name, ``UTC`` or an offset such as ``+08:00``.

    Raises KnownError ``reading.unknown_zone`` for any other text.
    """
    plain = name.strip()
    offset = _offset(plain)
    if offset is not None:
        return offset
    try:
        return ZoneInfo(plain)
    except (ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError; names of folders raise OSError
        raise KnownError("reading.unknown_zone", zone=name) from None
    except KeyError:
        raise KnownError("reading.unknown_zone", zone=name) from None


def is_tellable(moment: datetime) -> bool:
    """Whether every zone has a date for a moment; the first and the last year there are lack some."""
    return MINYEAR < moment.year < MAXYEAR


def parse_iso(text: str, zone: tzinfo) -> datetime | None:
    """Return the UTC moment of an ISO 8601 date and time; without an offset it is read in ``zone``.

    None where it is anything else, a date alone included.
    """
    if len(text) == _JOURNAL_LENGTH and text[10] == "T" and text[-1] == "Z" and text[19] == ".":
        # The journal's own spelling, read a hundred times for every other.
        with suppress(ValueError):
            if text[5] != "W":
                moment = datetime.fromisoformat(text)
                return moment if is_tellable(moment) else None
    found = _ISO.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if found is None:
        return None
    year, month, day, hour, minute = (int(found[part]) for part in range(1, 6))
    micros = int((found[7] or "0").ljust(6, "0")[:6])
    own = _offset(found[8]) if found[8] else zone
    return _utc((year, month, day), (hour, minute, int(found[6] or 0), micros), own)


def parse_moment(
    text: str, zone: tzinfo, *, day_first: bool | None = None, date_at: time | None = None
) -> datetime | None:
    """Return the UTC moment that ``text`` means in any spelling seen in exports and typed tables, or None.

    ``day_first`` decides ``3/1/2026`` where the text alone cannot; None leaves such a text unread.
    ``date_at`` is the time of day of a date that names none; without it a date alone is no moment.
    """
    plain = unicodedata.normalize("NFKC", text).replace("\u200b", "").strip().strip("'")
    if not plain or len(plain) > _LONGEST:
        return None
    return (
        parse_iso(plain, zone)
        or _counted(plain, zone)
        or _compact(plain, zone, date_at)
        or _written(plain, zone, day_first, date_at)
    )


def day_first(texts: Iterable[str]) -> bool | None:
    """Whether a column of ``a/b/year`` dates puts the day first; None where no text of it decides."""
    firsts, seconds = False, False
    for text in texts:
        if len(text) > _LONGEST:
            continue
        found = _YEAR_LAST.match(unicodedata.normalize("NFKC", text).strip())
        if found:
            firsts = firsts or int(found[1]) > 12
            seconds = seconds or int(found[3]) > 12
    return firsts if firsts != seconds else None


def _counted(plain: str, zone: tzinfo) -> datetime | None:
    """Seconds, milliseconds or microseconds since 1970, or a spreadsheet's count of days."""
    if _SERIAL.fullmatch(plain) and float(plain) < _LAST_SERIAL:
        moment = _EXCEL_ZERO + timedelta(seconds=round(float(plain) * 86_400))
        return _utc(
            (moment.year, moment.month, moment.day), (moment.hour, moment.minute, moment.second, 0), zone
        )
    found = _EPOCH.fullmatch(plain)
    if found is None:
        return None
    seconds = float(plain) if found[1] else int(plain) / (1e3 if len(plain) == 13 else 1e6)
    return datetime.fromtimestamp(seconds, UTC) if seconds < 4_102_444_800 else None


def _compact(plain: str, zone: tzinfo, date_at: time | None) -> datetime | None:
    found = _COMPACT.fullmatch(plain)
    if found is None:
        return None
    day = (int(found[1]), int(found[2]), int(found[3]))
    if found[4] is None:
        return _at(day, date_at, zone)
    return _utc(day, (int(found[4]), int(found[5]), int(found[6] or 0), 0), zone)


def _written(plain: str, zone: tzinfo, day_first: bool | None, date_at: time | None) -> datetime | None:
    plain = _WEEKDAY.sub(" ", plain).strip()
    day, rest = _day(plain, day_first)
    if day is None:
        return None
    rest = rest.strip().lstrip(",T").strip()
    if not rest:
        return _at(day, date_at, zone)
    found = _CLOCK.fullmatch(rest)
    if found is None or (found["before"] and found["after"]):
        return None
    half = (found["before"] or found["after"] or "").lower()
    separated = ":" in rest or re.search(r"[时點点]", rest)
    if not separated and not half:
        return None
    hour = _hour(int(found["hour"]), half)
    minute = 30 if found["half"] else int(found["minute"] or 0)
    micros = int((found["fraction"] or "0").ljust(6, "0")[:6])
    own = zone
    if found["offset"]:
        offset = _offset(found["offset"].replace(" ", ""))
        if offset is None:
            return None
        own = offset
    return _utc(day, (hour, minute, int(found["second"] or 0), micros), own)


def _day(plain: str, day_first: bool | None) -> tuple[tuple[int, int, int] | None, str]:
    if found := _YEAR_FIRST.match(plain):
        return (int(found[1]), int(found[2]), int(found[3])), plain[found.end() :]
    if found := _YEAR_LAST.match(plain):
        one, two, year = int(found[1]), int(found[3]), int(found[4])
        rest = plain[found.end() :]
        first = day_first
        if one > 12 or two > 12 or one == two:
            first = one > 12
        elif first is None and found[2] == ".":
            first = True  # dots are written day first wherever they are written
        if first is None:
            return None, ""
        return (year, two, one) if first else (year, one, two), rest
    for pattern, at_day, at_month in ((_DAY_NAMED, 1, 2), (_MONTH_NAMED, 2, 1)):
        if (found := pattern.match(plain)) and found[at_month].lower() in _MONTHS:
            month = _MONTHS.index(found[at_month].lower()) + 1
            return (int(found[3]), month, int(found[at_day])), plain[found.end() :]
    return None, ""


def _hour(hour: int, half: str) -> int:
    if half in _AFTERNOON and hour < 12:
        return hour + 12
    if half in _NOON and hour < 11:
        return hour + 12
    if half in _MORNING and hour == 12:
        return 0
    return hour


def _at(day: tuple[int, int, int], date_at: time | None, zone: tzinfo) -> datetime | None:
    if date_at is None:
        return None
    return _utc(day, (date_at.hour, date_at.minute, date_at.second, date_at.microsecond), zone)


def _offset(text: str) -> tzinfo | None:
    if text.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    found = _OFFSET.fullmatch(text)
    if found is None:
        return None
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    if minutes > 14 * 60:
        return None
    return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))


def _utc(day: tuple[int, int, int], clock: tuple[int, int, int, int], zone: tzinfo | None) -> datetime | None:
    if zone is None:
        return None
    hour, minute, second, micros = clock
    try:
        # 24:00 is the end of the day; a leap second counts as the second before it.
        extra = timedelta(days=1) if (hour, minute, second) == (24, 0, 0) else timedelta()
        local = datetime.combine(
            date(*day), time(hour % 24 if extra else hour, minute, min(second, 59), micros)
        )
        if second > 60:
            return None
        moment = (local.replace(tzinfo=zone) + extra).astimezone(UTC)
        return moment if is_tellable(moment) else None
    except (ValueError, OverflowError):
        return None
