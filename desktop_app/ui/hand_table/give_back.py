"""Taking back the numbers of a sheet that nobody used: which, what that means, and why."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import KnownError
from desktop_app.services.number_blocks import Block, Made, give_back
from desktop_app.ui.sentences import sentence_in_window
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.dialog import Dialog
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.ui.widgets.notice import Notice

_WIDTH = 440


class GiveBackDialog(Dialog):
    """Stays open until the numbers are back or the person gives up; ``given`` carries what undoes it."""

    given = Signal(object)

    def __init__(self, session: Session, block: Block, parent: QWidget | None = None) -> None:
        say = session.words.say
        super().__init__(
            session.words,
            say("window.tables.back.title", count=block.out),
            say("window.tables.back.do"),
            parent,
        )
        self._session, self._block = session, block
        self.notice = Notice(session.words)
        self.reason = LineEdit()
        self.reason.setObjectName("back_reason")
        self.reason.setText(say("window.tables.back.usual"))
        means = PlainLabel(
            say("window.tables.back.means", first=block.first, last=block.last, count=block.out), wrap=True
        )
        means.setMinimumSize(scaled(_WIDTH), means.heightForWidth(scaled(_WIDTH)))
        self.body.addWidget(means)
        self.body.addWidget(self.notice)
        grid = FormGrid()
        grid.row(say("window.tables.back.reason"), self.reason)
        self.body.addLayout(grid)
        self.reason.setFocus()

    def accept(self) -> None:
        """Give them back for the reason that was typed."""
        session, reason = self._session, self.reason.full_text()
        self.primary.setEnabled(False)
        session.background.change(
            lambda: give_back(session.store, self._block.id, reason=reason, now=session.clock()),
            self._done,
            self._failed,
            owner=self,
        )

    def _done(self, made: Made) -> None:
        super().accept()
        self.given.emit(made)

    def _failed(self, problem: Exception) -> None:
        self.primary.setEnabled(True)
        if isinstance(problem, KnownError):
            self.notice.tell(sentence_in_window(self._session.words, problem), "warn")
        else:
            self._session.messages.tell(problem)
