"""Whoever closes the program while an incident is open is asked why (A§2.5); Esc stays.

Locking asks nothing, and a PC that is shut down is not kept waiting: what was typed is kept all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from desktop_app.services.leaving import OpenIncident
    from desktop_app.ui.desk.leaving_dialog import LeavingDialog
    from desktop_app.ui.session import Session

_SHUTTING_DOWN = 60_000
"""Milliseconds for which a shutdown counts as under way: another program may have stopped it."""


class Leaving(QObject):
    """Lets a window go on closing once nobody has to be asked, or somebody has said why."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._asked_at: QWidget | None = None
        self._dialog: LeavingDialog | None = None
        self._shutdown = QTimer(self, singleShot=True, interval=_SHUTTING_DOWN)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.commitDataRequest.connect(lambda _manager: self.shut_down())

    def shut_down(self) -> None:
        """Ask nobody for a while: the system is going down."""
        self._shutdown.start()
        if self._dialog is not None and shiboken6.isValid(self._dialog):
            self._dialog.reject()

    def stop(self) -> None:
        """Count no more."""
        self._shutdown.stop()

    def ask(self, session: Session, workplace: QWidget, go: Callable[[], None]) -> None:
        """Call ``go`` where leaving needs no reason, or once there is one; asked twice it asks once."""
        if self._shutdown.isActive():
            go()
            return
        if self._asked_at is workplace:
            return
        self._asked_at = workplace
        store = session.store

        def look() -> OpenIncident | None:
            from desktop_app.services.leaving import incident_to_leave  # not needed to start

            return incident_to_leave(store)

        def found(incident: OpenIncident | None) -> None:
            self._asked_at = None
            if incident is None or self._shutdown.isActive():
                go()
                return
            from desktop_app.ui.desk.leaving_dialog import LeavingDialog

            self._asked_at = workplace
            self._dialog = dialog = LeavingDialog(session, incident, workplace)
            dialog.finished.connect(self._answered)
            dialog.done_it.connect(lambda _made: go())
            dialog.open()

        def failed(_problem: Exception) -> None:
            """Keeping what was typed asks the same store, and tells what is wrong with it."""
            self._asked_at = None
            go()

        session.background.query(look, found, failed, owner=workplace)

    def _answered(self, _how: int) -> None:
        self._asked_at = self._dialog = None
