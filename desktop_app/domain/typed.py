"""What people type into a field, brought to the value the field holds, and back.

A text that is no value of the field's type is kept as it stands: in its own field, where whoever corrects the
record finds it (``unreadable``), rather than refused or moved elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache

from desktop_app.domain.entries import Value
from desktop_app.domain.form_fields import Field, FieldType, Options, is_blank
from desktop_app.domain.times import parse_iso, parse_moment

AHEAD = frozenset({"callback_due", "promised_by", "eta", "next_chase_at", "reply_by"})
"""Fields whose time lies ahead: a bare 09:00 typed in the evening means tomorrow's."""

_PARTICULAR = frozenset(
    {FieldType.MOMENT, FieldType.YES_NO, FieldType.TICK, FieldType.INTEGER, FieldType.MONEY}
)
_SLACK = timedelta(hours=1)
"""How far on the wrong side of now a bare time of day may lie before it means another day's."""
_HALF_A_YEAR = timedelta(days=180)
_NOW = frozenset({"t", "now", "现在", "刚才"})
_DAYS: Mapping[str, int] = {
    "今天": 0,
    "今日": 0,
    "today": 0,
    "明天": 1,
    "明日": 1,
    "明早": 1,
    "tomorrow": 1,
    "后天": 2,
    "昨天": -1,
    "昨日": -1,
    "yesterday": -1,
    "前天": -2,
}
_FOUR_DIGITS = re.compile(r"([01]\d|2[0-3])([0-5]\d)")
_DOTTED = re.compile(r"([01]?\d|2[0-3])\.([0-5]\d)")
_LATER = re.compile(r"\+?(\d{1,4})\s*(m|min|分钟?|h|小时)?(?:后|later)?", re.IGNORECASE)
_MONTH_DAY = re.compile(r"(\d{1,2})[-/.月](\d{1,2})[日号]?\s+(.+)")
_EITHER_HALF = re.compile(r"(?:[1-9]|1[01])[时点點]")
_MONEY = re.compile(r"(\d{1,12})(?:\.(\d{1,2}))?")
_MONEY_SIGNS = re.compile(r"[¥￥,，\s]|元|rmb|cny|yuan", re.IGNORECASE)
_YES = frozenset({"yes", "y", "true", "1", "是", "有", "对"})
_NO = frozenset({"no", "n", "false", "0", "否", "无", "没有", "不"})


def read_moment(text: str, zone: tzinfo, now: datetime, *, ahead: bool = False) -> datetime | None:
    """Return the UTC moment a person means, None where nobody can tell.

    Beside full dates: ``14:05``, ``14.05``, ``1405``, ``下午3点半``, ``明天 9:00``, ``3-5 14:00``, ``+30``
    (minutes), ``2小时后`` and ``t`` for now. A bare time of day is today's, or that of the nearest day on the
    side of ``ahead``; a month and day are those of the year in which they lie nearest.
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if plain in _NOW:
        return now.astimezone(UTC)
    later = _LATER.fullmatch(plain)
    if later and (plain.startswith("+") or plain.endswith(("后", "later"))):
        unit = timedelta(hours=1) if later[2] in ("h", "小时") else timedelta(minutes=1)
        return now.astimezone(UTC) + int(later[1]) * unit
    today = now.astimezone(zone)
    for word, days in _DAYS.items():
        if plain.startswith(word):
            return _at(plain.removeprefix(word), today + timedelta(days=days), zone)
    if found := _MONTH_DAY.fullmatch(plain):
        return _nearest_year(f"{found[1]}-{found[2]} {_clock(found[3])}", today, zone)
    bare = _at(plain, today, zone)
    if bare is None:
        return parse_moment(plain, zone)
    if ahead and _EITHER_HALF.match(plain) and (bare < now - _SLACK or bare.astimezone(zone).hour < 7):
        return None  # 3点 is three in the morning or in the afternoon: nothing is guessed of a promise
    if ahead and bare < now - _SLACK:
        return _at(plain, today + timedelta(days=1), zone)
    if not ahead and bare > now + _SLACK:
        return _at(plain, today - timedelta(days=1), zone)
    return bare


def read_clock(text: str, day: date, zone: tzinfo) -> datetime | None:
    """Return the UTC moment of a time of day (``14:05``, ``1405``, ``下午3点半``) on ``day``, or None."""
    return _at(unicodedata.normalize("NFKC", text).strip().lower(), day, zone)


def read_integer(text: str) -> int | None:
    """Return the whole number written in ``text``, full-width digits and a 人 or 次 behind it allowed."""
    plain = unicodedata.normalize("NFKC", text).strip().rstrip("人次个名").strip()
    return int(plain) if re.fullmatch(r"[0-9]{1,9}", plain) else None


def read_money(text: str) -> str | None:
    """Return an amount in yuan as ``12.50``; kept as text, because a float is no amount."""
    found = _MONEY.fullmatch(_MONEY_SIGNS.sub("", unicodedata.normalize("NFKC", text)))
    return f"{int(found[1])}.{(found[2] or '').ljust(2, '0')}" if found else None


def read_yes(text: str) -> bool | None:
    """Return whether ``text`` says yes; None where it says neither yes nor no."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    return True if plain in _YES else False if plain in _NO else None


