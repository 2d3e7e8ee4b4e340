"""What waits for a person to compare a code: accept it, leave it waiting, or say that it is not ours."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.services.station_rows import WaitingStation
from desktop_app.ui.records.row_words import State
from desktop_app.ui.session import Session
from desktop_app.ui.stations.code_panel import CodePanel
from desktop_app.ui.stations.findings import Anew, Finding
from desktop_app.ui.stations.station_words import StationWords
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.buttons import PrimaryButton, SecondaryButton
from desktop_app.ui.widgets.flow import FlowLayout
from desktop_app.ui.widgets.labels import Heading, PlainLabel


class WaitingDetail(QWidget):
    """One waiting store with its code; ``asked`` carries the code of a button: accept, leave, decline."""

    asked = Signal(str)

    def __init__(self, session: Session, told: StationWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._told = session, told
        self.heading = Heading()
        self.heading.setWordWrap(True)
        self._what = PlainLabel(role="secondary", wrap=True)
        self.code = CodePanel(told.say("compare"))
        self.accept = PrimaryButton(told.say("button.accept"), told.keys("accept"), icon_name="check")
        self.leave = SecondaryButton(told.say("button.leave"), told.keys("leave"))
        self.decline = SecondaryButton(told.say("button.decline"), told.keys("decline"))
        buttons = QWidget()
        row = FlowLayout(buttons)
        for name, button in (("accept", self.accept), ("leave", self.leave), ("decline", self.decline)):
            button.setObjectName(name)
            button.clicked.connect(partial(self.asked.emit, name))
            row.addWidget(button)
        self._rivals = Anew()
        self._differs = PlainLabel(told.say("differs"), role="secondary", wrap=True)
        self._leads_only = PlainLabel(told.say("decline_leads_only"), role="secondary", wrap=True)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(scaled(8))
        for part in (self.heading, self._what, self._rivals, self.code, buttons):
            self._layout.addWidget(part)
        self._layout.addWidget(self._differs)
        self._layout.addWidget(self._leads_only)
        self._layout.addStretch(1)

    def show_waiting(self, one: WaitingStation, *, may_decide: bool, busy: bool) -> None:
        """Show a store that waits; nothing can be accepted while work is under way."""
        told, now = self._told, self._session.clock()
        self.heading.setText(told.who(one.identity))
        code = "handed_in" if one.entries else "lead" if one.identity.leads else "key"
        since = told.moment(one.since, now)
        self._what.setText(
            told.say(f"waiting_what.{code}", since=since, count=one.entries, bundles=one.bundles)
        )
        if one.declined:
            self._what.setText(told.say("declined_what", bundles=one.bundles))
        self._show_rivals(one)
        self.code.show_code(one.identity.code)
        self.accept.setEnabled(not busy)
        self.decline.setEnabled(may_decide and not busy)
        for button in (self.leave, self.decline):
            button.setVisible(not one.declined)
        self._leads_only.setVisible(not (may_decide or one.declined))

    def _show_rivals(self, one: WaitingStation) -> None:
        self._rivals.setVisible(bool(one.rivals))
        with self._rivals.anew() as column:
            if one.rivals:
                codes = self._told.say("comma").join(one.rivals)
                state = State("warning", self._told.say("waiting.rivals"), "warn")
                column.addWidget(Finding(state, self._told.say("rivals_what", codes=codes)))
