"""Work away from the GUI thread; every result comes back to it through one signal.

Changes of the store run one after another in the order they were asked for, so that a save waits for the
keeping of its own draft. Long reads and jobs have threads of their own. Whatever a worker holds that may
belong to the window (the work itself, its result, the frames of a traceback) it has let go before it tells
that it is done: a widget whose last reference a worker dropped would be destroyed in the wrong thread.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from desktop_app.services.progress import Cancelled, Progress
from desktop_app.ui.background.garbage import GarbageOnGuiThread

T = TypeVar("T")

READERS = 3
"""Threads for reads and jobs: a walk through files must not keep a list from filling."""
PROGRESS_SECONDS = 0.05
"""Progress of a job is shown at most this often: enough to look alive, and it costs nothing."""


def _ignore(*_told: object) -> None:
    """Do nothing with a result nobody asked for."""


class Job:
    """Long work under way; ``cancel`` asks it to stop at its next step."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.stopped = False

    def cancel(self) -> None:
        """Ask the work to end; ``cancelled`` is called once it has."""
        self.stopped = True
        self._progress.stop()


@dataclass
class _Ticket:
    """What was asked for, on whose behalf, and how it went; only its number travels between threads."""

    work: Callable[[], Any] | None
    done: Callable[[Any], None]
    failed: Callable[[Exception], None] | None
    owner: QObject | None
    cancelled: Callable[[], None] = _ignore
    progress: Callable[[str, int, int], None] = _ignore
    job: Job | None = None
    told: tuple[str, int, int] | None = None
    result: Any = None
    problem: BaseException | None = None


class Background(QObject):
    """Runs work on other threads for the window; made, used and closed on the GUI thread.

    ``done`` and ``failed`` are called on the GUI thread, unless ``owner`` was destroyed meanwhile: then the
    result is dropped. A failure that nobody takes goes out as ``trouble``. Where no owner is told it is the
    QObject whose method ``done`` is.
    """

    trouble = Signal(object)
    """An exception that no ``failed`` took."""
    closing = Signal()
    """No more work is taken from now on: timers that would ask for some have to end."""
    _arrived = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._changes = ThreadPoolExecutor(1, thread_name_prefix="changes")
        self._reads = ThreadPoolExecutor(READERS, thread_name_prefix="reads")
        self._tickets: dict[int, _Ticket] = {}
        self._finished: set[int] = set()
        self._numbers = itertools.count()
        self._garbage = GarbageOnGuiThread(self)
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def pending(self) -> int:
        """How many pieces of work have not been answered yet."""
        return len(self._tickets)

    def change(
        self,
        work: Callable[[], T],
        done: Callable[[T], None] = _ignore,
        failed: Callable[[Exception], None] | None = None,
        *,
        owner: QObject | None = None,
    ) -> None:
        """Run short work that writes to the store, after everything that was asked for before."""
        self._submit(self._changes, _Ticket(work, done, failed, owner))

    def query(
        self,
        work: Callable[[], T],
        done: Callable[[T], None] = _ignore,
        failed: Callable[[Exception], None] | None = None,
        *,
        owner: QObject | None = None,
    ) -> None:
        """Run work that only reads; it waits for no change, and several run at once."""
        self._submit(self._reads, _Ticket(work, done, failed, owner))

    def run_job(
        self,
        work: Callable[[Progress], T],
        *,
        done: Callable[[T], None] = _ignore,
        failed: Callable[[Exception], None] | None = None,
        cancelled: Callable[[], None] = _ignore,
        progress: Callable[[str, int, int], None] = _ignore,
        owner: QObject | None = None,
    ) -> Job:
        """Run long work that tells how far it is and can be stopped.

        ``progress`` gets the latest (step code, done, of) a few times a second, nothing after ``cancel``.
        """
        number = next(self._numbers)
        steps = Progress(_Teller(self, number))
        job = Job(steps)
        ticket = _Ticket(partial(_begin, work, steps), done, failed, owner, cancelled, progress, job)
        self._submit(self._reads, ticket, number)
        return job

    def close(self, wait: bool = True) -> None:
        """Stop jobs and reads, let changes end, and drop what has not been answered.

        With ``wait`` no thread is left afterwards. A second time does nothing.
        """
        self.closing.emit()
        for ticket in self._tickets.values():
            if ticket.job is not None:
                ticket.job.cancel()
        self._reads.shutdown(wait=False, cancel_futures=True)
        self._changes.shutdown(wait=wait)
        self._reads.shutdown(wait=wait)
        self._tickets.clear()
        self._finished.clear()
        self._garbage.stop()

    def __enter__(self) -> Background:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _submit(self, executor: ThreadPoolExecutor, ticket: _Ticket, number: int | None = None) -> None:
        number = next(self._numbers) if number is None else number
        method_of = getattr(ticket.done, "__self__", None)
        if ticket.owner is None and isinstance(method_of, QObject):
            ticket.owner = method_of
        self._tickets[number] = ticket
        try:
            executor.submit(self._work, number)
        except RuntimeError:
            del self._tickets[number]
            raise

    def _work(self, number: int) -> None:
        """Run one piece of work in its thread; see the module on why these are three functions."""
        self._attempt(number)
        self._arrived.emit(number)

    def _attempt(self, number: int) -> None:
        """Run it and say so afterwards: news of a job on its way may have it answered at that moment."""
        self._run(number)
        self._finished.add(number)

    def _run(self, number: int) -> None:
        ticket = self._tickets.get(number)
        if ticket is None or ticket.work is None:
            return
        try:
            ticket.result = ticket.work()
        except BaseException as problem:  # a thread has nobody above it to raise to
            ticket.problem = problem

    def tell(self, number: int, told: tuple[str, int, int], *, now: bool) -> None:
        """Keep the latest progress of a job, from its thread; ``now`` says that it is time to show it."""
        ticket = self._tickets.get(number)
        if ticket is not None:
            ticket.told = told
            del ticket
            if now:
                self._arrived.emit(number)

    @Slot(int)
    def _take(self, number: int) -> None:
        # Looked up once: the work may end while its progress is shown, and that is told by itself.
        finished = number in self._finished
        ticket = self._tickets.get(number)
        if finished:
            self._finished.discard(number)
            self._tickets.pop(number, None)
        if ticket is None:
            return
        if ticket.owner is not None and not shiboken6.isValid(ticket.owner):
            if ticket.job is not None:
                ticket.job.cancel()
            return
        told, ticket.told = ticket.told, None
        if told is not None and not (ticket.job and ticket.job.stopped):
            ticket.progress(*told)
        if finished:
            self._answer(ticket)

    def _answer(self, ticket: _Ticket) -> None:
        problem = ticket.problem
        if problem is None:
            ticket.done(ticket.result)
        elif isinstance(problem, Cancelled):
            ticket.cancelled()
        elif ticket.failed is not None and isinstance(problem, Exception):
            ticket.failed(problem)
        else:
            self.trouble.emit(problem)


class _Teller:
    """Passes a job's progress on, every new step at once and the rest at most every PROGRESS_SECONDS."""

    def __init__(self, background: Background, number: int) -> None:
        self._background = background
        self._number = number
        self._step = ""
        self._next = 0.0

    def __call__(self, step: str, done: int, of: int) -> None:
        moment = time.monotonic()
        now = step != self._step or moment >= self._next
        if now:
            self._step, self._next = step, moment + PROGRESS_SECONDS
        self._background.tell(self._number, (step, done, of), now=now)


def _begin(work: Callable[[Progress], T], progress: Progress) -> T:
    """Run a job, unless it was stopped while it waited for its turn."""
    progress.check()
    return work(progress)
