"""The columns of an export or a call log, and what is read of each through its mapping."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QWidget

from desktop_app.domain.times import zone_of
from desktop_app.exchange.preview import Column, Look, fields_of
from desktop_app.exchange.worksheets.wording import value_word
from desktop_app.ui.reconcile.wording import field_name, moment_text
from desktop_app.ui.session import Session
from desktop_app.ui.tables.column_mapping import ColumnMapping, MappedColumn
from desktop_app.ui.tables.rows_model import Cell


class MappingTable(ColumnMapping):
    """One row a column of the file that is looked at."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session.words, parent)
        self._zone = zone_of(session.store.settings.zone)

    def show_look(self, seen: Look) -> None:
        """Show a file's columns; the selected one stays selected."""
        names = {field: field_name(self._words, seen.kind, field) for field in fields_of(seen.kind)}
        columns = [
            MappedColumn(column.name, column.samples, column.field, self._read(column))
            for column in seen.columns
        ]
        self.show_columns(seen.opened, columns, names, editable=seen.editable)

    def _read(self, column: Column) -> Cell:
        if not column.field:
            return Cell("")
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
