"""Changing one's own PIN while the store is open."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.services.people import change_pin
from desktop_app.services.stores import OpenStore
from desktop_app.ui.start.new_pin import NewPin
from desktop_app.ui.start.page import Page
from desktop_app.ui.start.page_dialog import PageDialog
from desktop_app.ui.start.parts import StartParts


class ChangePinPage(Page):
    """The old PIN, then the new one twice; ``changed`` once the new one holds."""

    changed = Signal()
    width_wanted = 480

    def __init__(self, parts: StartParts, store: OpenStore) -> None:
        super().__init__(parts, "change_pin")
        self._store = store
        self._old = self.pin_field("old_pin", self.needed())
        self._new = NewPin(self)

    def act(self) -> None:
        """Change it."""
        store, old, new = self._store, self._old.field.full_text(), self._new.text()
        data_folder = self.parts.data_folder
        self.run(
            lambda: change_pin(store, old, new, data_folder=data_folder), lambda _none: self.changed.emit()
        )


class ChangePinDialog(PageDialog):
    """The page in a dialog; Esc leaves the PIN as it is."""

    def __init__(self, parts: StartParts, store: OpenStore, parent: QWidget | None = None) -> None:
        page = ChangePinPage(parts, store)
        super().__init__(page, parent)
        page.changed.connect(self.accept)
