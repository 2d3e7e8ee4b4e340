"""What went wrong, told in the window: a known failure in its sentence, a bug with a way to report it."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import Closed, KnownError
from desktop_app.services.progress import Cancelled
from desktop_app.ui.background.background import Background
from desktop_app.ui.sentences import sentence_in_window
from desktop_app.ui.widgets.notice import Action, Notice
from desktop_app.words import Words

if TYPE_CHECKING:
    from desktop_app.ui.background.report import ReportDialog

log = logging.getLogger(__name__)


class Messages(QObject):
    """Tells failures of one window in its notice bar; a bug never takes the keys away from a call.

    ``background``'s trouble comes here by itself; ``catch_all`` adds what slots and threads let slip.
    """

    _happened = Signal(object)

    def __init__(
        self,
        words: Words,
        notice: Notice,
        background: Background,
        *,
        data_folder: Path,
        folder: Callable[[QWidget, Words], Path | None] | None = None,
    ) -> None:
        super().__init__(notice)
        self._words, self._notice, self._background = words, notice, background
        self._data_folder, self._ask_folder = data_folder, folder
        self._hooks: tuple[Any, Any] | None = None
        self._dialog: ReportDialog | None = None
        # Queued: an exception may come out of a paint event, where nothing can be shown.
        self._happened.connect(self.tell, Qt.ConnectionType.QueuedConnection)
        background.trouble.connect(self.tell)

    def tell(self, problem: BaseException, *actions: Action) -> None:
        """Tell one failure; ``actions`` are what a person can do about a known one, in the notice."""
        if isinstance(problem, Cancelled | Closed):
            return
        if isinstance(problem, KnownError):
            log.warning(problem.code)
            self._notice.tell(sentence_in_window(self._words, problem), "warn", actions)
            return
        log.error("window.bug", exc_info=problem)
        now = datetime.now(UTC)
        report = (self._words.say("window.background.report"), lambda: self._open_report(problem, now))
        self._notice.tell(self._words.say("window.background.bug"), "warn", [*actions, report])

    def say(self, text: str, *actions: Action) -> None:
        """Tell something that is no failure, for a few seconds unless there is something to press."""
        self._notice.tell(text, "info", actions, seconds=None if actions else 6)

    def use_words(self, words: Words) -> None:
        """Tell what happens from now on in another language."""
        self._words = words

    def catch_all(self) -> None:
        """Take what nobody caught, in slots and in threads, until ``let_go``."""
        self._hooks = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._caught
        threading.excepthook = lambda told: self._happened.emit(told.exc_value)

    def let_go(self) -> None:
        """Give uncaught exceptions back to Python."""
        if self._hooks is not None:
            sys.excepthook, threading.excepthook = self._hooks
            self._hooks = None

    def _caught(
        self, kind: type[BaseException], error: BaseException, traceback: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, traceback)
        else:
            self._happened.emit(error)

    def _open_report(self, error: BaseException, now: datetime) -> None:
        from desktop_app.services.report import make_report  # not needed before there is a bug
        from desktop_app.ui.background.report import ReportDialog, ask_folder

        versions = {"qt": str(qVersion()), "pyside": pyside_version}
        report = make_report(error, data_folder=self._data_folder, now=now, versions=versions)
        self._dialog = ReportDialog(
            self._words, report, self._background, self._ask_folder or ask_folder, self._notice.window()
        )
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.open()
