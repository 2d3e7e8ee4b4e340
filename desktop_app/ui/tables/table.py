"""Short tables: whole rows, one at a time, by keys, with headers that keep their widths."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop_app.ui.tables.headings import fit_rest, heading_width
from desktop_app.ui.theme.style import scaled

_LOW_ROWS = 2
"""Rows a low table asks room for; it takes more where there is more."""
_MOST_FITTED = 100
"""Rows beyond have the usual height: nobody reads so far down a list that is short on all other days."""
_LOOKS = (QEvent.Type.FontChange, QEvent.Type.StyleChange)


_PADDING = 16
"""Of a cell in the style sheet, left and right, which Qt forgets where it breaks lines."""


class _Wrapped(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of all lines at the width that is left for words."""
        inside = QStyleOptionViewItem(option)
        rect = option.rect  # type: ignore[attr-defined]
        inside.rect = rect.adjusted(0, 0, -scaled(_PADDING), 0)  # type: ignore[attr-defined]
        return super().sizeHint(inside, index)


class Table(QTableView):
    """Rows of one height, one selected; Tab leaves it. ``widths`` are pixels by column, 0 takes the rest.

    With ``wrap``, which is for short lists, a row is as high as its words need; ``fitted`` says that heights
    changed. They are measured when rows or widths change: Qt's own mode measures all of them at each change
    of a cell, and cells with a countdown change every second. A heading is never cut: its column is as wide
    as its words. A ``low`` table stands with others in a column that scrolls.
    """

    fitted = Signal()

    def __init__(
        self,
        model: QAbstractItemModel,
        name: str,
        widths: Sequence[int],
        parent: QWidget | None = None,
        *,
        header: bool = True,
        wrap: bool = False,
        low: bool = False,
    ) -> None:
        super().__init__(parent)
        self._low, self._wraps = low, wrap
        self._fit_soon = QTimer(self, singleShot=True, interval=0)
        self._fit_soon.timeout.connect(self._fit_rows)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(header)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(wrap)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(scaled(30))
        self.verticalHeader().setMinimumSectionSize(scaled(30 if wrap else 24))
        if wrap:
            self.setItemDelegate(_Wrapped(self))
            model.modelReset.connect(self._fit_rows)
            self.horizontalHeader().sectionResized.connect(lambda *_sizes: self._fit_soon.start())
        columns = self.horizontalHeader()
        columns.setVisible(header)
        columns.setHighlightSections(False)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.set_widths(widths)

    def set_widths(self, widths: Sequence[int]) -> None:
        """Give each column its width; the one with 0 takes what is left."""
        self._widths = tuple(widths)
        columns = self.horizontalHeader()
        for column, width in enumerate(widths):
            stretch = QHeaderView.ResizeMode.Stretch if not width else QHeaderView.ResizeMode.Interactive
            columns.setSectionResizeMode(column, stretch)
            if width:
                self.setColumnWidth(column, scaled(width))
        self._fit_headings()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the headings whole."""
        super().resizeEvent(event)
        self._fit_headings()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), self._low_height()) if self._low else hint

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width(), self._low_height()) if self._low else hint

    def _low_height(self) -> int:
        columns = self.horizontalHeader()
        heading = 0 if columns.isHidden() else columns.sizeHint().height()
        return heading + _LOW_ROWS * self.verticalHeader().defaultSectionSize() + 2 * self.frameWidth()

    def _fit_headings(self) -> None:
        if not self.horizontalHeader().isHidden():
            for column, width in enumerate(self._widths):
                if width:
                    self.setColumnWidth(column, max(self.columnWidth(column), heading_width(self, column)))
        fit_rest(self, [column for column, width in enumerate(self._widths) if not width])

    def current_row(self) -> int:
        """Return the row that is selected, -1 where none is."""
        index = self.currentIndex()
        return index.row() if index.isValid() else -1

    def go_to(self, row: int) -> None:
        """Select a row and bring it on screen; nothing where there is no such row."""
        if 0 <= row < self.model().rowCount():
            index = self.model().index(row, 0)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def changeEvent(self, event: QEvent) -> None:
        """Words of another size need other heights."""
        super().changeEvent(event)
        # Qt tells of looks before the first line of ``__init__`` is done.
        if event.type() in _LOOKS and getattr(self, "_wraps", False):
            self._fit_soon.start()

    def _fit_rows(self) -> None:
        self._fit_soon.stop()
        for row in range(min(self.model().rowCount(), _MOST_FITTED)):
            self.resizeRowToContents(row)
        self.fitted.emit()
