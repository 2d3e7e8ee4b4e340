"""Template values from outside: checked, cleaned and brought to what the journal keeps (INTERFACES, log)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

from desktop_app.domain.entries import Value, moment_text
from desktop_app.domain.errors import KnownError
from desktop_app.domain.fields import TEMPLATE_COLUMNS, to_correct
from desktop_app.domain.kinds import Category, Channel, Kind
from desktop_app.domain.numbers import Number, parse_number
from desktop_app.domain.texts import clean
from desktop_app.domain.times import parse_iso
from desktop_app.words import LANGUAGES, Words

TIMES = frozenset({"received_at", "ended_at", "callback_due"})
_CODES: Mapping[str, type[StrEnum]] = {"kind": Kind, "channel": Channel}
_OWN = frozenset({"number", "agent", "station"})
"""Columns the store itself fills; a number is taken only from a block reserved here."""
_EMPTY_ALONE = _OWN | TIMES | {"kind", "channel"}
"""Columns that alone say nothing of a matter: no phone, no name, no text."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Values as the journal keeps them, the number that was given, if any, and the fields still missing."""

    values: dict[str, Value]
    number: Number | None
    missing: tuple[str, ...]


def check_values(given: Mapping[str, object], zone: tzinfo, now: datetime) -> Checked:
    """Check one record's template values; ``received_at`` is ``now`` where absent.

    Raises KnownError ``log.*`` naming the column for an unknown column, a value that is no text, an unknown
    kind or channel, a time that is not ISO 8601, a number that is none, and a record that says nothing.
    """
    texts: dict[str, str] = {}
    for header, value in given.items():
        name = column_of(header)
        if name in texts:
            raise KnownError("log.key_twice")
        texts[name] = _text(name, value)
    number = _number(texts.get("number", ""))
    values: dict[str, Value] = {}
    for name in TEMPLATE_COLUMNS:
        if name not in _OWN and texts.get(name):
            values[name] = _kept(name, texts[name], zone)
    if values.keys() <= _EMPTY_ALONE:
        raise KnownError("log.empty")
    values.setdefault("received_at", moment_text(now))
    return Checked(values, number, to_correct(values))


def column_of(header: str) -> str:
    """Return the column a header names, in English or Chinese; raises KnownError ``log.unknown_column``."""
    column = header if header in TEMPLATE_COLUMNS else Words("zh").code_of("field", header.strip())
    if column not in TEMPLATE_COLUMNS:
        raise KnownError("log.unknown_column", column=clean(header, 80).text)
    return str(column)


def _text(name: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise KnownError("log.not_text", column=name)
    cleaned = clean(str(value))
    if cleaned.cut_bytes:
        raise KnownError("log.too_long", column=name)
    return cleaned.text.strip()


def _number(text: str) -> Number | None:
    if not text:
        return None
    number = parse_number(text)
    if number is None:
        raise KnownError("log.bad_number", text=_quoted(text))
    return number


def _kept(name: str, text: str, zone: tzinfo) -> str:
    if name in TIMES:
        moment = parse_iso(text, zone)
        if moment is None:
            raise KnownError("log.bad_time", column=name, text=_quoted(text))
        return moment_text(moment)
    if name in _CODES:
        code = _code(name, _CODES[name], text)
        if code is None:
            raise KnownError(f"log.bad_{name}", text=_quoted(text))
        return code
    # A site's own category is kept as it was written.
    return (_code("option.category", Category, text) or text) if name == "category" else text


def _code(section: str, codes: type[StrEnum], text: str) -> str | None:
    """Return the code that ``text`` is, or whose Chinese or English words it is."""
    if text.lower() in set(codes):
        return text.lower()
    return next((code for language in LANGUAGES if (code := Words(language).code_of(section, text))), None)


def _quoted(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
