"""Somebody was told, or could not be reached: name, time and channel end a clock's being due (A§2.3-2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import KnownError
from desktop_app.domain.outage_options import RepairMode
from desktop_app.domain.phones import grouped
from desktop_app.domain.record_options import ContactChannel
from desktop_app.domain.site_pack import Contact
from desktop_app.domain.times import zone_of
from desktop_app.services.incident_acts import tell
from desktop_app.ui.capture.time_edit import TimeEdit
from desktop_app.ui.doing_dialog import DoingDialog
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import PlainLabel

_REACHED, _NOT_REACHED = "reached", "not_reached"
_WIDTH = 560


@dataclass(frozen=True, slots=True)
class ToldWhom:
    """Whom a notification is for: the clock that asks for it, if one does, the ``role``, and why."""

    title: str
    role: str = ""
    ladder: str = ""
    rung: str = ""
    purpose: str = "ladder"
    name: str = ""
    contact: str = ""


class TellDialog(DoingDialog):
    """Shows the number to ring; ``done_it`` carries what undo takes back.

    ``mode`` asks whether system operations comes or works from afar (A§2.2).
    """

    def __init__(
        self,
        session: Session,
        incident: str,
        whom: ToldWhom,
        contacts: Sequence[Contact],
        parent: QWidget | None = None,
        *,
        mode: bool = False,
    ) -> None:
        say = session.words.say
        super().__init__(session, whom.title, say("window.incident.tell.do"), parent)
        self._incident, self._whom = incident, whom
        self.about = "/".join(
            (incident, whom.purpose, whom.ladder, whom.rung, whom.role, whom.contact or whom.name)
        )
        self._contacts = {one.key: one for one in contacts}
        language = session.words.language
        self.phone = PlainLabel(role="code", selectable=True)
        self.phone.setObjectName("ring_phone")
        self.who = ChipGroup(
            [(one.key, one.name.told(language)) for one in contacts],
            name=say("window.incident.tell.contacts"),
        )
        self.who.setObjectName("contact")
        self.who.changed.connect(self._take)
        self.name = LineEdit(most=60)
        self.name.setObjectName("told_to")
        self.at = TimeEdit(zone_of(session.store.settings.zone), session.clock)
        self.at.setObjectName("told_at")
        self.at.stamp()
        self._now = self.at.full_text()
        self.channel = ChipGroup(
            [(one.value, say(f"option.contact_channel.{one.value}")) for one in ContactChannel],
            optional=False,
        )
        self.channel.setObjectName("told_channel")
        self.channel.set_code(ContactChannel.PHONE.value)
        self.reached = ChipGroup(
            [(code, say(f"window.incident.tell.{code}")) for code in (_REACHED, _NOT_REACHED)], optional=False
        )
        self.reached.setObjectName("reached")
        self.reached.set_code(_REACHED)
        self.reply = LineEdit(most=300)
        self.reply.setObjectName("reply")
        self.mode = ChipGroup([(one.value, say(f"option.repair_mode.{one.value}")) for one in RepairMode])
        self.mode.setObjectName("repair_mode")
        form = FormGrid()
        if contacts:
            form.row(say("window.incident.tell.contacts"), self.who)
            form.under(self.phone)
        form.row(say("window.incident.tell.name"), self.name)
        form.row(say("window.incident.tell.channel"), self.channel)
        form.row(say("window.incident.tell.at"), self.at)
        form.row(say("window.incident.tell.outcome"), self.reached)
        if mode:
            form.row(say("field.repair_mode"), self.mode)
        form.row(say("window.incident.tell.reply"), self.reply)
        if not contacts:
            self.body.addWidget(PlainLabel(say("window.incident.tell.nobody"), role="secondary", wrap=True))
        self.body.addWidget(self.notice)
        self.body.addLayout(form)
        self.setMinimumWidth(scaled(_WIDTH))
        first = whom.contact if whom.contact in self._contacts else next(iter(self._contacts), "")
        self.who.set_code(first)
        self._take(first)
        if whom.name:
            self.name.setText(whom.name)
        self.name.setFocus()
        self.name.selectAll()

    def accept(self) -> None:
        """Write it down; a name, a time and a channel are needed."""
        session, whom = self.session, self._whom
        name, text = self.name.full_text().strip(), self.at.full_text()
        at = session.clock() if text == self._now else self.at.moment()
        if not name:
            self.refuse(KnownError("incidents.name_needed"), self.name)
            return
        if at is None:
            self.refuse(KnownError("incidents.time"), self.at)
            return
        store, incident, now = session.store, self._incident, session.clock()
        told = {
            "channel": self.channel.current_code(),
            "contact": self._contact(name),
            "reply": self.reply.full_text().strip(),
            "mode": self.mode.current_code(),
        }
        reached = self.reached.current_code() == _REACHED
        self.do(
            lambda: tell(
                store,
                incident,
                told_to=name,
                now=now,
                told_at=at,
                ladder=whom.ladder,
                rung=whom.rung,
                role=whom.role,
                purpose=whom.purpose,
                reached=reached,
                **told,
            )
        )

    def _contact(self, name: str) -> str:
        """Return the contact that was told: not the one chosen where another name was typed."""
        one = self._contacts.get(self.who.current_code())
        if one is None:
            return self._whom.contact if name == self._whom.name else ""
        return one.key if name == one.name.told(self.session.words.language) else ""

    def _take(self, key: str) -> None:
        one = self._contacts.get(key)
        if one is None:
            self.phone.setText("")
            return
        numbers = [grouped(number) for number in (one.phone, one.other_phone) if number]
        self.phone.setText("   ".join(numbers))
        self.name.setText(one.name.told(self.session.words.language))
