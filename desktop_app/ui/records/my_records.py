"""My records at the right of the desk: counted, filtered, opened (DESK §5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import shiboken6
from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.services.decisions import may_decide
from desktop_app.services.my_records import Page, Row, RowKey, ShowRecords, Tally, page, tally
from desktop_app.services.unfinished import UnfinishedCorrection, unfinished_corrections
from desktop_app.ui.records.columns import record_columns
from desktop_app.ui.records.record_page import RecordPage
from desktop_app.ui.records.records_table import RecordsTable
from desktop_app.ui.session import Session
from desktop_app.ui.tables.paged_model import PagedModel
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import KEYS
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.labels import Heading
from desktop_app.ui.widgets.notice import Notice
from desktop_app.ui.widgets.pill import Pill

_PAUSE_MS = 150
"""How long after the last letter the list is asked for."""
_REST = 150
"""What heading, filter and a line of the list need beside the counters, in logical pixels at 100 %."""
_CLOCK_MS = 30_000
"""How often the list is read again: a call-back becomes overdue by itself, ``log`` may write beside us."""


class MyRecords(QFrame):
    """List and open record, one in front of the other; the form at the left stays where it is.

    ``changed`` is emitted when a record was corrected, made void, or either undone.
    """

    changed = Signal()
    counted = Signal()
    """The list was counted anew: something of it may have changed, and be it the time."""
    called = Signal()
    """Somebody goes to the list or to one record of it: it has to be in sight."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._session = session
        self._counted = 0
        self._counters_of = ShowRecords.ALL
        self._back_to: QWidget | None = None
        self._handing_in = self._low = False
        self._model = PagedModel[Row](
            session.background,
            record_columns(session, lambda: self._counters_of is ShowRecords.INCOMPLETE),
            lambda row: row.key,
            failed=session.messages.tell,
            parent=self,
        )
        self.empty = EmptyState("records", "")
        self.table = RecordsTable(session, self._model, self.empty)
        self.filter = LineEdit()
        self.notice = Notice(session.words)
        self.record = RecordPage(session)
        self._list = self._build_list()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self.record)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(scaled(10), scaled(8), scaled(10), scaled(8))
        layout.setSpacing(scaled(7))
        layout.addWidget(self.notice)
        layout.addWidget(self._stack, 1)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._clock = QTimer(self, interval=_CLOCK_MS)
        self._clock.timeout.connect(self.refresh)
        self._clock.start()
        for timer in (self._pause, self._clock):
            session.background.closing.connect(timer.stop)
        self.table.opened.connect(self._open_row)
        self._model.loaded.connect(self._loaded)
        self.record.closed.connect(self._back_to_list)
        self.record.changed.connect(self._record_changed)
        session.shortcuts.add("filter", KEYS["filter"], self.focus_filter, when=self.isVisible)
        # From the palette alone: in the list the menu key does it, in a text that key is the text's.
        session.shortcuts.add("columns", "", self.table.ask_columns, when=self.table.isVisible, owner=self)
        self._ask()
        self._count()
        session.background.query(
            lambda: unfinished_corrections(session.store), self._restore, session.messages.tell, owner=self
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the list in sight where it is low: choosing what is listed has to wait for a higher window."""
        super().resizeEvent(event)
        self._fit()

    def set_low(self, low: bool) -> None:
        """Leave the height to what stands above: the list goes without its counters."""
        if low is not self._low:
            self._low = low
            self._fit()

    def _fit(self) -> None:
        counters = self.counters.heightForWidth(self.width())
        self.counters.setVisible(not self._low and self.height() >= counters + scaled(_REST))

    def refresh(self, *_told: object) -> None:
        """Read the list and its counts again; the selected record stays selected."""
        self._model.refresh()
        self._count()
        self.record.refresh_delivery()

    def flush(self, done: Callable[[bool], None]) -> None:
        """Keep a correction that is being typed; ``done`` hears whether the store has all of it."""
        self.record.flush(done)

    def focus_filter(self) -> None:
        """Show the list with the caret in its filter."""
        self.called.emit()
        self._show_list()
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def open(self, subject_id: str, *, back_to: QWidget | None = None) -> None:
        """Show one record; one from the correction list with the caret in its first missing field.

        Closing it gives the caret to ``back_to``, else to the list. While a correction is being typed, that
        comes back instead.
        """
        self.called.emit()
        if self.record.edit is not None and self.record.unsaved():
            self._stack.setCurrentWidget(self.record)
            self.record.edit.begin()
            self.record.edit.ask_to_leave()
            return
        self._back_to = back_to
        correcting = back_to is None and self.counters.current_code() == ShowRecords.INCOMPLETE
        self.record.show_record(subject_id, correcting=correcting)
        self._stack.setCurrentWidget(self.record)
        self.record.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restore(self, kept: Sequence[UnfinishedCorrection]) -> None:
        if kept:
            self.record.show_record(kept[0].record)
            self._stack.setCurrentWidget(self.record)

    def _build_list(self) -> QWidget:
        say = self._session.words.say
        whole = QWidget()
        self.whose = ChipGroup(
            [(code, say(f"window.records.{code}")) for code in ("own", "station")],
            name=say("window.records.whose"),
            optional=False,
        )
        self.whose.setObjectName("whose")
        self.whose.set_code("own")
        self.whose.changed.connect(lambda _code: self._ask_and_count())
        self.counters = ChipGroup(
            [(show.value, self._counter(show, None)) for show in ShowRecords],
            name=say("window.records.shown"),
            optional=False,
        )
        self.counters.setObjectName("counters")
        self.counters.set_code(ShowRecords.ALL)
        self.counters.offer(ShowRecords.NOT_HANDED_IN, False)
        self.counters.offer(ShowRecords.IMPORTANT, may_decide(self._session.store))
        self.counters.changed.connect(lambda _code: self._ask())
        self.overdue = Pill("urgent", "warning", "")
        self.overdue.hide()
        self.filter.setObjectName("filter")
        self.filter.setAccessibleName(say("window.records.filter"))
        self.filter.setPlaceholderText(say("window.records.filter_hint", keys=KEYS["filter"]))
        self.filter.offer_clearing()
        self.filter.edited.connect(self._pause_then_ask)
        top = QHBoxLayout()
        top.addWidget(Heading(say("window.records.heading")))
        top.addWidget(self.overdue)
        top.addStretch(1)
        top.addWidget(self.whose)
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(7))
        layout.addLayout(top)
        layout.addWidget(self.counters)
        layout.addWidget(self.filter)
        layout.addWidget(self.table, 1)
        return whole

    def _counter(self, show: ShowRecords, count: int | None) -> str:
        word = self._session.words.say(f"window.records.show.{show.value}")
        return word if count is None else f"{word} {count}"

    def _pause_then_ask(self) -> None:
        self._pause.start()

    def _ask_and_count(self) -> None:
        self._ask()
        self._count()

    def _ask(self) -> None:
        self._pause.stop()
        show = self._counters_of = ShowRecords(self.counters.current_code())
        store, filter_text, station = self._session.store, self.filter.full_text(), self.of_station()

        def fetch(after: RowKey | None, limit: int, *, back: bool = False) -> Page:
            return page(
                store,
                show=show,
                filter_text=filter_text,
                station=station,
                after=after,
                limit=limit,
                back=back,
            )

        code = "none_found" if filter_text.strip() else f"none.{show.value}"
        self._sentence = self._session.words.say(f"window.records.{code}")
        self._model.show(fetch, partial(fetch, back=True))

    def of_station(self) -> bool:
        """Whether the whole station's records are listed, not only this person's."""
        return self.whose.current_code() == "station"

    def _count(self) -> None:
        self._counted += 1
        turn, station = self._counted, self.of_station()
        store, now = self._session.store, self._session.clock()

        def counted(found: Tally) -> None:
            if turn == self._counted:
                self._show_counts(found)

        self._session.background.query(
            lambda: tally(store, now=now, station=station, delivery=True),
            counted,
            self._session.messages.tell,
            owner=self,
        )

    def _show_counts(self, found: Tally) -> None:
        handing_in = ShowRecords.NOT_HANDED_IN in found.shown
        if handing_in is not self._handing_in:
            self._handing_in = handing_in
            self._offer_not_handed_in(handing_in)
        for show, count in found.shown.items():
            self.counters.reword(show.value, self._counter(show, count))
        told = self._session.words.say("window.records.overdue_count", count=found.overdue)
        self.overdue.show_state("urgent", "warning", told)
        self.overdue.setVisible(found.overdue > 0)
        self.overdue.ensurePolished()
        self.overdue.setMinimumWidth(self.overdue.sizeHint().width())
        self.counted.emit()

    def _offer_not_handed_in(self, handing_in: bool) -> None:
        """Tell of handing in, or of nothing: at a lead's store there is no such thing."""
        self.table.show_delivery(handing_in)
        self.counters.offer(ShowRecords.NOT_HANDED_IN, handing_in)
        if not self.counters.current_code():
            self.counters.set_code(ShowRecords.ALL)
            self._ask()

    def _loaded(self) -> None:
        self.empty.say(self._sentence)
        if self.table.selected() is None and not self.table.select_record(self.record.subject_id):
            self.table.select(self.table.first())

    def _open_row(self, _index: QModelIndex) -> None:
        row = self.table.selected()
        if row is not None:
            self.open(row.subject_id)

    def _show_list(self) -> None:
        self._stack.setCurrentWidget(self._list)

    def _back_to_list(self) -> None:
        self._show_list()
        self.table.select_record(self.record.subject_id)
        back_to, self._back_to = self._back_to, None
        if back_to is None or not shiboken6.isValid(back_to) or not back_to.isVisible():
            back_to = self.table
        back_to.setFocus(Qt.FocusReason.OtherFocusReason)

    def _record_changed(self) -> None:
        self.refresh()
        self.changed.emit()
