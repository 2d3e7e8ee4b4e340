"""Somebody takes a post of an incident: which, since when, standing in for whom (B§1)."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop_app.domain.errors import KnownError
from desktop_app.domain.incident_roles import Held, Post
from desktop_app.domain.times import zone_of
from desktop_app.services.incident_roles import assign
from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.capture.time_edit import TimeEdit
from desktop_app.ui.doing_dialog import DoingDialog
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.form_row import FormGrid

_WIDTH = 600


class PostDialog(DoingDialog):
    """``done_it`` carries what undo takes back; a post that somebody ``held`` is handed on."""

    def __init__(
        self, session: Session, view: IncidentView, held: Held | None = None, parent: QWidget | None = None
    ) -> None:
        say = session.words.say
        super().__init__(session, say("window.incident.team.assign"), say("window.incident.tell.do"), parent)
        self._view = view
        self.about = f"{view.head}/{held.post}/{held.area}" if held is not None else view.head
        self.post = ChipGroup([(post, say(f"option.incident_post.{post}")) for post in Post], optional=False)
        self.post.setObjectName("post")
        self.area = LineEdit(most=60)
        self.area.setObjectName("post_area")
        self.name = LineEdit(most=60)
        self.name.setObjectName("post_name")
        self.since = TimeEdit(zone_of(session.store.settings.zone), session.clock)
        self.since.setObjectName("post_since")
        self.since.setPlaceholderText(say("window.incident.team.now"))
        self.acting = QCheckBox(say("window.incident.team.stands_in"))
        self.acting.setObjectName("post_acting")
        self.reason = LineEdit(most=200)
        self.reason.setObjectName("post_reason")
        self.post.changed.connect(self._follow)
        form = FormGrid()
        form.row(say("window.incident.team.post"), self.post)
        form.row(say("window.incident.team.area"), self.area)
        form.row(say("window.incident.team.who"), self.name)
        form.row(say("window.incident.team.since"), self.since)
        form.under(self.acting)
        form.row(say("window.incident.team.reason"), self.reason)
        self.body.addWidget(self.notice)
        self.body.addLayout(form)
        self.setMinimumWidth(scaled(_WIDTH))
        self.post.set_code(held.post if held is not None else Post.COMMANDER)
        self.area.setText(held.area if held is not None else "")
        self._follow()
        (self.name if held is not None else self.post).setFocus()

    def accept(self) -> None:
        """Write it down; a name is needed, of a specialist also what they look after."""
        post, since = Post(self.post.current_code()), self.since.full_text().strip()
        at = self.since.moment() if since else None
        if since and at is None:
            self.refuse(KnownError("incidents.time"), self.since)
            return
        store, view, now = self.session.store, self._view, self.session.clock()
        name, area = self.name.full_text(), self.area.full_text()
        acting, reason = self.acting.isChecked(), self.reason.full_text()
        self.do(
            lambda: assign(
                store, view.head, post, name, now=now, at=at, area=area, acting=acting, reason=reason
            )
        )

    def _follow(self) -> None:
        self.area.setEnabled(self.post.current_code() == Post.SPECIALIST)
