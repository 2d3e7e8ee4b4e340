"""Step 3: the comparison at work, with a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop_app.ui.widgets.cards import card
from desktop_app.ui.widgets.labels import Heading, IconLabel, PlainLabel
from desktop_app.ui.widgets.progress_panel import ProgressPanel
from desktop_app.words import Words

WORK = (
    "records",
    "crm",
    "calls",
    "linking",
    "preparing",
    "comparing",
    "weighing",
    "assigning",
    "settling",
    "judging",
)


class ProgressStep(QWidget):
    """Each part of the work: done, running, to come."""

    cancelled = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        frame, layout = card()
        layout.addWidget(Heading(words.say("window.reconcile.progress.heading")))
        self.panel = ProgressPanel(words)
        self.panel.cancelled.connect(self.cancelled)
        layout.addWidget(self.panel)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        self._lines = {}
        for row, step in enumerate(WORK):
            icon, name = (
                IconLabel("right", "muted", 16),
                PlainLabel(words.say(f"window.reconcile.progress.{step}")),
            )
            grid.addWidget(icon, row, 0)
            grid.addWidget(name, row, 1)
            self._lines[step] = (icon, name)
        layout.addLayout(grid)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)

    def begin(self) -> None:
        """Start anew."""
        self._mark("")
        self.panel.begin(self._words.say("window.reconcile.progress.begin"))

    def show_progress(self, step: str, done: int, of: int) -> None:
        """Show what is being done, and how much of it."""
        self._mark(step)
        self.panel.show_step(self._words.say(f"window.reconcile.progress.{step}"), done, of)

    def _mark(self, step: str) -> None:
        here = WORK.index(step) if step in WORK else -1
        for place, (icon, name) in enumerate(self._lines.values()):
            icon.show_icon(
                "check" if place < here else "right",
                "ok" if place < here else "accent" if place == here else "muted",
            )
            name.set_tone("" if place <= here else "quiet")
