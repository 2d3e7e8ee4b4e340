"""Somebody is asked to come and help: who, whether they could be reached, what they said (A§8)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.domain.contacts import STANDBY, contacts_for
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
_MOST = 20
"""People on standby who are offered."""


class CallInDialog(DoingDialog):
    """``done_it`` carries what undo takes back; whoever was chosen from the contact book is filled in.

    Where nobody was chosen yet, those on standby are offered whom nobody has reached, with their skills.
    """

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
        self._offered: dict[str, Contact] = {}
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
        self._phone = PlainLabel("", role="code", selectable=True)
        self.standby = ChipGroup(name=say("window.incident.help.standby"))
        self.standby.setObjectName("called_standby")
        form = FormGrid()
        if whom is None:
            self._offer(form)
        else:
            self.name.setText(whom.name.told(session.words.language))
            self._phone.setText(grouped(whom.phone))
            self.body.addWidget(self._phone)
        form.row(say("window.incident.help.who"), self.name)
        form.row(say("window.incident.tell.outcome"), self.reached)
        form.row(say("window.incident.tell.reply"), self.reply)
        self.body.addWidget(self.notice)
        self.body.addLayout(form)
        self.setMinimumWidth(scaled(_WIDTH))
        (self.reply if whom is not None else self.standby if self._offered else self.name).setFocus()

    def _offer(self, form: FormGrid) -> None:
        """Offer whoever is on standby and was not reached yet."""
        reached = {one.contact for one in self._view.called_in if one.reached}
        found = contacts_for(self.session.shelf.pack, STANDBY)
        self._offered = {one.key: one for one in found[:_MOST] if one.key not in reached}
        if not self._offered:
            return
        language, say = self.session.words.language, self.session.words.say
        pairs: list[tuple[str, str]] = []
        comma = say("window.incident.comma")
        for key, one in self._offered.items():
            name, skills = one.name.told(language), comma.join(one.skills)
            pairs.append(
                (key, say("window.incident.help.skilled", name=name, skills=skills) if skills else name)
            )
        self.standby.fill(pairs)
        self.standby.changed.connect(self._take)
        form.row(say("window.incident.help.standby"), self.standby)
        form.under(self._phone)
        self._phone.hide()

    def _take(self, key: str) -> None:
        one = self._offered.get(key)
        self._contact = key
        self._phone.setText(grouped(one.phone) if one is not None else "")
        self._phone.setVisible(one is not None)
        self.name.setText(one.name.told(self.session.words.language) if one is not None else "")

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
