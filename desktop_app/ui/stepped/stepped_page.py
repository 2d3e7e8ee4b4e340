"""A place that is walked through: at its foot the way back, what is still missing, and the way on."""

from __future__ import annotations

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.session import Session
from desktop_app.ui.stepped.job_panel import JobPanel
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import KEYS, first_key, shown_keys
from desktop_app.ui.widgets.buttons import PrimaryButton, SecondaryButton
from desktop_app.ui.widgets.labels import PlainLabel


class SteppedPage(QWidget):
    """Fill ``body``, then ``add_foot``; override ``focus_step`` for where typing begins now, and ``_enable``
    for what can be done now.

    Long work runs in ``panel``, whose steps have their words in ``section``.
    """

    def __init__(
        self, session: Session, section: str, parent: QWidget | None = None, *, begin: str = "begin"
    ) -> None:
        super().__init__(parent)
        self._session, self._words = session, session.words
        self.panel = JobPanel(session, section, begin=begin)
        self.body = QVBoxLayout(self)
        margin = scaled(12)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(scaled(10))

    @property
    def busy(self) -> bool:
        """Whether long work is under way."""
        return self.panel.busy

    def add_foot(self, back: str, on: str, icon_name: str = "") -> None:
        """Put the work under way and buttons of these names below the body: Tab comes there last."""
        self._back = SecondaryButton(
            self._words.say("window.reconcile.back"), shown_keys(KEYS["step_back"]), icon_name="back"
        )
        self._back.setObjectName(back)
        self._next = PrimaryButton("", first_key("save_next"), icon_name=icon_name)
        self._next.setObjectName(on)
        self._hint = PlainLabel("", role="secondary", wrap=True)
        self._hint.setObjectName("step_hint")
        row = QHBoxLayout()
        row.addWidget(self._back)
        row.addWidget(self._hint, 1)
        row.addWidget(self._next)
        self.body.addWidget(self.panel)
        self.body.addLayout(row)
        self.panel.changed.connect(self._enable)

    def focus_step(self) -> None:
        """Put the focus where this step begins."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_step()

    def _enable(self) -> None:
        """Let be done what can be done now."""
