"""The own fields of a type of incident: which are asked now, which are missing, how typed text is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, tzinfo

from desktop_app.domain.entries import Value, moment_text
from desktop_app.domain.incident_types import Asked, OwnField, OwnFieldKind
from desktop_app.domain.times import parse_iso
from desktop_app.domain.typed import read_integer, read_moment, read_money, read_yes

_DECIMAL = re.compile(r"\d{1,9}\.\d{1,4}")
_AHEAD = ("_due", "_until", "_planned_at", "_expected_at")
_K = OwnFieldKind


def lies_ahead(field: OwnField) -> bool:
    """Whether a time of the field is one to come, by its key: a bare 9:00 in the evening is tomorrow's."""
    return field.key.endswith(_AHEAD)


def names_of(field: OwnField) -> tuple[str, ...]:
    """Return the journal's names of a field: of several choices each is kept by itself (JOURNAL, fold)."""
    if field.kind is _K.CHOICES:
        return tuple(_choice(field.key, option.code) for option in field.options)
    return (field.key,)


def held(field: OwnField, values: Mapping[str, Value]) -> Value:
    """Return what a field holds, of several choices the list of those taken; None where nothing."""
    if field.kind is _K.CHOICES:
        codes = [one.code for one in field.options if values.get(_choice(field.key, one.code)) is True]
        return list(codes) or None
    value = values.get(field.key)
    return None if is_empty(value) else value


def told(field: OwnField, value: Value) -> dict[str, Value]:
    """Return what the journal is told of a field that holds ``value``."""
    if field.kind is _K.CHOICES:
        taken = value if isinstance(value, list) else []
        return {_choice(field.key, one.code): True if one.code in taken else None for one in field.options}
    return {field.key: value}


def is_asked(field: OwnField, values: Mapping[str, Value]) -> bool:
    """Whether a field is asked, by what the others hold; one that holds something is never taken away."""
    return not field.asked.field or held(field, values) is not None or _holds(field.asked, values)


def _holds(asked: Asked, values: Mapping[str, Value]) -> bool:
    """Whether a condition, or the one beside it, is met."""
    if asked.either is not None and _holds(asked.either, values):
        return True
    other = values.get(asked.field)
    if asked.over is not None:
        return _amount(other) > asked.over
    said = {True: "yes", False: "no"}.get(other, "") if isinstance(other, bool) else other
    return said in asked.codes or any(values.get(_choice(asked.field, one)) is True for one in asked.codes)


def missing(fields: Iterable[OwnField], values: Mapping[str, Value]) -> tuple[OwnField, ...]:
    """Return the fields that have to be filled and are not."""
    return tuple(one for one in fields if one.needed and is_asked(one, values) and held(one, values) is None)


def is_empty(value: Value) -> bool:
    """Whether a field holds nothing; no is something, and so is 0."""
    return value is None or value == "" or value == []


def is_read(field: OwnField, value: Value) -> bool:
    """Whether a value is one of the field's kind, and not a text that nobody could read."""
    if value is None or not isinstance(value, str):
        return True
    match field.kind:
        case _K.MOMENT | _K.STAMP:
            return parse_iso(value, UTC) is not None
        case _K.NUMBER:
            return read_integer(value) is not None or _DECIMAL.fullmatch(value) is not None
        case _K.MONEY:
            return read_money(value) is not None
    return True


def read(field: OwnField, text: str, zone: tzinfo, now: datetime) -> Value:
    """Return what a text typed into the field means; as it stands where it cannot be read, None for none."""
    plain = text.strip()
    if not plain:
        return None
    match field.kind:
        case _K.MOMENT | _K.STAMP:
            at = read_moment(plain, zone, now, ahead=lies_ahead(field))
            return plain if at is None else moment_text(at)
        case _K.NUMBER:
            count, decimal = read_integer(plain), unicodedata.normalize("NFKC", plain).rstrip("% ")
            found = read_integer(decimal) if count is None else count
            return found if found is not None else decimal if _DECIMAL.fullmatch(decimal) else plain
        case _K.MONEY:
            return read_money(plain) or plain
        case _K.YES_NO | _K.TICK:
            return read_yes(plain)
        case _K.CHOICES:
            return list(plain.split())
    return text.strip("\n") if field.kind is _K.LONG_TEXT else plain


def _amount(value: Value) -> float:
    try:
        return float(value) if isinstance(value, int | float | str) else 0.0
    except ValueError:
        return 0.0


def _choice(key: str, code: str) -> str:
    return f"{key}.{code}"
