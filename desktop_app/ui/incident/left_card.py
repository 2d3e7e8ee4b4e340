"""What is left to do before an incident can be closed, each with the way to where it is done (4.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.domain.incident_steps import AFTER, CLOSING_NEEDS, ENDED, IncidentState
from desktop_app.services.decisions import Made
from desktop_app.services.incident_closing import Left
from desktop_app.services.incident_values import waive_station
from desktop_app.services.incident_view import IncidentView, recovery_list
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.incident_words import IncidentWords
from desktop_app.ui.incident.room_keys import ROOM_KEYS
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.cards import card_layout
from desktop_app.ui.widgets.labels import Heading, PlainLabel

_WIDTHS = (100, 0)
SUMMARY = "summary"
"""Where the summary is written: beside the list."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something left: ``place`` is where it is done, ``station`` one that can be waived.

    ``later`` is what cannot be done before the incident is over.
    """

    code: str
    count: int
    place: str = ""
    station: str = ""
    names: tuple[str, ...] = ()
    later: bool = False


class LeftCard(QFrame):
    """Enter goes to where the line at hand is done; a station can be waived with a reason."""

    went = Signal(str)

    def __init__(self, room: IncidentRoom, words: IncidentWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room, self._words = room, words
        self._heading = Heading(words.say("left.heading"))
        self.model = RowsModel[Line](["", ""], self._cells, self)
        self.table = Table(self.model, words.say("left.heading"), _WIDTHS, header=False, low=True)
        self.table.setObjectName("left")
        self.table.activated.connect(self._go)
        self.table.selectionModel().currentChanged.connect(lambda *_rows: self._enable())
        self._hint = PlainLabel(words.say("left.hint"), role="secondary", wrap=True)
        self.waive = SecondaryButton(words.say("left.waive"), ROOM_KEYS["waive"])
        self.waive.setObjectName("waive_station")
        self.waive.clicked.connect(self.ask_waive)
        row = QHBoxLayout()
        row.addWidget(self._heading, 1)
        row.addWidget(self.waive)
        layout = card_layout(self)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._hint)
        room.session.shortcuts.add(
            "incident_waive",
            ROOM_KEYS["waive"],
            self.ask_waive,
            when=lambda: self.waive.isVisible() and self.waive.isEnabled(),
            owner=self,
        )

    def show_left(self, view: IncidentView, left: Left) -> None:
        """Show what is left, with what is done already in the same place."""
        unwritten = tuple(name for name in CLOSING_NEEDS if not view.text(name))
        before = view.state not in (*AFTER, *ENDED)
        people = recovery_list(view) if view.state is not IncidentState.FALSE_ALARM else ()
        untold = sum(one.told_at is None for one in people)
        beside = "_beside" if view.beside else ""
        lines = [
            *(Line("station", 1, "stations", station) for station in left.stations),
            Line("to_backfill", len(left.to_backfill), "reconcile"),
            Line("promises", len(left.promises), "desk"),
            Line("notice", int(left.notice), "notices", later=before and left.notice),
            Line(f"recovery{beside}", len(people) if before else untold, "told", later=before),
            Line("summary", len(unwritten), SUMMARY, names=unwritten),
        ]
        if not left.stations:
            lines.insert(0, Line("stations", 0, "stations"))
        # What is open stands on top, also where the card is low.
        lines.sort(key=lambda line: (not line.count, line.later))
        if lines != list(self.model.rows):
            row = max(0, self.table.current_row())
            self.model.fill(lines)
            self.table.go_to(min(row, len(lines) - 1))
        self._enable()

    def ask_waive(self) -> None:
        """Ask why nobody waits for the station at hand any more."""
        view, line = self._room.shown, self._at_hand()
        if view is None or line is None or not line.station:
            return
        store, clock = self._room.session.store, self._room.session.clock
        say, station = self._words.say, line.station

        def work(reason: str) -> Made:
            return waive_station(store, view.head, station, reason=reason, now=clock())

        self._room.act_for_reason(
            work,
            say("left.waived", station=station),
            say("left.waive"),
            say("left.waive_means", station=station),
        )

    def _go(self, index: QModelIndex) -> None:
        if index.isValid() and (place := self.model.rows[index.row()].place):
            self.went.emit(place)

    def _at_hand(self) -> Line | None:
        row = self.table.current_row()
        return self.model.rows[row] if 0 <= row < len(self.model.rows) else None

    def _enable(self) -> None:
        line = self._at_hand()
        self.waive.setEnabled(line is not None and bool(line.station))

    def _cells(self, line: Line) -> Sequence[Cell]:
        comma = self._words.say("comma")
        names = comma.join(self._words.field(name, None) for name in line.names)
        code = "written" if line.code == SUMMARY and not line.names else line.code
        if line.later:
            code = f"{line.code}_later"
        told = self._words.say(f"left.{code}", count=line.count, station=line.station, names=names)
        if line.later:
            return Cell(self._words.say("left.later"), "clock", "muted"), Cell(told, tone="muted")
        if line.count:
            return Cell(self._words.say("left.open"), "right", "warn"), Cell(told)
        return Cell(self._words.say("left.done"), "check", "ok"), Cell(told, tone="muted")
