"""After the first start: whoever else works at this PC gets a one-time PIN, or later from the settings."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop_app.services.stores import OpenStore
from desktop_app.ui.start.colleagues import ColleaguesPanel
from desktop_app.ui.start.page import Page
from desktop_app.ui.start.parts import StartParts


class NextShiftPage(Page):
    """``finished`` goes on to the desk."""

    finished = Signal()
    width_wanted = 720

    def __init__(self, parts: StartParts, store: OpenStore) -> None:
        super().__init__(parts, "next_shift")
        self.panel = ColleaguesPanel(
            parts.words, parts.background, store, data_folder=parts.data_folder, clock=parts.clock
        )
        self.panel.enter_adds.connect(
            lambda adds: self.primary.set_words(self.say("do"), "" if adds else "Enter")
        )
        self.body.addWidget(self.panel)

    def focus_start(self) -> None:
        """Enter goes on: most add nobody now."""
        self.primary.setFocus()

    def act(self) -> None:
        """Go on."""
        self.finished.emit()
