"""Who is to be called back next, where there is room for it beside the records (DESK §5, 1920×1080)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import QModelIndex, QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.times import zone_of
from desktop_app.services.due_promises import DuePromise, next_promises
from desktop_app.ui.records.row_words import RowWords, State
from desktop_app.ui.session import Session
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.labels import Heading, PlainLabel
from desktop_app.ui.widgets.pill import token_of

_SOON = timedelta(hours=1)
"""What is due within it is told by the minutes that are left."""
_LINES = 6
"""Lines shown before the list scrolls."""
_WIDTHS = (150, 0, 120)


class CallBacks(QFrame):
    """A short list, the most pressing first; ``opened`` carries the id of the record behind one."""

    opened = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._session, self._asked = session, 0
        self._now = session.clock()
        self._words = RowWords(session.words, zone_of(session.store.settings.zone))
        say = session.words.say
        self._rows = RowsModel[DuePromise](["", "", ""], self._cells, self)
        self.table = _Lines(self._rows, say("window.records.next.heading"), _WIDTHS, header=False)
        self.table.setObjectName("call_backs")
        self.table.activated.connect(self._open)
        self.table.clicked.connect(self._open)
        self._none = PlainLabel(say("window.records.next.none"), role="secondary", wrap=True)
        head = QHBoxLayout()
        head.addWidget(Heading(say("window.records.next.heading")), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*map(scaled, (10, 8, 10, 8)))
        layout.setSpacing(scaled(7))
        layout.addLayout(head)
        layout.addWidget(self.table)
        layout.addWidget(self._none)
        self._show(())

    def read(self, *, station: bool) -> None:
        """Read who waits by now, for this person or for anybody of the station."""
        self._asked += 1
        turn, store, now = self._asked, self._session.store, self._session.clock()

        def found(promises: tuple[DuePromise, ...]) -> None:
            if turn == self._asked:
                self._show(promises)

        self._session.background.query(
            lambda: next_promises(store, now=now, station=station),
            found,
            self._session.messages.tell,
            owner=self,
        )

    def _show(self, promises: Sequence[DuePromise]) -> None:
        self._now = self._session.clock()
        was = self.table.current_row()
        held = self._rows.rows[was].promise_id if was >= 0 else ""
        self._rows.fill(promises)
        again = (place for place, one in enumerate(promises) if one.promise_id == held)
        self.table.go_to(next(again, 0))
        self.table.setVisible(bool(promises))
        self.table.updateGeometry()
        self._none.setVisible(not promises)

    def _cells(self, one: DuePromise) -> Sequence[Cell]:
        due = self._due(one)
        who = one.caller_name or one.phone or self._session.words.say("window.records.nobody")
        who = self._words.pressing(one.priority) + who
        return (Cell(due.text, due.icon, token_of(due.tone)), Cell(who), Cell(one.number, tone="muted"))

    def _due(self, one: DuePromise) -> State:
        left = one.due - self._now if one.due is not None else None
        if left is None or not timedelta(0) <= left < _SOON:
            return self._words.due(one.due, self._now)
        minutes = -(-int(left.total_seconds()) // 60)
        return State("clock", self._session.words.say("window.records.next.in", minutes=minutes), "info")

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._rows.rows[index.row()].subject_id)


class _Lines(Table):
    """As high as its lines, up to some."""

    def sizeHint(self) -> QSize:
        lines = min(self.model().rowCount(), _LINES)
        return QSize(super().sizeHint().width(), lines * self.verticalHeader().defaultSectionSize() + 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
