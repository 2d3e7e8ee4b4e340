"""Who commands, who deputises, which specialist looks after what, and who had it before (B§1-2)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.domain.incident_roles import Held, Post, who_leads
from desktop_app.services.incident_roles import role_board
from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.incident_words import IncidentWords
from desktop_app.ui.incident.post_dialog import PostDialog
from desktop_app.ui.incident.room_keys import ROOM_KEYS
from desktop_app.ui.tables.filling import fill_table
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.cards import card_layout
from desktop_app.ui.widgets.labels import Heading, PlainLabel

_WIDTHS = (150, 0, 64, 150)


class RoleBoardCard(QFrame):
    """Enter on a post hands it on."""

    def __init__(self, room: IncidentRoom, words: IncidentWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room, self._words = room, words
        say = words.say
        headers = [say(f"team.column.{name}") for name in ("post", "who", "since", "until")]
        self.model = RowsModel[Held](headers, self._cells, self)
        self.table = Table(self.model, say("team.posts"), _WIDTHS, low=True)
        self.table.setObjectName("role_board")
        self.table.activated.connect(lambda index: self.ask(self.model.rows[index.row()]))
        self._leads = PlainLabel(role="secondary", wrap=True)
        self.assign = SecondaryButton(say("team.assign"), ROOM_KEYS["post"], icon_name="add")
        self.assign.setObjectName("assign_post")
        self.assign.clicked.connect(lambda: self.ask())
        row = QHBoxLayout()
        row.addWidget(Heading(say("team.posts")), 1)
        row.addWidget(self.assign)
        layout = card_layout(self)
        layout.addLayout(row)
        layout.addWidget(self._leads)
        layout.addWidget(self.table, 1)
        layout.addStretch(0)
        room.session.shortcuts.add(
            "incident_post", ROOM_KEYS["post"], self.ask, when=self.assign.isVisible, owner=self
        )

    def show_incident(self, view: IncidentView) -> None:
        """Show who has which post, and who leads now."""
        board = role_board(view)
        fill_table(self.table, self.model, board)
        leads = who_leads(board, self._room.session.clock())
        self._leads.setText(
            self._words.say("team.nobody_leads")
            if leads is None
            else self._words.say("team.leads", name=leads.name, post=self._post(leads))
        )

    def ask(self, held: Held | None = None) -> None:
        """Ask who takes a post; of one that somebody has, who takes it over."""
        view = self._room.shown
        if view is None:
            return
        dialog = PostDialog(self._room.session, view, held, self.window())
        self._room.deeds.ask(dialog, self._words.say("team.assigned"))

    def _post(self, one: Held) -> str:
        post = self._words.option("incident_post", one.post)
        area = one.area if one.post == Post.SPECIALIST else ""
        return f"{post} {area}" if area else post

    def _cells(self, one: Held) -> Sequence[Cell]:
        say = self._words.say
        if one.until is None:
            until = Cell(say("team.now"), "check", "ok")
        elif one.handed_to:
            until = Cell(
                say("team.handed", time=self._words.time(one.until), name=one.handed_to), tone="muted"
            )
        else:
            until = Cell(say("team.left", time=self._words.time(one.until)), tone="muted")
        name = say("team.acting", name=one.name) if one.acting else one.name
        return Cell(self._post(one)), Cell(name), Cell(self._words.time(one.since)), until
