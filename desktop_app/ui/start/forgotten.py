"""A forgotten PIN: recovery code or the site's recovery key, then a new PIN for a person."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from desktop_app.services.people import recover
from desktop_app.services.places import Place
from desktop_app.ui.start.new_pin import NewPin
from desktop_app.ui.start.page import Page
from desktop_app.ui.start.parts import StartParts


class ForgottenPage(Page):
    """``opened`` is emitted with the store once the new PIN is set; ``left`` by Esc."""

    opened = Signal(object)
    left = Signal()

    def __init__(self, parts: StartParts, place: Place, staff_number: str = "") -> None:
        super().__init__(parts, "forgotten")
        self._place = place
        if place.site_recovery:
            self.intro.setText(self.say("site_intro"))
            self._key = self.code_field("key_file", self.needed())
            self.link("choose_file", self._choose)
        else:
            self._key = self.code_field("recovery", self.needed())
        self._number = self.code_field("staff_number", self.needed())
        self._number.field.setText(staff_number)
        self._new = NewPin(self)
        self.link("back", self.left.emit)

    def back(self) -> None:
        """Return to unlocking."""
        self.left.emit()

    def act(self) -> None:
        """Unlock by what recovers, and set the PIN."""
        folder, data_folder, now = self._place.folder, self.parts.data_folder, self.parts.clock()
        given, number = self._key.field.full_text().strip(), self._number.field.full_text().strip()
        new = self._new.text()
        self.run(
            lambda: recover(folder, given, number, new, data_folder=data_folder, now=now),
            self.opened.emit,
        )

    def _choose(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, self.say("choose_file"))
        if file:
            self._key.field.setText(file)
