"""The end of an incident: what is left first, then what happened, what was done, what follows (4.5)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.domain.incident_steps import CLOSING_NEEDS, ENDED, IncidentState
from desktop_app.domain.paper import Paper
from desktop_app.services.decisions import Made
from desktop_app.services.incident_closing import Left, what_is_left
from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.incident.actions_card import ActionsCard
from desktop_app.ui.incident.form_fields import closing_fields
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.left_card import SUMMARY, LeftCard
from desktop_app.ui.incident.own_fields import OwnFields
from desktop_app.ui.incident.panel import Panel, Printable
from desktop_app.ui.incident.room_keys import ROOM_KEYS
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.cards import scrolled, scrolled_card
from desktop_app.ui.widgets.labels import Heading, PlainLabel

_LONG, _LONGEST = 52, 72
"""Height of the texts in logical pixels: as much as there is room for."""
_S = IncidentState


class ClosePanel(Panel):
    """What is left leads to the place where it is done; the fields keep themselves once they are left."""

    paper = "summary"

    def __init__(self, room: IncidentRoom, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        session = self._session
        self._turn = 0
        self.left = LeftCard(room, self._words)
        self.left.went.connect(self._go)
        self.form = OwnFields(session, room.deeds, "closing")
        self.form.set_long(scaled(_LONG), scaled(_LONGEST))
        self.form.refused.connect(session.messages.tell)
        self._asked = closing_fields(session.words)
        self.follow_up = ActionsCard(room, self._words)
        frame, column = scrolled_card()
        column.addWidget(Heading(self._words.say("closing.form")))
        column.addWidget(PlainLabel(self._words.say("closing.means"), role="secondary", wrap=True))
        column.addLayout(self._make_summary())
        column.addWidget(self.form)
        column.addStretch(1)
        area, side = scrolled()
        side.addWidget(self.left, 1)
        side.addWidget(self.follow_up, 1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(scaled(8))
        across.addWidget(area, 1)
        across.addWidget(frame, 1)
        self.begin_at(self.left.table)

    def show_incident(self, view: IncidentView) -> None:
        """Show what is known; what is left is read anew."""
        self.form.show_incident(view, self._asked)
        for part in (self.form, self.draft):
            part.setEnabled(view.state not in ENDED)
        self.follow_up.show_incident(view)
        self.begin_at(self.form.field("course") if view.state is _S.REVIEW else self.left.table)
        self._turn += 1
        turn, store, now = self._turn, self._session.store, self._session.clock()

        def show(left: Left) -> None:
            if turn == self._turn:
                self.left.show_left(view, left)

        self._session.background.query(
            lambda: what_is_left(store, view.head, now=now), show, self._session.messages.tell, owner=self
        )

    def _go(self, place: str) -> None:
        """Go to where something is done; into the first field of the summary that nobody has written yet."""
        view = self._room.shown
        if place == SUMMARY and view is not None:
            self.form.go_to(next((name for name in CLOSING_NEEDS if not view.text(name)), CLOSING_NEEDS[0]))
        else:
            self.went.emit(place)

    def propose(self) -> None:
        """Write what the log has to say into the fields that are empty; what is written there stays."""
        view, session = self._room.shown, self._session
        if view is None or view.state in ENDED:
            return
        pack, head = session.shelf.pack, view.head

        def work(reason: str) -> Made:
            from desktop_app.services.incident_summary import write_proposed  # not needed before

            return write_proposed(
                session.store, pack, session.words, head, now=session.clock(), reason=reason
            )

        self.form.flush(
            lambda kept: self._room.act(work, self._words.say("closing.proposed")) if kept else None
        )

    def printable(self, view: IncidentView) -> Printable:
        """Return the summary, as it is printed."""
        session = self._session

        def read() -> Paper:
            from desktop_app.services.incident_summary import summary_paper  # not needed before

            now = session.clock()
            return summary_paper(session.store, session.shelf.pack, session.words, view.head, now=now)

        return Printable(session.words.say("paper.summary.title"), read)

    def _make_summary(self) -> QHBoxLayout:
        self.draft = SecondaryButton(
            self._words.say("closing.propose"), ROOM_KEYS["propose"], icon_name="edit"
        )
        self.draft.setObjectName("propose_summary")
        self.draft.clicked.connect(self.propose)
        line = QHBoxLayout()
        line.addWidget(self.draft)
        line.addStretch(1)
        self._session.shortcuts.add(
            "incident_propose", ROOM_KEYS["propose"], self.propose, owner=self, when=self.isVisible
        )
        return line

    def flush(self, done: Callable[[bool], None]) -> None:
        """Keep everything typed; ``done`` hears whether the store has all of it."""
        self.form.flush(done)
