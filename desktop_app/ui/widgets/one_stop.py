"""Several tick boxes as one stop of Tab: arrows go from one to the next, digits tick them in their order."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox

_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
_DIGITS = tuple("123456789")


class OneStop(QObject):
    """Takes tick boxes one by one; each is shown with the digit that ticks it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ticks: list[QCheckBox] = []

    def take(self, tick: QCheckBox) -> None:
        """Add a box behind the others; one that was with another group in between keeps its place."""
        tick.installEventFilter(self)
        if tick in self._ticks:
            return
        self._ticks.append(tick)
        digit = circled(len(self._ticks))
        tick.setText(f"{digit} {tick.text().removeprefix(digit).lstrip()}")
        self._move(self._ticks[0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, QCheckBox) or watched not in self._ticks:
            return False
        if event.type() == QEvent.Type.FocusIn:
            self._move(watched)
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            here = self._ticks.index(watched)
            self._ticks[(here + step) % len(self._ticks)].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if event.text() in _DIGITS[: len(self._ticks)]:
            self._ticks[_DIGITS.index(event.text())].click()
            return True
        return False

    def _move(self, stop: QCheckBox) -> None:
        for tick in self._ticks:
            tick.setFocusPolicy(Qt.FocusPolicy.StrongFocus if tick is stop else Qt.FocusPolicy.ClickFocus)


def circled(digit: int) -> str:
    """Return a digit from 1 to 9 as it stands before what it chooses: no part of the words after it."""
    return chr(ord("①") + digit - 1)
