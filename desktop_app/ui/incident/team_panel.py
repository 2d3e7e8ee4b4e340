"""Who does what in an incident, what the centre tells itself, and the next shift (B§1-2, 1.2.7, 1.5.2, 4)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.services.incident_notes import Note, NoteKind, notes
from desktop_app.services.incident_view import IncidentView
from desktop_app.services.next_shift import NextShift, next_shift
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.next_shift_card import NextShiftCard
from desktop_app.ui.incident.notes_card import NotesCard
from desktop_app.ui.incident.panel import Panel
from desktop_app.ui.incident.role_board_card import RoleBoardCard
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.cards import scrolled


@dataclass(frozen=True, slots=True)
class _Read:
    bulletins: tuple[Note, ...]
    feedback: tuple[Note, ...]
    shift: NextShift


class TeamPanel(Panel):
    """Four cards; what needs the store is read away from the window's thread."""

    def __init__(self, room: IncidentRoom, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self._view: IncidentView | None = None
        self._turn = 0
        words = self._words
        self.board = RoleBoardCard(room, words)
        self.shift = NextShiftCard(room, words)
        self.shift.changed.connect(self._read)
        self.bulletins = NotesCard(room, words, NoteKind.BULLETIN)
        self.feedback = NotesCard(room, words, NoteKind.FEEDBACK)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(scaled(8))
        for cards in ((self.board, self.shift), (self.bulletins, self.feedback)):
            area, side = scrolled()
            for place, one in enumerate(cards):
                side.addWidget(one, 3 - place)
            across.addWidget(area, 1)
        self.begin_at(self.bulletins.line)

    def show_incident(self, view: IncidentView) -> None:
        """Show who does what; the rest is read anew."""
        self._view = view
        self.board.show_incident(view)
        self._read()

    def _read(self) -> None:
        view = self._view
        if view is None:
            return
        self._turn += 1
        turn, store, now, needed = self._turn, self._session.store, self._session.clock(), self.shift.needed

        def work() -> _Read:
            return _Read(
                notes(store, view, NoteKind.BULLETIN),
                notes(store, view, NoteKind.FEEDBACK),
                next_shift(store, view, needed=needed, now=now),
            )

        def show(found: _Read) -> None:
            if turn == self._turn:
                self.bulletins.show_notes(view, found.bulletins)
                self.feedback.show_notes(view, found.feedback)
                self.shift.show_shift(found.shift)

        self._session.background.query(work, show, self._session.messages.tell, owner=self)
