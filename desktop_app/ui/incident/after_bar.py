"""What is left once it works again: people to tell, and the notice that says so, one key from the clocks."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.domain.times import zone_of
from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.incident_words import IncidentWords
from desktop_app.ui.incident.room_keys import ROOM_KEYS
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.labels import IconLabel, PlainLabel


class AfterBar(QFrame):
    """Hidden while nothing is left; ``went`` asks for the view in which the first of it is done."""

    went = Signal(str)

    def __init__(self, room: IncidentRoom, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        session = room.session
        self.setProperty("role", "panel")
        self._room = room
        self._words = IncidentWords(session.words, zone_of(session.store.settings.zone))
        self._place = ""
        self._text = PlainLabel(wrap=True)
        self._text.setObjectName("left_after")
        self.button = SecondaryButton("", ROOM_KEYS["after"], icon_name="right")
        self.button.setObjectName("go_after")
        self.button.clicked.connect(self.go)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*map(scaled, (10, 5, 6, 5)))
        layout.addWidget(IconLabel("phone", "accent"))
        layout.addWidget(self._text, 1)
        layout.addWidget(self.button)
        session.shortcuts.add("incident_after", ROOM_KEYS["after"], self.go, when=self.isVisible, owner=self)
        self.hide()

    def show_incident(self, view: IncidentView) -> None:
        """Show who still has to hear of it, and whether customers have."""
        people, notice = self._room.untold(view), self._room.notice_due
        self._place = "told" if people else "notices"
        self.setVisible(bool(people or notice))
        say = self._words.say
        who = f"after.{'people_beside' if view.beside else 'people'}"
        parts = (say(who, count=people) if people else "", say("after.notice") if notice else "")
        self._text.setText(say("after.between").join(part for part in parts if part))
        self.button.set_words(say(f"after.go_{self._place}"))

    def go(self) -> None:
        """Go to where it is done."""
        self.went.emit(self._place)
