"""What goes back and forth between this store and a folder elsewhere works with: store, threads, clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from desktop_app.domain.delivery import Timetable
from desktop_app.exchange.shared_folder import SharedFolder
from desktop_app.services.stores import OpenStore
from desktop_app.ui.background.background import Background
from desktop_app.ui.delivery.errands import Errands


@dataclass(frozen=True, slots=True)
class Means:
    """Of one unlocked store; ``clock`` gives the moment now in UTC, ``shared`` the folder behind a path."""

    store: OpenStore
    background: Background
    errands: Errands
    clock: Callable[[], datetime]
    timetable: Timetable = field(default_factory=Timetable)
    shared: Callable[[Path], SharedFolder] = SharedFolder


class Carrier(QObject):
    """Lives on the GUI thread, from unlocking to locking."""

    def __init__(self, means: Means, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.means = means
        self._store, self._background, self._errands = means.store, means.background, means.errands
        self._clock, self._times, self._shared = means.clock, means.timetable, means.shared
        self._errand = 0

    def _timer(self, act: Callable[[], None]) -> QTimer:
        """Return a timer that ends with the program's threads."""
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(act)
        self._background.closing.connect(timer.stop)
        return timer


def milliseconds(wait: timedelta) -> int:
    """Return a length of time as timers take it."""
    return wait // timedelta(milliseconds=1)
