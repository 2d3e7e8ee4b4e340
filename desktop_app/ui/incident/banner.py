"""The incident at hand in the strip at the top of every place: state, since when, who knows, what is due."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop_app.domain.clocks import RungStanding, due_now, next_due
from desktop_app.domain.identities import LEADS
from desktop_app.domain.times import zone_of
from desktop_app.services.incident_view import RECOVERY, IncidentView
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.incident_words import IncidentWords
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.ui.widgets.pill import Pill

SECOND = 1_000
TOLD_ROLES = ("supervisor", "operations_manager", "centre_manager")
"""Of whom the strip says that they know (A§2.3-2.4)."""
_WIDEST_PILL = 320


class Banner(QWidget):
    """Only a running clock has a colour, the one that is next or longest due; ``resized`` at other words."""

    resized = Signal()

    def __init__(self, room: IncidentRoom, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        session = room.session
        self.setObjectName("incident_banner")
        self._room, self._words = room, IncidentWords(session.words, zone_of(session.store.settings.zone))
        self._leads = session.person.role in LEADS
        self._least = False
        self._said: tuple[object, ...] = ()
        self.state = Pill("quiet", "info", "")
        self.state.setObjectName("incident_state")
        self.since = PlainLabel()
        self.told = {role: PlainLabel(role="done") for role in TOLD_ROLES}
        self.deadline = Pill("info", "clock", "", may_shrink=True)
        self.deadline.setObjectName("incident_deadline")
        self.deadline.setMaximumWidth(scaled(_WIDEST_PILL))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(8))
        for part in (self.state, self.since, *self.told.values(), self.deadline):
            layout.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._second = QTimer(self, interval=SECOND)
        self._second.timeout.connect(self._tick)
        session.background.closing.connect(self._second.stop)
        room.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Show what is known of the incident at hand; nothing at all without one."""
        view = self._room.at_hand
        self.setVisible(view is not None)
        if view is None:
            self._said = ()
            return
        look = self._words.state(view.state)
        self.state.show_state(look.tone, look.icon, look.text)
        known = {one.role for one in view.told if one.reached and one.purpose != RECOVERY}
        pack = self._room.session.shelf.pack
        for role, label in self.told.items():
            label.setText(self._words.say("knows", role=self._words.role(pack, role)))
            label.setProperty("known", role in known and self._leads)
        self._tick()

    def set_least(self, least: bool) -> None:
        """Leave out who was told where there is no room for it; the page tells it."""
        self._least = least
        self._show_told()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._second.start()
        self._tick()

    def hideEvent(self, event: QHideEvent) -> None:
        """Count nothing that nobody sees."""
        super().hideEvent(event)
        self._second.stop()

    def _tick(self) -> None:
        view = self._room.at_hand
        if view is None:
            return
        now = self._room.session.clock()
        self.since.setText(self._words.running(view, now))
        self._show_deadline(view, now)
        self._show_told()
        # What takes more room than before is fitted in anew; a second that passed is not.
        said = (self.state.text(), len(self.since.text()), len(self.deadline.text()), *self._shown())
        if said != self._said:
            self._said = said
            self.resized.emit()

    def _show_deadline(self, view: IncidentView, now: datetime) -> None:
        one = self._next(view, now) if self._leads else None
        self.deadline.setVisible(one is not None)
        if one is None:
            return
        look = self._words.clock(one, now)
        told = self._words.say("deadline", what=self._what(one), time=look.text)
        self.deadline.show_state(look.tone, look.icon, told)

    def _next(self, view: IncidentView, now: datetime) -> RungStanding | None:
        standings = self._room.standings(view, now)
        return next(iter(due_now(standings)), None) or next_due(standings)

    def _what(self, one: RungStanding) -> str:
        if one.role:
            return self._words.say("tells", role=self._words.role(self._room.session.shelf.pack, one.role))
        return one.rung.title.told(self._words.language)

    def _shown(self) -> list[bool]:
        return [*(label.isHidden() for label in self.told.values()), self.deadline.isHidden()]

    def _show_told(self) -> None:
        for label in self.told.values():
            label.setVisible(bool(label.property("known")) and not self._least)
