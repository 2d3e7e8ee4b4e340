"""What a record may be: CRM rows, or another record of ours that it may double, each with why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop_app.domain.reconciliation import Reason, RecordResult, RecordStatus
from desktop_app.exchange.worksheets.wording import reasons_text
from desktop_app.services.reconcile_walk import Compared, suspect
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.theme.style import scaled
from desktop_app.words import Words

_MOST_ROWS = 4


@dataclass(frozen=True, slots=True)
class Alternative:
    """A CRM row by its id, or a record of ours by its key; ``name`` is what people call it."""

    name: str
    row: str = ""
    record: str = ""
    score: float = 0.0
    reasons: tuple[Reason, ...] = ()


def alternatives(compared: Compared, result: RecordResult) -> list[Alternative]:
    """Return what a person can say yes or no to, the likeliest first."""
    found = [Alternative(one.crm_id, one.crm_id, "", one.score, one.reasons) for one in result.candidates]
    if result.crm_id and result.status in (RecordStatus.MATCHED, RecordStatus.DIFFERS):
        found.append(Alternative(result.crm_id, result.crm_id, "", result.score, result.reasons))
    elif result.crm_id and not found:
        found.append(Alternative(result.crm_id, result.crm_id, "", 0.0, result.reasons))
    twin = suspect(compared, result)
    if twin:
        other = next((one.record for one in compared.found.records if one.record.key == twin), None)
        reasons = result.reasons if not result.candidates else ()
        found.append(Alternative(other.number or twin if other else twin, "", twin, 0.0, reasons))
    return found


class AlternativesTable(Table):
    """A short list, as high as what is in it."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        self._words = words
        say = words.say
        headers = [say(f"window.reconcile.compare.column.{one}") for one in ("what", "score", "why")]
        self._rows: RowsModel[Alternative] = RowsModel(headers, self._cells)
        super().__init__(self._rows, say("window.reconcile.compare.alternatives"), (170, 70, 0), parent)
        self._rows.setParent(self)
        self.setObjectName("alternatives")

    def show_these(self, found: Sequence[Alternative], row: int = 0) -> None:
        """Show what a record may be, and select one."""
        self._rows.fill(found)
        self.go_to(max(0, min(row, len(found) - 1)))
        self.setVisible(len(found) > 1)
        lines = min(len(found), _MOST_ROWS)
        height = self.horizontalHeader().sizeHint().height() + lines * scaled(30) + 4
        self.setFixedHeight(height)

    def current(self) -> Alternative | None:
        """Return the one that is selected."""
        row = self.current_row()
        return self._rows.rows[row] if 0 <= row < len(self._rows.rows) else None

    def _cells(self, one: Alternative) -> Sequence[Cell]:
        code = "record" if one.record else "row"
        name = self._words.say(f"window.reconcile.compare.what_{code}", name=one.name)
        score = Cell(f"{one.score:.1f}" if one.score else "", right=True)
        return (Cell(name), score, Cell(reasons_text(self._words, one.reasons)))
