"""One card of the settings: a heading and what belongs under it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.labels import Heading


class Card(QFrame):
    """``body`` takes what the card holds."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*map(scaled, (16, 12, 16, 14)))
        self.body.setSpacing(scaled(9))
        self.body.addWidget(Heading(title))
