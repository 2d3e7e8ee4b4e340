"""Who was called in to help and came, and who was moved where (A§2.7, A§8)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.services.incident_people import came, move_staff
from desktop_app.services.incident_view import STAFFING, CalledIn, IncidentView
from desktop_app.ui.incident.call_in_dialog import CallInDialog
from desktop_app.ui.incident.entered_line import EnteredLine
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.incident_words import IncidentWords
from desktop_app.ui.incident.room_keys import ROOM_KEYS
from desktop_app.ui.tables.filling import fill_table
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.cards import card_layout
from desktop_app.ui.widgets.form_row import form_row
from desktop_app.ui.widgets.labels import Heading, PlainLabel

_WIDTHS = (64, 0, 90, 150)


class HelpCard(QFrame):
    """Enter on somebody who was called in says that they are there."""

    def __init__(self, room: IncidentRoom, words: IncidentWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room, self._words = room, words
        say = words.say
        self.model = RowsModel[CalledIn](["", "", "", ""], self._cells, self)
        self.table = Table(self.model, say("help.heading"), _WIDTHS, header=False, low=True)
        self.table.setObjectName("called_in")
        self.table.activated.connect(self._came)
        self._none = PlainLabel(say("help.none"), role="secondary", wrap=True)
        self.call = SecondaryButton(say("help.call"), ROOM_KEYS["call_in"], icon_name="phone")
        self.call.setObjectName("call_in")
        self.call.clicked.connect(self.ask)
        self._moves = PlainLabel(role="secondary", wrap=True)
        self.move_text = EnteredLine(room.session, "staffing_moves", most=200)
        self.move_text.setPlaceholderText(say("help.move_hint"))
        self.move_text.entered.connect(self._move)
        row = QHBoxLayout()
        row.addWidget(Heading(say("help.heading")), 1)
        row.addWidget(self.call)
        layout = card_layout(self)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._none)
        layout.addStretch(0)
        layout.addWidget(form_row(room.session.words.say("field.staffing_moves"), self.move_text))
        layout.addWidget(self._moves)
        room.session.shortcuts.add(
            "incident_call_in", ROOM_KEYS["call_in"], self.ask, when=self.call.isVisible, owner=self
        )

    def show_incident(self, view: IncidentView) -> None:
        """Show who was called in and moved."""
        self.move_text.about(view)
        # Who works on for the next shift stands with that shift: nobody is on the way.
        called = [one for one in view.called_in if not one.overtime]
        fill_table(self.table, self.model, called, self._none)
        moves = [f"{self._words.time(one.at())} {one.text('text')}" for one in view.items(STAFFING)]
        self._moves.setText("\n".join(moves[-4:]))
        self._moves.setVisible(bool(moves))

    def ask(self) -> None:
        """Ask who was called in and what they said."""
        view = self._room.shown
        if view is None:
            return
        dialog = CallInDialog(self._room.session, view, self.window())
        self._room.deeds.ask(dialog, self._words.say("help.called"))

    def _came(self, index: QModelIndex) -> None:
        view = self._room.shown
        if not index.isValid() or view is None:
            return
        one = self.model.rows[index.row()]
        if one.came_at is None:
            store, clock = self._room.session.store, self._room.session.clock
            self._room.act(
                lambda _reason: came(store, view.head, one.entry, now=clock()),
                self._words.say("help.came_done", name=one.name),
            )

    def _move(self, text: str) -> None:
        view = self._room.shown
        if view is None:
            return
        store, clock = self._room.session.store, self._room.session.clock
        self._room.act(
            lambda _reason: move_staff(store, view.head, text, now=clock()),
            self._words.say("help.moved"),
            done=self.move_text.clear,
        )

    def _cells(self, one: CalledIn) -> Sequence[Cell]:
        if one.came_at is not None:
            came_at = self._words.time(one.came_at)
            state = Cell(self._words.say("help.came", time=came_at), "check", "ok")
        elif one.reached:
            state = Cell(self._words.say("help.coming"), "clock", "accent")
        else:
            state = Cell(self._words.say("told.missed"), "void", "warn")
        who = self._words.say("told.replied", who=one.name, reply=one.reply) if one.reply else one.name
        level = self._words.option("surge_level", one.level) if one.level else ""
        return Cell(self._words.time(one.at)), Cell(who), Cell(level, tone="muted"), state
