"""The whole window with the outage room in it, driven by keys, its clock set forward by a test."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.roles import Role
from desktop_app.services.incident_view import IncidentView
from desktop_app.services.incidents import current_incident
from desktop_app.storage.store import Store
from desktop_app.ui.incident.incident_page import IncidentPage
from tests.ui.desk.desks import Desk, make_store
from tests.ui.typing.composing import settle as commit_text

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
Key = Qt.Key


class RoomDesk(Desk):
    """A desk whose clock a test sets forward, and hands that work in dialogs too."""

    def __init__(
        self, qtbot: QtBot, data_folder: Path, role: Role, language: str = "zh", station: str = "07"
    ) -> None:
        folder = data_folder / "store"
        make_store(folder, data_folder, station=station, role=role)
        # It stands still: how long a busy machine takes moves no deadline.
        began, self.ahead = datetime.now(UTC), timedelta()
        super().__init__(qtbot, data_folder, folder, language, clock=lambda: began + self.ahead)

    @property
    def page(self) -> IncidentPage:
        return self.window.findChild(IncidentPage)

    @property
    def store(self) -> Store:
        return self.window.workplace._session.store

    @property
    def view(self) -> IncidentView:
        found = current_incident(self.store)
        assert found is not None
        return found

    def hit(self, key: Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key wherever the focus is, and wait until what it began is done."""
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, held)
        self.settle()

    def dialog(self) -> QDialog:
        """Return the dialog on top once it has the focus."""
        self.waits(lambda: isinstance(QApplication.activeModalWidget(), QDialog))
        found = QApplication.activeModalWidget()
        assert isinstance(found, QDialog)
        found.activateWindow()
        self.waits(lambda: found.isAncestorOf(QApplication.focusWidget() or self.window))
        return found

    def field(self, name: str) -> QWidget:
        (found,) = [one for one in self.dialog().findChildren(QWidget, name) if one.isVisible()]
        return found

    def writes(self, text: str) -> None:
        field = QApplication.focusWidget()
        if text.isascii():
            self.qtbot.keyClicks(field, text)
        else:
            commit_text(field, text)
            self.qtbot.keyClick(field, Key.Key_End)

    def back(self) -> None:
        """No window manager gives the focus back where nobody sees it."""
        self.waits(lambda: QApplication.activeModalWidget() is None)
        self.window.activateWindow()
        self.settle()

    def report(self, symptom: str = "CRM 打不开") -> None:
        self.hit(Key.Key_I, CTRL)
        self.waits(lambda: self.window.workplace.place() == "incident")
        self.hit(Key.Key_I, CTRL)
        self.dialog()
        self.writes(symptom)
        self.hit(Key.Key_Return)
        self.back()

    def confirm(self) -> None:
        self.hit(Key.Key_Y, ALT)
        self.dialog()
        self.field("scope").setFocus()
        self.hit(Key.Key_3)
        self.hit(Key.Key_Return, CTRL)
        self.back()

    def takes_next(self) -> None:
        """Take a step that asks for nothing but its time."""
        self.hit(Key.Key_Y, ALT)
        self.dialog()
        self.hit(Key.Key_Return, CTRL)
        self.back()

    def said(self) -> list[str]:
        return [one.text() for one in self.window.findChildren(QLabel) if one.isVisible()]
