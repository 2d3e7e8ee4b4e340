"""The check-list of a card: Alt with a digit ticks a line; anybody adds what is missing (2§6)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.incident_types import CheckItem
from desktop_app.domain.times import zone_of
from desktop_app.services.cards import own_items
from desktop_app.services.incident_values import tick
from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.beside.step_row import StepRow
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.incident_words import IncidentWords
from desktop_app.ui.incident.own_item_edit import OwnItemEdit
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import KEYS
from desktop_app.ui.widgets.buttons import QuietButton
from desktop_app.ui.widgets.labels import Heading, PlainLabel

BY_KEY = 9
_ENDS = 2


class CardChecks(QFrame):
    """``said`` carries what was ticked or added, for whoever does not look."""

    said = Signal(str)

    def __init__(self, room: IncidentRoom, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        session = room.session
        self.setProperty("role", "card")
        self._room, self._session = room, session
        self._words = IncidentWords(session.words, zone_of(session.store.settings.zone))
        self._view: IncidentView | None = None
        self._items: tuple[CheckItem, ...] = ()
        self._rows: list[StepRow] = []
        say = self._words.say
        self._heading = Heading(say("card.checks"))
        self.how = QuietButton(say("card.how"), icon_name="help")
        self.how.setObjectName("own_list_how")
        self.how.setCheckable(True)
        self._told = PlainLabel(role="secondary", wrap=True, selectable=True)
        self._told.hide()
        self.how.toggled.connect(self._told.setVisible)
        self._none = PlainLabel(say("card.no_list"), role="secondary", wrap=True)
        self.add = OwnItemEdit(room, "card")
        self.add.added.connect(lambda text: self.said.emit(say("card.added", what=text)))
        head = QHBoxLayout()
        head.addWidget(self._heading, 1)
        head.addWidget(self.how)
        self._column = QVBoxLayout()
        self._column.setSpacing(scaled(1))
        self._column.addWidget(self._none)
        self._column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*map(scaled, (12, 8, 12, 10)))
        layout.setSpacing(scaled(6))
        layout.addLayout(head)
        layout.addWidget(self._told)
        layout.addLayout(self._column, 1)
        layout.addWidget(self.add)
        for place in range(BY_KEY):
            code = f"step_{place + 1}"
            session.shortcuts.add(
                code, KEYS[code], partial(self.toggle, place), when=partial(self._may, place), owner=self
            )

    def show_incident(self, view: IncidentView | None, key: str, items: tuple[CheckItem, ...]) -> None:
        """Show the lines of an incident of the type ``key``; who ticked them, and when."""
        self._view, self._items = view, items
        self.add.about(view)
        done = {one.item: one for one in reversed(view.ticks)} if view is not None else {}
        self._told.setText(self._words.say("card.how_means", key=key))
        self._none.setVisible(not self._items)
        # Where the site has its list, nobody in an emergency is told how to write one.
        own = {one.key for one in own_items(view)} if view is not None else set()
        self.how.setVisible(all(one.key in own for one in self._items))
        here = next((place for place, one in enumerate(self._items) if one.key not in done), -1)
        for place, item in enumerate(self._items):
            row, ticked = self._row(place), done.get(item.key)
            language = self._words.language
            row.show_step(
                item.title.told(language),
                item.say.told(language),
                done=ticked is not None,
                here=place == here,
                told=ticked is None,
            )
            by = (
                ""
                if ticked is None
                else self._words.say(
                    "clock.by", name=ticked.name, time=self._words.time(ticked.at, self._session.clock())
                )
            )
            row.show_time(("quiet", "check", by) if ticked is not None else None)
            row.show()
        for row in self._rows[len(self._items) :]:
            row.hide()
        count, open_ = len(self._items), len(self._items) - sum(one.key in done for one in self._items)
        self._heading.setText(
            self._words.say("card.counted", done=count - open_, count=count)
            if count
            else self._words.say("card.checks")
        )

    def toggle(self, place: int) -> None:
        """Tick a line, or take its tick away."""
        view = self._view
        if view is None or place >= len(self._items):
            return
        item, store, now = self._items[place], self._session.store, self._session.clock()
        on = all(one.item != item.key for one in view.ticks)
        title = item.title.told(self._words.language)
        said = self._words.say("card.ticked" if on else "card.unticked", what=title)
        self._room.deeds.act(
            lambda: tick(store, view.head, item.key, on=on, now=now), lambda _deed: self.said.emit(said)
        )

    def _may(self, place: int) -> bool:
        return self.isVisible() and place < len(self._items) and self._view is not None

    def _row(self, place: int) -> StepRow:
        while len(self._rows) <= place:
            count = len(self._rows)
            row = StepRow(self._session.words, count)
            row.ticked.connect(partial(self.toggle, count))
            row.stepped.connect(partial(self._step, count))
            row.copied.connect(partial(self._copy, count))
            row.badge.setFocusPolicy(Qt.FocusPolicy.ClickFocus if count else Qt.FocusPolicy.StrongFocus)
            self._column.insertWidget(count, row)
            self._rows.append(row)
        return self._rows[place]

    def _step(self, place: int, by: int) -> None:
        following = self._rows[(place + by) % len(self._items)].badge
        for row in self._rows:
            stop = row.badge is following
            row.badge.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus)
        following.setFocus(Qt.FocusReason.TabFocusReason)

    def _copy(self, place: int) -> None:
        QApplication.clipboard().setText(self._items[place].say.told(self._words.language))
