"""What lies beside the form comes over it from the right where the window is too narrow for both (F12)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.ui.theme.style import scaled

_WIDTH = 560
_SHARE = 0.72
"""So much of a very narrow window it covers at most: the number that is typed stays in sight."""


class Drawer(QFrame):
    """Lies over its parent while it is open; ``closed`` by Esc."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("drawer")
        self.setProperty("role", "drawer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(scaled(8), scaled(8), scaled(8), scaled(8))
        parent.installEventFilter(self)
        self.hide()

    def hold(self, content: QWidget) -> None:
        """Take a widget in; whoever shows it elsewhere takes it out again."""
        self._column.addWidget(content)
        content.show()

    def open(self) -> None:
        """Come over the parent."""
        self._place()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self.parent():
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nothing inside has taken closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _place(self) -> None:
        around = self.parentWidget()
        if around is not None:
            width = min(scaled(_WIDTH), round(around.width() * _SHARE))
            self.setGeometry(around.width() - width, 0, width, around.height())
