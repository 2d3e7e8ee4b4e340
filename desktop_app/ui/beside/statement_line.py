"""The one wording for media, beside the form of a media call: who says it, which version it is (A§13.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.kinds import Kind
from desktop_app.domain.site_text import Bilingual
from desktop_app.ui.capture.form import CaptureForm
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.buttons import QuietButton
from desktop_app.ui.widgets.labels import ElidedLabel, IconLabel, PlainLabel

if TYPE_CHECKING:
    from desktop_app.services.announcements import Notice


class StatementLine(QFrame):
    """Hidden unless it is a media call and a statement is in force; ``resized`` at another height."""

    resized = Signal()

    def __init__(self, session: Session, form: CaptureForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._form = session, form
        self._said: Notice | None = None
        self._turn = 0
        self.setProperty("role", "panel")
        self._title = ElidedLabel(role="strong")
        self._title.setObjectName("statement")
        self._text = PlainLabel(role="secondary", wrap=True, selectable=True)
        self._text.setObjectName("statement_text")
        self._text.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.take = QuietButton(session.words.say("window.statement.take"))
        self.take.setObjectName("take_statement")
        self.take.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.take.clicked.connect(self._take)
        top = QHBoxLayout()
        top.setSpacing(scaled(6))
        top.addWidget(IconLabel("media", "accent", 16))
        top.addWidget(self._title, 1)
        top.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(10), scaled(4), scaled(6), scaled(6))
        column.setSpacing(scaled(2))
        column.addLayout(top)
        column.addWidget(self._text)
        form.edited.connect(self._show)
        form.refilled.connect(self._show)
        self.hide()
        self.refresh()

    def refresh(self) -> None:
        """Read which wording is approved now; of several reads under way the last counts."""
        self._turn += 1
        turn, store = self._turn, self._session.store

        def work() -> Notice | None:
            from desktop_app.services.announcements import statement_in_force  # not needed to type

            return statement_in_force(store)

        def done(found: Notice | None) -> None:
            if turn == self._turn:
                self._said = found
                self._show()

        self._session.background.query(work, done, self._session.messages.tell, owner=self)

    def _show(self) -> None:
        one, say = self._said, self._session.words.say
        shown = one is not None and self._form.kind is Kind.MEDIA
        if one is not None:
            text = Bilingual(one.text("text_zh"), one.text("text_en")).told(self._session.words.language)
            self._title.setText(
                say("window.statement.title", who=one.text("spokesperson"), version=self._version(one))
            )
            self._text.setText(say("window.beside.quoted", text=text))
        self.take.setVisible(self._form.text("authorised") == "yes")
        if shown is self.isHidden():
            self.setVisible(shown)
            self.resized.emit()

    def _take(self) -> None:
        """Write who speaks and which wording was used into the record."""
        if self._said is not None:
            self._form.enter("spokesperson", self._said.text("spokesperson"))
            self._form.enter("approved_wording", self._version(self._said))

    def _version(self, one: Notice) -> str:
        return self._session.words.say("window.notices.numbered", number=one.number, version=one.version)
