"""The white cards that rooms are laid out in."""

from __future__ import annotations

from PySide6.QtCore import Qt
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
    area, page = QScrollArea(), QWidget()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    page.setProperty("role", "page")
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, scaled(4), 0)
    layout.setSpacing(scaled(8))
    area.setWidget(page)
    return area, layout
