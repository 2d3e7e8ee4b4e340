"""What was typed, as plain text to copy or print where the store refuses it: nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_app.domain.entries import Value
from desktop_app.domain.fields import FIELDS
from desktop_app.services.record_form import words_section
from desktop_app.ui.capture.editors import text_of
from desktop_app.ui.paper import print_sheet
from desktop_app.words import Words


def as_text(words: Words, number: str, values: Mapping[str, Value]) -> str:
    """Return a form as lines of field and text, its number first."""
    told = {"number": number, **{key: text_of(value) for key, value in values.items()}}
    return "\n".join(
        words.say("window.capture.line", field=words.say(f"field.{key}"), text=_shown(words, key, text))
        for key, text in told.items()
        if text.strip() and key in FIELDS
    )


def copy(text: str) -> None:
    """Put a text on the clipboard."""
    QGuiApplication.clipboard().setText(text)


def print_out(text: str, parent: QWidget) -> None:
    """Print a text as it stands, after asking where."""
    title, *lines = text.split("\n")
    print_sheet(parent, title, lines)


def _shown(words: Words, key: str, text: str) -> str:
    options = FIELDS[key].options
    codes = [f"{words_section(options)}.{text}"] if options else []
    if text in ("yes", "no"):
        codes.append(f"window.capture.{text}")
    return next((words.say(code) for code in codes if words.has(code)), text)
