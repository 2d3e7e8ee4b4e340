"""The white cards that rooms are laid out in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.ui.theme.style import scaled


def card() -> tuple[QFrame, QVBoxLayout]:
    """Return a card and the column that fills it."""
    frame = QFrame()
    return frame, card_layout(frame)


def card_layout(frame: QFrame) -> QVBoxLayout:
    """Make a frame a card and return the column that fills it."""
    frame.setProperty("role", "card")
    layout = QVBoxLayout(frame)
    margin = scaled(12)
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(scaled(8))
    return layout


def scrolled_card() -> tuple[QFrame, QVBoxLayout]:
    """Return a card whose column scrolls where the window is too low for it, and that column."""
    frame, outer = card()
    area, layout = scrolled()
    outer.addWidget(area)
    return frame, layout


def scrolled() -> tuple[QScrollArea, QVBoxLayout]:
    """Return an area that scrolls up and down only, and the column inside it."""
    page = _Page()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, scaled(4), 0)
    layout.setSpacing(scaled(8))
    return ScrolledArea(page), layout


class ScrolledArea(QScrollArea):
    """Scrolls up and down only, so it is never narrower than what is in it."""

    def __init__(self, page: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page.setProperty("role", "page")
        self.setWidget(page)

    def minimumSizeHint(self) -> QSize:
        width = self.widget().minimumSizeHint().width() + self.beside_page()
        return QSize(width, super().minimumSizeHint().height())

    def beside_page(self) -> int:
        """Return how much wider than its page it is, with the bar that scrolls."""
        return self.verticalScrollBar().sizeHint().width() + 2 * self.frameWidth()


class _Page(QWidget):
    """Tells the area around it that it needs another width: Qt's own area asks but once."""

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and (viewport := self.parentWidget()) is not None:
            area = viewport.parentWidget()
            if area is not None:
                area.updateGeometry()
        return handled
