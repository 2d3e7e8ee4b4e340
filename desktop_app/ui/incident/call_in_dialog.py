"""Somebody is asked to come and help: who, whether they could be reached, what they said (A§8)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import KnownError
from desktop_app.domain.phones import grouped
from desktop_app.domain.site_pack import Contact
from desktop_app.services.incident_people import call_in
from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.doing_dialog import DoingDialog
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import PlainLabel

_REACHED, _NOT_REACHED = "reached", "not_reached"
_WIDTH = 520


class CallInDialog(DoingDialog):
    """``done_it`` carries what undo takes back; whoever was chosen from the contact book is filled in."""

    def __init__(
        self,
        session: Session,
        view: IncidentView,
        parent: QWidget | None = None,
        *,
        whom: Contact | None = None,
    ) -> None:
        say = session.words.say
        super().__init__(session, say("window.incident.help.call"), say("window.incident.tell.do"), parent)
        self._view, self._contact = view, whom.key if whom is not None else ""
        self.about = f"{view.head}/{self._contact}"
        self.name = LineEdit(most=60)
        self.name.setObjectName("called_name")
        self.reached = ChipGroup(
            [(code, say(f"window.incident.tell.{code}")) for code in (_REACHED, _NOT_REACHED)], optional=False
        )
        self.reached.setObjectName("called_reached")
        self.reached.set_code(_REACHED)
        self.reply = LineEdit(most=200)
        self.reply.setObjectName("called_reply")
        if whom is not None:
            self.name.setText(whom.name.told(session.words.language))
            self.body.addWidget(PlainLabel(grouped(whom.phone), role="code", selectable=True))
        form = FormGrid()
        form.row(say("window.incident.help.who"), self.name)
        form.row(say("window.incident.tell.outcome"), self.reached)
        form.row(say("window.incident.tell.reply"), self.reply)
        self.body.addWidget(self.notice)
        self.body.addLayout(form)
        self.setMinimumWidth(scaled(_WIDTH))
        (self.name if whom is None else self.reply).setFocus()

    def accept(self) -> None:
        """Write it down; a name is needed."""
        name = self.name.full_text().strip()
        if not name:
            self.refuse(KnownError("incidents.called_needed"), self.name)
            return
        store, view, now, contact = self.session.store, self._view, self.session.clock(), self._contact
        reached, reply = self.reached.current_code() == _REACHED, self.reply.full_text().strip()
        self.do(
            lambda: call_in(
                store,
                view.head,
                name=name,
                now=now,
                contact=contact,
                level=view.text("surge_level"),
                reached=reached,
                reply=reply,
            )
        )
