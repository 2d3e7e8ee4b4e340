"""The lists of the window: whole rows, by keys, with columns that are chosen, moved, drawn and remembered."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop_app.ui.preferences import Preferences
from desktop_app.ui.tables.column_menu import column_menu
from desktop_app.ui.tables.headings import fit_rest
from desktop_app.ui.tables.paged_model import PagedModel
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.words import Words

ROW_HEIGHT = 30
LEAST_WIDTH = 36
_ROWS_AHEAD = 20
"""Rows above the first in sight while which the page before them is asked for."""


class TableView(QTableView):
    """Rows of one height, one of them selected; Tab leaves the list.

    Arrows, page keys, Home and End go from row to row; Enter or a double click emits ``opened``. ``name`` is
    the object name, and what the columns are remembered under; ``widths`` are pixels by column, 0 takes the
    rest. ``empty`` is shown in place of the rows where there are none. The menu key, or a right click on the
    headings, opens the choice of columns.
    """

    opened = Signal(QModelIndex)

    def __init__(
        self,
        model: PagedModel[Any],
        preferences: Preferences,
        words: Words,
        name: str,
        widths: Sequence[int],
        *,
        accessible_name: str,
        empty: EmptyState | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._pages, self._preferences, self._empty = model, preferences, empty
        self._words, self._came = words, tuple(widths)
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
        self._make_header()
        self._lay_out_columns()
        self.doubleClicked.connect(self.opened)
        self.fit()
        self._going: Qt.Key | None = None
        model.loaded.connect(self._arrive)
        model.put_before.connect(self._stay)
        self.verticalScrollBar().valueChanged.connect(self._look_up)
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

    def ask_columns(self) -> None:
        """Let a person choose the columns, in a menu below the headings."""
        header = self.horizontalHeader()
        self._ask_columns(QPoint(0, header.height()))

    def offered(self) -> Collection[int]:
        """Return the columns that a person may choose among."""
        return range(self.model().columnCount())

    def always(self) -> Collection[int]:
        """Return the columns that are never hidden: whatever takes the rest of the room."""
        return [column for column, width in enumerate(self._came) if not width]

    def chosen(self) -> frozenset[int] | None:
        """Return the columns that a person chose; None where nobody did."""
        chosen = self._preferences.chosen_columns(self.objectName())
        return None if chosen is None else chosen | frozenset(self.always())

    def fit(self) -> None:
        """Show the columns chosen."""
        chosen = self.chosen()
        self.show_columns(frozenset(self.offered()) if chosen is None else chosen)

    def show_columns(self, shown: Collection[int]) -> None:
        """Show these columns and no others."""
        for column in range(self.model().columnCount()):
            if self.isColumnHidden(column) is (column in shown):
                self.setColumnHidden(column, column not in shown)

    def width_wanted(self, column: int) -> int:
        """Return the width of a column in pixels, hidden or not: as drawn, else as it came."""
        drawn = dict(self._preferences.columns(self.objectName())).get(column)
        return scaled(drawn or self._came[column])

    def reset_columns(self) -> None:
        """Give the list the columns, order and widths it came with."""
        self._preferences.reset_columns(self.objectName())
        self._lay_out_columns()
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the heading of what takes the rest whole; widths that a person has drawn stay."""
        super().resizeEvent(event)
        fit_rest(self, (column for column, width in enumerate(self._came) if not width))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the choice of columns by the menu key; a right click in the rows means a row."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self.ask_columns()
        else:
            super().contextMenuEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by rows; a key that types is left to the window."""
        current = self.currentIndex()
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(Qt.Key(event.key()))
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
                self._keep_columns()
        return super().eventFilter(watched, event)

    def _go(self, key: Qt.Key) -> None:
        """Go to the first or the last row of the list, which may have to be read first."""
        self._going = key
        if key is Qt.Key.Key_End and not self._pages.holds_end:
            self._pages.go_to_end()
        elif key is Qt.Key.Key_Home and not self._pages.holds_start:
            self._pages.go_to_start()
        else:
            self._arrive()

    def _arrive(self) -> None:
        going, self._going = self._going, None
        if going is not None:
            goal = 0 if going is Qt.Key.Key_Home else self._pages.rowCount() - 1
            self.select(self._pages.index(goal, max(0, self.currentIndex().column())))

    def _look_up(self, first: int) -> None:
        """Read the page before while there are still rows above to look at."""
        if first < _ROWS_AHEAD:
            self._pages.fetch_before()

    def _stay(self, count: int) -> None:
        """Keep in sight what is in sight when rows are put before the first."""
        self.updateGeometries()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + count)

    def _show_empty(self) -> None:
        if self._empty is not None:
            empty = self._pages.ready and self._pages.rowCount() == 0
            # Headings over nothing say nothing, and the sentence needs their room on a low window.
            self.horizontalHeader().setVisible(not empty)
            self._empty.setGeometry(self.viewport().rect())
            self._empty.setVisible(empty)

    def _make_header(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setMinimumSectionSize(scaled(LEAST_WIDTH))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setToolTip(self._words.say("window.tables.columns_hint"))
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._ask_columns)
        header.viewport().installEventFilter(self)
        # Qt moves a column behind the event filter, and tells of a width at every pixel.
        header.sectionMoved.connect(lambda *_places: None if self._laying_out else self._keep_columns())

    def _lay_out_columns(self) -> None:
        """Give the columns their order and widths, as drawn at whatever zoom, else as they came."""
        header = self.horizontalHeader()
        drawn = self._preferences.columns(self.objectName())
        if sorted(place for place, _ in drawn) != list(range(header.count())):
            drawn = tuple((place, 0) for place in range(header.count()))
        self._laying_out = True
        for visual, (place, width) in enumerate(drawn):
            header.moveSection(header.visualIndex(place), visual)
            came = self._came[place] if place < len(self._came) else 0
            mode = QHeaderView.ResizeMode.Interactive if came else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(place, mode)
            if came:
                self.setColumnWidth(place, scaled(width or came))
        self._laying_out = False

    def _keep_columns(self) -> None:
        header = self.horizontalHeader()
        before = dict(self._preferences.columns(self.objectName()))
        drawn = []
        for place in (header.logicalIndex(visual) for visual in range(header.count())):
            own = header.sectionResizeMode(place) is QHeaderView.ResizeMode.Interactive
            size = round(header.sectionSize(place) * 100 / scaled(100)) if own else 0
            drawn.append((place, size or before.get(place, 0)))
        self._preferences.keep_columns(self.objectName(), drawn)

    def _ask_columns(self, at: QPoint) -> None:
        chosen = self.chosen()
        shown = [place for place in self.offered() if not self.isColumnHidden(place)]
        model, across = self.model(), Qt.Orientation.Horizontal
        menu = column_menu(
            self._words,
            {place: str(model.headerData(place, across)) for place in self._in_order()},
            shown if chosen is None else chosen,
            self.always(),
            self._choose,
            self.reset_columns,
            self._move,
            self,
        )
        menu.popup(self.horizontalHeader().mapToGlobal(at))
        first = next((action for action in menu.actions() if action.isEnabled()), None)
        if first is not None:
            menu.setActiveAction(first)

    def _in_order(self) -> list[int]:
        """Return the columns that are offered as they stand, shown or not."""
        return sorted(self.offered(), key=self.horizontalHeader().visualIndex)

    def _move(self, column: int, by: int) -> bool:
        """Let a column and its neighbour change places; False at the edge."""
        order, header = self._in_order(), self.horizontalHeader()
        goal = order.index(column) + by
        if not 0 <= goal < len(order):
            return False
        header.moveSection(header.visualIndex(column), header.visualIndex(order[goal]))
        return True

    def _choose(self, column: int, show: bool) -> None:
        chosen = self.chosen()
        if chosen is None:
            chosen = frozenset(place for place in self.offered() if not self.isColumnHidden(place))
        chosen = chosen | {column} if show else chosen - {column}
        self._preferences.choose_columns(self.objectName(), chosen)
        self.fit()

    def _columns(self) -> list[tuple[int, int]]:
        header = self.horizontalHeader()
        return [(header.visualIndex(place), header.sectionSize(place)) for place in range(header.count())]
