"""What an empty list or page says: one sentence on what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.labels import IconLabel, PlainLabel


class EmptyState(QWidget):
    """An icon, one sentence, and the button to do it with where there is one."""

    def __init__(
        self, icon: str, sentence: str, button: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._sentence = PlainLabel(sentence, role="secondary", wrap=True)
        self._sentence.setAlignment(centre)
        layout = QVBoxLayout(self)
        layout.setSpacing(scaled(10))
        layout.addStretch(1)
        layout.addWidget(IconLabel(icon, "placeholder", 32), 0, centre)
        layout.addWidget(self._sentence)
        if button is not None:
            layout.addWidget(button, 0, centre)
        layout.addStretch(2)

    def say(self, sentence: str) -> None:
        """Say something else."""
        self._sentence.setText(sentence)
