"""A view of the incident page beside a fault that was reported, and hands at it."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtWidgets import QDialog, QVBoxLayout

from desktop_app.services.incident_view import IncidentView
from desktop_app.services.incidents import current_incident, report_fault
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.panel import Panel
from desktop_app.ui.incident.suggestion_bar import SuggestionBar
from desktop_app.ui.tables.rows_model import RowsModel
from tests.ui.incident.conftest import Room

P = TypeVar("P", Panel, SuggestionBar)
D = TypeVar("D", bound=QDialog)


class Shown(Generic[P]):
    """``panel`` follows the incident as it does on the page."""

    def __init__(self, room: Room, make: type[P], category: str = "network") -> None:
        self.room = room
        report_fault(room.store, symptom="网络断了", category=category, now=room.clock())
        self.incidents = IncidentRoom(room.session, room.window)
        room.settle()
        self.panel: P = make(self.incidents)
        QVBoxLayout(room.window).addWidget(self.panel)
        self.panel.show()
        self.incidents.changed.connect(self.show)
        self.show()
        room.settle()

    def show(self) -> None:
        assert self.incidents.shown is not None
        self.panel.show_incident(self.incidents.shown)

    @property
    def view(self) -> IncidentView:
        found = current_incident(self.room.store)
        assert found is not None
        return found

    def asked(self, shortcut: str, of: type[D]) -> D:
        """Press a key that opens a dialog."""
        self.room.session.shortcuts.run(shortcut)
        return self.dialog(of)

    def dialog(self, of: type[D]) -> D:
        (found,) = [one for one in self.room.window.findChildren(of) if one.isVisible()]
        return found

    def answers(self, dialog: QDialog) -> None:
        dialog.accept()
        self.room.settle()

    def press(self, shortcut: str) -> None:
        self.room.session.shortcuts.run(shortcut)
        self.room.settle()


def cells(model: RowsModel) -> list[list[str]]:
    """What a table says, row by row."""
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
