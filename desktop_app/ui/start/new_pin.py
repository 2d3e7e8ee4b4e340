"""Two PIN fields that have to agree, and the page on which a one-time PIN is given up for one's own."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop_app.services.people import LONG_PIN, check_new_pin, choose_pin, shortest_pin_here
from desktop_app.services.stores import OpenStore
from desktop_app.ui.start.fields import Checked
from desktop_app.ui.start.page import Page
from desktop_app.ui.start.parts import StartParts


class NewPin:
    """The two fields on a page; what a PIN needs on this PC is asked for in the background."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._shortest = 0
        self.pin: Checked = page.pin_field("pin", self._wrong)
        self.again: Checked = page.pin_field("pin_again", self._differs)
        parts = page.parts
        data_folder, shared = parts.data_folder, parts.policy.shared_pc
        parts.background.query(
            lambda: shortest_pin_here(data_folder, shared_pc=shared), self._know, owner=page
        )

    def text(self) -> str:
        """Return the PIN."""
        return self.pin.field.full_text()

    def _know(self, shortest: int) -> None:
        self._shortest = shortest
        code = "pin_hint"
        if shortest == LONG_PIN:
            code = "pin_hint_shared" if self._page.parts.policy.shared_pc else "pin_hint_alone"
        self.pin.note.set_hint(self._page.parts.words.say(f"window.start.{code}", shortest=shortest))

    def _wrong(self, pin: str) -> str:
        return self._page.sentence_of(lambda: check_new_pin(pin, self._shortest))

    def _differs(self, again: str) -> str:
        differs = again != self.text()
        return self._page.parts.words.say("window.start.pins_differ") if differs else ""


class NewPinPage(Page):
    """Shown after a one-time PIN: nothing else can be done before a PIN of one's own is chosen."""

    opened = Signal(object)

    def __init__(self, parts: StartParts, store: OpenStore) -> None:
        super().__init__(parts, "new_pin")
        self._store = store
        self._new = NewPin(self)

    def act(self) -> None:
        """Choose the PIN."""
        store, new, data_folder, now = (
            self._store,
            self._new.text(),
            self.parts.data_folder,
            self.parts.clock(),
        )
        self.run(
            lambda: choose_pin(store, new, data_folder=data_folder, now=now),
            lambda _none: self.opened.emit(store),
        )
