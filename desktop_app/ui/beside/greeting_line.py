"""The opening sentence of the day, while nothing is typed yet (1.7)."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.labels import IconLabel, PlainLabel


class GreetingLine(QFrame):
    """Hidden where there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._gives_way = False
        self.text = PlainLabel(wrap=True)
        self.text.setObjectName("greeting")
        row = QHBoxLayout(self)
        row.setContentsMargins(scaled(10), scaled(4), scaled(10), scaled(4))
        row.setSpacing(scaled(8))
        row.addWidget(IconLabel("phone", "ok", 16))
        row.addWidget(self.text, 1)
        self.hide()

    def show_greeting(self, sentence: str) -> None:
        """Show a sentence, or nothing."""
        self.text.setText(sentence)
        self._show()

    def give_way(self, gives_way: bool) -> None:
        """Leave the room to something else, or take it back."""
        self._gives_way = gives_way
        self._show()

    def _show(self) -> None:
        self.setVisible(bool(self.text.text()) and not self._gives_way)
