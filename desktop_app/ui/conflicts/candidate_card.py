"""One of several values of a field: the value, who wrote it, at which station, when and why."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.labels import PlainLabel

_LONG = 40
_ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CandidateCard(QPushButton):
    """A button as high as what it says; pressing it takes the value, checked it is the current one."""

    reached = Signal()
    """The focus came to it."""
    walked = Signal(int, int)
    """An arrow key: rows down and columns to the right."""
    picked = Signal(int)
    """A digit key: which value of the field is meant, the first is 0."""

    def __init__(self, value: str, who: str, why: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "choice")
        self.setAutoDefault(False)
        self.setCheckable(True)
        self.setAccessibleName("\n".join(part for part in (value, who, why) if part))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._inside = layout = QVBoxLayout(self)
        margin = scaled(8)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(scaled(3))
        look = "strong" if len(value) <= _LONG else ""
        for text, role in ((value, look), (who, "secondary"), (why, "secondary")):
            if text:
                label = PlainLabel(text, role=role, wrap=True)
                label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                layout.addWidget(label)
        layout.addStretch(1)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._inside.totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        return self._inside.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(120), self._inside.totalMinimumSize().height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.reached.emit()

    def nextCheckState(self) -> None:
        """Stay as it is: the view says which one is the current one."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it too; what is around it would scroll by arrows."""
        if event.key() in _ENTER:
            self.click()
        elif event.key() in _ARROWS:
            self.walked.emit(*_ARROWS[event.key()])
        elif Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9:
            self.picked.emit(event.key() - Qt.Key.Key_1)
        else:
            super().keyPressEvent(event)
