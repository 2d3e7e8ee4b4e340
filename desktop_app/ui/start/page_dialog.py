"""Pages of the start in a dialog while the store is open: a PIN changed, the recovery code renewed."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QDialog, QVBoxLayout, QWidget

from desktop_app.ui.start.page import Page
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.shortcuts import Shortcuts


class PageDialog(QDialog):
    """One page at a time; Esc leaves everything as it is."""

    def __init__(self, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        Shortcuts(self).add("start_next", "Return", self._enter)
        self.page = page
        self.show_page(page)
        page.link("cancel", self.reject)

    def show_page(self, page: Page) -> None:
        """Show a page in place of the one before."""
        if page is not self.page:
            self._layout.removeWidget(self.page)
            self.page.hide()
            self.page.deleteLater()
        self.page = page
        self.setWindowTitle(page.say("title"))
        page.setFixedWidth(scaled(page.width_wanted))
        self._layout.addWidget(page)
        page.show()
        page.order_tabs()
        page.focus_start()
        self.adjustSize()

    def _enter(self) -> None:
        inside = self.focusWidget()
        if isinstance(inside, QAbstractButton):
            inside.click()
        else:
            self.page.enter()
