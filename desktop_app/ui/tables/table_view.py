"""The lists of the window: whole rows, by keys, with widths that are remembered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop_app.ui.preferences import Preferences
from desktop_app.ui.tables.paged_model import PagedModel
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.empty_state import EmptyState

ROW_HEIGHT = 30
LEAST_WIDTH = 36


class TableView(QTableView):
    """Rows of one height, one of them selected; Tab leaves the list.

    Arrows, page keys, Home and End go from row to row; Enter or a double click emits ``opened``. ``name`` is
    the object name, and what the widths are remembered under; ``widths`` are pixels by column, 0 takes the
    rest. ``empty`` is shown in place of the rows where there are none.
    """

    opened = Signal(QModelIndex)

    def __init__(
        self,
        model: PagedModel[Any],
        preferences: Preferences,
        name: str,
        widths: Sequence[int],
        *,
        accessible_name: str,
        empty: EmptyState | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._pages, self._preferences, self._empty = model, preferences, empty
        self._at_press: list[tuple[int, int]] = []
        self.setObjectName(name)
        self.setAccessibleName(accessible_name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(scaled(24))
        self.verticalHeader().setDefaultSectionSize(scaled(ROW_HEIGHT))
        self.setModel(model)
        self._lay_out_columns(widths)
        self.doubleClicked.connect(self.opened)
        if empty is not None:
            empty.setParent(self.viewport())
            self.viewport().installEventFilter(self)
            for changed in (model.loaded, model.rowsInserted, model.rowsRemoved):
                changed.connect(self._show_empty)
            self._show_empty()

    def select(self, index: QModelIndex) -> None:
        """Make a row the current one and bring it on screen; an invalid index changes nothing."""
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by rows; a key that types is left to the window."""
        last = self.model().rowCount() - 1
        goal = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}.get(Qt.Key(event.key()))
        current = self.currentIndex()
        if goal is not None and last >= 0:
            self.select(self.model().index(goal, max(0, current.column())))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if current.isValid() and not event.isAutoRepeat():
                self.opened.emit(current)
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the empty state as large as the room for rows, and widths that a person has drawn."""
        if event.type() == QEvent.Type.Resize and watched is self.viewport() and self._empty is not None:
            self._empty.setGeometry(self.viewport().rect())
        elif watched is self.horizontalHeader().viewport():
            if event.type() == QEvent.Type.MouseButtonPress:
                self._at_press = self._columns()
            elif event.type() == QEvent.Type.MouseButtonRelease and self._columns() != self._at_press:
                self._preferences.keep_columns(self.objectName(), self.horizontalHeader().saveState())
        return super().eventFilter(watched, event)

    def _show_empty(self) -> None:
        if self._empty is not None:
            empty = self._pages.ready and self._pages.rowCount() == 0
            # Headings over nothing say nothing, and the sentence needs their room on a low window.
            self.horizontalHeader().setVisible(not empty)
            self._empty.setGeometry(self.viewport().rect())
            self._empty.setVisible(empty)

    def _lay_out_columns(self, widths: Sequence[int]) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(scaled(LEAST_WIDTH))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate(widths):
            mode = QHeaderView.ResizeMode.Interactive if width else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(column, mode)
            if width:
                self.setColumnWidth(column, scaled(width))
        kept = self._preferences.columns(self.objectName())
        count = header.count()
        if kept is not None and (not header.restoreState(kept) or header.count() != count):
            self._preferences.forget_columns()
        header.viewport().installEventFilter(self)

    def _columns(self) -> list[tuple[int, int]]:
        header = self.horizontalHeader()
        return [(header.visualIndex(place), header.sectionSize(place)) for place in range(header.count())]
