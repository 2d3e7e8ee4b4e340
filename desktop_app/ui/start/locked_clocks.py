"""Clocks that go on behind the lock screen: due moments and names in memory, nothing of the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.domain.ringing import SILENCE, DueTime, next_ring, rings
from desktop_app.ui.background.background import Background

_LOOK = 10_000
"""Milliseconds after which the clock is read again at the latest: Qt's timers may stand still in sleep."""


class LockedClocks(QObject):
    """Rings until it is stopped, whatever page is on screen: nobody is in a call at a locked desk.

    ``looked`` tells that time went on, ``rang`` what rings (a ``Ring``).
    """

    looked = Signal()
    rang = Signal(object)

    def __init__(
        self,
        times: Sequence[DueTime],
        clock: Callable[[], datetime],
        background: Background,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._window, self._clock = parent, clock
        self.times = tuple(sorted(times, key=lambda one: (one.due, one.key)))
        # What was due before was told of at the desk; here it stands on the screen.
        self._rung = rings(self.times, SILENCE, clock())[1]
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        background.closing.connect(self.stop)
        self._go_on()

    @property
    def now(self) -> datetime:
        """The moment now, in UTC."""
        return self._clock()

    def look(self) -> None:
        """Ring for what has come due since the last look."""
        found, self._rung = rings(self.times, self._rung, self._clock())
        for one in found:
            if one.late:
                QApplication.beep()
            QApplication.alert(self._window)
            self.rang.emit(one)
        self.looked.emit()
        self._go_on()

    def stop(self) -> None:
        """Forget everything: somebody unlocked, or the window closes."""
        self._timer.stop()
        self.times = ()

    def _go_on(self) -> None:
        now = self._clock()
        coming = next_ring(self.times, now)
        wait = _LOOK if coming is None else min(_LOOK, int((coming - now).total_seconds() * 1000) + 1)
        if self.times:
            self._timer.start(wait)
