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
from desktop_app.ui.typing.keys import first_key
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.ui.widgets.pill import Pill

SECOND = 1_000
TOLD_ROLES = ("supervisor", "operations_manager", "centre_manager")
"""Of whom the strip says that they know (A§2.3-2.4)."""
_WIDEST_PILL, _WIDEST_BESIDE = 320, 260


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
        self.beside = Pill("urgent", "urgent", "", may_shrink=True)
        self.beside.setObjectName("incident_beside")
        self.beside.setMaximumWidth(scaled(_WIDEST_BESIDE))
        self.since = PlainLabel()
        self.told = {role: PlainLabel(role="done") for role in TOLD_ROLES}
        self.deadline = Pill("info", "clock", "", may_shrink=True)
        self.deadline.setObjectName("incident_deadline")
        self.deadline.setMaximumWidth(scaled(_WIDEST_PILL))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(8))
        for part in (self.beside, self.state, self.since, *self.told.values(), self.deadline):
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
            self.resized.emit()
            return
        self._show_beside()
        look = self._words.state_of(view)
        if self._has_card(view):
            named = self._words.say("of_kind", kind=self._kind(view), state=look.text)
            self.state.show_state("urgent", "urgent", named)
        else:
            self.state.show_state(look.tone, look.icon, look.text)
        # Down again, the clocks start anew: who was told before has to be told again.
        since = view.manual[-1][0] if view.relapses and view.manual else None
        known = {
            one.role
            for one in view.told
            if one.reached and one.purpose != RECOVERY and (since is None or (one.at or since) >= since)
        }
        pack = self._room.session.shelf.pack
        for role, label in self.told.items():
            label.setText(self._words.say("knows", role=self._words.role(pack, role)))
            label.setProperty("known", role in known and self._leads)
        self._tick()

    def set_least(self, least: bool) -> None:
        """Leave out who was told and since when where there is no room for it; the page tells it."""
        self._least = least
        self.since.setVisible(not least)
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
        words = (self.beside.text(), self.state.text(), len(self.since.text()), len(self.deadline.text()))
        said = (*words, *self._shown())
        if said != self._said:
            self._said = said
            self.resized.emit()

    def _show_beside(self) -> None:
        """Show what goes on besides, what has a card (a fire) before the rest, with the way to it."""
        found = sorted(self._room.beside, key=lambda view: not self._has_card(view))
        self.beside.setVisible(bool(found))
        if not found:
            return
        first, card = found[0], self._has_card(found[0])
        told = self._words.say(
            "beside" if len(found) == 1 else "beside_several",
            kind=self._kind(first),
            state=self._words.state_of(first).text,
            count=len(found),
            keys=first_key("card" if card else "incident"),
        )
        self.beside.show_state("urgent" if card else "warn", "urgent" if card else "warning", told)

    def _has_card(self, view: IncidentView) -> bool:
        kind = self._room.kind(view.category)
        return kind is not None and bool(kind.card)

    def _kind(self, view: IncidentView) -> str:
        kind = self._room.kind(view.category)
        return kind.title.told(self._words.language) if kind is not None else view.text("symptom")

    def _show_deadline(self, view: IncidentView, now: datetime) -> None:
        whose, one = self._next(view, now) if self._leads else (view, None)
        self.deadline.setVisible(one is not None)
        if one is None:
            return
        look, what = self._words.clock(one, now), self._what(one)
        if whose is not view:
            what = self._words.say("what", kind=self._kind(whose), symptom=what)
        self.deadline.show_state(look.tone, look.icon, self._words.say("deadline", what=what, time=look.text))

    def _next(self, view: IncidentView, now: datetime) -> tuple[IncidentView, RungStanding | None]:
        """Return the clock that is due longest, else the one that is due next, of all that goes on."""
        clocks = [(one, self._room.standings(one, now)) for one in (view, *self._room.beside)]
        due = [(one, rung) for one, standings in clocks for rung in due_now(standings)[:1]]
        ahead = [(one, rung) for one, standings in clocks if (rung := next_due(standings)) is not None]
        return min(due or ahead, key=lambda found: found[1].due, default=(view, None))

    def _what(self, one: RungStanding) -> str:
        if one.role:
            return self._words.say("tells", role=self._words.role(self._room.session.shelf.pack, one.role))
        return one.rung.title.told(self._words.language)

    def _shown(self) -> list[bool]:
        told = (label.isHidden() for label in self.told.values())
        return [*told, self.deadline.isHidden(), self.beside.isHidden()]

    def _show_told(self) -> None:
        for label in self.told.values():
            label.setVisible(bool(label.property("known")) and not self._least)
