"""Codes of a reconciliation in the words of this room: fields, moments, decisions."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from desktop_app.exchange.preview import FileKind
from desktop_app.exchange.worksheets.wording import field_word
from desktop_app.words import Words


def field_name(words: Words, kind: FileKind, field: str) -> str:
    """Return what a field of a file is called."""
    for code in (f"window.reconcile.field.{kind.what}.{field}", f"window.reconcile.field.{field}"):
        if words.has(code):
            return words.say(code)
    return field_word(words, field)


def moment_text(at: datetime | None, zone: tzinfo, offset: timedelta = timedelta(0)) -> str:
    """Return a moment as it is shown; empty where there is none."""
    return f"{(at + offset).astimezone(zone):%Y-%m-%d %H:%M:%S}" if at else ""
