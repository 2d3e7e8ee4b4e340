"""Exchanges bundles with the shared folder by itself: when there is something to give, and regularly.

Two lanes that never wait for each other: what needs the store runs as a job in the background and touches
folders of this PC only; what touches the share runs as an errand, which a dead share may hold for minutes.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.delivery import Delivery, Phase, spread
from desktop_app.domain.errors import KnownError
from desktop_app.services.carrying import Carried, Errand, Seen, carry, spool_of
from desktop_app.services.delivery import Exchanged, HandInStanding, exchange, hand_in_standing
from desktop_app.ui.background.background import Job
from desktop_app.ui.delivery.carrier import Carrier, Means, milliseconds

CARRIER = "folder"
_CHANCE = secrets.SystemRandom()
_MOST_REFUSED = 5
_LOOK = 300
"""Milliseconds after a change of the store until it is counted what waits: several are counted at once."""


class Courier(Carrier):
    """From unlocking to locking; lives on the GUI thread.

    ``changed`` gives the ``Delivery`` whenever it is another, ``exchanged`` every ``Exchanged``; ``proposed``
    says that key files or hand-ins of unknown stations wait for a person, ``sent`` that bundles of this store
    lie in the folder now.
    """

    changed = Signal(object)
    exchanged = Signal(object)
    proposed = Signal()
    sent = Signal()

    def __init__(self, means: Means, parent: QObject | None = None) -> None:
        super().__init__(means, parent)
        self._spool = spool_of(means.store.folder)
        self._folder: Path | None = None
        self._automatic, self._fixed = True, False
        self._standing: HandInStanding | None = None
        self._delivery = Delivery()
        self._dirty, self._to_carry = True, False
        self._job: Job | None = None
        self._seen: Seen = {}
        self._must_carry, self._begin_again, self._carry_again = False, False, False
        self._failures = 0
        self._finished: Callable[[], None] | None = None
        self._over, self._given_last, self._told = False, False, False
        self._due = self._timer(self._begin)
        self._next = self._timer(self._begin)
        self._patience = self._timer(self._lose_patience)
        self._last = self._timer(self._end)
        self._count = self._timer(self._ask_standing)

    @property
    def delivery(self) -> Delivery:
        """How the exchange stands now."""
        return self._delivery

    @property
    def folder(self) -> Path | None:
        """The folder exchanged with; None where none is set."""
        return self._folder

    @property
    def fixed(self) -> bool:
        """Whether IT has set the folder by policy, so that nobody chooses another."""
        return self._fixed

    def use(self, folder: Path | None, *, automatic: bool, fixed: bool = False) -> None:
        """Exchange with this folder from now on, beginning at once."""
        self._fixed = fixed
        if folder != self._folder:
            self._errands.drop(self._errand)
            self._errand, self._seen, self._failures = 0, {}, 0
            self._patience.stop()
            self._delivery = replace(self._delivery, at=None, since=None, reason=None, trouble=())
        self._folder, self._automatic, self._dirty = folder, automatic, True
        self._told = False
        self._ask_standing()
        if self._goes_by_itself():
            self._begin()
        else:
            self._rest()
        self._tell()

    def saved(self, *, urgent: bool = False) -> None:
        """Hear that the store has something new."""
        self._dirty = True
        if self._over:
            return
        if not self._count.isActive():
            self._count.start(_LOOK)
        if not self._goes_by_itself():
            return
        if urgent:
            self._begin()
        elif not self._due.isActive():
            self._due.start(milliseconds(self._times.after_save))
            self._tell()

    def exchange_now(self) -> None:
        """Exchange at once, whatever the timetable says."""
        self._dirty = True
        self._begin()

    def finish(self, done: Callable[[], None]) -> None:
        """Hand in for the last time before the store is closed, then call ``done``.

        The store's part is always done; a share that does not answer is waited for ``Timetable.last`` at
        most, and gets the bundle at the next unlocking.
        """
        self._finished, self._over, self._given_last = done, True, False
        for timer in (self._due, self._next, self._count):
            timer.stop()
        if self._job is not None:
            self._job.cancel()
        else:
            self._finish_on()

    def go_on(self) -> None:
        """Take the timetable up again: the store was not closed after all."""
        self._finished, self._over = None, False
        if self._goes_by_itself():
            self._begin()

    def stop(self) -> None:
        """Do nothing more; what is under way ends by itself and nobody hears of it."""
        for timer in (self._due, self._next, self._patience, self._last, self._count):
            timer.stop()
        if self._job is not None:
            self._job.cancel()
        self._errands.drop(self._errand)
        self._folder, self._finished, self._over = None, None, True

    def _goes_by_itself(self) -> bool:
        return self._folder is not None and self._automatic

    def _begin(self) -> None:
        """Begin a round: the store's part, then the share's.

        The store's part also where nothing was saved: a lead may have been accepted since.
        """
        self._due.stop()
        self._next.stop()
        if self._over:
            return
        self._must_carry = True
        if self._job is not None:
            self._begin_again = True
        else:
            self._exchange()

    def _exchange(self) -> None:
        self._dirty = False
        work = partial(
            exchange,
            self._store,
            self._spool,
            now=self._clock(),
            carrier=CARRIER,
            take_in=not self._over,
        )
        self._job = self._background.run_job(
            lambda progress: work(progress=progress),
            done=self._exchanged,
            failed=self._not_exchanged,
            cancelled=self._cancelled,
            owner=self,
        )

    def _exchanged(self, told: Exchanged) -> None:
        self._job, self._standing = None, told.standing
        self._dirty = self._dirty or bool(told.problems)
        self._to_carry = self._to_carry or bool(told.written or told.removed)
        refused = (*(self._as_lying(problem) for problem in told.refused), *self._delivery.refused)
        self._delivery = replace(self._delivery, trouble=told.problems, refused=refused[:_MOST_REFUSED])
        self.exchanged.emit(told)
        if told.waits_for_a_person:
            self.proposed.emit()
        again, self._begin_again = self._begin_again, False
        if self._over:
            self._finish_on()
        elif again:
            self._begin()
        elif self._must_carry or self._to_carry:
            self._carry()
        else:
            self._rest()

    def _not_exchanged(self, problem: Exception) -> None:
        self._job, self._dirty, self._begin_again = None, True, False
        if isinstance(problem, KnownError):
            self._delivery = replace(self._delivery, trouble=(problem,))
        else:
            self._background.trouble.emit(problem)
        if self._over:
            self._finish_on()
        else:
            self._rest()

    def _cancelled(self) -> None:
        """A merge was cut short for the lock: what it had not taken in waits in the spool."""
        self._job, self._dirty, self._begin_again = None, True, False
        self._finish_on()

    def _carry(self) -> None:
        folder, standing = self._folder, self._standing
        self._must_carry = False
        if folder is None or standing is None:
            self._rest()
        elif self._errand:
            self._carry_again = True
            self._tell()
        else:
            errand = Errand(self._spool, standing.store, standing.own, self._seen)
            work = partial(carry, self._shared(folder), errand)
            self._errand = self._errands.run(work, self._carried, self._not_carried, self)
            if self._errand:
                self._patience.start(milliseconds(self._times.patience))
                self._tell()
            else:
                self._not_carried(KnownError("delivery.too_many_stuck"))

    def _carried(self, carried: Carried) -> None:
        self._patience.stop()
        self._errand, self._failures, self._seen = 0, 0, carried.seen
        problems = tuple(carried.problems)
        self._delivery = replace(self._delivery, at=self._clock(), since=None, reason=None, trouble=problems)
        if carried.put:
            self.sent.emit()
            self._ask_standing()
        more = self._to_carry = carried.more or self._carry_again
        self._carry_again = False
        self._dirty = self._dirty or bool(carried.taken)
        if self._over:
            self._finish_on()
        elif carried.taken and self._job is None:
            self._must_carry = more
            self._exchange()
            self._tell()
        elif more:
            self._next.start(milliseconds(self._times.soon))
            self._tell()
        else:
            self._rest()

    def _not_carried(self, problem: Exception) -> None:
        self._patience.stop()
        self._errand, self._carry_again, self._to_carry = 0, False, True
        self._failures += 1
        if not isinstance(problem, KnownError):
            self._background.trouble.emit(problem)
            problem = KnownError("delivery.away", folder=self._folder)
        since = self._delivery.since or self._clock()
        self._delivery = replace(self._delivery, since=since, reason=problem)
        if self._over:
            self._end()
            return
        self._next.start(milliseconds(self._times.retry_after(self._failures)))
        self._tell()

    def _lose_patience(self) -> None:
        """Say that the share does not answer; the errand goes on waiting, in its own thread."""
        since = self._delivery.since or self._clock()
        problem = KnownError("delivery.not_answering", folder=self._folder)
        self._delivery = replace(self._delivery, since=since, reason=problem)
        self._tell()

    def _finish_on(self) -> None:
        """Do what is left of the last hand-in: first the store's part, then the share's where it is quick."""
        if self._finished is None:
            return
        if self._dirty and self._goes_by_itself() and not self._given_last:
            self._given_last = True
            self._exchange()
        elif self._to_carry and self._goes_by_itself() and self._delivery.reason is None:
            if not self._last.isActive():
                self._last.start(milliseconds(self._times.last))
            self._carry()
        else:
            self._end()

    def _end(self) -> None:
        self._last.stop()
        done, self._finished = self._finished, None
        if done is not None:
            done()

    def _rest(self) -> None:
        """Wait for the next round."""
        self._must_carry = False
        if self._goes_by_itself() and not self._over and not self._next.isActive():
            wait = spread(self._times.poll, _CHANCE.random())
            self._next.start(milliseconds(wait))
        self._tell()

    def _ask_standing(self) -> None:
        store = self._store
        self._background.query(
            lambda: hand_in_standing(store), self._told_standing, self._not_told, owner=self
        )

    def _told_standing(self, standing: HandInStanding) -> None:
        self._standing = standing
        self._tell()

    def _as_lying(self, problem: KnownError) -> KnownError:
        """Name the file where people can find it: not the copy here, which is gone by now."""
        file = problem.details.get("file")
        if isinstance(file, Path) and self._folder is not None:
            return KnownError(problem.code, **{**problem.details, "file": self._folder / file.name})
        return problem

    def _not_told(self, problem: Exception) -> None:
        if not self._over:  # a store that was closed meanwhile has nothing to tell
            self._background.trouble.emit(problem)

    def _tell(self) -> None:
        """Say how it stands, where that is another."""
        standing = self._standing
        told = replace(self._delivery, phase=self._phase(), by_hand=not self._automatic)
        if standing is not None:
            told = replace(
                told,
                waiting=standing.waiting,
                waiting_since=standing.since,
                receipt_at=standing.receipt_at,
                leads=standing.leads,
                to_confirm=standing.to_confirm,
                carried=standing.lying,
            )
        if told != self._delivery or not self._told:
            self._delivery, self._told = told, True
            self.changed.emit(told)

    def _phase(self) -> Phase:
        if self._folder is None:
            return Phase.NOTHING_SET_UP
        if self._delivery.reason is not None:
            return Phase.AWAY
        if self._errand:
            return Phase.CARRYING
        if self._due.isActive():
            return Phase.DUE
        return Phase.OK if self._delivery.at is not None else Phase.IDLE
