"""When each person on the roster was trained for writing by hand (1.3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.errors import KnownError
from desktop_app.domain.times import parse_moment
from desktop_app.services.roster import Trained, note_training
from desktop_app.ui.people.people_keys import PEOPLE_KEYS
from desktop_app.ui.people.people_room import PeopleRoom
from desktop_app.ui.people.people_view import Act, PeopleView
from desktop_app.ui.people.wording import PeopleWords
from desktop_app.ui.tables.filling import fill_table
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.cards import card
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.labels import PlainLabel

_WIDTHS = (180, 120, 150, 0)


class TrainingView(PeopleView):
    """A list of people, and the day of the training of whoever is selected."""

    def __init__(self, room: PeopleRoom, words: PeopleWords, parent: QWidget | None = None) -> None:
        super().__init__(room, words, parent)
        say = words.say
        self._model = RowsModel[Trained](
            [say(f"column.{one}") for one in ("name", "staff_number", "trained_on", "trained")], self._cells
        )
        self.table = Table(self._model, say("view.training"), _WIDTHS)
        self.table.setObjectName("people_training")
        self.day = LineEdit(most=20)
        self.day.setObjectName("trained_on")
        self.day.setAccessibleName(say("trained_on"))
        self.day.setMaximumWidth(scaled(140))
        self.day.setText(f"{room.today():%Y-%m-%d}")
        self.day.returnPressed.connect(self.note)
        self._do = SecondaryButton(say("act.train"), PEOPLE_KEYS["train"], icon_name="check")
        self._do.setObjectName("note_training")
        self._do.clicked.connect(self.note)
        self._empty = EmptyState("user", say("training_empty"))
        top = QHBoxLayout()
        top.setSpacing(scaled(8))
        days = room.session.store.settings.training_max_age_days
        top.addWidget(PlainLabel(say("training_hint", days=days), role="secondary", wrap=True), 1)
        for part in (self.day, self._do):
            top.addWidget(part)
            if not room.leads:
                part.hide()
        frame, inside = card()
        inside.addLayout(top)
        inside.addWidget(self.table, 1)
        inside.addWidget(self._empty, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)
        self.begin_at(self.table)

    def show_people(self) -> None:
        """Show everybody on the roster; whoever was selected stays."""
        trained = self._room.people.duty.trained
        fill_table(self.table, self._model, trained, self._empty, anew=True)
        self._do.setEnabled(bool(trained))

    def acts(self) -> dict[str, Act]:
        """Return what the keys of the page do here."""
        return {"train": self.note} if self._room.leads else {}

    def note(self) -> None:
        """Write down when whoever is selected was trained."""
        row, session = self.table.current_row(), self._room.session
        if not 0 <= row < len(self._model.rows):
            return
        moment = parse_moment(self.day.full_text().strip(), self._room.zone, date_at=time(0))
        if moment is None:
            session.messages.tell(KnownError("roster.day"))
            self.day.setFocus()
            return
        one, on = self._model.rows[row], moment.astimezone(self._room.zone).date()
        store, clock = session.store, session.clock
        said = self._words.say("done.train", name=one.name, day=f"{on:%Y-%m-%d}")
        self._room.deeds.act_and_tell(lambda: note_training(store, one.staff_number, on, now=clock()), said)
        self.table.setFocus()

    def _cells(self, one: Trained) -> Sequence[Cell]:
        code = "trained_ok" if one.in_time else "trained_old" if one.on is not None else "trained_never"
        return (
            Cell(one.name),
            Cell(one.staff_number),
            Cell(f"{one.on:%Y-%m-%d}" if one.on is not None else ""),
            Cell(
                self._words.say(code),
                "check" if one.in_time else "warning",
                "ok" if one.in_time else "warn",
            ),
        )
