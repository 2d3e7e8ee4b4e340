"""A hand record, a CRM row and a call beside each other; what differs is marked by icon, word and colour."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta, tzinfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.reconciliation import Call, CrmRow, Difference, HandRecord
from desktop_app.exchange.preview import FileKind
from desktop_app.exchange.worksheets.wording import value_word
from desktop_app.ui.reconcile.wording import field_name, moment_text
from desktop_app.ui.widgets.labels import IconLabel, PlainLabel
from desktop_app.words import Words

FIELDS = (
    "number",
    "crm_id",
    "received_at",
    "created_at",
    "caller_name",
    "phone",
    "callback_phone",
    "customer_no",
    "address",
    "kind",
    "category",
    "summary",
    "detail",
    "agent",
    "outcome",
    "talk_seconds",
)
_KINDS = {"created_at": FileKind.CRM, "outcome": FileKind.CALLS, "talk_seconds": FileKind.CALLS}
_LONGEST = 600
"""Characters of a text shown here; the whole is in the record itself."""


class SideBySide(QScrollArea):
    """The three columns; a field that no side has is not shown."""

    def __init__(self, words: Words, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._zone = words, zone
        self._crm_offset = self._calls_offset = timedelta(0)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(words.say("window.reconcile.compare.name"))
        page = QWidget()
        page.setProperty("role", "page")
        grid = QGridLayout()
        grid.setContentsMargins(4, 2, 8, 2)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(5)
        self._heads = [PlainLabel("", role="strong", wrap=True) for _ in range(3)]
        for column, head in enumerate(self._heads, 1):
            grid.addWidget(head, 0, column + 1)
        self._lines = {
            field: _Line(grid, row, field_name(words, _KINDS.get(field, FileKind.RECORDS), field))
            for row, field in enumerate(FIELDS, 1)
        }
        for column, share in enumerate((0, 0, 5, 5, 4)):
            grid.setColumnStretch(column, share)
        outer = QVBoxLayout(page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(grid)
        outer.addStretch(1)
        self.setWidget(page)

    def set_offsets(self, crm: timedelta, calls: timedelta) -> None:
        """Add these to the times of the files, as was done to compare them."""
        self._crm_offset, self._calls_offset = crm, calls

    def show_these(
        self,
        record: HandRecord | None,
        row: CrmRow | None,
        call: Call | None,
        differences: tuple[Difference, ...] = (),
        *,
        other: HandRecord | None = None,
    ) -> None:
        """Show what there is of each; ``other`` is a record in place of the CRM row."""
        say = self._words.say
        second = "other" if other is not None else "crm"
        for head, code, there in zip(
            self._heads, ("record", second, "call"), (record, row or other, call), strict=True
        ):
            head.setText(
                say(f"window.reconcile.compare.{code}" if there else f"window.reconcile.compare.no_{code}")
            )
            head.set_tone("" if there else "quiet")
        sides = (
            self._of_record(record) if record else {},
            self._of_row(row, self._crm_offset) if row else self._of_record(other) if other else {},
            self._of_call(call, self._calls_offset) if call else {},
        )
        marked = {difference.field for difference in differences}
        differs = say("window.reconcile.compare.differs")
        for field, line in self._lines.items():
            line.show_texts([side.get(field, "") for side in sides], differs if field in marked else "")
        self.verticalScrollBar().setValue(0)

    def shown(self, field: str) -> list[str]:
        """Return what stands in a field's three columns, with the word of a mark before them."""
        return self._lines[field].texts()

    def _of_record(self, record: HandRecord) -> Mapping[str, str]:
        return {
            "number": record.number,
            "crm_id": record.crm_id,
            "received_at": moment_text(record.received_at, self._zone),
            "caller_name": record.caller_name,
            "phone": record.phone,
            "callback_phone": record.callback_phone,
            "customer_no": record.customer_no,
            "address": record.address,
            "kind": value_word(self._words, "kind", record.kind),
            "category": value_word(self._words, "category", record.category),
            "summary": record.summary,
            "detail": record.detail,
            "agent": record.agent,
        }

    def _of_row(self, row: CrmRow, offset: timedelta) -> Mapping[str, str]:
        return {
            "number": row.number,
            "crm_id": row.id,
            "received_at": moment_text(row.occurred_at, self._zone, offset),
            "created_at": moment_text(row.created_at, self._zone, offset),
            "caller_name": row.caller_name,
            "phone": row.phone,
            "callback_phone": row.callback_phone,
            "customer_no": row.customer_no,
            "address": row.address,
            "kind": value_word(self._words, "kind", row.kind),
            "category": value_word(self._words, "category", row.category),
            "summary": row.summary,
            "detail": row.detail,
            "agent": row.agent,
        }

    def _of_call(self, call: Call, offset: timedelta) -> Mapping[str, str]:
        return {
            "received_at": moment_text(call.started_at, self._zone, offset),
            "caller_name": call.caller_name,
            "phone": call.caller,
            "agent": call.agent,
            "outcome": self._words.say(f"status.{call.outcome}"),
            "talk_seconds": str(call.talk_seconds) if call.talk_seconds else "",
        }


class _Line:
    """One field: its name, a mark where the sides differ, and what each side has."""

    def __init__(self, grid: QGridLayout, row: int, name: str) -> None:
        top = Qt.AlignmentFlag.AlignTop
        self._name = PlainLabel(name, role="field")
        self._icon = IconLabel("warning", "warn", 16)
        self._mark = PlainLabel("", role="secondary", tone="warn")
        mark = QFrame()
        box = QGridLayout(mark)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        box.addWidget(self._icon, 0, 0, top)
        box.addWidget(self._mark, 0, 1, top)
        self._holder = mark
        self._cells = [PlainLabel("", wrap=True, selectable=True) for _ in range(3)]
        for cell in self._cells:
            cell.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        grid.addWidget(self._name, row, 0, Qt.AlignmentFlag.AlignRight | top)
        grid.addWidget(mark, row, 1, top)
        for column, cell in enumerate(self._cells, 2):
            grid.addWidget(cell, row, column, top)

    def show_texts(self, texts: list[str], mark: str) -> None:
        there = any(texts)
        self._name.setVisible(there)
        self._holder.setVisible(there and bool(mark))
        self._mark.setText(mark)
        for place, (cell, text) in enumerate(zip(self._cells, texts, strict=True)):
            cell.setText(text if len(text) <= _LONGEST else text[:_LONGEST] + "…")
            cell.setVisible(there)
            cell.set_tone("warn" if mark and place < 2 else "")

    def texts(self) -> list[str]:
        return [self._mark.text(), *(cell.text() for cell in self._cells)]
