"""The calls of an incident, and what is left of them, drawn."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.incident_steps import ENDED
from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.charts.picture_panel import PicturePanel
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.panel import Panel

_AGAIN = timedelta(seconds=20)
"""The picture is drawn again at most this often: whoever reads it out keeps their place."""


class ChartsPanel(Panel):
    """From when it was noticed until now, or until its last event once it has ended."""

    def __init__(self, room: IncidentRoom, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self.picture = PicturePanel(room.session)
        self._drawn: tuple[str, datetime] | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.picture)
        self.begin_at(self.picture.calls)

    def show_incident(self, view: IncidentView) -> None:
        """Draw its span."""
        now = self._session.clock()
        last = max((one.at for one in view.events), default=now)
        until = last if view.state in ENDED else now
        since = view.since or until
        if self._drawn is not None and self._drawn[0] == view.head and until - self._drawn[1] < _AGAIN:
            return
        self._drawn = (view.head, until)
        self.picture.show_span(since, max(until, since + timedelta(minutes=1)))
