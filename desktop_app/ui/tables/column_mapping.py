"""The columns of a file and the fields they feed; the field is chosen in the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.widgets.combo import Combo
from desktop_app.ui.widgets.style_option import typed
from desktop_app.words import Words

FIELD_COLUMN = 2
MOST_COLUMNS = 200
"""Columns shown: a file with more has them by mistake, and all of them are read."""
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column of a file: some of its cells, the field it feeds ("" for none), and what is read of it."""

    name: str
    samples: tuple[str, ...]
    field: str
    read: Cell


class ColumnMapping(Table):
    """One row a column of the file; ``mapped`` carries (column, field or nothing) that a person chose.

    ``names`` gives the fields that a column can feed with their words.
    """

    mapped = Signal(str, str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        self._words = words
        self._names: Mapping[str, str] = {}
        self._file: object = None
        say = words.say
        headers = [
            say(f"window.reconcile.mapping.column.{one}") for one in ("name", "samples", "field", "read")
        ]
        self._rows: _MappingModel = _MappingModel(headers, self._cells)
        super().__init__(self._rows, say("window.reconcile.mapping.table"), (150, 240, 170, 0), parent)
        self._rows.setParent(self)
        self.setObjectName("mapping")
        self.setItemDelegateForColumn(FIELD_COLUMN, _FieldDelegate(self._fields, self._chosen, self))
        self.setEditTriggers(Table.EditTrigger.DoubleClicked | Table.EditTrigger.SelectedClicked)

    def show_columns(
        self, file: object, columns: Sequence[MappedColumn], names: Mapping[str, str], *, editable: bool
    ) -> None:
        """Show a file's columns; the selected one stays selected while it is the same ``file``."""
        row = self.current_row() if self._file is file else 0
        self._file, self._names = file, names
        self._rows.editable = editable
        self._rows.fill(columns[:MOST_COLUMNS])
        self.go_to(row)

    def edit_current(self) -> None:
        """Let a person choose the field of the selected column."""
        row = self.current_row()
        if row >= 0 and self._rows.editable:
            self.edit(self._rows.index(row, FIELD_COLUMN))

    def _fields(self) -> list[tuple[str, str]]:
        return list(self._names.items())

    def _chosen(self, row: int, field: str) -> None:
        self.mapped.emit(self._rows.rows[row].name, field)

    def _cells(self, column: MappedColumn) -> Sequence[Cell]:
        samples = self._words.say("workbook.semicolon").join(" ".join(one.split()) for one in column.samples)
        if not column.field:
            unused = "" if self._rows.editable else column.name
            none = Cell(unused or self._words.say("window.reconcile.mapping.unused"), tone="muted")
            return (Cell(column.name), Cell(samples), none, Cell(""))
        name = Cell(self._names.get(column.field, column.field), "check", "ok")
        return (Cell(column.name), Cell(samples), name, column.read)


class _MappingModel(RowsModel[MappedColumn]):
    editable = True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        editable = self.editable and index.column() == FIELD_COLUMN
        return flags | Qt.ItemFlag.ItemIsEditable if editable else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.EditRole and index.isValid() and index.column() == FIELD_COLUMN:
            return self.rows[index.row()].field
        return super().data(index, role)


class _FieldCombo(Combo):
    """A drop-down that tells when its list was closed."""

    closed = Signal()

    def hidePopup(self) -> None:
        # Also called when there was no list to close.
        was_open = self.view().isVisible()
        super().hidePopup()
        if was_open:
            self.closed.emit()


class _FieldDelegate(QStyledItemDelegate):
    """Edits a field with a drop-down: letters and arrows choose, Enter takes it, Esc leaves it as it was."""

    def __init__(
        self, fields: Callable[[], list[tuple[str, str]]], chosen: Callable[[int, str], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._fields = fields
        self._chosen = chosen

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = _FieldCombo(self._fields(), parent)
        editor.setObjectName("mapping_field")
        editor.setAccessibleName(str(index.sibling(index.row(), 0).data() or ""))
        editor.closed.connect(lambda: self._finish(editor))
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            QTimer.singleShot(0, editor, editor.showPopup)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, Combo):
            editor.set_code(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, Combo) and editor.current_code() != index.data(Qt.ItemDataRole.EditRole):
            self._chosen(index.row(), editor.current_code())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(typed(option).rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        # The list opening takes the focus from the editor, which would close it.
        if event.type() == QEvent.Type.FocusOut and isinstance(editor, Combo) and editor.view().isVisible():
            return False
        return super().eventFilter(editor, event)

    def _finish(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
