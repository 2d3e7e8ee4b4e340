"""Where something lies: a folder has no place to break a line at, so a long one is cut and copied whole."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.ui.widgets.buttons import IconButton
from desktop_app.ui.widgets.labels import ElidedLabel
from desktop_app.words import Words


class FolderLine(QWidget):
    """The words of ``code`` with ``folder`` in them, and a button that copies the folder."""

    def __init__(self, words: Words, code: str, folder: object, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = str(folder)
        self.label = ElidedLabel(words.say(code, folder=folder))
        copy = IconButton("copy", words.say("window.settings.copy_folder"))
        copy.clicked.connect(self._copy)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.label)
        line.addWidget(copy)
        line.addStretch(1)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._folder)
