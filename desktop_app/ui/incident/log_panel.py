"""The log of an incident: who did what when, by the time it happened (A§2.9)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop_app.domain.times import zone_of
from desktop_app.services.incident_log import LogLine
from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.incident_words import IncidentWords
from desktop_app.ui.incident.log_words import LogWords
from desktop_app.ui.incident.panel import Panel
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.widgets.cards import card_layout
from desktop_app.ui.widgets.labels import PlainLabel

_WIDTHS = (104, 150, 0, 120)


class LogPanel(Panel):
    """The newest at the bottom, in sight; what was written late says so. The line at hand is whole below."""

    def __init__(self, room: IncidentRoom, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        session = room.session
        self._room, self._session = room, session
        self._words = IncidentWords(session.words, zone_of(session.store.settings.zone))
        self._sentences = LogWords(session.words, self._words, session.shelf.pack)
        say = self._words.say
        headers = [say(f"log.column.{name}") for name in ("at", "who", "what", "late")]
        self.model = RowsModel[LogLine](headers, self._cells, self)
        self.table = Table(self.model, say("view.log"), _WIDTHS)
        self.table.setObjectName("incident_log")
        self.table.selectionModel().currentChanged.connect(lambda *_rows: self._tell())
        self._whole = PlainLabel(wrap=True, selectable=True)
        layout = card_layout(self)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._whole)
        self.setFocusProxy(self.table)

    def show_incident(self, view: IncidentView) -> None:
        """Show its lines."""
        lines = [line for line in view.log if self._sentences.tells(line)]
        if lines == list(self.model.rows):
            return
        row, count = self.table.current_row(), len(self.model.rows)
        self._sentences = LogWords(self._session.words, self._words, self._session.shelf.pack)
        self._sentences.kind = self._room.kind(view.category)
        self.model.fill(lines)
        # Whoever reads at the end goes on at the end; anybody else stays.
        self.table.go_to(row if 0 <= row < count - 1 else len(lines) - 1)
        self._tell()

    def _cells(self, line: LogLine) -> Sequence[Cell]:
        now = self._session.clock()
        role = self._session.words.say(f"role.{line.role}")
        late = self._words.say("log.late", time=self._words.time(line.written_at, now)) if line.late else ""
        return (
            Cell(self._words.time(line.at, now)),
            Cell(f"{line.name}  {role}", tone="muted"),
            Cell(self._sentences.what(line)),
            Cell(late, tone="muted"),
        )

    def _tell(self) -> None:
        row = self.table.current_row()
        line = self.model.rows[row] if 0 <= row < len(self.model.rows) else None
        told = ""
        if line is not None:
            told = self._sentences.what(line)
            if line.reason:
                told = self._words.say("log.because", what=told, reason=line.reason)
        self._whole.setText(told)
        self._whole.setVisible(bool(told))
