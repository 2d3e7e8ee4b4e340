"""What a view of the incident page is: it shows one incident, and keeps what is typed in it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop_app.domain.paper import Paper
from desktop_app.domain.times import zone_of
from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.incident_words import IncidentWords


@dataclass(frozen=True, slots=True)
class Printable:
    """What can be printed: its title, and how it is read, away from the GUI thread."""

    title: str
    read: Callable[[], Paper]


class Panel(QFrame):
    """``show_incident`` is called whenever something is known anew; ``begin_at`` says where work begins.

    ``went`` asks for another view of the page, or for another place of the window. ``emptied`` says that the
    list with the focus went away, because nothing is in it: Qt would pass the focus out of the page.
    """

    went = Signal(str)
    emptied = Signal()
    paper = "form"
    """What ``printable`` is, for the button that prints: ``form``, ``summary`` or ``log``."""
    _first: QWidget | None = None

    def __init__(self, room: IncidentRoom, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room, self._session = room, room.session
        self._words = IncidentWords(self._session.words, zone_of(self._session.store.settings.zone))

    def begin_at(self, first: QWidget) -> None:
        """Say where work begins. It is no focus proxy: Tab would stick at one whose list is hidden."""
        self._first = first
        first.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        went = event.type() == QEvent.Type.Hide and isinstance(watched, QWidget) and watched.hasFocus()
        if went and self.isVisible():
            self.emptied.emit()
        return super().eventFilter(watched, event)

    def focus_start(self) -> bool:
        """Go to where work begins; returns whether there is anything to do."""
        if self._first is None or not self._first.isVisible() or not self._first.isEnabled():
            return False
        self._first.setFocus()
        return True

    @abstractmethod
    def show_incident(self, view: IncidentView) -> None:
        """Show what is known of an incident; what somebody is typing stays."""

    def printable(self, view: IncidentView) -> Printable | None:
        """Return what is printed here; None where that is the form of the incident."""
        return None

    def flush(self, done: Callable[[bool], None]) -> None:
        """Keep everything typed; ``done`` hears whether the store has all of it."""
        done(True)
