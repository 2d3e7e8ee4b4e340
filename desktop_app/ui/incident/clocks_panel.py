"""The clocks of an incident: what is due first, counted by the second; Enter tells or decides (A§2.3-2.4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.clocks import RungStanding, Stage
from desktop_app.domain.contacts import contacts_for
from desktop_app.domain.phones import grouped
from desktop_app.services.incident_view import RECOVERY, IncidentView
from desktop_app.ui.incident.after_bar import AfterBar
from desktop_app.ui.incident.check_panel import CheckPanel
from desktop_app.ui.incident.clock_acts import ClockActs
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.log_panel import LogPanel
from desktop_app.ui.incident.panel import Panel
from desktop_app.ui.incident.suggestion_bar import SuggestionBar
from desktop_app.ui.records.row_words import State
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.tick_table import TickTable
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.cards import card
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.ui.widgets.pill import token_of

_SECOND = 1_000
_BOTH, _TALL = 1_240, 480
"""Pixels from which on the check-list stands beside the clocks, and the log below them."""
_ROW, _MOST_IN_SIGHT = 34, 6
"""The log leaves so many clocks in sight, each a row so high."""
_WIDTHS, _WIDE = (76, 0, 210, 150), (84, 0, 270, 170)
_WIDE_FROM = 900
_ORDER = (Stage.DUE, Stage.AHEAD, Stage.DONE, Stage.NOT_NEEDED)


@dataclass(frozen=True, slots=True)
class Line:
    """One clock as it stood at a moment; ``tries`` is how often nobody was reached."""

    standing: RungStanding
    now: datetime
    tries: int = 0


class ClocksPanel(Panel):
    """One list; the row at hand stays when the order changes."""

    def __init__(self, room: IncidentRoom, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        session = self._session
        self._acts = ClockActs(room, self._words, self)
        say = self._words.say
        headers = [say(f"clock.column.{name}") for name in ("due", "what", "who", "state")]
        self.model = RowsModel[Line](headers, self._cells, self)
        self.table = TickTable(self.model, say("view.clocks"), _WIDTHS, wrap=True)
        self.table.setObjectName("clocks")
        self.table.activated.connect(self._open)
        self.table.fitted.connect(lambda: self._keep_in_sight())
        self.table.ticked.connect(self._tick)
        self._none = PlainLabel(say("clock.none"), role="secondary", wrap=True)
        self._hint = PlainLabel(say("clock.hint"), role="secondary", wrap=True)
        self.suggestion = SuggestionBar(room)
        frame, layout = card()
        self.after = AfterBar(room)
        self.after.went.connect(self.went)
        layout.addWidget(self.suggestion)
        layout.addWidget(self.after)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._none)
        layout.addWidget(self._hint)
        # Where there is room for both, what to do stands beside by when.
        self.check = CheckPanel(room, "clocks")
        self.check.hide()
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(scaled(8))
        self.log = LogPanel(room, brief=True)
        self.log.hide()
        down = QVBoxLayout()
        down.setSpacing(scaled(8))
        down.addWidget(frame, 3)
        down.addWidget(self.log, 2)
        across.addLayout(down, 3)
        across.addWidget(self.check, 2)
        self._second = QTimer(self, interval=_SECOND)
        self._second.timeout.connect(self._count)
        session.background.closing.connect(self._second.stop)
        self.begin_at(self.table)

    def show_incident(self, view: IncidentView) -> None:
        """Show the clocks of an incident as they stand now."""
        self._fill(self._lines(view))
        self.suggestion.show_incident(view)
        self.after.show_incident(view)
        self._share_height()
        self._show_beside(view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the check-list and the log too where the clocks keep their words beside them."""
        super().resizeEvent(event)
        self.check.setVisible(self.width() >= scaled(_BOTH))
        share = self.width() * 3 // 5 if self.check.isVisibleTo(self) else self.width()
        self.table.set_widths(_WIDE if share >= scaled(_WIDE_FROM) else _WIDTHS)
        self._share_height()
        if (view := self._room.shown) is not None:
            self._show_beside(view)

    def _share_height(self) -> None:
        """Show the log below where what stands above the clocks leaves room for both."""
        above = sum(one.sizeHint().height() for one in (self.suggestion, self.after) if not one.isHidden())
        self.log.setVisible(self.height() - above >= scaled(_TALL))
        self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        """Keep the clocks above the log in sight, as many as there are."""
        rows = min(self.table.verticalHeader().length(), scaled(_MOST_IN_SIGHT * _ROW))
        self.table.setMinimumHeight(0 if self.log.isHidden() else rows + scaled(_ROW + 10))

    def _show_beside(self, view: IncidentView) -> None:
        for beside in (self.check, self.log):
            if not beside.isHidden():
                beside.show_incident(view)

    def flush(self, done: Callable[[bool], None]) -> None:
        """Keep everything typed; ``done`` hears whether the store has all of it."""
        self.check.flush(done)

    def open_clock(self, ladder: str, rung: str) -> None:
        """Go to a clock that somebody was told of."""
        for row, line in enumerate(self.model.rows):
            if line.standing.key[:2] == (ladder, rung) and line.standing.stage is not Stage.DONE:
                self.table.go_to(row)
                return

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._second.start()
        self._count()

    def hideEvent(self, event: QHideEvent) -> None:
        """Count nothing that nobody sees."""
        super().hideEvent(event)
        self._second.stop()

    def _count(self) -> None:
        """Count on: cells whose words are others than before are drawn, and no other."""
        view = self._room.shown
        if view is None:
            return
        lines, shown = self._lines(view), self.model.rows
        if [_key(one) for one in lines] != [_key(one) for one in shown]:
            self._fill(lines)
            self.suggestion.show_incident(view)
            return
        for row, (before, now) in enumerate(zip(shown, lines, strict=True)):
            if self._state(before) != self._state(now):
                self.model.replace(row, now)

    def _lines(self, view: IncidentView) -> list[Line]:
        now = self._session.clock()
        found = [Line(one, now, self._tries(view, one)) for one in self._room.standings(view, now)]
        return sorted(found, key=lambda line: (_ORDER.index(line.standing.stage), line.standing.due))

    def _tries(self, view: IncidentView, one: RungStanding) -> int:
        asked = (one.ladder.key, one.rung.key, one.role)
        return sum(
            not told.reached and told.purpose != RECOVERY and (told.ladder, told.rung, told.role) == asked
            for told in view.told
        )

    def _fill(self, lines: Sequence[Line]) -> None:
        row = self.table.current_row()
        held = self.model.rows[row].standing.key if row >= 0 else None
        self.model.fill(lines)
        # Whoever went down the list stays where they are; at its top it is whatever is due first.
        again = (place for place, one in enumerate(lines) if one.standing.key == held and row > 0)
        # What was just done goes down the list: the next to do is then at hand, not the done one.
        place = next(again, 0)
        done = bool(lines) and lines[place].standing.stage in (Stage.DONE, Stage.NOT_NEEDED)
        self.table.go_to(0 if done else place)
        self._keep_in_sight()
        self.table.setVisible(bool(lines))
        self._hint.setVisible(bool(lines))
        self._none.setVisible(not lines)

    def _cells(self, line: Line) -> Sequence[Cell]:
        one = line.standing
        look = self._state(line)
        quiet = "muted" if one.stage in (Stage.DONE, Stage.NOT_NEEDED) else ""
        due = self._words.say("clock.now") if not one.rung.minutes else self._words.time(one.due, line.now)
        title = one.rung.title.told(self._words.language)
        if one.round > 1:
            title = self._words.say("clock.again", title=title, round=one.round)
        return (
            Cell(due, tone=quiet),
            Cell(title, tone=quiet),
            Cell(self._who(line), tone=quiet),
            Cell(look.text, look.icon, token_of(look.tone)),
        )

    def _state(self, line: Line) -> State:
        return self._words.clock(line.standing, line.now)

    def _who(self, line: Line) -> str:
        one = line.standing
        if one.stage is Stage.DONE:
            return self._words.done_by(one, line.now)
        if not one.role:
            return self._words.say(f"clock.kind.{one.rung.does}")
        pack = self._session.shelf.pack
        role = self._words.role(pack, one.role)
        if line.tries:
            return self._words.say("clock.tried", role=role, count=line.tries)
        first = next(iter(contacts_for(pack, one.role)), None)
        if first is None:
            return role
        # A number goes on in no other line.
        return f"{role}  {grouped(first.phone).replace(' ', chr(0xA0))}"

    def _tick(self, row: int) -> None:
        """Space ends what asks for nothing more to be said, and opens the rest as Enter does."""
        if (view := self._room.shown) is not None:
            self._acts.tick(view, self.model.rows[row].standing)

    def _open(self, index: QModelIndex) -> None:
        view = self._room.shown
        if index.isValid() and view is not None:
            self._acts.open(view, self.model.rows[index.row()].standing)


def _key(line: Line) -> tuple[object, ...]:
    return (*line.standing.key, line.standing.stage, line.tries)
