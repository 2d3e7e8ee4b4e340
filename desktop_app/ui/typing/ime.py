"""What an input method is composing, and how it is settled before anything acts on a text.

While pinyin is being composed, a field's ``text()`` lacks the composing part, and asking the input method to
commit may deliver nothing (DESK §2). So fields keep their own copy, and that is put in where the input
method stays silent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget


@runtime_checkable
class Composer(Protocol):
    """A field that keeps its own copy of what is being composed in it."""

    def preedit(self) -> str:
        """Return the composing text; empty where nothing is composed."""

    def settled_text(self) -> str:
        """Return the text without what is being composed."""


def preedit_of(widget: QWidget | None) -> str:
    """Return what is being composed in ``widget``; empty for none and for widgets that take no text."""
    return widget.preedit() if isinstance(widget, Composer) else ""


def commit(widget: QWidget | None, ask: Callable[[], None] | None = None) -> None:
    """Settle what is being composed in ``widget``: it is part of the text when this returns.

    ``ask`` asks the input method to commit; where the text stays as it was, the own copy is put in.
    """
    composing = preedit_of(widget)
    if widget is None or not composing or not isinstance(widget, Composer):
        return
    before = widget.settled_text()
    input_method = QGuiApplication.inputMethod()
    (ask or input_method.commit)()
    if widget.settled_text() != before:
        return
    event = QInputMethodEvent()
    event.setCommitString(composing)
    QApplication.sendEvent(widget, event)
    # Or it would deliver the same text a second time, wherever the focus is by then.
    input_method.reset()


def with_preedit(text: str, position: int, composing: str) -> str:
    """Return ``text`` with ``composing`` at ``position``, which Qt counts in UTF-16 units."""
    units = text.encode("utf-16-le", "surrogatepass")
    at = 2 * position
    return (units[:at] + composing.encode("utf-16-le", "surrogatepass") + units[at:]).decode(
        "utf-16-le", "replace"
    )
