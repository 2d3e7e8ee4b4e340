"""A dialog whose act runs on the store's thread: it stays open until that is done, or was refused."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import KnownError
from desktop_app.ui.sentences import sentence_in_window
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.dialog import Dialog
from desktop_app.ui.widgets.notice import Notice


class DoingDialog(Dialog):
    """``done_it`` carries what the act returned; a refusal is said in ``notice``, and nothing typed goes."""

    done_it = Signal(object)

    def __init__(self, session: Session, title: str, do: str, parent: QWidget | None = None) -> None:
        super().__init__(session.words, title, do, parent)
        self.session = session
        self.notice = Notice(session.words)

    def do(self, act: Callable[[], object]) -> None:
        """Run the act and close once it is done."""
        self.primary.setEnabled(False)
        self.session.background.change(act, self._done, self._failed, owner=self)

    def refuse(self, problem: KnownError, field: QWidget | None = None) -> None:
        """Say why it cannot be done; the focus goes to the field that is to blame."""
        self.notice.tell(sentence_in_window(self.session.words, problem), "warn")
        if field is not None:
            field.setFocus()

    def _done(self, told: object) -> None:
        super().accept()
        self.done_it.emit(told)

    def _failed(self, problem: Exception) -> None:
        self.primary.setEnabled(True)
        if isinstance(problem, KnownError):
            self.refuse(problem)
        else:
            self.session.messages.tell(problem)
