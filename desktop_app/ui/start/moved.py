"""A store that was never open on this PC: does this PC replace the old one, or is it a second one?"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal

from desktop_app.services.moved import replace_old_pc, set_aside
from desktop_app.services.stores import OpenStore
from desktop_app.ui.start.page import Page
from desktop_app.ui.start.parts import StartParts
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.labels import PlainLabel


class MovedPage(Page):
    """``opened``: this PC replaces the old one; ``aside``: it is a second, and there lies the copy now.

    ``refused`` where it could not be moved: the store is closed by then. Neither answer can be taken back,
    so none is chosen beforehand.
    """

    opened = Signal(object)
    aside = Signal(object)
    refused = Signal(object)

    def __init__(self, parts: StartParts, store: OpenStore) -> None:
        super().__init__(parts, "moved")
        self._store = store
        for code in ("replaces_hint", "second_hint"):
            self.body.addWidget(PlainLabel(self.say(code), role="secondary", wrap=True))
        answers = [(code, self.say(code)) for code in ("replaces", "second")]
        self.answer = ChipGroup(answers, name=self.say("answer"))
        self.answer.changed.connect(self.message.dismiss)
        self.body.addWidget(self.answer)

    def focus_start(self) -> None:
        """Begin at the answers: arrows and the space bar choose one."""
        self.answer.setFocus()

    def act(self) -> None:
        """Do what the chosen answer says."""
        store, now, answer = self._store, self.parts.clock(), self.answer.current_code()
        if not answer:
            self.message.tell(self.say("choose_first"), "warn")
            self.answer.setFocus()
        elif answer == "replaces":
            self.run(lambda: replace_old_pc(store, now=now), lambda _none: self.opened.emit(store))
        else:
            self.run(lambda: set_aside(store, now=now), self._moved, self.refused.emit)

    def _moved(self, aside: Path) -> None:
        self.aside.emit(aside)
