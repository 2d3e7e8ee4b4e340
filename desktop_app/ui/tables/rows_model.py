"""Rows that are all in memory, shown as a table: cells are made when they come on screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from desktop_app.ui.theme.style import current_tokens, scaled
from desktop_app.ui.widgets.icons import icon

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place of a table; an icon never without its word.

    ``tone`` is the name of a colour token, ``right`` is for figures; a ``heading`` cannot be selected.
    """

    text: str
    icon: str = ""
    tone: str = ""
    right: bool = False
    heading: bool = False


class RowsModel(QAbstractTableModel, Generic[T]):
    """A table of ``rows``, each turned into cells by ``cells`` when asked for."""

    def __init__(
        self,
        headers: Sequence[str],
        cells: Callable[[T], Sequence[Cell]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._headers = list(headers)
        self._cells = cells
        self._rows: list[T] = []
        self._made: dict[int, Sequence[Cell]] = {}

    @property
    def rows(self) -> Sequence[T]:
        """What is shown, in order."""
        return self._rows

    def fill(self, rows: Sequence[T], headers: Sequence[str] | None = None) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._rows = list(rows)
        self._made.clear()
        if headers is not None:
            self._headers = list(headers)
        self.endResetModel()

    def replace(self, row: int, value: T) -> None:
        """Show another value in one row."""
        self._rows[row] = value
        self._made.pop(row, None)
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self._headers) - 1))

    def remove(self, row: int) -> None:
        """Take one row out."""
        self.beginRemoveRows(_NOWHERE, row, row)
        del self._rows[row]
        self._made.clear()
        self.endRemoveRows()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._headers)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(self._headers):
            if role == Qt.ItemDataRole.DisplayRole:
                return self._headers[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        cell = self.cell(index.row(), index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell.text
        if role == Qt.ItemDataRole.DecorationRole and cell.icon:
            return icon(cell.icon, getattr(current_tokens(), cell.tone or "text"), scaled(16))
        if role == Qt.ItemDataRole.ForegroundRole and cell.tone:
            return QColor(getattr(current_tokens(), cell.tone))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if cell.right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.cell(index.row(), index.column()).heading:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def cell(self, row: int, column: int) -> Cell:
        """Return what stands in one place."""
        if row not in self._made:
            if len(self._made) > 2_000:
                self._made.clear()
            self._made[row] = self._cells(self._rows[row])
        return self._made[row][column]
