"""People in the settings: one's own PIN, and the next shift."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.paths import data_folder
from desktop_app.policy import machine_policy
from desktop_app.ui.session import Session
from desktop_app.ui.settings.card import Card
from desktop_app.ui.start.change_pin import ChangePinDialog
from desktop_app.ui.start.colleagues import ColleaguesPanel
from desktop_app.ui.start.parts import StartParts
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.ui.widgets.notice import Notice


class PeopleCard(Card):
    """Who can unlock, whom to add, and a button to change the PIN of whoever sits here."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        words = session.words
        super().__init__(words.say("window.settings.people"), parent)
        self._session = session
        self.body.addWidget(PlainLabel(words.say("window.settings.people_hint"), role="secondary", wrap=True))
        self.panel = ColleaguesPanel(
            words, session.background, session.store, data_folder=data_folder(), clock=session.clock
        )
        self.body.addWidget(self.panel)
        self._button = SecondaryButton(words.say("window.settings.change_pin"), icon_name="key")
        self._button.setObjectName("change_pin")
        self._button.clicked.connect(self.change_pin)
        line = QHBoxLayout()
        line.addWidget(self._button)
        line.addStretch(1)
        self.body.addLayout(line)
        self._notice = Notice(words)
        self.body.addWidget(self._notice)

    def told(self) -> str:
        """Return what the card says happened."""
        return self._notice.text()

    def change_pin(self) -> ChangePinDialog:
        """Ask for the old PIN and a new one."""
        session = self._session
        parts = StartParts(session.words, session.background, machine_policy(), data_folder(), session.clock)
        dialog = ChangePinDialog(parts, session.store, self)
        dialog.accepted.connect(
            lambda: self._notice.tell(session.words.say("window.settings.pin_changed"), "ok", seconds=10)
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog
