"""Where the caret stood in each call, so that one that is taken up again goes on there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from desktop_app.ui.capture.fields_panel import FieldsPanel

_MOST = 50
"""Calls that are remembered; who goes back to an older one begins at the number."""


class Carets(QObject):
    """Follows the caret through ``fields``; ``number`` tells which call is in them, empty where none is."""

    def __init__(self, fields: FieldsPanel, number: Callable[[], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._fields, self._number, self._page = fields, number, parent
        self.known: dict[str, str] = {}
        """Keys of fields by the number of the call; outlives the page when the window is locked."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def of(self, number: str) -> str:
        """Return where the caret stood in a call; empty where nobody knows."""
        return self.known.get(number, "")

    def put(self, key: str) -> bool:
        """Put the caret behind what stands in a field; returns whether there is such a field."""
        if key not in self._fields.ordered():
            return False
        self._fields.go_to(key)
        text = self._fields.editor(key).widget
        if isinstance(text, QPlainTextEdit):
            text.moveCursor(QTextCursor.MoveOperation.End)
        return True

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        # While the window locks, its fields go out one by one and hand the focus on.
        if not self._page.isEnabled() or not (number := self._number()):
            return
        if key := self._fields.holding(new):
            self.known.pop(number, None)
            self.known[number] = key
            if len(self.known) > _MOST:
                del self.known[next(iter(self.known))]
