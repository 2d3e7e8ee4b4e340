"""How far long work has come, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.words import Words


class ProgressPanel(QWidget):
    """The word of the step, a bar, a button that cancels. ``cancelled`` is told once per ``begin``."""

    cancelled = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._step = PlainLabel(wrap=True)
        self._bar = QProgressBar()
        self._bar.setAccessibleName(words.say("window.widgets.progress"))
        self._cancel = SecondaryButton(words.say("window.widgets.cancel"))
        self._cancel.setObjectName("progress_cancel")
        self._cancel.clicked.connect(self._stop)
        row = QHBoxLayout()
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._step)
        layout.addLayout(row)

    def begin(self, word: str) -> None:
        """Start anew, without a known end."""
        self._cancel.setEnabled(True)
        self.show_step(word, 0, 0)

    def show_step(self, word: str, done: int, total: int) -> None:
        """Show a step and how much of it is done; ``total`` 0 where nobody knows."""
        self._step.setText(word)
        self._bar.setRange(0, max(0, total))
        self._bar.setValue(min(done, total))

    def text(self) -> str:
        """Return the word of the step that is shown."""
        return self._step.text()

    def _stop(self) -> None:
        self._cancel.setEnabled(False)
        self._step.setText(self._words.say("window.widgets.cancelling"))
        self.cancelled.emit()
