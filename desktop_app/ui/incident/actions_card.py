"""What has to be done after an incident, by whom and until when; it outlives the incident (1.4.7)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.domain.errors import KnownError
from desktop_app.domain.joined_incidents import Item
from desktop_app.domain.times import zone_of
from desktop_app.services.incident_values import add_action
from desktop_app.services.incident_view import ACTIONS, IncidentView
from desktop_app.ui.capture.time_edit import TimeEdit
from desktop_app.ui.doing_dialog import DoingDialog
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.incident_words import IncidentWords
from desktop_app.ui.incident.room_keys import ROOM_KEYS
from desktop_app.ui.session import Session
from desktop_app.ui.tables.filling import fill_table
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.cards import card_layout
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import Heading, PlainLabel

_WIDTHS = (0, 110, 130)
_WIDTH = 540


class ActionsCard(QFrame):
    """A list, and the button to add to it."""

    def __init__(self, room: IncidentRoom, words: IncidentWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room, self._words = room, words
        headers = [words.say(f"actions.column.{name}") for name in ("what", "owner", "due")]
        self.model = RowsModel[Item](headers, self._cells, self)
        self.table = Table(self.model, words.say("actions.heading"), _WIDTHS, low=True)
        self.table.setObjectName("actions")
        self._none = PlainLabel(words.say("actions.none"), role="secondary", wrap=True)
        self.add = SecondaryButton(words.say("actions.add"), ROOM_KEYS["action"], icon_name="add")
        self.add.setObjectName("add_action")
        self.add.clicked.connect(self.ask)
        row = QHBoxLayout()
        row.addWidget(Heading(words.say("actions.heading")), 1)
        row.addWidget(self.add)
        layout = card_layout(self)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._none)
        layout.addStretch(0)
        room.session.shortcuts.add(
            "incident_action", ROOM_KEYS["action"], self.ask, when=self.add.isVisible, owner=self
        )

    def show_incident(self, view: IncidentView) -> None:
        """Show what follows."""
        fill_table(self.table, self.model, view.items(ACTIONS), self._none, latest=True)

    def ask(self) -> None:
        """Ask what has to be done, by whom and until when."""
        view = self._room.shown
        if view is None:
            return
        dialog = ActionDialog(self._room.session, view, self.window())
        self._room.deeds.ask(dialog, self._words.say("actions.added"))

    def _cells(self, one: Item) -> Sequence[Cell]:
        now = self._room.session.clock()
        return Cell(one.text("text")), Cell(one.text("owner")), Cell(self._words.time(one.at("due"), now))


class ActionDialog(DoingDialog):
    """``done_it`` carries what undo takes back."""

    def __init__(self, session: Session, view: IncidentView, parent: QWidget | None = None) -> None:
        say = session.words.say
        super().__init__(
            session, say("window.incident.actions.add"), say("window.incident.actions.do"), parent
        )
        self._view, self.about = view, view.head
        self.what = LineEdit(most=300)
        self.what.setObjectName("action_text")
        self.owner = LineEdit(most=60)
        self.owner.setObjectName("action_owner")
        self.due = TimeEdit(zone_of(session.store.settings.zone), session.clock, ahead=True)
        self.due.setObjectName("action_due")
        form = FormGrid()
        form.row(say("window.incident.actions.what"), self.what)
        form.row(say("window.incident.actions.owner"), self.owner)
        form.row(say("window.incident.actions.due"), self.due)
        self.body.addWidget(self.notice)
        self.body.addLayout(form)
        self.setMinimumWidth(scaled(_WIDTH))
        self.what.setFocus()

    def accept(self) -> None:
        """Write it down; what to do and who does it are needed."""
        what, owner = self.what.full_text().strip(), self.owner.full_text().strip()
        due = self.due.moment() if self.due.full_text().strip() else None
        if not what:
            self.refuse(KnownError("incidents.action_needed"), self.what)
        elif not owner:
            self.refuse(KnownError("incidents.owner_needed"), self.owner)
        elif due is None and self.due.full_text().strip():
            self.refuse(KnownError("incidents.time"), self.due)
        else:
            store, view, now = self.session.store, self._view, self.session.clock()
            self.do(lambda: add_action(store, view.head, what, owner=owner, due=due, now=now))
