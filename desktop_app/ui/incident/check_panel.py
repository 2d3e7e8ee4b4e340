"""The check-list of an incident: what its type and its levels ask; each line ticked with time and name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.contacts import contacts_for
from desktop_app.domain.incident_types import CheckItem, check_list_of
from desktop_app.domain.outage_options import SurgeLevel
from desktop_app.domain.phones import grouped
from desktop_app.services.cards import own_items
from desktop_app.services.incident_values import tick
from desktop_app.services.incident_view import IncidentView, Ticked
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.own_item_edit import OwnItemEdit
from desktop_app.ui.incident.panel import Panel
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.tick_table import TickTable
from desktop_app.ui.widgets.cards import card_layout
from desktop_app.ui.widgets.labels import Heading, PlainLabel

_WIDTHS = (78, 0, 110)
_TICKING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_BY = 2
_BY_KEY = 9


@dataclass(frozen=True, slots=True)
class Line:
    """One line; ``done`` is who ticked it and when."""

    place: int
    item: CheckItem
    done: Ticked | None


class CheckPanel(Panel):
    """Space, Enter or Alt with the line's number ticks it, or takes the tick away.

    ``where`` tells it from the same list elsewhere in the window.
    """

    def __init__(self, room: IncidentRoom, where: str = "handling", parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        session = self._session
        say = self._words.say
        self.model = RowsModel[Line](["", "", ""], self._cells, self)
        self.table = TickTable(self.model, say("check.heading"), _WIDTHS, header=False, wrap=True, low=True)
        self.table.setObjectName("check_list")
        self.table.clicked.connect(self._clicked)
        self.table.ticking = _TICKING
        self.table.ticked.connect(self.toggle)
        self.table.selectionModel().currentChanged.connect(lambda *_rows: self._tell())
        self._heading = Heading(say("check.heading"))
        self._said = PlainLabel(role="strong", wrap=True)
        self._ring = PlainLabel(role="secondary", wrap=True, selectable=True)
        self._none = PlainLabel(say("check.none"), role="secondary", wrap=True)
        self.add = OwnItemEdit(room, where)
        layout: QVBoxLayout = card_layout(self)
        layout.addWidget(self._heading)
        layout.addWidget(self.table, 1)
        for part in (self._said, self._ring, self._none):
            layout.addWidget(part)
        # Where there is no list, its words stay at the top.
        layout.addStretch(0)
        layout.addWidget(self.add)
        self.begin_at(self.table)
        for place in range(_BY_KEY):
            session.shortcuts.add(
                f"incident_tick_{place + 1}",
                f"Alt+{place + 1}",
                partial(self.toggle, place),
                when=partial(self._may_tick, place),
                owner=self,
            )

    def show_incident(self, view: IncidentView) -> None:
        """Show what is to be done and what is done."""
        ticks = {one.item: one for one in reversed(view.ticks)}
        items = check_items(self._room, view)
        self.add.about(view)
        lines = [Line(place, item, ticks.get(item.key)) for place, item in enumerate(items)]
        if lines != list(self.model.rows):
            row = max(0, self.table.current_row())
            same = [one.item for one in lines] == [one.item for one in self.model.rows]
            if same:
                for place, line in enumerate(lines):
                    if line != self.model.rows[place]:
                        self.model.replace(place, line)
            else:
                self.model.fill(lines)
                self.table.go_to(row)
        done = sum(line.done is not None for line in lines)
        # Who did it takes its room once somebody has.
        self.table.setColumnHidden(_BY, not done)
        self._heading.setText(self._words.say("check.count", done=done, count=len(lines)))
        self.table.setVisible(bool(lines))
        known = self._room.kind(view.category) is not None
        self._none.setText(self._words.say("check.none" if known else "check.no_kind"))
        self._none.setVisible(not lines)
        self.setFocusProxy(self.table if lines else self.add)
        self._tell()

    def flush(self, done: Callable[[bool], None]) -> None:
        """Keep everything typed; ``done`` hears whether the store has all of it."""
        self.add.add()
        super().flush(done)

    def toggle(self, place: int) -> None:
        """Tick a line, or take its tick away."""
        view = self._room.shown
        if view is None or not 0 <= place < len(self.model.rows):
            return
        line = self.model.rows[place]
        store, clock, on = self._session.store, self._session.clock, line.done is None
        code = "check.ticked" if on else "check.unticked"
        said = self._words.say(code, title=line.item.title.told(self._words.language))
        self.table.go_to(place)
        self._room.act(lambda _reason: tick(store, view.head, line.item.key, on=on, now=clock()), said)

    def _may_tick(self, place: int) -> bool:
        return self.isVisible() and place < len(self.model.rows)

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self.toggle(index.row())

    def _tell(self) -> None:
        """Say what to say for the line at hand, and the number to ring."""
        row = self.table.current_row()
        line = self.model.rows[row] if 0 <= row < len(self.model.rows) else None
        language, pack = self._words.language, self._session.shelf.pack
        say = line.item.say.told(language) if line is not None else ""
        found = contacts_for(pack, line.item.ring) if line is not None and line.item.ring else ()
        self._said.setText(self._words.say("check.say", text=say) if say else "")
        self._said.setVisible(bool(say))
        told = "   ".join(f"{one.name.told(language)} {grouped(one.phone)}" for one in found[:3])
        self._ring.setText(told)
        self._ring.setVisible(bool(told))

    def _cells(self, line: Line) -> Sequence[Cell]:
        done = line.done
        title = f"{line.place + 1}  {line.item.title.told(self._words.language)}"
        if done is None:
            return Cell(self._words.say("check.open"), tone="muted"), Cell(title), Cell("")
        by = self._words.say("clock.by", name=done.name, time=self._words.time(done.at))
        return (
            Cell(self._words.say("check.done"), "check", "ok"),
            Cell(title, tone="muted"),
            Cell(by, tone="muted"),
        )


def check_items(room: IncidentRoom, view: IncidentView) -> tuple[CheckItem, ...]:
    """Return everything to tick: of the type, of its level, of every surge level up to its own, people's."""
    surges = [level.value for level in SurgeLevel]
    held = view.text("surge_level")
    levels = surges[: surges.index(held) + 1] if held in surges else []
    lists = room.session.shelf.pack.level_lists
    told = check_list_of(room.kind(view.category), lists, [view.text("incident_level"), *levels])
    return (*told, *own_items(view))
