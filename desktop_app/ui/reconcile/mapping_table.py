"""The columns of one file and the fields they feed; the field is chosen in the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

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

from desktop_app.domain.times import zone_of
from desktop_app.exchange.preview import Column, FileKind, Look, fields_of
from desktop_app.exchange.worksheets.wording import value_word
from desktop_app.ui.reconcile.wording import field_name, moment_text
from desktop_app.ui.session import Session
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.widgets.combo import Combo

FIELD_COLUMN = 2
MOST_COLUMNS = 200
"""Columns shown: a file with more has them by mistake, and all of them are read."""
Index = QModelIndex | QPersistentModelIndex


class MappingTable(Table):
    """One row a column of the file; ``mapped`` carries (column, field or nothing) that a person chose."""

    mapped = Signal(str, str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self._words = session.words
        self._zone = zone_of(session.store.settings.zone)
        self._seen: Look | None = None
        say = self._words.say
        headers = [
            say(f"window.reconcile.mapping.column.{one}") for one in ("name", "samples", "field", "read")
        ]
        self._rows: _MappingModel = _MappingModel(headers, self._cells)
        super().__init__(self._rows, say("window.reconcile.mapping.table"), (150, 240, 170, 0), parent)
        self._rows.setParent(self)
        self.setObjectName("mapping")
        self.setItemDelegateForColumn(FIELD_COLUMN, _FieldDelegate(self._fields, self._chosen, self))
        self.setEditTriggers(Table.EditTrigger.DoubleClicked | Table.EditTrigger.SelectedClicked)

    def show_look(self, seen: Look) -> None:
        """Show a file's columns; the selected one stays selected."""
        row = self.current_row() if self._seen and self._seen.opened is seen.opened else 0
        self._seen = seen
        self._rows.editable = seen.editable
        self._rows.fill(seen.columns[:MOST_COLUMNS])
        self.go_to(row)

    def edit_current(self) -> None:
        """Let a person choose the field of the selected column."""
        row = self.current_row()
        if row >= 0 and self._rows.editable:
            self.edit(self._rows.index(row, FIELD_COLUMN))

    def _fields(self) -> list[tuple[str, str]]:
        kind = self._seen.kind if self._seen else FileKind.CRM
        return [(field, field_name(self._words, kind, field)) for field in fields_of(kind)]

    def _chosen(self, row: int, field: str) -> None:
        self.mapped.emit(self._rows.rows[row].name, field)

    def _cells(self, column: Column) -> Sequence[Cell]:
        kind = self._seen.kind if self._seen else FileKind.CRM
        samples = self._words.say("workbook.semicolon").join(" ".join(one.split()) for one in column.samples)
        if not column.field:
            unused = "" if self._rows.editable else column.name
            none = Cell(unused or self._words.say("window.reconcile.mapping.unused"), tone="muted")
            return (Cell(column.name), Cell(samples), none, Cell(""))
        name = Cell(field_name(self._words, kind, column.field), "check", "ok")
        return (Cell(column.name), Cell(samples), name, self._read(column))

    def _read(self, column: Column) -> Cell:
        if isinstance(column.read, datetime):
            return Cell(moment_text(column.read, self._zone))
        if column.read is None:
            lost = bool(column.samples)
            return (
                Cell(self._words.say("window.reconcile.mapping.not_read"), "warning", "warn")
                if lost
                else Cell("")
            )
        return Cell(" ".join(value_word(self._words, column.field, column.read).split()))


class _MappingModel(RowsModel[Column]):
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
        editor.setGeometry(option.rect)  # type: ignore[attr-defined]

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        # The list opening takes the focus from the editor, which would close it.
        if event.type() == QEvent.Type.FocusOut and isinstance(editor, Combo) and editor.view().isVisible():
            return False
        return super().eventFilter(editor, event)

    def _finish(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
