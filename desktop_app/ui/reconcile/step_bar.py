"""The five steps of a reconciliation, and where a person stands."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.ui.widgets.pill import Pill, Tone
from desktop_app.words import Words

STEPS = ("files", "mapping", "progress", "results", "workbook")


class StepBar(QWidget):
    """Steps from left to right: behind (a tick), here, ahead."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = {
            step: words.say(
                "window.reconcile.step_name", number=number, name=words.say(f"window.reconcile.step.{step}")
            )
            for number, step in enumerate(STEPS, 1)
        }
        self._pills = {step: Pill("quiet", "right", name) for step, name in self._names.items()}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(10))
        layout.addWidget(PlainLabel(words.say("window.reconcile.title"), role="title"))
        layout.addSpacing(scaled(10))
        for pill in self._pills.values():
            layout.addWidget(pill)
        layout.addStretch(1)

    def show_step(self, step: str) -> None:
        """Mark where a person stands."""
        here = STEPS.index(step)
        for place, (code, pill) in enumerate(self._pills.items()):
            tone: Tone = "ok" if place < here else "info" if place == here else "quiet"
            icon = "check" if place < here else "right"
            pill.show_state(tone, icon, self._names[code])
