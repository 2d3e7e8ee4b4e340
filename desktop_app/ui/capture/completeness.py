"""What a form still lacks, derived from what is typed; it never stands in the way of saving (DESK §0)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo

from desktop_app.domain.entries import Value, moment_text
from desktop_app.domain.fields import RECORD_FIELDS, to_correct
from desktop_app.domain.form_fields import FieldType, is_blank
from desktop_app.services.record_form import lines, read_field, typed_text

_ALWAYS_THERE = frozenset({"kind", "channel", "received_at", "ended_at"})


def still_missing(typed: Mapping[str, Value], zone: tzinfo, now: datetime) -> tuple[str, ...]:
    """Return the keys that a record of these typed texts would have on its correction list."""
    values: dict[str, Value] = {}
    for key, told in typed.items():
        text = typed_text(key, told) if key in RECORD_FIELDS else ""
        if not text:
            continue
        is_list = RECORD_FIELDS[key].type is FieldType.LIST
        values[key] = list(lines(text)) if is_list else read_field(key, text, zone, now)
    values.setdefault("received_at", moment_text(now))
    return to_correct(values)


def is_empty(typed: Mapping[str, Value]) -> bool:
    """Whether nothing was typed but what every form starts with, and what the program noted itself."""
    return all(is_blank(value) for key, value in typed.items() if key not in _ALWAYS_THERE and _is_typed(key))


def _is_typed(key: str) -> bool:
    return key not in RECORD_FIELDS or not RECORD_FIELDS[key].by_program
