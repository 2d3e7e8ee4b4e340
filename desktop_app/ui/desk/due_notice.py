"""Tells when a promised call-back is due: two minutes before and at the moment, never over the form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.domain.times import zone_of
from desktop_app.services.due_promises import DuePromise, due_promises
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.notice import Notice

LOOK_MILLISECONDS = 10_000


class DueNotice(Notice):
    """A bar that says who waits for a call. ``opened`` carries the record's id; the focus is never taken."""

    opened = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session.words, parent)
        self.setObjectName("due_notice")
        self._session = session
        self._zone = zone_of(session.store.settings.zone)
        self._told: set[tuple[str, bool]] = set()
        self._look = QTimer(self, singleShot=True, interval=LOOK_MILLISECONDS)
        self._look.timeout.connect(self.refresh)
        session.background.closing.connect(self._look.stop)
        self.refresh()

    def refresh(self) -> None:
        """Look for call-backs that come due."""
        self._look.stop()
        store, now = self._session.store, self._session.clock()
        self._session.background.query(
            lambda: due_promises(store, now=now), self._found, self._failed, owner=self
        )

    def _found(self, found: Sequence[DuePromise]) -> None:
        self._look.start()
        now = self._session.clock()
        for one in found:
            if one.due is None:
                continue
            late = one.due <= now
            if (one.promise_id, late) not in self._told:
                # What is due now needs no telling that it soon will be.
                self._told |= {(one.promise_id, late), (one.promise_id, False)}
                self._say(one, one.due, late=late)

    def _failed(self, _problem: Exception) -> None:
        """The status line looks at the same store and tells of it."""
        self._look.start()

    def _say(self, one: DuePromise, due: datetime, *, late: bool) -> None:
        say = self._session.words.say
        who = one.caller_name or one.phone or say("window.records.nobody")
        told = say(
            f"window.due.{'now' if late else 'soon'}",
            who=who,
            number=one.number,
            time=f"{due.astimezone(self._zone):%H:%M}",
        )
        self.tell(
            told,
            "urgent" if late else "warn",
            [(say("window.due.open"), lambda: self._open(one.subject_id))],
        )

    def _open(self, subject_id: str) -> None:
        self.dismiss()
        self.opened.emit(subject_id)
