"""Something that takes a reason: what it means, why, and done from here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import KnownError
from desktop_app.ui.sentences import sentence_in_window
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.dialog import Dialog
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.ui.widgets.notice import Notice

_WIDTH = 440


class ActDialog(Dialog):
    """Stays open until it is done or the person gives up; ``done_it`` carries what ``act`` returned.

    ``act`` gets the reason and runs on the store's thread. ``needed`` is the code of the sentence said where
    there is no reason. The field for it is ``reason``, which the caller names and fills.
    """

    done_it = Signal(object)

    def __init__(
        self,
        session: Session,
        title: str,
        do: str,
        means: str,
        act: Callable[[str], object],
        *,
        label: str,
        needed: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session.words, title, do, parent)
        self._session, self._act, self._needed = session, act, needed
        self.notice = Notice(session.words)
        self.reason = LineEdit()
        self.reason.setObjectName("reason")
        told = PlainLabel(means, wrap=True)
        told.setMinimumSize(scaled(_WIDTH), told.heightForWidth(scaled(_WIDTH)))
        self.body.addWidget(told)
        self.body.addWidget(self.notice)
        grid = FormGrid()
        grid.row(label, self.reason)
        self.body.addLayout(grid)
        self.reason.setFocus()

    def accept(self) -> None:
        """Do it for the reason that was typed; without one the dialog says so."""
        act, reason = self._act, self.reason.full_text().strip()
        if not reason:
            self._refused(KnownError(self._needed))
            self.reason.setFocus()
            return
        self.primary.setEnabled(False)
        self._session.background.change(lambda: act(reason), self._done, self._failed, owner=self)

    def _done(self, told: object) -> None:
        super().accept()
        self.done_it.emit(told)

    def _failed(self, problem: Exception) -> None:
        self.primary.setEnabled(True)
        if isinstance(problem, KnownError):
            self._refused(problem)
        else:
            self._session.messages.tell(problem)

    def _refused(self, problem: KnownError) -> None:
        self.notice.tell(sentence_in_window(self._session.words, problem), "warn")
