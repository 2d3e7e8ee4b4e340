"""A lead in the outage room, to be killed: fills a field and leaves it, then types on and finishes nothing.

Run and heard as ``window_desk`` is. ``held`` tells what stands in the fields once the room is open, ``typed``
when the last key was pressed. With the seed "again" nothing is typed.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

from PySide6.QtCore import QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from desktop_app.ui.capture.capture_page import CapturePage
from desktop_app.ui.incident.incident_page import IncidentPage
from tests.faults.window_desk import main, tell, when

AGAIN = "again"
TYPED = (
    ("handling", "vendor", "华电 8007 号单"),
    ("team", "bulletin_line", "外呼组先停"),
    ("closing", "course", "09:10 起登录一直转圈，运维在查；"),
)
"""View, field, and what is typed there; only the first is left for the next field."""
_PAUSES = (0, 5, 20)
_LONG = 700
"""Milliseconds between keys; once in every text longer than what is typed waits to be kept."""


class Lead:
    """Types a key each time the event loop is idle."""

    def __init__(self, page: CapturePage, chance: random.Random, tag: str) -> None:
        self.window, self.chance, self.tag = page.window(), chance, tag
        self.keys: Iterator[None] = iter(())

    def start(self) -> None:
        """Open the room, and go on once the incident is on it."""
        tell(ready=time.time())
        self.window.workplace.go("incident")
        room = self.window.workplace.incidents
        when(lambda: room.shown is not None, self.begin)

    def begin(self) -> None:
        self.keys = self.read() if self.tag == AGAIN else self.type()
        self.next_key()

    def next_key(self) -> None:
        if next(self.keys, self) is None:
            QTimer.singleShot(self.chance.choice(_PAUSES), self.next_key)

    def type(self) -> Iterator[None]:
        for view, name, text in TYPED:
            yield from self.go_to(view, name)
            for place, one in enumerate(text):
                self.enter(one)
                if place == len(text) // 2:
                    QTest.qWait(_LONG)
                yield
        self.enter("完")
        tell(typed=time.time())

    def read(self) -> Iterator[None]:
        for view, name, _text in TYPED:
            yield from self.go_to(view, name)
            # As long as the store may take to answer.
            QTest.qWait(600)
            (field,) = self.fields(name)
            text = field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()
            tell(held=text, field=name)
            yield
        tell(typed=time.time())

    def go_to(self, view: str, name: str) -> Iterator[None]:
        self.window.findChild(IncidentPage).show_view(view)
        while not (found := self.fields(name)):
            yield
        found[0].setFocus()

    def fields(self, name: str) -> list[QWidget]:
        return [one for one in self.window.findChildren(QWidget, name) if one.isVisible()]

    def enter(self, one: str) -> None:
        focused = QApplication.focusWidget()
        if one.isascii():
            QTest.keyClicks(focused, one)
            return
        chosen = QInputMethodEvent("", [])
        chosen.setCommitString(one)
        QApplication.sendEvent(focused, chosen)


if __name__ == "__main__":
    main(Lead)
