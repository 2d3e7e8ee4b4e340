"""Locking: drafts kept, the store closed, its key dropped; unlocking gives a store anew."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.errors import KnownError
from desktop_app.domain.ringing import DueTime
from desktop_app.ui.background.background import Background
from desktop_app.ui.start.idle import IdleWatch
from desktop_app.ui.start.parts import LockedBy

if TYPE_CHECKING:
    from desktop_app.services.stores import OpenStore

Flush = Callable[[Callable[[bool], None]], None]
"""Keeps all drafts and then tells whether everything typed is in the store (``DraftKeeper.flush``)."""
Remember = Callable[[], tuple[DueTime, ...]]
"""Returns what the desk knows to be due; it rings while the store is locked."""
_AGAIN = 1_000
"""Milliseconds after which an idle desk with work under way is looked at again."""


class Locker(QObject):
    """Holds the store of the session on screen, until it is locked.

    ``locking`` is emitted first: the window takes no more keys. Then either ``locked`` with a ``LockedBy``,
    once the store is closed, or ``stayed_open``: the store refused a draft, and locking would lose it.
    """

    locking = Signal()
    locked = Signal(object)
    stayed_open = Signal()

    def __init__(
        self,
        background: Background,
        clock: Callable[[], datetime],
        idle: IdleWatch | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._background, self._clock, self._idle = background, clock, idle
        self._store: OpenStore | None = None
        self._flush: Flush = lambda done: done(True)
        self._remember: Remember = lambda: ()
        self._under_way = False
        if idle is not None:
            idle.idle.connect(self._lock_idle)
            background.closing.connect(idle.stop)

    def hold(self, store: OpenStore, flush: Flush, remember: Remember = lambda: ()) -> None:
        """Begin a session: from now on it can be locked, and locks by itself when nobody is there."""
        self._store, self._flush, self._remember, self._under_way = store, flush, remember, False
        if self._idle is not None:
            self._idle.start()

    def lock(self) -> None:
        """Lock now; does nothing where it is locked or being locked."""
        if self._store is None or self._under_way:
            return
        self._under_way = True
        self.locking.emit()
        self._flush(self._flushed)

    def _lock_idle(self) -> None:
        """A job that reads the store is not cut off: it ends first."""
        if self._background.pending and self._idle is not None:
            self._idle.again_in(_AGAIN)
        else:
            self.lock()

    def _flushed(self, kept: bool) -> None:
        store = self._store
        if not kept or store is None:
            self._under_way = False
            self.stayed_open.emit()
            return
        at, due = self._clock(), self._remember()

        def close() -> LockedBy:
            from desktop_app.domain.times import zone_of  # loaded by now
            from desktop_app.services.stores import name_of

            number, zone = store.author.staff_number, zone_of(store.settings.zone)
            name = number
            with suppress(KnownError):  # a store that cannot be read is locked all the same
                name = name_of(store)
            store.close()
            return LockedBy(store.folder, number, name, f"{at.astimezone(zone):%H:%M}", zone, due)

        self._background.change(close, self._closed, self._not_closed, owner=self)

    def _not_closed(self, problem: Exception) -> None:
        self._under_way = False
        self.stayed_open.emit()
        self._background.trouble.emit(problem)

    def _closed(self, locked: LockedBy) -> None:
        self._store, self._under_way = None, False
        self._flush, self._remember = lambda done: done(True), lambda: ()
        if self._idle is not None:
            self._idle.stop()
        self.locked.emit(locked)
