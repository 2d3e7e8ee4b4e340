"""One exchange with a USB stick: everything no lead has confirmed goes onto it, what is for us comes off.

The three steps are those of the courier, with folders of their own: write here, carry, take in here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.errors import KnownError
from desktop_app.services.carrying import Carried, Errand, carry, spool_of
from desktop_app.services.delivery import Exchanged, exchange
from desktop_app.ui.delivery.carrier import Carrier, Means, milliseconds

CARRIER = "stick"


@dataclass(frozen=True, slots=True)
class OnStick:
    """What went onto a stick and what came off it, in files; ``problems``: what single files met with."""

    folder: Path
    put: int
    taken: int
    problems: tuple[KnownError, ...] = ()


class Stick(Carrier):
    """One stick at a time. ``done`` gives an ``OnStick``, ``failed`` the exception."""

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, means: Means, parent: QObject | None = None) -> None:
        super().__init__(means, parent)
        self._spool = spool_of(means.store.folder, stick=True)
        self._folder = Path()
        self._patience = self._timer(self._give_up)
        self._patience.setInterval(milliseconds(self._times.patience))

    def start(self, folder: Path) -> None:
        """Exchange with the stick at ``folder``."""
        self._folder = folder
        self._local(self._written)

    def _local(self, then: Callable[[Exchanged], None]) -> None:
        work = partial(
            exchange, self._store, self._spool, now=self._clock(), carrier=CARRIER, everything=True
        )
        self._background.run_job(
            lambda progress: work(progress=progress), done=then, failed=self.failed.emit, owner=self
        )

    def _written(self, told: Exchanged) -> None:
        if told.problems:
            self.failed.emit(told.problems[0])
            return
        errand = Errand(self._spool, told.standing.store, told.standing.own)
        work = partial(carry, self._shared(self._folder), errand)
        self._errand = self._errands.run(work, self._carried, self._not_carried, self)
        if self._errand:
            self._patience.start()
        else:
            self.failed.emit(KnownError("delivery.too_many_stuck"))

    def _carried(self, carried: Carried) -> None:
        self._patience.stop()
        told = OnStick(self._folder, len(carried.put), len(carried.taken), tuple(carried.problems))
        if carried.taken:
            self._local(lambda _exchanged: self.done.emit(told))
        else:
            self.done.emit(told)

    def _not_carried(self, problem: Exception) -> None:
        self._patience.stop()
        self.failed.emit(problem)

    def _give_up(self) -> None:
        """The errand goes on in its own thread; what it still carries is taken in the next time."""
        self._errands.drop(self._errand)
        self.failed.emit(KnownError("delivery.not_answering", folder=self._folder))
