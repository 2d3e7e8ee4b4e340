"""The seconds in which the last save can be undone, and what is said after them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.services.records import Logged
from desktop_app.ui.background.background import Background

MILLISECONDS = 10_000


class UndoOffer(QObject):
    """Holds the ``Logged`` that F11 undoes; while a save is under way it is that one which is meant."""

    changed = Signal(object)
    """What is offered now; None once that is over."""
    too_late = Signal()
    """It was asked for after its seconds had passed."""

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._logged: Logged | None = None
        self._under_way: object | None = None
        self._asked: object | None = None
        self._passed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(MILLISECONDS)
        self._timer.timeout.connect(self._end)
        background.closing.connect(self._timer.stop)

    def begin(self, save: object) -> None:
        """Mean this save from now on."""
        self._under_way = save

    def end(self, save: object) -> bool:
        """Return whether the save that was answered now was asked to be undone meanwhile."""
        if self._under_way is save:
            self._under_way = None
        asked = self._asked is save
        self._asked = None if asked else self._asked
        return asked

    def make(self, logged: Logged | None) -> None:
        """Offer to undo this save from now on; None: no save."""
        self._passed = False
        self._timer.stop()
        if logged is not None:
            self._timer.start()
        self._set(logged)

    def withdraw(self, logged: Logged) -> None:
        """Offer this one no more."""
        if self._logged is logged:
            self.make(None)

    def take(self) -> Logged | None:
        """Return what is undone now, and offer it no more; None where that has to wait for its save."""
        if self._under_way is not None:
            self._asked = self._under_way
            return None
        logged = self._logged
        if logged is not None:
            self.make(None)
        elif self._passed:
            self.too_late.emit()
        return logged

    def _end(self) -> None:
        self._passed = True
        self._set(None)

    def _set(self, logged: Logged | None) -> None:
        if logged is not self._logged:
            self._logged = logged
            self.changed.emit(logged)
