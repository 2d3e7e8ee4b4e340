"""What was typed into a form, brought to what the journal keeps; nothing typed is refused or lost.

A form's texts lie under the keys of the catalogue (domain/fields). A text that is no value of its field stays
in it as it was typed and is on the record's correction list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from enum import StrEnum
from functools import cache

from desktop_app.domain.entries import Value, moment_text
from desktop_app.domain.errors import KnownError
from desktop_app.domain.fields import RECORD_FIELDS, to_correct
from desktop_app.domain.folding import State
from desktop_app.domain.form_fields import Field, FieldType
from desktop_app.domain.texts import clean
from desktop_app.domain.typed import AHEAD, read_integer, read_moment, read_money, read_yes, typed
from desktop_app.words import LANGUAGES, Words

OWN = frozenset({"number", "record_id", "agent", "station", "drill", "state", "first_handler", "recorded_at"})
"""Fields that the store itself fills; whatever a form says of them is passed over."""

_SAYING = frozenset(
    {
        FieldType.TEXT,
        FieldType.LONG_TEXT,
        FieldType.PHONE,
        FieldType.REFERENCE,
        FieldType.FILE,
        FieldType.LIST,
        FieldType.MONEY,
        FieldType.INTEGER,
    }
)
"""Types of which one filled field is a record; choices and times alone say nothing of a matter."""


@dataclass(frozen=True, slots=True)
class FormValues:
    """A form as the journal keeps it: ``values`` by field key, new items by list, and what is to correct."""

    values: dict[str, Value]
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


def read_form(given: Mapping[str, object], zone: tzinfo, now: datetime, received_at: datetime) -> FormValues:
    """Read a whole form; ``received_at`` counts where the form says nothing of it.

    Raises KnownError ``log.empty`` for a form without number, name and text, ``log.unknown_column`` for a key
    that is no field, ``log.not_text`` for a value that nobody can type and ``log.too_long``.
    """
    values: dict[str, Value] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for key, told in given.items():
        text = typed_text(key, told)
        if not text or key in OWN:
            continue
        if RECORD_FIELDS[key].type is FieldType.LIST:
            lists[key] = lines(text)
        elif (value := read_field(key, text, zone, now)) is not None:
            values[key] = value
    if not _says_something(values, lists):
        raise KnownError("log.empty")
    values.setdefault("received_at", moment_text(received_at))
    listed: dict[str, Value] = {key: list(items) for key, items in lists.items()}
    return FormValues(values, lists, to_correct({**values, **listed}))


def read_field(key: str, text: str, zone: tzinfo, now: datetime) -> Value:
    """Return the value that ``text`` is in a field, the text itself where it is none of the field's type.

    An unticked box and an empty text are None.
    """
    if not text.strip():
        return None
    asked = RECORD_FIELDS[key]
    if asked.type is FieldType.MOMENT:
        moment = read_moment(text, zone, now, ahead=key in AHEAD)
        return text if moment is None else moment_text(moment)
    if asked.type is FieldType.TICK:
        return {True: True, False: None, None: text}[read_yes(text)]
    if asked.type is FieldType.YES_NO:
        answer = read_yes(text)
        return text if answer is None else answer
    if asked.type is FieldType.INTEGER:
        count = read_integer(text)
        return text if count is None else count
    if asked.type is FieldType.MONEY:
        return read_money(text) or text
    if asked.type is FieldType.CHOICE:
        return code_of(asked, text) or text
    return text


def code_of(asked: Field, text: str) -> str | None:
    """Return the code that ``text`` is, or whose Chinese or English words it is; None where it is neither."""
    if asked.options is None:
        return None
    if text.lower() in set(asked.options):
        return text.lower()
    return _codes_by_word(words_section(asked.options)).get(text)


def words_section(options: type[StrEnum]) -> str:
    """Return where the words of a choice lie: ``kind``, ``channel``, ``option.urgent_kind``."""
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", options.__name__).lower()
    return name if name in ("kind", "channel") else f"option.{name}"


def typed_text(key: str, told: object) -> str:
    """Return what a form says of a field as clean text; raises KnownError ``log.*``."""
    if key not in RECORD_FIELDS:
        raise KnownError("log.unknown_column", column=clean(key, 80).text)
    if told is None:
        return ""
    if isinstance(told, bool):
        return "yes" if told else "no"
    if not isinstance(told, str | int):
        raise KnownError("log.not_text", column=key)
    cleaned = clean(str(told))
    if cleaned.cut_bytes:
        raise KnownError("log.too_long", column=key)
    return cleaned.text.strip()


def typed_form(state: State, zone: tzinfo) -> dict[str, Value]:
    """Return a record as the texts of its form; of a conflict the latest candidate."""
    texts: dict[str, Value] = {}
    for key, asked in RECORD_FIELDS.items():
        value: Value = (
            [item.value for item in state.lists.get(key, ())]
            if asked.type is FieldType.LIST
            else state.value(key)
        )
        if key not in OWN and (text := typed(asked, value, zone)):
            texts[key] = text
    return texts


def lines(text: str) -> tuple[str, ...]:
    """Return the items of a list that was typed one a line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _says_something(values: Mapping[str, Value], lists: Mapping[str, object]) -> bool:
    told = (RECORD_FIELDS[key] for key in (*values, *lists))
    return values.get("number_unknown") is True or any(_is_content(one) for one in told)


def _is_content(asked: Field) -> bool:
    return asked.type in _SAYING and not asked.by_program


@cache
def _codes_by_word(section: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for code, word in Words(language).table(section).items():
            found.setdefault(word, code)
    return found
