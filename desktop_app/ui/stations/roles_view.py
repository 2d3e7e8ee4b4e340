"""Roles people took themselves, and entries beyond a role: listed after every merge (DESIGN §6)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.services.station_rows import BeyondRole, TakenRole
from desktop_app.ui.session import Session
from desktop_app.ui.stations.board_columns import Whole
from desktop_app.ui.stations.station_words import StationWords
from desktop_app.ui.tables.paged_model import Column, PagedModel
from desktop_app.ui.tables.table_view import TableView
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.cards import card
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.labels import Heading, PlainLabel

_TAKEN_WIDTHS = (120, 110, 76, 0)
_BEYOND_WIDTHS = (110, 76, 120, 110, 0)


class RolesView(QWidget):
    """Two lists beside each other; nothing is decided here, somebody talks to the people named."""

    def __init__(self, session: Session, told: StationWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told, self._clock = told, session.clock
        self._taken = PagedModel[TakenRole](
            session.background,
            [
                Column(told.say("column.person"), text=lambda one: one.name),
                Column(told.say("column.role"), text=lambda one: told.role(one.role)),
                Column(told.say("column.station"), text=lambda one: one.station),
                Column(told.say("column.reason"), text=lambda one: one.reason, tip=lambda one: one.reason),
            ],
            lambda one: one,
            failed=session.messages.tell,
            parent=self,
        )
        self._beyond = PagedModel[BeyondRole](
            session.background,
            [
                Column(told.say("column.at"), text=lambda one: told.moment(one.at, self._clock())),
                Column(told.say("column.station"), text=lambda one: one.station),
                Column(told.say("column.person"), text=lambda one: one.name or told.say("nobody")),
                Column(told.say("column.role"), text=lambda one: told.role(one.role)),
                Column(
                    told.say("column.about"),
                    text=lambda one: one.number or session.words.say(f"workbook.subject.{one.kind.value}"),
                ),
            ],
            lambda one: one,
            failed=session.messages.tell,
            parent=self,
        )
        self.taken = TableView(
            self._taken,
            session.preferences,
            session.words,
            "roles_taken",
            _TAKEN_WIDTHS,
            accessible_name=told.say("roles_taken"),
            empty=EmptyState("check", told.say("empty.roles_taken")),
        )
        self.beyond = TableView(
            self._beyond,
            session.preferences,
            session.words,
            "beyond_role",
            _BEYOND_WIDTHS,
            accessible_name=told.say("beyond_role"),
            empty=EmptyState("check", told.say("empty.beyond_role")),
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(10))
        for code, table in (("roles_taken", self.taken), ("beyond_role", self.beyond)):
            frame, inside = card()
            inside.addWidget(Heading(told.say(code)))
            inside.addWidget(PlainLabel(told.say(f"{code}_what"), role="secondary", wrap=True))
            inside.addWidget(table, 1)
            layout.addWidget(frame, 1)

    def show_roles(self, taken: Sequence[TakenRole], beyond: Sequence[BeyondRole]) -> None:
        """Show what was read."""
        taken_rows, beyond_rows = Whole(tuple(dict.fromkeys(taken))), Whole(tuple(dict.fromkeys(beyond)))
        self._taken.show(lambda _after, _limit: taken_rows)
        self._beyond.show(lambda _after, _limit: beyond_rows)

    def focus_start(self) -> None:
        """Put the focus where something stands."""
        (self.beyond if not self._taken.rowCount() and self._beyond.rowCount() else self.taken).setFocus()
