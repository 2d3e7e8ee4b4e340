"""Who can be called in with which skills, who was called in now, and who came (A§8, 1.1.4, 1.2.5)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.domain.contact_book import BookContact
from desktop_app.domain.phones import grouped
from desktop_app.services.incident_people import came
from desktop_app.services.incident_view import CalledIn
from desktop_app.ui.incident.call_in_dialog import CallInDialog
from desktop_app.ui.people.people_keys import PEOPLE_KEYS
from desktop_app.ui.people.people_room import PeopleRoom
from desktop_app.ui.people.people_view import Act, PeopleView
from desktop_app.ui.people.wording import PeopleWords
from desktop_app.ui.tables.filling import fill_table
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.buttons import PrimaryButton, SecondaryButton
from desktop_app.ui.widgets.cards import card
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.labels import Heading, PlainLabel

_WIDTHS, _CALLED_WIDTHS = (120, 0, 150, 150), (130, 100, 0, 110)


class StandbyView(PeopleView):
    """People on standby at the left, those who were called in during this incident at the right."""

    def __init__(self, room: PeopleRoom, words: PeopleWords, parent: QWidget | None = None) -> None:
        super().__init__(room, words, parent)
        say = words.say
        self._model = RowsModel[BookContact](
            [say(f"column.{one}") for one in ("name", "skills", "phone", "last_try")], self._cells
        )
        self.table = Table(self._model, say("view.standby"), _WIDTHS)
        self.table.setObjectName("people_standby")
        self._called_model = RowsModel[CalledIn](
            [say(f"column.{one}") for one in ("name", "asked_at", "reply", "came")], self._called_cells
        )
        self.called = Table(self._called_model, say("called_in"), _CALLED_WIDTHS)
        self.called.setObjectName("people_called")
        self.call = PrimaryButton(say("act.call_in"), PEOPLE_KEYS["call_in"], icon_name="phone")
        self.call.setObjectName("call_in")
        self.call.clicked.connect(self.call_somebody)
        self.came = SecondaryButton(say("act.came"), PEOPLE_KEYS["came"], icon_name="check")
        self.came.setObjectName("came")
        self.came.clicked.connect(self.note_came)
        self._why = PlainLabel(role="secondary", wrap=True)
        self._empty = EmptyState("user", say("standby_empty"))
        self._none_called = EmptyState("phone", say("called_empty"))
        left, inside = card()
        top = QHBoxLayout()
        top.addWidget(Heading(say("view.standby")))
        top.addStretch(1)
        top.addWidget(self.call)
        inside.addLayout(top)
        inside.addWidget(self._why)
        inside.addWidget(self.table, 1)
        inside.addWidget(self._empty, 1)
        right, beside = card()
        line = QHBoxLayout()
        line.addWidget(Heading(say("called_in")))
        line.addStretch(1)
        line.addWidget(self.came)
        beside.addLayout(line)
        beside.addWidget(self.called, 1)
        beside.addWidget(self._none_called, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(10))
        layout.addWidget(left, 1)
        layout.addWidget(right, 1)
        self.begin_at(self.table)

    def show_people(self) -> None:
        """Show who can come and who was asked; the rows that were selected stay."""
        people = self._room.people
        called = people.incident.called_in if people.incident else ()
        fill_table(self.table, self._model, people.standby, self._empty, anew=True)
        fill_table(self.called, self._called_model, called, self._none_called, anew=True)
        self.call.setEnabled(people.incident is not None and bool(people.standby))
        self.came.setEnabled(any(one.came_at is None for one in self._called_model.rows))
        told = people.incident
        self._why.setText(
            self._words.say("standby_for", number=told.number, symptom=told.text("symptom"))
            if told is not None
            else self._words.say("standby_no_incident")
        )

    def acts(self) -> dict[str, Act]:
        """Return what the keys of the page do here."""
        return {"call_in": self.call_somebody, "came": self.note_came}

    def call_somebody(self) -> None:
        """Write down that whoever is selected is asked to come."""
        incident, row = self._room.people.incident, self.table.current_row()
        if incident is None or not 0 <= row < len(self._model.rows):
            return
        one = self._model.rows[row]
        dialog = CallInDialog(self._room.session, incident, self.window(), whom=one.contact)
        self._room.deeds.ask(dialog, self._words.say("done.call_in", name=self._words.name(one)))

    def note_came(self) -> None:
        """Write down that whoever is selected on the right is there; else the first who is not yet."""
        incident, row = self._room.people.incident, self.called.current_row()
        rows = self._called_model.rows
        waiting = [one for one in rows if one.came_at is None and one.reached]
        if incident is None or not waiting:
            return
        chosen = rows[row] if 0 <= row < len(rows) else waiting[0]
        one = chosen if chosen in waiting else waiting[0]
        store, clock = self._room.session.store, self._room.session.clock
        self._room.deeds.act_and_tell(
            lambda: came(store, incident.head, one.entry, now=clock()),
            self._words.say("done.came", name=one.name),
        )

    def _cells(self, one: BookContact) -> Sequence[Cell]:
        last = self._words.tried(one.tried[0]) if one.tried else ""
        return (
            Cell(self._words.name(one)),
            Cell(" ".join(one.contact.skills)),
            Cell(grouped(one.contact.phone)),
            Cell(last),
        )

    def _called_cells(self, one: CalledIn) -> Sequence[Cell]:
        words = self._words
        state = Cell(words.moment(one.came_at), "check", "ok") if one.came_at else Cell(words.say("not_yet"))
        return (
            Cell(one.name),
            Cell(words.moment(one.at)),
            Cell(one.reply if one.reached else words.say("no_answer")),
            state if one.reached else Cell(""),
        )
