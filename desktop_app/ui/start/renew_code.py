"""A new recovery code while the store is open: the old one was lost, or never written down."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.services.people import renew_recovery
from desktop_app.services.stores import OpenStore
from desktop_app.ui.start.page import Page
from desktop_app.ui.start.page_dialog import PageDialog
from desktop_app.ui.start.parts import StartParts
from desktop_app.ui.start.recovery_code import RecoveryCodePage


class RenewCodePage(Page):
    """Asks for one's PIN; ``renewed`` with the code, which is kept nowhere."""

    renewed = Signal(str)
    width_wanted = 480

    def __init__(self, parts: StartParts, store: OpenStore) -> None:
        super().__init__(parts, "renew_code")
        self._store = store
        self._pin = self.pin_field("pin", self.needed())

    def act(self) -> None:
        """Make the new code."""
        store, pin = self._store, self._pin.field.full_text()
        data_folder, now = self.parts.data_folder, self.parts.clock()
        self.run(lambda: renew_recovery(store, pin, data_folder=data_folder, now=now), self.renewed.emit)


class RenewCodeDialog(PageDialog):
    """The PIN, then the code as after the first start; accepted once it was typed back."""

    def __init__(self, parts: StartParts, store: OpenStore, parent: QWidget | None = None) -> None:
        asking = RenewCodePage(parts, store)
        super().__init__(asking, parent)
        asking.renewed.connect(lambda code: self._show_code(parts, code))

    def reject(self) -> None:
        """Leave only before the old code is gone: the new one would be lost by an Esc."""
        if isinstance(self.page, RenewCodePage) and not self.page.busy:
            super().reject()

    def _show_code(self, parts: StartParts, code: str) -> None:
        page = RecoveryCodePage(parts, code)
        page.kept.connect(self.accept)
        self.show_page(page)
