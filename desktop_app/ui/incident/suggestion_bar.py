"""What a clock proposes once it is due: a level, by one press (B§4, A§8)."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.domain.clocks import RungStanding, Stage
from desktop_app.domain.ladders import RungKind
from desktop_app.domain.outage_options import IncidentLevel, SurgeLevel
from desktop_app.domain.times import zone_of
from desktop_app.services.decisions import Made
from desktop_app.services.incident_acts import note_rung
from desktop_app.services.incident_values import set_level, set_surge_level
from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.incident_words import IncidentWords
from desktop_app.ui.incident.room_keys import ROOM_KEYS
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.labels import IconLabel, PlainLabel

_LEVELS = tuple(level.value for level in IncidentLevel)
_SURGES = tuple(level.value for level in SurgeLevel)


class SuggestionBar(QFrame):
    """Hidden while nothing is proposed. Taking it also notes the reminder as seen, with the same reason."""

    def __init__(self, room: IncidentRoom, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        session = room.session
        self.setProperty("role", "panel")
        self._room = room
        self._one: RungStanding | None = None
        self._words = IncidentWords(session.words, zone_of(session.store.settings.zone))
        self._text = PlainLabel(wrap=True)
        self.button = SecondaryButton("", ROOM_KEYS["suggested"], icon_name="check")
        self.button.setObjectName("take_suggestion")
        self.button.clicked.connect(self.take)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*map(scaled, (10, 5, 6, 5)))
        layout.addWidget(IconLabel("info", "accent"))
        layout.addWidget(self._text, 1)
        layout.addWidget(self.button)
        session.shortcuts.add(
            "incident_suggested", ROOM_KEYS["suggested"], self.take, when=self.isVisible, owner=self
        )
        self.hide()

    def show_incident(self, view: IncidentView) -> None:
        """Show what is proposed now, the gravest first."""
        now = self._room.session.clock()
        found = [one for one in self._room.standings(view, now) if _proposes(one, view, now)]
        self._one = max(found, key=lambda one: _rank(one.rung.suggests), default=None)
        self.setVisible(self._one is not None)
        if self._one is not None:
            level = self._level(self._one.rung.suggests)
            title = self._one.rung.title.told(self._words.language)
            self._text.setText(self._words.say("suggest.why", title=title))
            self.button.set_words(self._words.say("suggest.take", level=level))

    def take(self) -> None:
        """Give the incident the level that is proposed; why is asked for, the clock's words filled in."""
        one, view = self._one, self._room.shown
        if one is None or view is None:
            return
        store, clock = self._room.session.store, self._room.session.clock
        kind, _, code = one.rung.suggests.partition(":")

        def work(reason: str) -> Made:
            now = clock()
            if kind == "level":
                made = set_level(store, view.head, IncidentLevel(code), reason=reason, now=now)
            else:
                made = set_surge_level(store, view.head, SurgeLevel(code), reason=reason, now=now)
            if one.rung.does is not RungKind.REMIND or one.stage is Stage.DONE:
                return made
            seen = note_rung(
                store, view.head, ladder=one.ladder.key, rung=one.rung.key, found=reason, now=now
            )
            return Made((*made.entries, *seen.entries))

        level = self._level(one.rung.suggests)
        self._room.act_for_reason(
            work,
            self._words.say("level.done", level=level),
            self._words.say("suggest.take", level=level),
            self._words.say("level.means"),
            one.rung.title.told(self._words.language),
        )

    def _level(self, suggests: str) -> str:
        kind, _, code = suggests.partition(":")
        name = "incident_level" if kind == "level" else "surge_level"
        return self._words.say(f"suggest.{kind}", level=self._words.option(name, code))


def _proposes(one: RungStanding, view: IncidentView, now: datetime) -> bool:
    """Whether a clock that has come proposes more than the incident has."""
    kind, _, code = one.rung.suggests.partition(":")
    if one.due > now or one.stage is Stage.NOT_NEEDED:
        return False
    if kind == "level":
        held = view.text("incident_level")
        return code in _LEVELS and (not held or _LEVELS.index(code) > _LEVELS.index(held))
    if kind == "surge":
        held = view.text("surge_level")
        return code in _SURGES and (held not in _SURGES or _SURGES.index(code) > _SURGES.index(held))
    return False


def _rank(suggests: str) -> int:
    code = suggests.partition(":")[2]
    return (*_LEVELS, *_SURGES).index(code)
