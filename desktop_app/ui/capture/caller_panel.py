"""Who is calling, below the fields: this number's calls, what stands open for it (DESK §5, history panel).

It takes only what the fields leave. Where that is too little for a row, a pill in the head of the form says
the most pressing: there nothing scrolls out of sight, and nothing is pushed out of the form.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.domain.customers import Customer
from desktop_app.domain.phones import phone_of
from desktop_app.domain.times import zone_of
from desktop_app.services.caller import NOBODY, Call, Caller, about_caller
from desktop_app.ui.capture.caller_words import CallerWords
from desktop_app.ui.session import Session
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import first_key
from desktop_app.ui.widgets.announce import announce
from desktop_app.ui.widgets.labels import ElidedLabel, PlainLabel
from desktop_app.ui.widgets.pill import Pill, Tone

_FEWEST_DIGITS = 3
_HEAD, _LEAST_HEIGHT = 36, 80
"""Heading, margins and frame; these and one row and a half, with less it is the line."""
_FIRST = 100
"""The calls take their room before what stands below them gets any."""
_ICONS: dict[Tone, str] = {
    "ok": "check",
    "warn": "warning",
    "urgent": "warning",
    "complaint": "complaint",
    "info": "info",
    "quiet": "history",
}
_WIDTHS = (96, 112, 112, 0, 104)


class CallerPanel(QWidget):
    """``record_asked`` carries the id of a record that a person wants to see.

    ``line`` is the one-line form of it, for a place that costs no height and is always seen.
    """

    record_asked = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._words = CallerWords(session.words, zone_of(session.store.settings.zone))
        self._digits = ""
        self._caller: Caller = NOBODY
        self._customer: Customer | None = None
        self._now = session.clock()
        self.setObjectName("caller")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.line = CallerPill()
        self.line.asked.connect(self.enter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._make_box(), _FIRST)
        self._below = layout
        self._show()

    @property
    def caller(self) -> Caller:
        """What is known of the number in the form."""
        return self._caller

    def hold_below(self, widget: QWidget) -> None:
        """Give what the calls leave of the room to a widget."""
        self._below.addWidget(widget, 1)

    def show_number(self, phone: str) -> None:
        """Ask who called from a number; fewer digits than any number has are nobody's."""
        digits = phone_of(phone).digits
        if digits == self._digits:
            return
        self._digits = digits
        if len(digits) < _FEWEST_DIGITS:
            self._take(digits, NOBODY)
            return
        store, now = self._session.store, self._session.clock()
        self._session.background.query(
            lambda: about_caller(store, phone, now=now),
            lambda caller: self._take(digits, caller),
            self._session.messages.tell,
            owner=self,
        )

    def show_customer(self, customer: Customer | None) -> None:
        """Show what the CRM wants minded of whoever was looked up."""
        self._customer = customer
        self._show()

    def clear(self) -> None:
        """Know nobody, for the next call."""
        self._digits, self._caller, self._customer = "", NOBODY, None
        self._show()

    def enter(self) -> None:
        """Put the focus on the calls; where only a line is shown, open the most pressing one."""
        if self._table.isVisible():
            self._table.setFocus()
            self._table.go_to(max(0, self._table.current_row()))
        elif self._rows.rows:
            self.record_asked.emit(self._rows.rows[0].subject_id)

    def knows(self) -> bool:
        """Whether there is a call to look at."""
        return bool(self._rows.rows)

    def here(self) -> bool:
        """Whether the focus is on the calls."""
        return self._table.hasFocus()

    def minimumSizeHint(self) -> QSize:
        """Ask for nothing: the fields come first."""
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _make_box(self) -> QWidget:
        say = self._session.words.say
        self._box = QWidget()
        self._headline = ElidedLabel(role="strong")
        self._headline.setObjectName("caller_headline")
        self._rows: RowsModel[Call] = RowsModel(["", "", "", "", ""], self._cells, self)
        self._table = Table(self._rows, say("window.capture.caller.name"), _WIDTHS, header=False)
        self._table.setObjectName("caller_calls")
        self._table.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._table.activated.connect(self._open)
        self._table.clicked.connect(self._open)
        self._key = PlainLabel(say("window.capture.caller.how", keys=first_key("caller")), role="secondary")
        head = QHBoxLayout()
        head.addWidget(self._headline, 1)
        head.addWidget(self._key)
        layout = QVBoxLayout(self._box)
        layout.setContentsMargins(0, scaled(4), 0, 0)
        layout.setSpacing(scaled(5))
        layout.addLayout(head)
        layout.addWidget(self._table, 1)
        return self._box

    def _take(self, digits: str, caller: Caller) -> None:
        if digits != self._digits:
            return
        self._caller = caller
        self._show()
        if caller.calls:
            announce(self, self._headline.text())

    def _show(self) -> None:
        self._now = self._session.clock()
        told, tone = self._words.headline(self._caller, self._customer, self._now)
        self._headline.setText(told)
        self._headline.set_tone("" if tone == "quiet" else tone)
        # Open complaints first, then the newest calls.
        calls = {call.subject_id: call for call in (*self._caller.complaints, *self._caller.calls)}
        self._rows.fill(list(calls.values()))
        self.line.show_words(told, tone, opens=self.knows())
        self._fit()

    def _fit(self) -> None:
        """Be a box where there is room for rows, else a line elsewhere."""
        told = bool(self._headline.text())
        boxed = told and self.knows() and self.height() >= scaled(_LEAST_HEIGHT)
        rows = len(self._rows.rows) * self._table.verticalHeader().defaultSectionSize()
        self._box.setMaximumHeight(scaled(_HEAD) + rows)
        self._box.setVisible(boxed)
        self.line.setVisible(told and not boxed)

    def _cells(self, call: Call) -> Sequence[Cell]:
        return self._words.cells(call, self._now)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.record_asked.emit(self._rows.rows[index.row()].subject_id)


class CallerPill(Pill):
    """What is most pressing of a caller; ``asked`` by a click where there is a call to look at."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("quiet", "history", "", parent, may_shrink=True)
        self.setObjectName("caller_line")
        self._opens = False
        self.hide()

    def show_words(self, told: str, tone: Tone, *, opens: bool) -> None:
        """Say something else."""
        self.show_state(tone, _ICONS[tone], told)
        self._opens = opens
        self.setAccessibleDescription(first_key("caller") if opens else "")
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the most pressing call."""
        if self._opens and event.button() is Qt.MouseButton.LeftButton:
            self.asked.emit()
        else:
            super().mouseReleaseEvent(event)
