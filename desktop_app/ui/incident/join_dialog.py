"""Which other incident is the same fault; before it is joined one sees what comes with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop_app.services.incident_view import IncidentView
from desktop_app.services.incidents import IncidentRow
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.incident_words import IncidentWords
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.dialog import Dialog
from desktop_app.ui.widgets.labels import PlainLabel

_WIDTHS = (140, 80, 150, 0)
_SIZE = (640, 150)


class JoinDialog(Dialog):
    """``chosen`` is the incident to join, once it was accepted."""

    def __init__(
        self,
        room: IncidentRoom,
        words: IncidentWords,
        view: IncidentView,
        others: Sequence[IncidentRow],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            room.session.words, words.say("join.title", number=view.number), words.say("join.do"), parent
        )
        self.lock_by(room.session.shortcuts)
        self._words, self._view = words, view
        self._model = RowsModel[IncidentRow](
            [words.say(f"join.column.{name}") for name in ("number", "at", "state", "symptom")],
            self._cells,
            self,
        )
        self.table = Table(self._model, words.say("others"), _WIDTHS)
        self.table.setObjectName("incidents_to_join")
        self.table.setMinimumSize(scaled(_SIZE[0]), scaled(_SIZE[1]))
        self.table.selectionModel().currentChanged.connect(lambda *_rows: self._tell())
        self._told = PlainLabel(wrap=True)
        self.body.addWidget(PlainLabel(words.say("join.means"), role="secondary", wrap=True))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._told)
        self._model.fill(others)
        self.table.go_to(0)
        self.table.setFocus()

    def chosen(self) -> str:
        """Return the id of the incident at hand; empty where there is none."""
        row = self.table.current_row()
        return self._model.rows[row].head if row >= 0 else ""

    def _tell(self) -> None:
        row = self.table.current_row()
        if row < 0:
            return
        other = self._model.rows[row]
        say = self._words.say
        self._told.setText(
            say(
                "join.preview",
                number=other.number,
                count=len(other.ids),
                symptom=other.symptom,
                kept=self._view.number,
            )
        )

    def _cells(self, one: IncidentRow) -> Sequence[Cell]:
        look = self._words.state(one.state)
        return Cell(one.number), Cell(self._words.time(one.at)), Cell(look.text, look.icon), Cell(one.symptom)
