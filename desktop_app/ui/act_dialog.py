"""Something that takes a reason: what it means, why, and done from here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import KnownError
from desktop_app.ui.doing_dialog import DoingDialog
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import PlainLabel

_WIDTH = 520


class ActDialog(DoingDialog):
    """Stays open until it is done or the person gives up; ``done_it`` carries what ``act`` returned.

    ``act`` gets the reason and runs on the store's thread. ``needed`` is the code of the sentence said where
    there is no reason. The field for it is ``reason``, which the caller names and fills; ``form`` has room
    for more fields. Who wants what is half typed kept says what it is ``about``.
    """

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
        super().__init__(session, title, do, parent)
        self._act, self._needed = act, needed
        self.about = None
        self.reason = LineEdit()
        self.reason.setObjectName("reason")
        told = PlainLabel(means, wrap=True)
        told.setMinimumSize(scaled(_WIDTH), told.heightForWidth(scaled(_WIDTH)))
        self.body.addWidget(told)
        self.body.addWidget(self.notice)
        self.form = FormGrid()
        self.form.row(label, self.reason)
        self.body.addLayout(self.form)
        self.reason.setFocus()

    def accept(self) -> None:
        """Do it for the reason that was typed; without one the dialog says so."""
        act, reason = self._act, self.reason.full_text().strip()
        if not reason:
            self.refuse(KnownError(self._needed), self.reason)
            return
        self.do(lambda: act(reason))
