"""What was done on a card, below its fields where that much would stay bare."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.log_panel import LogPanel
from desktop_app.ui.theme.style import scaled

_LOWEST, _GAP = 130, 10


class CardLog(QWidget):
    """Asks for no room: it takes what the fields leave, and shows nothing where that is little."""

    def __init__(self, room: IncidentRoom, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: IncidentView | None = None
        self.log = LogPanel(room, brief=True)
        self.log.be_part_of_a_card()
        self.log.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.setMinimumHeight(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, scaled(_GAP), 0, 0)
        layout.addWidget(self.log)

    def show_incident(self, view: IncidentView | None) -> None:
        """Show what was done in an incident; None before it is reported."""
        self._view = view
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        view = self._view
        self.log.setVisible(view is not None and self.height() >= scaled(_LOWEST))
        if view is not None and not self.log.isHidden():
            self.log.show_incident(view)
