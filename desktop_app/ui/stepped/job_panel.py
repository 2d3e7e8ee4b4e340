"""Long work of a place: one piece at a time, with how far it has come and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.services.progress import Progress
from desktop_app.ui.background.background import Job
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.progress_panel import ProgressPanel

T = TypeVar("T")


def _nothing() -> None:
    pass


class JobPanel(ProgressPanel):
    """On screen while work is under way; ``changed`` says that it began or is over.

    ``section`` is where the words of its steps lie; ``begin`` among them is said before the first step, and
    for a step that has no words of its own.
    """

    changed = Signal()

    def __init__(
        self, session: Session, section: str, parent: QWidget | None = None, *, begin: str = "begin"
    ) -> None:
        super().__init__(session.words, parent)
        self._session, self._section, self._first = session, section, begin
        self._job: Job | None = None
        self.cancelled.connect(self.cancel)
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether work is under way."""
        return self._job is not None

    @property
    def step(self) -> str:
        """The words of the step that is under way, the first one's where it is shown elsewhere."""
        return self.text() or self._word(self._first, 0, 0)

    def run(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        *,
        failed: Callable[[Exception], None] | None = None,
        stopped: Callable[[], None] = _nothing,
        show: Callable[[str, int, int], None] | None = None,
    ) -> None:
        """Run ``work``; what comes after it is told once nothing is under way any more.

        ``failed`` (by default it is told where messages are) and ``stopped`` follow an error and a stop.
        ``show`` is for who shows the steps elsewhere: the panel stays away then.
        """
        if show is None:
            self.begin(self._word(self._first, 0, 0))
            self.show()

        def finished(found: T) -> None:
            self._over()
            done(found)

        def after_stop() -> None:
            self._over()
            stopped()

        def after_error(problem: Exception) -> None:
            self._over()
            (failed or self._session.messages.tell)(problem)

        self._job = self._session.background.run_job(
            work,
            done=finished,
            failed=after_error,
            cancelled=after_stop,
            progress=show or self._show,
            owner=self,
        )
        self.changed.emit()

    def cancel(self) -> None:
        """Stop what is under way; it ends where it is whole."""
        if self._job is not None:
            self._job.cancel()

    def _show(self, step: str, done: int, of: int) -> None:
        known = self._session.words.has(f"{self._section}.{step}")
        self.show_step(self._word(step if known else self._first, done, of), done, of)

    def _word(self, step: str, done: int, of: int) -> str:
        return self._session.words.say(f"{self._section}.{step}", done=f"{done:,}", of=f"{of:,}")

    def _over(self) -> None:
        self._job = None
        self.hide()
        self.changed.emit()
