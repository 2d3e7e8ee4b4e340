"""The second opinion on a workbook: formulas without a value, error cells and numbers of many digits.

calamine hands all three over as if nothing were there; openpyxl knows them (stack.md, traps).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop_app.exchange.limits import USUAL
from desktop_app.exchange.notes import Note
from desktop_app.exchange.sheets import MOST_COLUMNS

_MOST_NAMED = 5
_MOST_CELLS = 1_000_000


@dataclass(slots=True)
class Hidden:
    """By 1-based row and 0-based column: formula texts, and exact digits of long numbers."""

    formulas: dict[int, dict[int, str]] = field(default_factory=dict)
    digits: dict[int, dict[int, str]] = field(default_factory=dict)
    uncounted: int = 0
    where: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def texts(self, row: int, cells: list[str], left: int) -> Iterator[tuple[int, str]]:
        """Yield what belongs into cells that calamine left empty or rounded; ``left`` is the first column."""
        for column, digits in self.digits.get(row, {}).items():
            if 0 <= column - left < len(cells):
                yield column - left, digits
        for column, formula in self.formulas.get(row, {}).items():
            if 0 <= column - left < len(cells) and not cells[column - left]:
                self._uncalculated(row, column)
                yield column - left, formula

    def _uncalculated(self, row: int, column: int) -> None:
        if not self.where:
            self.notes.append(Note("formula_without_value", {"cells": ""}))
        self.where.append(coordinate(row, column))
        note = Note("formula_without_value", {"cells": listed(self.where)})
        at = next(place for place, said in enumerate(self.notes) if said.code == note.code)
        self.notes[at] = note


def hidden_cells(data: bytes, sheet: str, notes: list[Note]) -> Hidden:
    """Ask openpyxl about one sheet; where it cannot read the workbook a note says so."""
    from openpyxl import load_workbook  # 70 ms that most files do not need

    hidden = Hidden(notes=notes)
    errors: list[str] = []
    rounded: list[str] = []
    seen = 0
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        page = book[sheet]
        page.reset_dimensions()
        for row in page.iter_rows(max_row=USUAL.rows, max_col=MOST_COLUMNS):
            for cell in row:
                seen += 1
                if cell.value is None:
                    continue
                if cell.data_type == "f":
                    hidden.formulas.setdefault(cell.row, {})[cell.column - 1] = _formula(cell.value)
                elif cell.data_type == "e":
                    errors.append(coordinate(cell.row, cell.column - 1))
                elif isinstance(cell.value, int) and abs(cell.value) >= 10**15:
                    hidden.digits.setdefault(cell.row, {})[cell.column - 1] = str(cell.value)
                elif isinstance(cell.value, float) and abs(cell.value) >= 10**15:
                    rounded.append(coordinate(cell.row, cell.column - 1))
            if seen > _MOST_CELLS:
                notes.append(Note("formulas_unchecked"))
                break
    except Exception:  # five families of exceptions were seen on valid workbooks of other writers
        notes.append(Note("formulas_unchecked"))
    if errors:
        notes.append(Note("error_cells", {"cells": listed(errors)}))
    if rounded:
        notes.append(Note("rounded_numbers", {"cells": listed(rounded)}))
    return hidden


def _formula(value: object) -> str:
    return value if isinstance(value, str) else str(getattr(value, "text", "") or "")


def coordinate(row: int, column: int) -> str:
    """Return the name of a cell (``E7``) from its 1-based row and 0-based column."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def listed(names: list[str]) -> str:
    """Return the first few names and how many more there are."""
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" … (+{more})" if more > 0 else "")
