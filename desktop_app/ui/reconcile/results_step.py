"""Step 4: what was found, what is undecided first; a person says yes, no, or why it need not be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QWidget

from desktop_app.domain.reconciliation import CrmResult, Decision, RecordResult, RecordStatus
from desktop_app.domain.times import zone_of
from desktop_app.exchange.worksheets.journal import NumbersIssued
from desktop_app.services import decisions
from desktop_app.services.decisions import Made
from desktop_app.services.reconcile_store import numbers_issued
from desktop_app.services.reconcile_walk import Act, Compared, decide, decided, decision_of
from desktop_app.ui.reconcile.filters import TONES, Filter, Result, Tally, chosen, tally
from desktop_app.ui.reconcile.result_cells import COLUMNS, WIDTHS, result_cells
from desktop_app.ui.reconcile.result_view import ResultView
from desktop_app.ui.reconcile.sums_panel import SumsPanel
from desktop_app.ui.session import Session
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.cards import card, scrolled
from desktop_app.ui.widgets.decision_bar import DecisionBar
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.labels import Heading
from desktop_app.ui.widgets.reason_dialog import ReasonDialog

_WAIVED_USUALLY = ("test", "misdialled", "silent", "not_ours")
_DECIDABLE = frozenset(RecordStatus) - {RecordStatus.OUTSIDE}


class ResultsStep(QWidget):
    """Choices at the left, a list, and the selected one at the right.

    ``changed`` says that something was decided, ``refused`` carries an exception to be told, ``again`` asks
    for a new comparison because only that can tell what a record is now.
    """

    changed = Signal()
    refused = Signal(object)
    again = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._words = session.words
        self._zone = zone_of(session.store.settings.zone)
        self._may = decisions.may_decide(session.store)
        self.compared: Compared | None = None
        self._numbers: NumbersIssued | None = None
        self._filter = Filter("records", "undecided")
        self._undo: list[tuple[str, Made]] = []
        self._working = 0
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(12))
        layout.addWidget(self._make_filters(), 5)
        layout.addWidget(self._make_list(), 9)
        layout.addWidget(self._make_detail(), 13)

    @property
    def busy(self) -> bool:
        """Whether a decision is being written."""
        return self._working > 0

    def show_compared(self, compared: Compared) -> None:
        """Show a comparison; the choice and the selected line stay where they are still there."""
        selected, store = self._selected(), self._session.store
        self.compared = compared

        def work() -> tuple[NumbersIssued, Tally]:
            numbers = numbers_issued(store)
            return numbers, tally(compared, numbers)

        def done(told: tuple[NumbersIssued, Tally]) -> None:
            self._numbers = told[0]
            if self.compared is compared:
                self._show_tally(told[1])
                self._show_list(selected)

        self._session.background.query(work, done, owner=self)

    def focus_start(self) -> None:
        """Put the focus on the list."""
        self._list.setFocus()

    def in_lists(self) -> bool:
        """Whether Enter and Delete mean the selected record."""
        return self._list.hasFocus() or self._view.alternatives.hasFocus()

    def ask(self, code: str) -> None:
        """Do what a button or key says: yes, no, waive, take_back, undo."""
        if not self._bar.can(code):
            return
        if code == "undo":
            self._undo_last()
            return
        result = self._selected()
        if not isinstance(result, RecordResult):
            return
        if code == "waive":
            dialog = ReasonDialog(
                self._words,
                "window.reconcile.waive",
                _WAIVED_USUALLY,
                needed="error.decisions.reason_needed",
                parent=self.window(),
                number=result.record.number or result.record.key,
            )
            dialog.lock_by(self._session.shortcuts)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.accepted.connect(lambda: self._decide(result, Act.WAIVE, reason=dialog.reason))
            dialog.open()
        elif code == "take_back":
            self._decide(result, Act.TAKE_BACK)
        else:
            self._answer(result, yes=code == "yes")

    def _make_filters(self) -> QFrame:
        frame, layout = card()
        layout.addWidget(Heading(self._words.say("window.reconcile.results.filters")))
        self._filters: RowsModel[Filter] = RowsModel(["", ""], self._filter_cells, self)
        name = self._words.say("window.reconcile.results.filters")
        self._choices = Table(self._filters, name, (0, 46), header=False)
        self._choices.setObjectName("result_filters")
        self._choices.selectionModel().currentRowChanged.connect(self._change_filter)
        layout.addWidget(self._choices, 1)
        layout.addWidget(Heading(self._words.say("window.reconcile.sums.heading")))
        self._sums = SumsPanel(self._words)
        area, inside = scrolled()
        inside.addWidget(self._sums)
        inside.addStretch(1)
        layout.addWidget(area, 1)
        frame.setMinimumWidth(scaled(190))
        return frame

    def _make_list(self) -> QFrame:
        frame, layout = card()
        self._title = Heading()
        self._results: RowsModel[Result] = RowsModel(self._headers("records"), self._cells, self)
        self._list = Table(self._results, self._words.say("window.reconcile.results.list"), WIDTHS["records"])
        self._list.setObjectName("results")
        self._list.selectionModel().currentRowChanged.connect(lambda _now, _old: self._show_detail())
        self._empty = EmptyState("check", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._empty)
        layout.addWidget(self._title)
        layout.addWidget(self._stack, 1)
        return frame

    def _make_detail(self) -> QFrame:
        frame, layout = card()
        self._view = ResultView(self._words, self._zone)
        codes = ("yes", "no", "waive", "take_back", "undo")
        self._bar = DecisionBar({code: self._words.say(f"window.reconcile.decide.{code}") for code in codes})
        self._bar.asked.connect(self.ask)
        self._view.alternative_changed.connect(self._enable)
        area, inside = scrolled()
        inside.addWidget(self._view)
        layout.addWidget(area, 1)
        layout.addWidget(self._bar)
        if not self._may:
            self._bar.say(self._words.say("error.decisions.leads_only"))
        return frame

    def _headers(self, side: str) -> list[str]:
        say = self._words.say
        return [say(f"window.reconcile.results.column.{one}") for one in COLUMNS[side]]

    def _cells(self, result: Result) -> tuple[Cell, ...]:
        found = self.compared.found if self.compared else None
        crm = timedelta(hours=found.crm_offset_hours if found else 0)
        calls = timedelta(hours=found.calls_offset_hours if found else 0)
        return tuple(result_cells(self._words, self._zone, crm, calls, result))

    def _filter_cells(self, one: Filter) -> tuple[Cell, ...]:
        say = self._words.say
        if not one.status:
            name = Cell(say(f"workbook.side.{one.side}"), tone="muted", heading=True)
            return (name, Cell(str(one.count), tone="muted", right=True, heading=True))
        icon, tone = TONES[one.status]
        undecided = one.status == "undecided"
        word = say("window.reconcile.results.undecided") if undecided else say(f"status.{one.status}")
        return (Cell(word, icon, tone), Cell(str(one.count), right=True))

    def _show_tally(self, told: Tally) -> None:
        keys = [one.key for one in told.filters]
        if self._filter.key not in keys:
            self._filter = next(one for one in told.filters if one.status == "undecided")
        blocked = self._choices.selectionModel().blockSignals(True)
        self._filters.fill(told.filters)
        self._choices.go_to(keys.index(self._filter.key))
        self._choices.selectionModel().blockSignals(blocked)
        self._sums.show_sums(told.sums)

    def _change_filter(self, now: QModelIndex) -> None:
        if now.isValid():
            self._filter = self._filters.rows[now.row()]
            self._show_list(None)

    def _show_list(self, selected: Result | None) -> None:
        if self.compared is None:
            return
        rows = chosen(self.compared, self._filter)
        self._results.fill(rows, self._headers(self._filter.side))
        self._list.set_widths(WIDTHS[self._filter.side])
        for column, name in enumerate(COLUMNS[self._filter.side]):
            # A list of one status need not repeat it on every line.
            self._list.setColumnHidden(column, name == "status" and self._filter.status != "undecided")
        keys = [_key(one) for one in rows]
        wanted = _key(selected) if selected is not None else None
        self._list.go_to(keys.index(wanted) if wanted in keys else 0)
        self._tell_count()
        self._show_detail()

    def _tell_count(self) -> None:
        say = self._words.say
        count = len(self._results.rows)
        undecided = self._filter.status == "undecided"
        name = (
            say("window.reconcile.results.undecided") if undecided else say(f"status.{self._filter.status}")
        )
        self._title.setText(say("window.reconcile.results.title", name=name, count=count))
        self._empty.say(say(f"window.reconcile.results.{'all_decided' if undecided else 'none'}"))
        self._stack.setCurrentWidget(self._list if count else self._empty)

    def _selected(self) -> Result | None:
        row = self._list.current_row()
        return self._results.rows[row] if 0 <= row < len(self._results.rows) else None

    def _show_detail(self) -> None:
        self._view.show_result(self.compared, self._selected())
        self._enable()

    def _enable(self) -> None:
        result, compared = self._selected(), self.compared
        record = result if isinstance(result, RecordResult) and compared is not None else None
        may = self._may and record is not None and record.status in _DECIDABLE
        held = compared.decisions.get(record.record.key, Decision()) if record and compared else Decision()
        one = self._view.alternatives.current() if may else None
        said = one is not None and bool(
            (one.row and one.row == held.crm_id) or (one.record and one.record == held.twin_of)
        )
        self._bar.enable(
            {
                "yes": one is not None and not said,
                "no": one is not None,
                "waive": may and not held.waived,
                "take_back": may and held != Decision(),
                "undo": bool(self._undo),
            }
        )

    def _answer(self, result: RecordResult, *, yes: bool) -> None:
        one = self._view.alternatives.current()
        if one is None:
            return
        if one.record:
            self._decide(result, Act.DOUBLE if yes else Act.APART, (one.record,))
        else:
            self._decide(result, Act.CONFIRM if yes else Act.REJECT, (one.row,))

    def _decide(self, result: RecordResult, act: Act, others: tuple[str, ...] = (), reason: str = "") -> None:
        compared, numbers = self.compared, self._numbers
        store, clock = self._session.store, self._session.clock
        if compared is None:
            return
        key = result.record.key
        names = {"number": result.record.number or key, "other": others[0] if others else ""}

        def work() -> tuple[Made, Decision, Compared, Tally]:
            made, held = decide(compared, store, key, act, now=clock(), others=others, reason=reason)
            after = decided(compared, key, held)
            return made, held, after, tally(after, numbers)

        def done(told: tuple[Made, Decision, Compared, Tally]) -> None:
            made, held, after, counted = told
            self._undo.append((key, made))
            self._take(compared, key, held, after, counted)
            self._bar.say(self._words.say(f"window.reconcile.decided.{act}", **names), aloud=True)

        self._change(work, done)

    def _undo_last(self) -> None:
        compared, numbers = self.compared, self._numbers
        store, clock = self._session.store, self._session.clock
        if compared is None or not self._undo:
            return
        key, made = self._undo[-1]

        def work() -> tuple[Decision, Compared, Tally]:
            decisions.undo(store, made, now=clock())
            held = decision_of(compared, store, key)
            after = decided(compared, key, held)
            return held, after, tally(after, numbers)

        def done(told: tuple[Decision, Compared, Tally]) -> None:
            self._undo.pop()
            self._take(compared, key, *told)
            self._bar.say(self._words.say("window.reconcile.decided.undone", number=key), aloud=True)

        self._change(work, done)

    def _change(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._working += 1
        self._bar.enable({})

        def finished(told: object) -> None:
            self._working -= 1
            done(told)
            self.changed.emit()

        def failed(error: Exception) -> None:
            self._working -= 1
            self._enable()
            self.changed.emit()
            self.refused.emit(error)

        self._session.background.change(work, finished, failed, owner=self)

    def _take(self, before: Compared, key: str, held: Decision, after: Compared, told: Tally) -> None:
        """Show what a record is now, and go on to the next one.

        ``after`` was worked out from ``before``; where another comparison came meanwhile, it is again.
        """
        if self.compared is None:
            return
        other = self.compared is not before
        if other:
            after = decided(self.compared, key, held)
            told = tally(after, self._numbers)
        self.compared = after
        now = next(one for one in after.found.records if one.record.key == key)
        row = self._row_of(key)
        stays = self._belongs(now)
        self._show_tally(told)
        if other or row < 0:
            self._show_list(now if stays else self._selected())
        else:
            if stays:
                self._results.replace(row, now)
            else:
                self._results.remove(row)
                self._list.go_to(min(row, len(self._results.rows) - 1))
            self._tell_count()
            self._show_detail()
        if after.unknown:
            self.again.emit()

    def _row_of(self, key: str) -> int:
        """Return where a record stands in the list, -1 where it does not: mostly it is the selected one."""
        here, wanted = self._selected(), ("records", key)
        if here is not None and _key(here) == wanted:
            return self._list.current_row()
        return next((row for row, one in enumerate(self._results.rows) if _key(one) == wanted), -1)

    def _belongs(self, result: RecordResult) -> bool:
        if self._filter.status == "undecided":
            return self.compared is not None and self.compared.is_open(result)
        return self._filter.key == ("records", result.status.value)


def _key(result: Result) -> tuple[str, str]:
    if isinstance(result, RecordResult):
        return "records", result.record.key
    return ("crm", result.row.id) if isinstance(result, CrmResult) else ("calls", result.call.id)
