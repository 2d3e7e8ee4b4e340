"""The one thing that people get wrong in an emergency of this kind, beside the numbers of its card."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.labels import IconLabel, PlainLabel


class CardNote(QFrame):
    """A sentence in its own box; nothing where the type has none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._text = PlainLabel(role="strong", wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*map(scaled, (12, 8, 12, 8)))
        layout.setSpacing(scaled(8))
        layout.addWidget(IconLabel("info", "accent"), 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)

    def text(self) -> str:
        """Return the sentence."""
        return self._text.text()

    def setText(self, text: str) -> None:
        """Say something else, or nothing."""
        self._text.setText(text)
        self.setVisible(bool(text))
