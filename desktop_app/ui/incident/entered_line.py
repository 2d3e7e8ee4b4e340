"""A line that Enter writes down, for short notes beside a list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop_app.ui.typing.line_edit import LineEdit


class EnteredLine(LineEdit):
    """``entered`` carries what was typed, composing text included, once somebody pressed Enter on it."""

    entered = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter here never reaches the page."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif text := self.full_text().strip():
            self.entered.emit(text)
