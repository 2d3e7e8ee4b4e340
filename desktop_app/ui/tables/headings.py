"""Headings that are never cut, whatever their words and however narrow the table: it scrolls instead."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableView

from desktop_app.ui.theme.style import scaled

_AROUND = 18


def heading_width(table: QTableView, column: int) -> int:
    """Return how wide a column has to be for its heading, in pixels."""
    words = str(table.model().headerData(column, Qt.Orientation.Horizontal) or "")
    return table.horizontalHeader().fontMetrics().horizontalAdvance(words) + scaled(_AROUND)


def fit_rest(table: QTableView, columns: Iterable[int]) -> None:
    """Let these columns take the rest of the room, and their headings' where that is more."""
    header, modes = table.horizontalHeader(), QHeaderView.ResizeMode
    for column in columns:
        others = (one for one in range(header.count()) if one != column)
        left = table.viewport().width() - sum(table.columnWidth(one) for one in others)
        needed = 0 if header.isHidden() else heading_width(table, column)
        mode = modes.Stretch if left >= needed else modes.Fixed
        if header.sectionResizeMode(column) is not mode:
            header.setSectionResizeMode(column, mode)
        if mode is modes.Fixed:
            table.setColumnWidth(column, needed)
