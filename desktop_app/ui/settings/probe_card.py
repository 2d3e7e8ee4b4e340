"""The look at the CRM in the settings: what it does, and its address; off until somebody sets one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.domain.crm_probe import FAILURES, SUCCESSES, target_of
from desktop_app.domain.errors import KnownError
from desktop_app.ui.desk.crm_watch import probe_address
from desktop_app.ui.sentences import sentence_in_window
from desktop_app.ui.session import Session
from desktop_app.ui.settings.card import Card
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.ui.widgets.notice import Notice


class ProbeCard(Card):
    """``chosen`` says that another address is set; where IT set one it is only shown."""

    chosen = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        say = session.words.say
        super().__init__(say("window.probe.title"), parent)
        self._session = session
        seconds = session.store.settings.crm_probe_seconds
        intro = say("window.probe.intro", seconds=seconds, failures=FAILURES, successes=SUCCESSES)
        self.body.addWidget(PlainLabel(intro, role="secondary", wrap=True))
        fixed = bool(session.store.settings.crm_probe)
        self.address = LineEdit(most=300)
        self.address.setObjectName("crm_probe")
        self.address.setAccessibleName(say("window.probe.address"))
        self.address.setPlaceholderText(say("window.probe.placeholder"))
        self.address.setText(probe_address(session))
        self.address.setReadOnly(fixed)
        self.use = SecondaryButton(say("window.probe.use"), icon_name="check")
        self.use.setObjectName("use_probe")
        self.use.clicked.connect(self.take)
        self.address.returnPressed.connect(self.take)
        line = QHBoxLayout()
        line.addWidget(self.address, 1)
        line.addWidget(self.use)
        self.body.addLayout(line)
        self.use.setVisible(not fixed)  # inside the card: alone it would be a window for a moment
        self._state = PlainLabel(role="secondary", wrap=True)
        self._state.setObjectName("probe_state")
        self.body.addWidget(self._state)
        self._notice = Notice(session.words)
        self.body.addWidget(self._notice)
        self._show(fixed)

    def take(self) -> None:
        """Look at this address from now on; an empty one switches it off."""
        if self.address.isReadOnly():
            return
        text = self.address.full_text().strip()
        try:
            if text:
                target_of(text)
        except KnownError as problem:
            self._notice.tell(sentence_in_window(self._session.words, problem), "warn")
            self.address.setFocus()
            return
        self._notice.dismiss()
        self._session.preferences.crm_probe = text
        self._show(fixed=False)
        self.chosen.emit()

    def _show(self, fixed: bool) -> None:
        code = "fixed" if fixed else "on" if probe_address(self._session) else "off"
        self._state.setText(self._session.words.say(f"window.probe.{code}"))
