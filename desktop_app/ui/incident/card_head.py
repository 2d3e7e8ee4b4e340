"""The head of a card: what it is, how the incident stands, its number, since when."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.domain.incident_types import IncidentType
from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.incident.card_fields import MEDIA
from desktop_app.ui.incident.incident_words import IncidentWords
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.buttons import QuietButton
from desktop_app.ui.widgets.labels import ElidedLabel, IconLabel, PlainLabel
from desktop_app.ui.widgets.pill import Pill


class CardHead(QWidget):
    """``another`` is the button for one more incident of the same type."""

    def __init__(self, words: IncidentWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.title = PlainLabel(role="title")
        self.title.setObjectName("card_title")
        self.state = Pill("quiet", "info", "")
        self.told = ElidedLabel(role="secondary")
        self.another = QuietButton(words.say("card.another"), icon_name="add")
        self.another.setObjectName("card_another")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(10))
        self._icon = IconLabel("urgent", "urgent", 22)
        layout.addWidget(self._icon)
        layout.addWidget(self.title)
        layout.addWidget(self.state)
        layout.addWidget(self.told, 1)
        layout.addWidget(self.another)

    def show_card(self, kind: IncidentType, view: IncidentView | None, now: datetime) -> None:
        """Show a card, reported or about to be."""
        self.title.setText(kind.title.told(self._words.language))
        # Red is for danger to people; somebody with a camera is none.
        self._icon.show_icon(*((MEDIA, MEDIA) if kind.key == MEDIA else ("urgent", "urgent")))
        self.state.setVisible(view is not None)
        self.another.setVisible(view is not None)
        if view is not None:
            look = self._words.state_of(view)
            self.state.show_state(look.tone, look.icon, look.text)
        self.count(view, now)

    def count(self, view: IncidentView | None, now: datetime) -> None:
        """Say for how long it goes on."""
        told = (view.number, self._words.running(view, now)) if view is not None else ()
        self.told.setText(" · ".join(part for part in told if part))
