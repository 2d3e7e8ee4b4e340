"""The page of an incident over a real store, and hands at it."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop_app.services.incident_view import IncidentView
from desktop_app.services.incidents import incident
from desktop_app.ui.incident.incident_page import IncidentPage
from tests.ui.typing.composing import settle as commit_text

if TYPE_CHECKING:
    from tests.ui.incident.conftest import Room

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
NO_KEY = Qt.KeyboardModifier.NoModifier
Key = Qt.Key


@dataclass
class Hall:
    """A page over a fault that was reported, and hands at it."""

    room: Room
    page: IncidentPage
    head: str

    @property
    def view(self) -> IncidentView:
        return incident(self.room.store, self.head)

    def hit(self, key: Key, held: Qt.KeyboardModifier = NO_KEY) -> None:
        self.room.qtbot.keyClick(QApplication.focusWidget(), key, held)
        self.room.settle()

    def at_once(self, *keys: tuple[Key, Qt.KeyboardModifier]) -> None:
        """Press keys while the store is still at work: the window hears of none before the last."""
        gate = threading.Event()
        self.room.session.background.change(gate.wait)
        for key, held in keys:
            self.room.qtbot.keyClick(QApplication.focusWidget(), key, held)
        gate.set()
        self.room.settle()

    def writes(self, text: str) -> None:
        field = QApplication.focusWidget()
        assert field is not None
        commit_text(field, text)
        self.room.qtbot.keyClick(field, Key.Key_End)

    def field(self, name: str) -> QWidget:
        (found,) = [one for one in self.room.window.findChildren(QWidget, name) if one.isVisible()]
        return found

    def go(self, view: str) -> None:
        self.page.show_view(view)
        self.page.setFocus()
        self.room.settle()

    def dialog(self) -> QDialog:
        """Return the dialog on top once it has the focus."""
        self.room.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QDialog))
        found = QApplication.activeModalWidget()
        assert isinstance(found, QDialog)
        found.activateWindow()
        self.room.qtbot.waitUntil(lambda: found.isAncestorOf(QApplication.focusWidget() or self.page))
        return found

    def back(self) -> None:
        self.room.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
        self.room.window.activateWindow()
        self.room.settle()

    def cells(self, table: str, column: int) -> list[str]:
        model = self.field(table).model()  # type: ignore[attr-defined]
        return [model.index(row, column).data() for row in range(model.rowCount())]
