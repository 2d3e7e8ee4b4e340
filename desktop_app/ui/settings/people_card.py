"""People in the settings: one's own PIN, and the next shift."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.paths import data_folder
from desktop_app.policy import machine_policy
from desktop_app.ui.session import Session
from desktop_app.ui.settings.card import Card
from desktop_app.ui.start.change_pin import ChangePinDialog
from desktop_app.ui.start.colleagues import ColleaguesPanel
from desktop_app.ui.start.page_dialog import PageDialog
from desktop_app.ui.start.parts import StartParts
from desktop_app.ui.start.renew_code import RenewCodeDialog
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
        line = QHBoxLayout()
        for code, act in (("change_pin", self.change_pin), ("renew_code", self.renew_code)):
            button = SecondaryButton(words.say(f"window.settings.{code}"), icon_name="key")
            button.setObjectName(code)
            button.clicked.connect(act)
            line.addWidget(button)
        line.addStretch(1)
        self.body.addLayout(line)
        self._notice = Notice(words)
        self.body.addWidget(self._notice)

    def told(self) -> str:
        """Return what the card says happened."""
        return self._notice.text()

    def change_pin(self) -> PageDialog:
        """Ask for the old PIN and a new one."""
        return self._open(ChangePinDialog(self._parts(), self._session.store, self), "pin_changed")

    def renew_code(self) -> PageDialog:
        """Ask for the PIN and show a new recovery code."""
        return self._open(RenewCodeDialog(self._parts(), self._session.store, self), "code_renewed")

    def _open(self, dialog: PageDialog, done: str) -> PageDialog:
        told = self._session.words.say(f"window.settings.{done}")
        dialog.accepted.connect(lambda: self._notice.tell(told, "ok", seconds=10))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _parts(self) -> StartParts:
        session = self._session
        return StartParts(session.words, session.background, machine_policy(), data_folder(), session.clock)
