"""The log of an incident: who did what when, by the time it happened; one source for everybody (3.6)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.domain.paper import Paper
from desktop_app.services.incident_log_paper import LogRow, log_paper, log_rows
from desktop_app.services.incident_log_text import LogFor
from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.incident.panel import Panel, Printable
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.cards import card_layout
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.labels import Heading, PlainLabel

_WIDTHS, _BRIEF = (128, 150, 0, 190), (120, 140, 0, 180)
_LATE = 3


class LogPanel(Panel):
    """The newest at the bottom, in sight; what was written late says so. The line at hand is whole below.

    ``brief`` is for below something else: the lines of everybody under a heading, and no more.
    """

    paper = "log"

    def __init__(self, room: IncidentRoom, parent: QWidget | None = None, *, brief: bool = False) -> None:
        super().__init__(room, parent)
        session = self._session
        self._view: IncidentView | None = None
        self._turn = 0
        self._brief = brief
        say = self._words.say
        self.whose = ChipGroup(
            [(one.value, session.words.say(f"paper.log_for.{one}")) for one in LogFor],
            name=say("log.whose"),
            optional=False,
        )
        self.whose.setObjectName("log_for")
        self.whose.set_code(LogFor.ALL)
        self.whose.changed.connect(lambda _code: self._read())
        self.copy = SecondaryButton(say("log.copy"), icon_name="copy")
        self.copy.setObjectName("copy_log")
        self.copy.clicked.connect(self._copy)
        headers = [say(f"log.column.{name}") for name in ("at", "who", "what", "late")]
        self.model = RowsModel[LogRow](headers, self._cells, self)
        self.table = Table(self.model, say("view.log"), _BRIEF if brief else _WIDTHS, header=not brief)
        self.table.setObjectName("incident_log")
        self.table.selectionModel().currentChanged.connect(lambda *_rows: self._tell())
        self._whole = PlainLabel(wrap=True, selectable=True)
        above = QHBoxLayout()
        above.addWidget(self.whose, 1)
        above.addWidget(self.copy)
        layout = self._column = card_layout(self)
        layout.addWidget(heading := Heading(say("log.latest")))
        layout.addLayout(above)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._whole)
        heading.setVisible(brief)
        self.table.setColumnHidden(_LATE, brief)
        for part in (self.whose, self.copy) if brief else ():
            part.hide()
        self.begin_at(self.table)

    def be_part_of_a_card(self) -> None:
        """Have no edge of its own."""
        self.setProperty("role", "")
        self._column.setContentsMargins(0, 0, 0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the line at hand whole."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self.table, lambda: self.table.go_to(self.table.current_row()))

    def show_incident(self, view: IncidentView) -> None:
        """Show its lines."""
        self._view = view
        self._read()

    def printable(self, view: IncidentView) -> Printable:
        """Return the log that is on screen, as it is printed."""
        session, whose = self._session, LogFor(self.whose.current_code())

        def read() -> Paper:
            now = session.clock()
            return log_paper(session.store, session.shelf.pack, session.words, view.head, whose, now=now)

        told = session.words.say(f"paper.log_for.{whose}")
        return Printable(session.words.say("paper.log.title", whose=told), read)

    def _read(self) -> None:
        """Put the lines into words away from the GUI thread: names of people are in the store."""
        view, session = self._view, self._session
        if view is None:
            return
        self._turn += 1
        turn, pack, whose = self._turn, session.shelf.pack, LogFor(self.whose.current_code())

        def show(rows: Sequence[LogRow]) -> None:
            if turn == self._turn and list(rows) != list(self.model.rows):
                self._fill(rows)

        session.background.query(
            lambda: log_rows(session.store, pack, session.words, view, whose),
            show,
            session.messages.tell,
            owner=self,
        )

    def _fill(self, rows: Sequence[LogRow]) -> None:
        row, count = self.table.current_row(), len(self.model.rows)
        self.model.fill(rows)
        # Whoever reads at the end goes on at the end; anybody else stays.
        self.table.go_to(row if 0 <= row < count - 1 else len(rows) - 1)
        self.copy.setEnabled(bool(rows))
        self._tell()

    def _cells(self, row: LogRow) -> Sequence[Cell]:
        role = self._session.words.say(f"role.{row.line.role}")
        # Brief, the words take the whole width, and what was late says so behind them.
        what = f"{row.what}  ·  {row.late}" if self._brief and row.late else row.what
        return (
            Cell(row.time),
            Cell(f"{row.who}  {role}", tone="muted"),
            Cell(what),
            Cell(row.late, tone="muted"),
        )

    def _tell(self) -> None:
        row = self.table.current_row()
        told = self.model.rows[row].what if 0 <= row < len(self.model.rows) else ""
        self._whole.setText(told)
        self._whole.setVisible(bool(told) and not self._brief)

    def _copy(self) -> None:
        rows = ("\t".join((row.time, row.who, row.what, row.late)).rstrip() for row in self.model.rows)
        QGuiApplication.clipboard().setText("\n".join(rows))
        self._session.messages.say(self._words.say("log.copied", count=len(self.model.rows)))
