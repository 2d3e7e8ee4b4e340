"""The eight digits two people compare, large enough to be read out over a telephone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.labels import PlainLabel


class CodePanel(QFrame):
    """A code and below it what to do with it."""

    def __init__(self, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._code = PlainLabel(role="digits", selectable=True)
        self._code.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._code.setObjectName("code")
        self._code.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._sentence = PlainLabel(sentence, role="secondary", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout = QVBoxLayout(self)
        margin = scaled(10)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(scaled(4))
        layout.addWidget(self._code)
        layout.addWidget(self._sentence)

    def show_code(self, code: str) -> None:
        """Show a code."""
        self._code.setText(code)
        self.setAccessibleName(code)

    def code(self) -> str:
        """Return the code on screen."""
        return self._code.text()
