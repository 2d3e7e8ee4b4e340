"""Notices that nobody is at the desk: no key, no mouse for the policy's minutes (DESIGN §6)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
    }
)


class IdleWatch(QObject):
    """``idle`` is emitted after ``milliseconds`` without a sign of a person, and again so later."""

    idle = Signal()

    def __init__(self, application: QApplication, milliseconds: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._milliseconds = milliseconds
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.idle)
        self._application = application

    def start(self) -> None:
        """Watch from now on."""
        self._application.installEventFilter(self)
        self._timer.start(self._milliseconds)

    def again_in(self, milliseconds: int) -> None:
        """Emit ``idle`` again so soon, unless somebody comes meanwhile."""
        self._timer.start(milliseconds)

    def stop(self) -> None:
        """Watch no more."""
        self._application.removeEventFilter(self)
        self._timer.stop()

    @contextmanager
    def looking_away(self) -> Iterator[None]:
        """See nothing inside the block: a change of looks is thousands of events, and no sign of a person."""
        self._application.removeEventFilter(self)
        try:
            yield
        finally:
            if self._timer.isActive():
                self._application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin anew at every sign."""
        if event.type() in _SIGNS:
            self._timer.start(self._milliseconds)
        return False
