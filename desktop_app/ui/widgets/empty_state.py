"""What an empty list or page says: one sentence on what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.labels import IconLabel, PlainLabel

_ICON, _EDGE = 32, 10


class EmptyState(QWidget):
    """An icon, one sentence, and the buttons to do it with where there are any."""

    def __init__(self, icon: str, sentence: str, *buttons: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._sentence = PlainLabel(sentence, role="secondary", wrap=True)
        self._sentence.setAlignment(centre)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[scaled(_EDGE)] * 4)
        layout.setSpacing(scaled(_EDGE))
        layout.addStretch(1)
        self._icon = IconLabel(icon, "placeholder", _ICON)
        layout.addWidget(self._icon, 0, centre)
        layout.addWidget(self._sentence)
        for button in buttons:
            layout.addWidget(button, 0, centre)
        layout.addStretch(2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the sentence whole where it is low; the icon says nothing more."""
        super().resizeEvent(event)
        words = self._sentence.heightForWidth(self.width() - 2 * scaled(_EDGE))
        self._icon.setVisible(self.height() >= words + scaled(_ICON + 4 * _EDGE))

    def say(self, sentence: str) -> None:
        """Say something else."""
        self._sentence.setText(sentence)
