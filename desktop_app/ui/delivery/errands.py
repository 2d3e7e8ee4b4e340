"""Work on files that may block for minutes, each on a daemon thread of its own.

A dead share holds a thread inside the operating system, where nothing can stop it. So nobody waits for such
a thread: not a save, not the lock, not the end of the program. What it holds when it ends is files and
numbers, never a part of the window.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

T = TypeVar("T")

MOST = 4
"""Threads at once: as many dead folders as a person may try before the program says that it waits."""


@dataclass
class _Work:
    """What the thread holds: nothing of the window."""

    do: Callable[[], Any] | None
    result: Any = None
    problem: BaseException | None = None


@dataclass
class _Ticket:
    """What the window keeps of it meanwhile."""

    work: _Work
    thread: threading.Thread
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    owner: QObject
    dropped: bool = False


class _Bell:
    """Tells the window that work has ended, as long as there is one to tell."""

    def __init__(self, ring: Callable[[int], None]) -> None:
        self._ring: Callable[[int], None] | None = ring
        self._lock = threading.Lock()

    def ring(self, number: int) -> None:
        """Tell it, from any thread."""
        with self._lock:
            if self._ring is not None:
                self._ring(number)

    def unhang(self) -> None:
        """Tell nothing any more."""
        with self._lock:
            self._ring = None


class Errands(QObject):
    """Belongs to the GUI thread, where every result arrives."""

    trouble = Signal(object)
    """What ended a thread and is no Exception."""
    _ended = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tickets: dict[int, _Ticket] = {}
        self._numbers = itertools.count(1)
        self._stopped = False
        self._bell = _Bell(self._ended.emit)
        self._ended.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        owner: QObject,
    ) -> int:
        """Begin work that holds nothing of the window; returns its number, 0 where too many are stuck."""
        if self._stopped or len(self._tickets) >= MOST:
            return 0
        number, job = next(self._numbers), _Work(work)
        thread = threading.Thread(
            target=_attempt, args=(job, self._bell, number), name=f"errand-{number}", daemon=True
        )
        self._tickets[number] = _Ticket(job, thread, done, failed, owner)
        thread.start()
        return number

    def drop(self, number: int) -> None:
        """Let a piece of work end by itself; nobody hears of it."""
        if number in self._tickets:
            self._tickets[number].dropped = True

    def stop(self, seconds: float) -> bool:
        """Hear of nothing any more and wait a moment for threads to end; returns whether all have."""
        self._stopped = True
        self._bell.unhang()
        until = time.monotonic() + seconds
        threads = [ticket.thread for ticket in self._tickets.values()]
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))
        self._tickets.clear()
        return not any(thread.is_alive() for thread in threads)

    @Slot(int)
    def _take(self, number: int) -> None:
        ticket = self._tickets.pop(number, None)
        if ticket is None or ticket.dropped or not shiboken6.isValid(ticket.owner):
            return
        problem = ticket.work.problem
        if problem is None:
            ticket.done(ticket.work.result)
        elif isinstance(problem, Exception):
            ticket.failed(problem)
        else:
            self.trouble.emit(problem)


def _attempt(job: _Work, bell: _Bell, number: int) -> None:
    """Run in the thread, and let go of everything before telling (see ``Background``)."""
    do, job.do = job.do, None
    try:
        job.result = do() if do is not None else None
    except BaseException as problem:  # a thread has nobody above it to raise to
        job.problem = problem
    del do, job
    bell.ring(number)
