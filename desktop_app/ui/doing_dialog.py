"""A dialog whose act runs on the store's thread: it stays open until that is done, or was refused."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import KnownError
from desktop_app.ui.half_typed import Field, HalfTyped
from desktop_app.ui.sentences import sentence_in_window
from desktop_app.ui.session import Session
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.typing.text_edit import LongTextEdit
from desktop_app.ui.widgets.dialog import Dialog
from desktop_app.ui.widgets.notice import Notice


class DoingDialog(Dialog):
    """``done_it`` carries what the act returned; a refusal is said in ``notice``, and nothing typed goes.

    ``about`` tells what the dialog is about where there is one for each of several things: what is half
    typed in it comes back when it is opened for the same. It is set before the dialog is shown.
    """

    done_it = Signal(object)

    def __init__(self, session: Session, title: str, do: str, parent: QWidget | None = None) -> None:
        super().__init__(session.words, title, do, parent)
        self.session = session
        self.about: str | None = ""
        self.notice = Notice(session.words)
        self._typed: HalfTyped | None = None
        self.lock_by(session.shortcuts)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to keep what is typed."""
        super().showEvent(event)
        if self._typed is None and self.about is not None:
            fields: list[Field] = [*self.findChildren(LineEdit)]
            fields += self.findChildren(LongTextEdit)
            self._typed = HalfTyped(self.session, fields, self)
            self._typed.came_back.connect(self._tell_came_back)
            self._typed.begin(f"{type(self).__name__}/{self.about}", self.windowTitle())

    def do(self, act: Callable[[], object]) -> None:
        """Run the act and close once it is done."""
        self.primary.setEnabled(False)
        work = act if self._typed is None else self._typed.forgetting(act)
        self.session.background.change(work, self._done, self._failed, owner=self)

    def reject(self) -> None:
        """Close; what was typed comes back when the same is opened again: Esc discards nothing (DESK §5)."""
        if self._typed is not None:
            self._typed.keep(left=True)
        super().reject()

    def refuse(self, problem: KnownError, field: QWidget | None = None) -> None:
        """Say why it cannot be done; the focus goes to the field that is to blame."""
        self.notice.tell(sentence_in_window(self.session.words, problem), "warn")
        if field is not None:
            field.setFocus()

    def _tell_came_back(self) -> None:
        say, typed = self.session.words.say, self._typed
        if typed is not None:

            def clear() -> None:
                typed.clear()
                self.notice.dismiss()

            self.notice.tell(say("window.half_typed.back"), "info", [(say("window.half_typed.clear"), clear)])

    def _done(self, told: object) -> None:
        super().accept()
        self.done_it.emit(told)

    def _failed(self, problem: Exception) -> None:
        self.primary.setEnabled(True)
        if self._typed is not None:
            self._typed.go_on()
        if isinstance(problem, KnownError):
            self.refuse(problem)
        else:
            self.session.messages.tell(problem)
