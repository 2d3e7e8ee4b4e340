"""Scrolls only where there is no room for what is in it: for dialogs, as high as their words."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.ui.widgets.cards import ScrolledArea


class FittingArea(ScrolledArea):
    """Asks for the whole height of ``page``, which Qt's own area does not; what has the focus is in sight."""

    def __init__(self, page: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(page, parent)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def sizeHint(self) -> QSize:
        """Return the size of the page, with room for the bar that scrolls it."""
        hint = self.widget().sizeHint()
        return QSize(hint.width() + self.beside_page(), hint.height() + 2 * self.frameWidth())

    def hasHeightForWidth(self) -> bool:
        """Whether sentences in it wrap."""
        return self.widget().hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        """Return how high the page is at this width."""
        return self.widget().heightForWidth(width - self.beside_page()) + 2 * self.frameWidth()

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.widget().isAncestorOf(now):
            self.ensureWidgetVisible(now)
