"""Notes about an incident, read and written: the bulletin board of the centre, or words after the duty."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QWidget

from desktop_app.services.incident_notes import Note, NoteKind, add_note
from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.incident.entered_line import EnteredLine
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.incident_words import IncidentWords
from desktop_app.ui.tables.filling import fill_table
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.widgets.cards import card_layout
from desktop_app.ui.widgets.form_row import form_row
from desktop_app.ui.widgets.labels import Heading, PlainLabel

_WIDTHS = (64, 90, 0)


class NotesCard(QFrame):
    """Enter in the line writes it down; every station reads it after the next bundle."""

    def __init__(
        self, room: IncidentRoom, words: IncidentWords, kind: NoteKind, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._room, self._words, self._kind = room, words, kind
        say = words.say
        self.model = RowsModel[Note](["", "", ""], self._cells, self)
        self.table = Table(self.model, say(f"team.{kind}"), _WIDTHS, header=False, low=True)
        self.table.setObjectName(f"{kind}_notes")
        self._none = PlainLabel(say(f"team.no_{kind}"), role="secondary", wrap=True)
        self.line = EnteredLine(room.session, f"{kind}_line", most=500)
        self.line.setPlaceholderText(say("team.note_hint"))
        self.line.entered.connect(self._write)
        layout = card_layout(self)
        layout.addWidget(Heading(say(f"team.{kind}")))
        layout.addWidget(self.table, 1)
        layout.addWidget(self._none)
        layout.addStretch(0)
        layout.addWidget(form_row(say(f"team.write_{kind}"), self.line))

    def show_notes(self, view: IncidentView, notes: Sequence[Note]) -> None:
        """Show what was written about an incident, the latest in sight."""
        self.line.about(view)
        fill_table(self.table, self.model, notes, self._none, latest=True)

    def _write(self, text: str) -> None:
        view = self._room.shown
        if view is None:
            return
        store, clock, kind = self._room.session.store, self._room.session.clock, self._kind
        self._room.act(
            lambda _reason: add_note(store, view.head, kind, text, now=clock()),
            self._words.say("team.noted"),
            done=self.line.clear,
        )

    def _cells(self, one: Note) -> Sequence[Cell]:
        return Cell(self._words.time(one.at)), Cell(one.name, tone="muted"), Cell(one.text)
