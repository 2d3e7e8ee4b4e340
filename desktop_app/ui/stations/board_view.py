"""The board itself: the floor's sum, what waits, the stations, and beside them the chosen one."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.services.station_rows import Board, StationRow, WaitingStation
from desktop_app.ui.reconcile.sums_panel import sum_sentence
from desktop_app.ui.session import Session
from desktop_app.ui.stations.board_columns import (
    STATION_WIDTHS,
    WAITING_WIDTHS,
    Whole,
    station_columns,
    waiting_columns,
)
from desktop_app.ui.stations.station_detail import StationDetail
from desktop_app.ui.stations.station_words import StationWords
from desktop_app.ui.stations.waiting_detail import WaitingDetail
from desktop_app.ui.tables.paged_model import PagedModel
from desktop_app.ui.tables.table_view import ROW_HEIGHT, TableView
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.cards import card, scrolled_card
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.labels import Heading, IconLabel, PlainLabel

_SHOWN = ("all", "trouble", "silent")
_WAITING = ("waiting", "declined")
_MOST_WAITING = 4
"""Rows of what waits that are on screen at once; there may be more."""
_SHARES = (64, 36)


class BoardView(QWidget):
    """Shows a board; the selection stays where it was while rows come and go.

    ``asked`` carries the code of a button of the detail panel: waive, export_key, become_lead,
    accept, leave, decline, forget.
    """

    asked = Signal(str)

    def __init__(self, session: Session, told: StationWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._told = session, told
        self._board: Board | None = None
        self._arriving, self._begin_at_waiting = True, False
        self.busy = False
        self.table: TableView
        self.waiting: TableView
        self.filter: ChipGroup
        self.waiting_filter: ChipGroup
        self._make_lists()
        self.detail = StationDetail(session, told)
        self.detail.asked.connect(self.asked)
        self.waiting_detail = WaitingDetail(session, told)
        self.waiting_detail.asked.connect(self.asked)
        self._sum_icon = IconLabel("info", "muted", 16)
        self._sum = PlainLabel(role="secondary", wrap=True)
        self._sum.setObjectName("floor_sum")
        self._lay_out()

    @property
    def board(self) -> Board | None:
        """What is shown; None before the first answer."""
        return self._board

    def arrive(self) -> None:
        """Begin anew at what waits: somebody has just come to the page."""
        self._arriving = True

    def show_board(self, board: Board) -> None:
        """Show what was read; what waits is where a person begins who has just come here."""
        # A second answer may come before the lists have shown the first.
        self._begin_at_waiting |= self._arriving and bool(board.waiting)
        self._arriving = False
        self._board = board
        now = self._session.clock()
        for code in _SHOWN:
            many = sum(_is_shown(row, code, now) for row in board.rows)
            self.filter.reword(code, self._told.say(f"show.{code}", count=many))
        self._show_sum(board)
        self._fill_waiting()
        self._fill()

    def chosen(self) -> StationRow | WaitingStation | None:
        """Return what the panel at the right is about."""
        if self._on_waiting:
            return self._waiting_model.row_at(self.waiting.currentIndex())
        return self._model.row_at(self.table.currentIndex())

    def choose_own(self) -> None:
        """Choose this PC's own station."""
        own = next((row for row in self._board.rows if row.own), None) if self._board else None
        if own is not None:
            self.filter.set_code("all")
            self._fill()
            self._wanted = own.store
            self._on_waiting = False
            self.table.setFocus()

    def leave_waiting(self) -> None:
        """Go on to the next that waits, behind the last to the stations."""
        index = self.waiting.currentIndex()
        following = self._waiting_model.index(index.row() + 1, 0)
        if following.isValid():
            self.waiting.select(following)
        else:
            self.table.setFocus()

    def focus_start(self) -> None:
        """Put the focus on what waits, else on the stations."""
        (self.waiting if self._board is not None and self._board.waiting else self.table).setFocus()

    def show_detail(self) -> None:
        """Show the chosen row at the right."""
        chosen = self.chosen()
        if isinstance(chosen, WaitingStation):
            may_decide = self._board is not None and self._board.may_decide
            self.waiting_detail.show_waiting(chosen, may_decide=may_decide, busy=self.busy)
            self._details.setCurrentWidget(self.waiting_detail)
        elif chosen is not None and self._board is not None:
            self.detail.show_row(chosen, self._board, busy=self.busy)
            self._details.setCurrentWidget(self.detail)
        else:
            self._details.setCurrentWidget(self._nothing)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The panel at the right is about the list that has the focus, or had it last."""
        if event.type() == QEvent.Type.FocusIn and watched in (self.table, self.waiting):
            self._on_waiting = watched is self.waiting
            self._mark_chosen()
            self.show_detail()
        return super().eventFilter(watched, event)

    def _make_lists(self) -> None:
        session, told = self._session, self._told
        self._on_waiting, self._wanted = False, ""
        self._model = PagedModel[StationRow](
            session.background,
            station_columns(session, told),
            lambda row: row.store,
            failed=session.messages.tell,
            parent=self,
        )
        self._empty = EmptyState("table", "")
        self.table = TableView(
            self._model,
            session.preferences,
            session.words,
            "stations",
            STATION_WIDTHS,
            accessible_name=told.say("stations"),
            empty=self._empty,
        )
        self._waiting_model = PagedModel[WaitingStation](
            session.background,
            waiting_columns(session, told),
            lambda one: one.identity.store,
            failed=session.messages.tell,
            parent=self,
        )
        self.waiting = TableView(
            self._waiting_model,
            session.preferences,
            session.words,
            "stations_waiting",
            WAITING_WIDTHS,
            accessible_name=told.say("waiting_heading"),
        )
        self.filter = ChipGroup(
            [(code, told.say(f"show.{code}", count=0)) for code in _SHOWN],
            name=told.say("shown"),
            optional=False,
        )
        self.filter.setObjectName("stations_shown")
        self.filter.set_code("all")
        self.filter.changed.connect(lambda _code: self._fill())
        self.waiting_filter = ChipGroup(
            [(code, told.say(f"show.{code}", count=0)) for code in _WAITING],
            name=told.say("waiting_shown"),
            optional=False,
        )
        self.waiting_filter.setObjectName("stations_waiting_shown")
        self.waiting_filter.set_code("waiting")
        self.waiting_filter.changed.connect(lambda _code: self._fill_waiting())
        for table, model in ((self.table, self._model), (self.waiting, self._waiting_model)):
            table.selectionModel().currentRowChanged.connect(lambda *_rows: self.show_detail())
            table.installEventFilter(self)
            model.loaded.connect(self._loaded)

    def _lay_out(self) -> None:
        told = self._told
        self._waiting_card, waiting = card()
        head = QHBoxLayout()
        head.addWidget(Heading(told.say("waiting_heading")))
        head.addStretch(1)
        head.addWidget(self.waiting_filter)
        waiting.addLayout(head)
        waiting.addWidget(self.waiting)
        self._waiting_card.hide()
        stations, inside = card()
        top = QHBoxLayout()
        top.addWidget(Heading(told.say("stations")))
        top.addStretch(1)
        top.addWidget(self.filter)
        sums = QHBoxLayout()
        sums.addWidget(self._sum_icon, 0, Qt.AlignmentFlag.AlignTop)
        sums.addWidget(self._sum, 1)
        inside.addLayout(top)
        inside.addLayout(sums)
        inside.addWidget(self.table, 1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(10))
        column.addWidget(self._waiting_card)
        column.addWidget(stations, 1)
        right, panel = scrolled_card()
        self._details = QStackedWidget()
        self._nothing = EmptyState("info", told.say("choose_one"))
        for one in (self._nothing, self.detail, self.waiting_detail):
            self._details.addWidget(one)
        panel.addWidget(self._details)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(right)
        for index, share in enumerate(_SHARES):
            split.setStretchFactor(index, share)
        split.setSizes([share * 100 for share in _SHARES])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)

    def _fill_waiting(self) -> None:
        """Show what waits, or what was declined; the choice is there while anything was."""
        board = self._board
        if board is None:
            return
        of = {"waiting": board.waiting, "declined": board.declined}
        if not board.declined:
            self.waiting_filter.set_code("waiting")
        for code, some in of.items():
            self.waiting_filter.reword(code, self._told.say(f"show.{code}", count=len(some)))
        shown = of[self.waiting_filter.current_code()]
        self.waiting_filter.setVisible(bool(board.declined))
        self._waiting_card.setVisible(bool(board.waiting or board.declined))
        rows = min(len(shown), _MOST_WAITING)
        header = self.waiting.horizontalHeader().sizeHint().height()
        self.waiting.setFixedHeight(header + rows * scaled(ROW_HEIGHT) + scaled(6))
        self.waiting.setVisible(bool(shown))
        waiting = Whole(shown)
        self._waiting_model.show(lambda _after, _limit: waiting)

    def _fill(self) -> None:
        board, now = self._board, self._session.clock()
        if board is None:
            return
        code = self.filter.current_code()
        rows = Whole(tuple(row for row in board.rows if _is_shown(row, code, now)))
        self._model.show(lambda _after, _limit: rows)

    def _loaded(self) -> None:
        code = self.filter.current_code()
        self._empty.say(self._told.say(f"empty.{code}"))
        index = self._model.index_of(self._wanted) if self._wanted else QModelIndex()
        if index.isValid():
            self._wanted = ""
            self.table.select(index)
        if not self.table.currentIndex().isValid():
            self.table.select(self._model.index(0, 0))
        if not self.waiting.currentIndex().isValid():
            self.waiting.select(self._waiting_model.index(0, 0))
        if self._begin_at_waiting and self._waiting_model.rowCount():
            self._begin_at_waiting = False
            if self.table.hasFocus():
                self.waiting.setFocus()
        if self._on_waiting and not self._waiting_model.rowCount():
            self._on_waiting = False
            if self.isVisible():
                self.table.setFocus()
        self._mark_chosen()
        self.show_detail()

    def _mark_chosen(self) -> None:
        """Mark one row only: the one the panel at the right is about."""
        here, other = (self.waiting, self.table) if self._on_waiting else (self.table, self.waiting)
        other.clearSelection()
        if here.currentIndex().isValid():
            here.selectRow(here.currentIndex().row())

    def _show_sum(self, board: Board) -> None:
        words, told = self._session.words, self._told
        text = sum_sentence(words, board.numbers)
        fine = board.numbers.holds and not board.unaccounted and not board.twice
        if board.waived:
            text += told.say("sum_waived", count=board.waived)
        if board.twice:
            text += told.say("sum_twice", numbers=told.say("comma").join(board.twice[:4]))
        self._sum.setText(text)
        self._sum_icon.show_icon(*(("check", "ok") if fine else ("warning", "warn")))


def _is_shown(row: StationRow, code: str, now: datetime) -> bool:
    return code == "all" or (bool(row.troubles()) if code == "trouble" else row.silent(now))
