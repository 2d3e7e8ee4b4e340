"""A place that is walked through: at its foot the way back, what is still missing, and the way on."""

from __future__ import annotations

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import KEYS, shown_keys
from desktop_app.ui.widgets.buttons import PrimaryButton, SecondaryButton
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.words import Words


class SteppedPage(QWidget):
    """Fill ``body``, then ``add_foot``; override ``focus_step`` for where typing begins now."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say = words.say
        self.body = QVBoxLayout(self)
        margin = scaled(12)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(scaled(10))

    def add_foot(self, back: str, on: str, icon_name: str = "") -> None:
        """Put the row of buttons, with these names, below what is in the body: Tab comes there last."""
        self._back = SecondaryButton(
            self._say("window.reconcile.back"), shown_keys(KEYS["step_back"]), icon_name="back"
        )
        self._back.setObjectName(back)
        self._next = PrimaryButton("", shown_keys(KEYS["save_next"].split()[0]), icon_name=icon_name)
        self._next.setObjectName(on)
        self._hint = PlainLabel("", role="secondary", wrap=True)
        row = QHBoxLayout()
        row.addWidget(self._back)
        row.addWidget(self._hint, 1)
        row.addWidget(self._next)
        self.body.addLayout(row)

    def focus_step(self) -> None:
        """Put the focus where this step begins."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_step()
