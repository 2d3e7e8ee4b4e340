"""A line that Enter writes down, for short notes beside a list; half typed it comes back after a crash."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.half_typed import HalfTyped
from desktop_app.ui.session import Session
from desktop_app.ui.typing.line_edit import LineEdit


class EnteredLine(LineEdit):
    """``entered`` carries what was typed, composing text included, once somebody pressed Enter on it.

    ``place`` tells it from every other line of the window.
    """

    entered = Signal(str)

    def __init__(self, session: Session, place: str, parent: QWidget | None = None, *, most: int) -> None:
        super().__init__(parent, most=most)
        self._place = place
        self.setObjectName(place)
        self._view: IncidentView | None = None
        self._typed = HalfTyped(session, (self,), self)

    def about(self, view: IncidentView | None) -> None:
        """Be about this incident from now on; what is typed is not for another."""
        if view is None or self._view is None or view.head not in self._view.ids:
            self._typed.begin(f"{self._place}/{view.head}" if view else "", self.accessibleName())
        self._view = view

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter here never reaches the page."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif text := self.full_text().strip():
            self.entered.emit(text)
