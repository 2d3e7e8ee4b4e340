"""The next shift: seats needed less those rostered, and who agreed to work overtime (4)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.services.incident_view import CalledIn
from desktop_app.services.next_shift import NextShift
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.incident_words import IncidentWords
from desktop_app.ui.incident.overtime_dialog import OvertimeDialog
from desktop_app.ui.incident.room_keys import ROOM_KEYS
from desktop_app.ui.tables.filling import fill_table
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.typing.line_edit import HalfWidthEdit
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.cards import card_layout
from desktop_app.ui.widgets.form_row import form_row
from desktop_app.ui.widgets.labels import Heading, PlainLabel

_WIDTHS = (64, 0, 110)


class NextShiftCard(QFrame):
    """``needed`` are seats as somebody typed them, as many as are on now while nobody did."""

    changed = Signal()

    def __init__(self, room: IncidentRoom, words: IncidentWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room, self._words = room, words
        say = words.say
        self.seats = HalfWidthEdit(most=4)
        self.seats.setObjectName("seats_needed")
        self.seats.textEdited.connect(lambda _text: self.changed.emit())
        self._gap = PlainLabel(wrap=True)
        self.model = RowsModel[CalledIn](["", "", ""], self._cells, self)
        self.table = Table(self.model, say("team.overtime"), _WIDTHS, header=False, low=True)
        self.table.setObjectName("overtime")
        self.ask_one = SecondaryButton(say("team.ask_overtime"), ROOM_KEYS["overtime"], icon_name="phone")
        self.ask_one.setObjectName("ask_overtime")
        self.ask_one.clicked.connect(self.ask)
        row = QHBoxLayout()
        row.addWidget(Heading(say("team.next_shift")), 1)
        row.addWidget(self.ask_one)
        layout = card_layout(self)
        layout.addLayout(row)
        layout.addWidget(form_row(say("team.needed"), self.seats))
        layout.addWidget(self._gap)
        layout.addWidget(self.table, 1)
        layout.addStretch(0)
        room.session.shortcuts.add(
            "incident_overtime", ROOM_KEYS["overtime"], self.ask, when=self.ask_one.isVisible, owner=self
        )

    @property
    def needed(self) -> int | None:
        """Return how many seats somebody said are needed, None where nobody did."""
        text = self.seats.full_text().strip()
        return int(text) if text.isdecimal() else None

    def show_shift(self, shift: NextShift) -> None:
        """Show what the next shift lacks."""
        say, count = self._words.say, len(shift.rostered)
        self.seats.setPlaceholderText(str(shift.needed or ""))
        if shift.begins is None:
            self._gap.setText(say("team.no_roster"))
        else:
            code = "gap" if shift.gap else "no_gap"
            now = self._room.session.clock()
            begins = self._words.time(shift.begins, now)
            self._gap.setText(say(f"team.{code}", time=begins, rostered=count, gap=shift.gap))
        fill_table(self.table, self.model, shift.overtime, latest=True)

    def ask(self) -> None:
        """Ask who was asked to work on, and whether they agreed."""
        view = self._room.shown
        if view is None:
            return
        dialog = OvertimeDialog(self._room.session, view, self.window())
        self._room.deeds.ask(dialog, self._words.say("help.called"))

    def _cells(self, one: CalledIn) -> Sequence[Cell]:
        say = self._words.say
        who = say("told.replied", who=one.name, reply=one.reply) if one.reply else one.name
        if one.agreed is None:
            state = Cell(say("team.not_said"), "clock", "muted")
        else:
            state = (
                Cell(say("team.agreed"), "check", "ok") if one.agreed else Cell(say("team.refused"), "void")
            )
        return Cell(self._words.time(one.at)), Cell(who), state
