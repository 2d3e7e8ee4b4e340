"""Long work that ended half-way because the desk was locked, said once somebody has unlocked it again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop_app.ui.background.messages import Messages
from desktop_app.words import Words

PLACE = "place_"
"""How the name of a place's page begins; its code follows."""


class CutShort:
    """What was under way when the workplace was taken away; of several the first counts."""

    def __init__(self) -> None:
        self._step = self._place = ""

    def look(self, workplace: QWidget) -> None:
        """Note what is under way; what has ended by now was whole."""
        from desktop_app.ui.stepped.job_panel import JobPanel  # not needed to unlock

        for panel in workplace.findChildren(JobPanel):
            if panel.busy:
                self._step, self._place = panel.step.rstrip("…"), _place_of(panel)
                return

    def tell(self, messages: Messages, words: Words, go: Callable[[str], None]) -> None:
        """Say it, with the way to where it is done again; once."""
        step, place = self._step, self._place
        self._step = self._place = ""
        if step:
            said = words.say("window.desk.cut_short", step=step)
            messages.say(said, (words.say("window.desk.cut_short_go"), lambda: go(place)))


def _place_of(widget: QWidget) -> str:
    while not (name := widget.objectName()).startswith(PLACE):
        if (around := widget.parentWidget()) is None:
            return "desk"
        widget = around
    return name.removeprefix(PLACE)
