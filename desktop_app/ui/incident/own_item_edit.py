"""The field by which people add a line to the check-list of an incident (2§6)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.services.cards import add_own_item
from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.typing.line_edit import LineEdit


class OwnItemEdit(LineEdit):
    """Enter adds what is typed, as a deed of ``room``; ``added`` carries the line once it is in the store."""

    added = Signal(str)

    def __init__(self, room: IncidentRoom, parent: QWidget | None = None) -> None:
        super().__init__(parent, most=200)
        self._room = room
        self._view: IncidentView | None = None
        told = room.session.words.say("window.incident.card.add")
        self.setObjectName("own_item")
        self.setPlaceholderText(told)
        self.setAccessibleName(told)
        self.returnPressed.connect(self.add)

    def show_incident(self, view: IncidentView | None) -> None:
        """Add to this incident from now on; what is typed is not for another."""
        if view is None or self._view is None or view.head not in self._view.ids:
            self.clear()
        self._view = view

    def add(self) -> None:
        """Add what stands in the field; locking adds it too, so that nothing typed is lost."""
        text, view = self.full_text().strip(), self._view
        if not text or view is None:
            return
        session = self._room.session
        store, now = session.store, session.clock()
        self.clear()

        def failed(problem: Exception) -> None:
            if not self.full_text().strip():
                self.setText(text)
            session.messages.tell(problem)

        self._room.deeds.act(
            lambda: add_own_item(store, view.head, text, now=now), lambda _deed: self.added.emit(text), failed
        )
