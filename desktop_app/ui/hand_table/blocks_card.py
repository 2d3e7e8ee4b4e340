"""The sheets that are out: whose, since when, how many of their numbers have come back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from desktop_app.domain.times import parse_iso, zone_of
from desktop_app.services.number_blocks import SPREADSHEET, Block, Made, blocks, give_back, take_back
from desktop_app.ui.act_dialog import ActDialog
from desktop_app.ui.session import Session
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.cards import card_layout
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.labels import Heading, PlainLabel

_COLUMNS = ("numbers", "whom", "at", "back", "out")
_WIDTHS = (170, 0, 130, 80, 120)


class BlocksCard(QFrame):
    """``gave_back`` says that the unused rest of a block is no longer out; carries what undoes it."""

    gave_back = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        say = session.words.say
        layout = card_layout(self)
        layout.addWidget(Heading(say("window.tables.out.heading")))
        layout.addWidget(PlainLabel(say("window.tables.out.what"), role="secondary", wrap=True))
        headers = [say(f"window.tables.out.column.{name}") for name in _COLUMNS]
        self._model: RowsModel[Block] = RowsModel(headers, self._cells, self)
        self.table = Table(self._model, say("window.tables.out.heading"), _WIDTHS)
        self.table.setObjectName("sheets_out")
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _old: self._enable())
        self._stack = QStackedWidget()
        self._stack.addWidget(EmptyState("table", say("window.tables.out.empty")))
        self._stack.addWidget(self.table)
        layout.addWidget(self._stack, 1)
        self.give = SecondaryButton(say("window.tables.out.give_back"), icon_name="back")
        self.give.setObjectName("give_back")
        self.give.clicked.connect(self.ask)
        layout.addWidget(self.give, 0, Qt.AlignmentFlag.AlignRight)
        self._enable()

    @property
    def blocks(self) -> Sequence[Block]:
        """The blocks on screen, newest first."""
        return self._model.rows

    def refresh(self) -> None:
        """Read the blocks anew."""
        store = self._session.store
        self._session.background.query(lambda: blocks(store), self._take, owner=self)

    def ask(self) -> None:
        """Ask why the rest of the selected block comes back."""
        row = self.table.current_row()
        if row < 0 or not self.give.isEnabled():
            return
        session, block, say = self._session, self._model.rows[row], self._session.words.say
        dialog = ActDialog(
            session,
            say("window.tables.back.title", count=block.out),
            say("window.tables.back.do"),
            say("window.tables.back.means", first=block.first, last=block.last, count=block.out),
            lambda reason: give_back(session.store, block.id, reason=reason, now=session.clock()),
            label=say("window.tables.back.reason"),
            needed="log.reason_needed",
            parent=self,
        )
        dialog.reason.setText(say("window.tables.back.usual"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.done_it.connect(self._given)
        dialog.open()

    def take_back(self, made: Made) -> None:
        """Undo a giving back: the numbers are out again."""
        session = self._session
        session.background.change(
            lambda: take_back(session.store, made, now=session.clock()),
            lambda _none: self.refresh(),
            session.messages.tell,
            owner=self,
        )

    def _given(self, made: Made) -> None:
        self.refresh()
        self.gave_back.emit(made)

    def _take(self, found: list[Block]) -> None:
        row = self.table.current_row()
        self._model.fill(found)
        self._stack.setCurrentIndex(1 if found else 0)
        self.table.go_to(max(0, row))
        self._enable()

    def _enable(self) -> None:
        row = self.table.current_row()
        self.give.setEnabled(row >= 0 and self._model.rows[row].out > 0)

    def _cells(self, block: Block) -> Sequence[Cell]:
        say = self._session.words.say
        at = parse_iso(block.reserved_at, zone_of(self._session.store.settings.zone))
        zone = zone_of(self._session.store.settings.zone)
        whom = block.for_whom or say(
            f"window.tables.out.{'nobody' if block.purpose == SPREADSHEET else 'paper'}"
        )
        done = Cell(say("window.tables.out.none"), "check", "ok")
        return (
            Cell(f"{block.first} – {block.last.sequence:05d}"),
            Cell(whom),
            Cell(f"{at.astimezone(zone):%m-%d %H:%M}" if at else ""),
            Cell(str(block.used), right=True),
            Cell(say("window.tables.out.still", count=block.out), "clock", "warn") if block.out else done,
        )