def holds(field: Field, value: Value) -> bool:
    """Whether ``value`` is one of the field's type; nothing at all is."""
    if is_blank(value):
        return True
    if field.type is FieldType.MOMENT:
        return isinstance(value, str) and parse_iso(value, UTC) is not None
    if field.type in (FieldType.YES_NO, FieldType.TICK):
        return isinstance(value, bool)
    if field.type is FieldType.INTEGER:
        return type(value) is int
    if field.type is FieldType.MONEY:
        return isinstance(value, str) and read_money(value) is not None
    if field.type is FieldType.CHOICE and field.options is not None:
        return not is_particular(field) or (isinstance(value, str) and value in _codes(field.options))
    return True


def is_particular(field: Field) -> bool:
    """Whether there is anything that is no value of the field's type."""
    if field.type is FieldType.CHOICE:
        # A site's own category is a category.
        return field.options is not None and field.key != "category"
    return field.type in _PARTICULAR


@cache
def _codes(options: Options) -> frozenset[str]:
    return frozenset(options)


def typed(field: Field, value: Value, zone: tzinfo) -> str:
    """Return the text that stands for a value in an input, as ``read_moment`` and its like read it back."""
    if value is None:
        return ""
    if field.type is FieldType.MOMENT:
        moment = parse_iso(str(value), UTC)
        return moment_shown(moment, zone) if moment else str(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "\n".join(item_text(item) for item in value)
    return str(value)


def moment_shown(moment: datetime, zone: tzinfo) -> str:
    """Return a moment as it stands in an input: ``2026-03-02 09:15``, with seconds where it has some."""
    local = moment.astimezone(zone)
    return f"{local:%Y-%m-%d %H:%M:%S}" if local.second else f"{local:%Y-%m-%d %H:%M}"


def item_text(item: Value) -> str:
    """Return what an item of a list says."""
    return str(item.get("text", "")) if isinstance(item, dict) else "" if item is None else str(item)


def _at(clock: str, day: date, zone: tzinfo) -> datetime | None:
    return parse_moment(f"{day:%Y-%m-%d} {_clock(clock)}", zone) if clock.strip() else None


def _nearest_year(text: str, today: datetime, zone: tzinfo) -> datetime | None:
    """Return a month, day and time of this year; at a turn of the year, of the one before or after."""
    this_year = parse_moment(f"{today.year}-{text}", zone)
    for year in (today.year - 1, today.year + 1):
        moment = parse_moment(f"{year}-{text}", zone)
        if moment is not None and abs(moment - today) < _HALF_A_YEAR:
            return moment
    return this_year


def _clock(text: str) -> str:
    plain = text.strip()
    found = _FOUR_DIGITS.fullmatch(plain) or _DOTTED.fullmatch(plain)
    return f"{found[1]}:{found[2]}" if found else plain
