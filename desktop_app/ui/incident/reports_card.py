"""Who reported an incident, and which others are the same fault: joined, and taken apart again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.services.incident_joins import join, part
from desktop_app.services.incident_view import IncidentView, Report
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.incident_words import IncidentWords
from desktop_app.ui.incident.join_dialog import JoinDialog
from desktop_app.ui.incident.room_keys import ROOM_KEYS
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.cards import card_layout
from desktop_app.ui.widgets.labels import Heading

_WIDTHS = (64, 130, 0)


class ReportsCard(QFrame):
    """A report that was joined can be made an incident of its own again."""

    def __init__(self, room: IncidentRoom, words: IncidentWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room, self._words = room, words
        self._dialog: JoinDialog | None = None
        self._heading = Heading()
        self.model = RowsModel[Report](["", "", ""], self._cells, self)
        self.table = Table(self.model, words.say("reports.name"), _WIDTHS, header=False, low=True)
        self.table.setObjectName("reports")
        self.table.selectionModel().currentChanged.connect(lambda *_rows: self._enable())
        self.join = SecondaryButton(words.say("reports.join"), ROOM_KEYS["join"])
        self.join.setObjectName("join_incident")
        self.join.clicked.connect(self.ask_join)
        self.part = SecondaryButton(words.say("reports.part"), ROOM_KEYS["part"])
        self.part.setObjectName("part_incident")
        self.part.clicked.connect(self.take_apart)
        row = QHBoxLayout()
        row.addWidget(self._heading, 1)
        row.addWidget(self.join)
        row.addWidget(self.part)
        layout = card_layout(self)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
        for code, act, button in (
            ("join", self.ask_join, self.join),
            ("part", self.take_apart, self.part),
        ):
            room.session.shortcuts.add(
                f"incident_{code}", ROOM_KEYS[code], act, when=partial(_is_offered, button), owner=self
            )

    def show_incident(self, view: IncidentView) -> None:
        """Show its reports."""
        row = max(0, self.table.current_row())
        if list(view.reports) != list(self.model.rows):
            self.model.fill(view.reports)
            self.table.go_to(min(row, len(view.reports) - 1))
        self._heading.setText(self._words.say("reports.heading", count=len(view.reports)))
        self.join.setVisible(any(one.open and one.head not in view.ids for one in self._room.rows))
        self.part.setVisible(len(view.ids) > 1)
        self._enable()

    def ask_join(self) -> None:
        """Ask which other incident is the same fault, and show what would join."""
        view = self._room.shown
        if view is None:
            return
        others = [one for one in self._room.rows if one.open and one.head not in view.ids]
        store, clock = self._room.session.store, self._room.session.clock
        self._dialog = dialog = JoinDialog(self._room, self._words, view, others, self.window())

        def joined() -> None:
            other, head = dialog.chosen(), view.head
            if other:
                self._room.act(
                    lambda _reason: join(store, head, other, now=clock()), self._words.say("reports.joined")
                )

        dialog.accepted.connect(joined)
        dialog.open()

    def take_apart(self) -> None:
        """Make the report at hand an incident of its own again."""
        report = self._at_hand()
        if report is None:
            return
        store, clock = self._room.session.store, self._room.session.clock
        self._room.act(
            lambda _reason: part(store, report.incident, now=clock()), self._words.say("reports.parted")
        )

    def _at_hand(self) -> Report | None:
        row = self.table.current_row()
        return self.model.rows[row] if 0 <= row < len(self.model.rows) else None

    def _enable(self) -> None:
        view, report = self._room.shown, self._at_hand()
        self.part.setEnabled(view is not None and report is not None and len(view.ids) > 1)

    def _cells(self, one: Report) -> Sequence[Cell]:
        who = self._words.say("reports.who", name=one.name, seat=one.seat)
        return Cell(self._words.time(one.at)), Cell(who, tone="muted"), Cell(one.symptom)


def _is_offered(button: SecondaryButton) -> bool:
    return button.isVisible() and button.isEnabled()
