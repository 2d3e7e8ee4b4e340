"""The field by which people add a line to the check-list of an incident (2§6)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.services.cards import add_own_item
from desktop_app.ui.incident.entered_line import EnteredLine
from desktop_app.ui.incident.incident_room import IncidentRoom


class OwnItemEdit(EnteredLine):
    """Enter adds what is typed, as a deed of ``room``; ``added`` carries the line once it is in the store."""

    added = Signal(str)

    def __init__(self, room: IncidentRoom, place: str, parent: QWidget | None = None) -> None:
        super().__init__(room.session, f"own_item.{place}", parent, most=200)
        self.setObjectName("own_item")
        self._room = room
        told = room.session.words.say("window.incident.card.add")
        self.setPlaceholderText(told)
        self.setAccessibleName(told)
        self.entered.connect(self.add)

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
