"""What waits for a person to compare a code: accept, or leave it waiting."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.services.station_rows import WaitingStation
from desktop_app.ui.session import Session
from desktop_app.ui.stations.code_panel import CodePanel
from desktop_app.ui.stations.station_words import StationWords
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.buttons import PrimaryButton, SecondaryButton
from desktop_app.ui.widgets.flow import FlowLayout
from desktop_app.ui.widgets.labels import Heading, PlainLabel


class WaitingDetail(QWidget):
    """One waiting store with its code. ``accepted`` and ``left`` are emitted by key or button."""

    accepted = Signal()
    left = Signal()

    def __init__(self, session: Session, told: StationWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._told = session, told
        self.heading = Heading()
        self.heading.setWordWrap(True)
        self._what = PlainLabel(role="secondary", wrap=True)
        self.code = CodePanel(told.say("compare"))
        self.accept = PrimaryButton(told.say("button.accept"), told.keys("accept"), icon_name="check")
        self.accept.setObjectName("accept")
        self.accept.clicked.connect(self.accepted)
        self.leave = SecondaryButton(told.say("button.leave"), told.keys("leave"))
        self.leave.setObjectName("leave")
        self.leave.clicked.connect(self.left)
        buttons = QWidget()
        row = FlowLayout(buttons)
        row.addWidget(self.accept)
        row.addWidget(self.leave)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(scaled(8))
        for part in (self.heading, self._what, self.code, buttons):
            self._layout.addWidget(part)
        self._layout.addWidget(PlainLabel(told.say("differs"), role="secondary", wrap=True))
        self._layout.addStretch(1)

    def show_waiting(self, one: WaitingStation, *, busy: bool) -> None:
        """Show a store that waits; nothing can be accepted while work is under way."""
        told, now = self._told, self._session.clock()
        self.heading.setText(told.who(one.identity))
        code = "handed_in" if one.entries else "lead" if one.identity.leads else "key"
        since = told.moment(one.since, now)
        self._what.setText(
            told.say(f"waiting_what.{code}", since=since, count=one.entries, bundles=one.bundles)
        )
        self.code.show_code(one.identity.code)
        self.accept.setEnabled(not busy)
