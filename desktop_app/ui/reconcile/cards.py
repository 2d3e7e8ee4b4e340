"""The white cards that this room's steps are laid out in."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop_app.ui.theme.style import scaled


def card() -> tuple[QFrame, QVBoxLayout]:
    """Return a card and the column that fills it."""
    frame = QFrame()
    frame.setProperty("role", "card")
    layout = QVBoxLayout(frame)
    margin = scaled(12)
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(scaled(8))
    return frame, layout
