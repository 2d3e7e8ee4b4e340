"""A table whose row at hand is ticked by one key."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop_app.ui.tables.table import Table


class TickTable(Table):
    """``ticked`` carries the row on which Space was pressed; a key held down ticks once."""

    ticked = Signal(int)
    ticking: tuple[Qt.Key, ...] = (Qt.Key.Key_Space,)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in self.ticking or self.current_row() < 0:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.ticked.emit(self.current_row())
