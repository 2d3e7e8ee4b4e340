"""The selected result: what it is and why, what it may be, and both beside each other."""

from __future__ import annotations

from datetime import timedelta, tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.reconciliation import Call, CallResult, CrmResult, CrmRow, RecordResult
from desktop_app.exchange.worksheets.wording import reasons_text
from desktop_app.services.reconcile_walk import Compared
from desktop_app.ui.reconcile.alternatives import AlternativesTable, alternatives
from desktop_app.ui.reconcile.filters import Result
from desktop_app.ui.reconcile.side_by_side import SideBySide
from desktop_app.ui.widgets.labels import Heading, PlainLabel
from desktop_app.words import Words


class ResultView(QWidget):
    """Shows one result; ``alternative_changed`` when another of the things it may be is selected."""

    alternative_changed = Signal()

    def __init__(self, words: Words, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._compared: Compared | None = None
        self._result: Result | None = None
        self._rows: dict[str, CrmRow] = {}
        self._calls: dict[str, Call] = {}
        self._title = Heading()
        self._why = PlainLabel("", role="secondary", wrap=True)
        self._why.setObjectName("reasons")
        self.alternatives = AlternativesTable(words)
        self.alternatives.selectionModel().currentRowChanged.connect(lambda _now, _old: self._other())
        self.compare = SideBySide(words, zone)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._title)
        layout.addWidget(self._why)
        layout.addWidget(self.alternatives)
        layout.addWidget(self.compare, 1)

    def show_result(self, compared: Compared | None, result: Result | None) -> None:
        """Show a result, or that none is selected."""
        if compared is not None and (
            self._compared is None
            or self._compared.inputs.crm is not compared.inputs.crm
            or self._compared.inputs.calls is not compared.inputs.calls
        ):
            self._rows = {one.row.id: one.row for one in compared.found.crm}
            self._calls = {one.call.id: one.call for one in compared.found.calls}
        self._compared, self._result = compared, result
        self.compare.setVisible(result is not None)
        self.alternatives.hide()
        if compared is None or result is None:
            self._title.setText("")
            self._why.setText(self._words.say("window.reconcile.results.select"))
            return
        self._title.setText(self._name(result))
        if isinstance(result, RecordResult):
            self.alternatives.show_these(alternatives(compared, result))
        self._show()

    def _name(self, result: Result) -> str:
        status = self._words.say(f"status.{result.status}")
        if isinstance(result, RecordResult):
            name = result.record.number or result.record.key
        else:
            name = result.row.id if isinstance(result, CrmResult) else result.call.id
        return self._words.say("window.reconcile.results.one", name=name, status=status)

    def _other(self) -> None:
        if isinstance(self._result, RecordResult):
            self._show()
            self.alternative_changed.emit()

    def _show(self) -> None:
        compared, result = self._compared, self._result
        if compared is None or result is None:
            return
        found = compared.found
        self.compare.set_offsets(
            timedelta(hours=found.crm_offset_hours), timedelta(hours=found.calls_offset_hours)
        )
        if isinstance(result, RecordResult):
            self._show_record(compared, result)
        elif isinstance(result, CallResult):
            records = {one.record.key: one.record for one in compared.found.records} if result.records else {}
            record = records.get(result.records[0]) if result.records else None
            self._why.setText(self._words.say(f"window.reconcile.why.{result.status}"))
            self.compare.show_these(record, None, result.call)
        else:
            record = next(
                (one.record for one in compared.found.records if one.record.key == result.record), None
            )
            self._why.setText(self._words.say(f"window.reconcile.why.{result.status}"))
            self.compare.show_these(record, result.row, None)

    def _show_record(self, compared: Compared, result: RecordResult) -> None:
        one = self.alternatives.current()
        row = self._rows.get(one.row if one else result.crm_id)
        other = None
        if one is not None and one.record:
            other = next(
                (each.record for each in compared.found.records if each.record.key == one.record), None
            )
        why = [self._words.say(f"window.reconcile.why.{result.status}")]
        reasons = one.reasons if one is not None else result.reasons
        if reasons:
            why.append(reasons_text(self._words, reasons))
        self._why.setText("\n".join(why))
        call = self._calls.get(result.call_ids[0]) if result.call_ids else None
        differences = result.differences if one is not None and one.row == result.crm_id else ()
        self.compare.show_these(result.record, row, call, differences, other=other)
