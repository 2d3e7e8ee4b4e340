"""Codes of a reconciliation as words: reasons, values of fixed lists, numbers of records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop_app.domain.reconciliation import HandRecord, Reason, Reconciliation
from desktop_app.exchange.notes import Note
from desktop_app.words import Words


def reason_sentence(words: Words, reason: Reason, *, section: str = "reason") -> str:
    """Return a reason in words; a code that has none is shown as it is, with its details."""
    code = f"{section}.{reason.code}"
    details = dict(reason.details)
    if "field" in details:
        details["field"] = field_word(words, details["field"])
    if "side" in details:
        details["side"] = words.say(f"workbook.side.{details['side']}")
    try:
        return words.say(code, **details)
    except (KeyError, IndexError):
        told = ", ".join(f"{name}={value}" for name, value in details.items())
        return f"{reason.code} ({told})" if told else reason.code


def note_sentence(words: Words, note: Note) -> str:
    """Return what a reader had to say about a file, in words."""
    return reason_sentence(words, Reason(note.code, 0.0, note.details), section="note")


def reasons_text(words: Words, reasons: Iterable[Reason]) -> str:
    """Return reasons side by side, the weightiest first."""
    ordered = sorted(reasons, key=lambda reason: -abs(reason.weight))
    return words.say("workbook.semicolon").join(reason_sentence(words, reason) for reason in ordered)


def field_word(words: Words, field: str) -> str:
    """Return the name of a field in words."""
    for code in (f"field.{field}", f"workbook.column.{field}"):
        if words.has(code):
            return words.say(code)
    return field


def value_word(words: Words, field: str, value: str) -> str:
    """Return a value of a fixed list (kind, channel, category) in words; any other text as written."""
    if value.isidentifier():
        for code in (f"{field}.{value}", f"option.{field}.{value}"):
            if words.has(code):
                return words.say(code)
    return value


def shown(record: HandRecord) -> str:
    """Return how people call a record: its number, else where it was read."""
    return record.number or record.key


def numbers_by_key(reconciliation: Reconciliation) -> Mapping[str, str]:
    """Return each record's number (or key where it has none) by its key."""
    return {result.record.key: shown(result.record) for result in reconciliation.records}
