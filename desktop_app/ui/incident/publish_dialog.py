"""An approved notice was posted: where, when, and by whom where somebody else did it (B§2.3)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import KnownError
from desktop_app.domain.outage_options import AnnouncementType, PublishChannel
from desktop_app.domain.times import zone_of
from desktop_app.services.announcements import Notice, publish
from desktop_app.ui.capture.time_edit import TimeEdit
from desktop_app.ui.doing_dialog import DoingDialog
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.chip_set import ChipSet
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import PlainLabel

_WIDTH = 560


class PublishDialog(DoingDialog):
    """``done_it`` carries what undo takes back; the usual channels of such a notice are chosen."""

    def __init__(self, session: Session, notice: Notice, parent: QWidget | None = None) -> None:
        say = session.words.say
        super().__init__(
            session, say("window.notices.publish_title"), say("window.notices.published"), parent
        )
        self._one = notice
        self.about = notice.id
        self.channels = ChipSet(
            [(one.value, say(f"option.publish_channel.{one}")) for one in PublishChannel],
            name=say("field.publish_channels"),
        )
        self.channels.setObjectName("publish_channels")
        self.channels.set_codes(self._usual())
        self.at = TimeEdit(zone_of(session.store.settings.zone), session.clock)
        self.at.setObjectName("posted_at")
        self.at.stamp()
        self._now = self.at.full_text()
        self.via = LineEdit(most=100)
        self.via.setObjectName("posted_via")
        form = FormGrid()
        if notice.type != AnnouncementType.STATEMENT:
            form.row(say("field.publish_channels"), self.channels)
        form.row(say("field.posted_at"), self.at)
        form.row(say("field.posted_via"), self.via)
        self.body.addWidget(PlainLabel(say("window.notices.publish_means"), role="secondary", wrap=True))
        self.body.addWidget(self.notice)
        self.body.addLayout(form)
        self.setMinimumWidth(scaled(_WIDTH))

    def accept(self) -> None:
        """Write it down; a channel is needed, and a time that can be read."""
        session, notice = self.session, self._one
        at = session.clock() if self.at.full_text() == self._now else self.at.moment()
        if at is None:
            self.refuse(KnownError("announcements.time"), self.at)
            return
        channels = [PublishChannel(code) for code in self.channels.codes()]
        if notice.type == AnnouncementType.STATEMENT:
            channels = []
        store, now, via = session.store, session.clock(), self.via.full_text().strip()
        self.do(lambda: publish(store, notice.id, channels, now=now, at=at, via=via))

    def _usual(self) -> list[str]:
        wording = self._one.text("wording_version")
        texts = self.session.shelf.pack.announcements
        return [code.value for one in texts if wording == str(one.version) for code in one.channels]
