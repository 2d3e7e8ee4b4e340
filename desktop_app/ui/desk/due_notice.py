"""Tells what is due, some minutes before and at the moment: call-backs, and to leads the clocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from math import ceil

from PySide6.QtCore import QMetaMethod, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.domain.identities import LEADS
from desktop_app.domain.priorities import AHEAD, Priority
from desktop_app.domain.ringing import SILENCE, DueKind, DueTime, Ring, next_ring, rings
from desktop_app.domain.times import zone_of
from desktop_app.services.clocks import due_list, due_times
from desktop_app.services.due_promises import DuePromise, due_promises
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.announce import announce
from desktop_app.ui.widgets.notice import Action, Notice

LOOK_MILLISECONDS = 10_000
_REMEMBERED = timedelta(hours=12)
"""Call-backs of so many hours ring behind a lock screen too."""
_MOST = 3
"""So many lines are told at once; what else is due stands in its own list."""


class DueNotice(Notice):
    """A bar that says who waits for a call and which clock has run out; the focus is never taken.

    ``opened`` carries the id of a record, ``incident_asked`` that of an incident. ``in_sight`` says whether
    the clocks of an incident are on screen: those are only said aloud, a bar over them tells nothing new.
    """

    opened = Signal(str)
    incident_asked = Signal(str)

    def __init__(
        self,
        session: Session,
        in_sight: Callable[[str], bool] = lambda _incident: False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session.words, parent)
        self.setObjectName("due_notice")
        self._in_sight = in_sight
        self._session = session
        self._zone = zone_of(session.store.settings.zone)
        self._leads = session.person.role in LEADS
        self._rung = SILENCE
        self._promises: dict[str, DuePromise] = {}
        self._said: tuple[Ring, ...] = ()
        self.times: tuple[DueTime, ...] = ()
        """What is due and what comes due; it goes on ringing while the store is locked."""
        self._look = QTimer(self, singleShot=True)
        self._look.timeout.connect(self.refresh)
        session.background.closing.connect(self._look.stop)
        session.shelf.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Look for what comes due."""
        self._look.stop()
        store, now = self._session.store, self._session.clock()
        pack, leads = self._session.shelf.pack, self._leads

        def look() -> tuple[tuple[DueTime, ...], tuple[DuePromise, ...]]:
            clocks = due_times(due_list(store, pack, now=now)) if leads else ()
            return clocks, due_promises(store, now=now, ahead=_REMEMBERED)

        self._session.background.query(look, lambda found: self._found(*found), self._failed, owner=self)

    def _found(self, clocks: tuple[DueTime, ...], promises: Sequence[DuePromise]) -> None:
        now = self._session.clock()
        self._promises = {one.promise_id: one for one in promises}
        self.times = (
            *clocks,
            *(
                DueTime(
                    one.promise_id,
                    DueKind.CALL_BACK,
                    one.due,
                    subject=one.subject_id,
                    ahead=AHEAD[one.priority],
                )
                for one in promises
                if one.due is not None
            ),
        )
        found, self._rung = rings(self.times, self._rung, now)
        seen = [one for one in found if self._is_seen(one.time)]
        for one in seen:
            announce(self, self._sentence(one.time, late=one.late))
        if rest := [one for one in found if one not in seen]:
            self._say(rest)
        elif self.isVisible():
            self._leave_out_settled()
        coming = next_ring(self.times, now)
        wait = LOOK_MILLISECONDS if coming is None else int((coming - now).total_seconds() * 1000) + 1
        self._look.start(min(LOOK_MILLISECONDS, wait))

    def _failed(self, _problem: Exception) -> None:
        """The status line looks at the same store and tells of it."""
        self._look.start(LOOK_MILLISECONDS)

    def _leave_out_settled(self) -> None:
        """Tell no more of what was done since, or of clocks that somebody looks at."""
        going = {one.key for one in self.times}
        left = [one for one in self._said if one.time.key in going and not self._is_seen(one.time)]
        if not left:
            self.dismiss()
        elif len(left) < len(self._said):
            self._say(left)

    def _is_seen(self, one: DueTime) -> bool:
        return one.kind is DueKind.CLOCK and self._in_sight(one.subject)

    def _say(self, found: Sequence[Ring]) -> None:
        ordered = sorted(found, key=self._pressing)
        told = [self._sentence(one.time, late=one.late) for one in ordered[:_MOST]]
        if len(ordered) > _MOST:
            told.append(self._session.words.say("window.due.more", count=len(ordered) - _MOST))
        first = ordered[0]
        self._said = tuple(ordered)
        self.tell("\n".join(told), "urgent" if first.late else "warn", self._actions(first.time))
        if first.late:
            QApplication.alert(self.window())

    def _sentence(self, one: DueTime, *, late: bool) -> str:
        say, code = self._session.words.say, "now" if late else "soon"
        time = f"{one.due.astimezone(self._zone):%H:%M}"
        if one.kind is DueKind.CLOCK:
            title = one.title.told(self._session.words.language)
            return say(f"window.due.clock_{code}", title=title, number=one.number, time=time)
        promise = self._promises[one.key]
        who = promise.caller_name or promise.phone or say("window.records.nobody")
        if promise.priority is not Priority.NORMAL:
            who = f"〔{say(f'window.priority.{promise.priority.value}')}〕{who}"
        minutes = max(1, ceil((one.due - self._session.clock()).total_seconds() / 60))
        return say(f"window.due.{code}", who=who, number=promise.number, time=time, minutes=minutes)

    def _pressing(self, one: Ring) -> tuple[bool, int]:
        """What is late before what is not; of those clocks, then the most urgent call-back (1.4.5)."""
        if one.time.kind is DueKind.CLOCK:
            return not one.late, -1
        return not one.late, self._promises[one.time.key].priority.rank

    def _actions(self, one: DueTime) -> list[Action]:
        """Return the way to what is due; a clock's once somebody listens who can show its incident."""
        if one.kind is DueKind.CALL_BACK:
            return [(self._session.words.say("window.due.open"), lambda: self._open(one))]
        if not self.isSignalConnected(QMetaMethod.fromSignal(self.incident_asked)):
            return []
        return [(self._session.words.say("window.due.enter"), lambda: self._open(one))]

    def _open(self, one: DueTime) -> None:
        self.dismiss()
        (self.opened if one.kind is DueKind.CALL_BACK else self.incident_asked).emit(one.subject)
