"""Making a record void: what that means, and why."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import KnownError
from desktop_app.services.record_changes import void
from desktop_app.services.record_view import RecordDetails
from desktop_app.ui.sentences import sentence_in_window
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.dialog import Dialog
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.ui.widgets.notice import Notice

_WIDTH = 440


class VoidDialog(Dialog):
    """Stays open until the record is void or the person gives up; ``voided`` carries the ``Changed``."""

    voided = Signal(object)

    def __init__(self, session: Session, details: RecordDetails, parent: QWidget | None = None) -> None:
        say = session.words.say
        super().__init__(
            session.words,
            say("window.records.void_title", number=details.number),
            say("window.records.make_void"),
            parent,
        )
        self._session = session
        self._details = details
        self.notice = Notice(session.words)
        self.reason = LineEdit()
        self.reason.setObjectName("reason")
        self.reason.setPlaceholderText(say("window.records.void_hint"))
        means = PlainLabel(say("window.records.void_means"), wrap=True)
        means.setMinimumSize(scaled(_WIDTH), means.heightForWidth(scaled(_WIDTH)))
        self.body.addWidget(means)
        self.body.addWidget(self.notice)
        grid = FormGrid()
        grid.row(say("window.records.reason"), self.reason)
        self.body.addLayout(grid)
        self.reason.setFocus()

    def accept(self) -> None:
        """Make it void with the reason that was typed; without one the dialog says so."""
        session, subject_id = self._session, self._details.subject_id
        reason = self.reason.full_text().strip()
        if not reason:
            self.notice.tell(
                sentence_in_window(session.words, KnownError("log.change_reason_needed")), "warn"
            )
            self.reason.setFocus()
            return
        self.primary.setEnabled(False)
        session.background.change(
            lambda: void(session.store, subject_id, reason=reason, now=session.clock()),
            self._done,
            self._failed,
            owner=self,
        )

    def _done(self, changed: object) -> None:
        super().accept()
        self.voided.emit(changed)

    def _failed(self, problem: Exception) -> None:
        self.primary.setEnabled(True)
        if isinstance(problem, KnownError):
            self.notice.tell(sentence_in_window(self._session.words, problem), "warn")
        else:
            self._session.messages.tell(problem)
