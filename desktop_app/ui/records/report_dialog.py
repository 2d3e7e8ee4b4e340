"""An important record is told upward: to whom, through what and when, kept with the record (4, row 96)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import KnownError
from desktop_app.domain.record_options import ContactChannel
from desktop_app.domain.times import zone_of
from desktop_app.services.record_changes import Changed, correct
from desktop_app.services.record_view import RecordDetails
from desktop_app.ui.act_dialog import ActDialog
from desktop_app.ui.capture.time_edit import TimeEdit
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.chips import ChipGroup

_WAYS = (ContactChannel.PHONE, ContactChannel.IN_PERSON, ContactChannel.CHAT, ContactChannel.SMS)


class ReportDialog(ActDialog):
    """The name is asked; that it was by phone, and now, is proposed."""

    def __init__(self, session: Session, details: RecordDetails, parent: QWidget | None = None) -> None:
        say = session.words.say
        self._subject = details.subject_id
        super().__init__(
            session,
            say("window.records.report.title", number=details.number),
            say("window.records.report.do"),
            say("window.records.report.means"),
            self._nothing_yet,
            label=say("window.records.report.to"),
            needed="log.report_to_needed",
            parent=parent,
        )
        self.about = details.subject_id
        self.via = ChipGroup(
            [(way, say(f"option.contact_channel.{way}")) for way in _WAYS],
            name=say("field.reported_via"),
            optional=False,
        )
        self.via.setObjectName("reported_via")
        self.via.set_code(ContactChannel.PHONE)
        self.at = TimeEdit(zone_of(session.store.settings.zone), session.clock)
        self.at.setObjectName("reported_at")
        self.at.stamp()
        self.form.row(say("window.records.report.via"), self.via)
        self.form.row(say("window.records.report.at"), self.at)

    def accept(self) -> None:
        """Keep it, once there is a name and a time that can be read."""
        if self.at.moment() is None:
            self.refuse(KnownError("log.report_at_needed"), self.at)
            return
        # Read here: the act runs on the store's thread.
        told = {"reported_via": self.via.current_code(), "reported_at": self.at.typed_text()}
        because = self.session.words.say("window.records.report.because")
        store, now = self.session.store, self.session.clock()

        def act(who: str) -> Changed:
            return correct(store, self._subject, {**told, "reported_to": who}, reason=because, now=now)

        self._act = act
        super().accept()

    def _nothing_yet(self, _who: str) -> object:
        raise AssertionError
