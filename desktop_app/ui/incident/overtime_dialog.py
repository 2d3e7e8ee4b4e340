"""Somebody is asked to work overtime for the next shift: their consent, and what they said (4)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import KnownError
from desktop_app.services.incident_people import call_in
from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.doing_dialog import DoingDialog
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.form_row import FormGrid

_AGREED, _CODES = "agreed", ("agreed", "refused", "not_said")
_WIDTH = 520


class OvertimeDialog(DoingDialog):
    """``done_it`` carries what undo takes back."""

    def __init__(self, session: Session, view: IncidentView, parent: QWidget | None = None) -> None:
        say = session.words.say
        title = say("window.incident.team.ask_overtime")
        super().__init__(session, title, say("window.incident.tell.do"), parent)
        self._view = view
        self.name = LineEdit(most=60)
        self.name.setObjectName("overtime_name")
        pairs = [(code, say(f"window.incident.team.{code}")) for code in _CODES]
        self.consent = ChipGroup(pairs, optional=False)
        self.consent.setObjectName("overtime_consent")
        self.consent.set_code(_AGREED)
        self.reply = LineEdit(most=200)
        self.reply.setObjectName("overtime_reply")
        form = FormGrid()
        form.row(say("window.incident.team.asked"), self.name)
        form.row(say("window.incident.team.consent"), self.consent)
        form.row(say("window.incident.tell.reply"), self.reply)
        self.body.addWidget(self.notice)
        self.body.addLayout(form)
        self.setMinimumWidth(scaled(_WIDTH))
        self.name.setFocus()

    def accept(self) -> None:
        """Write it down; a name is needed."""
        name = self.name.full_text().strip()
        if not name:
            self.refuse(KnownError("incidents.called_needed"), self.name)
            return
        store, view, now = self.session.store, self._view, self.session.clock()
        agreed = {_CODES[0]: True, _CODES[1]: False}.get(self.consent.current_code())
        reply = self.reply.full_text().strip()
        self.do(
            lambda: call_in(store, view.head, name=name, now=now, overtime=True, agreed=agreed, reply=reply)
        )
