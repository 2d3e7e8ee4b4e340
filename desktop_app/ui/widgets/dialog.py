"""What every dialog is: a title, a body, the buttons; Esc cancels, Ctrl+Enter or Enter does the one thing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.ui.widgets.buttons import PrimaryButton, SecondaryButton
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.words import Words

_MARGIN = 18


class Dialog(QDialog):
    """Fill ``body``; ``primary`` accepts, ``cancel`` rejects.

    A subclass overrides ``accept`` to check what was typed first. Where there is nothing to decide, give no
    ``do`` text: then there is one button, which closes.
    """

    def __init__(self, words: Words, title: str, do: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.title = PlainLabel(title, role="title")
        self.body = QVBoxLayout()
        self.body.setSpacing(9)
        self.primary = PrimaryButton(do or words.say("window.widgets.close"))
        self.primary.clicked.connect(self.accept)
        self.cancel = SecondaryButton(words.say("window.widgets.cancel"), "Esc")
        self.cancel.clicked.connect(self.reject)
        self.cancel.setVisible(bool(do))
        self.extra = QHBoxLayout()
        """Room at the left of the buttons for one more."""
        buttons = QHBoxLayout()
        buttons.addLayout(self.extra)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.primary)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        layout.setSpacing(14)
        layout.addWidget(self.title)
        layout.addLayout(self.body, 1)
        layout.addLayout(buttons)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, else the primary one; Esc cancels."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        event.accept()
        inside = self.focusWidget()
        held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.isAutoRepeat() or (isinstance(inside, QPlainTextEdit) and not held):
            return
        pressed = inside if isinstance(inside, QAbstractButton) and not held else self.primary
        pressed.click()
