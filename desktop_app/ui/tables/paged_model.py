"""Rows of a long list, read a page at a time on another thread; a refresh keeps selection and place.

A page is asked for by the key of the row before it, so that rows that come in at the top meanwhile make none
appear twice. How many there are in all is not known before the end is reached. The rows that are held begin
with the first of the list or end with its last: ``go_to_end`` goes to the last of a million without reading
what lies between, and pages before them are then read as somebody goes up.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QIcon

from desktop_app.ui.background.background import Background

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
AnyIndex = QModelIndex | QPersistentModelIndex
PAGE = 60
_NOWHERE = QModelIndex()


class Page(Protocol[R_co]):
    """Some rows, and whether there are more beyond them, the way they were asked for."""

    @property
    def rows(self) -> Sequence[R_co]: ...

    @property
    def more(self) -> bool: ...


Fetch = Callable[[Any, int], Page[R]]
"""Reads a page behind the key of a row (None: from the top), of at most so many rows; on another thread.

One that goes back reads those before a row (None: the last of all), in the order of the list.
"""


@dataclass(frozen=True)
class Column(Generic[R]):
    """What of a row stands in one column. ``spoken`` is what a screen reader says where there is an icon."""

    title: str
    text: Callable[[R], str] = lambda row: ""
    icon: Callable[[R], QIcon | None] = lambda row: None
    spoken: Callable[[R], str] | None = None
    tip: Callable[[R], str] | None = None
    colour: Callable[[R], str | None] = lambda row: None
    right: bool = False


class PagedModel(QAbstractTableModel, Generic[R]):
    """``loaded`` says that rows arrived, also when there are none; ``failed`` takes what went wrong.

    ``key`` names a row for good: a row is the same after a refresh where its key is.
    """

    loaded = Signal()
    put_before = Signal(int)
    """So many rows were put before the first."""

    def __init__(
        self,
        background: Background,
        columns: Sequence[Column[R]],
        key: Callable[[R], Hashable],
        fetch: Fetch[R] | None = None,
        *,
        failed: Callable[[Exception], None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._background, self._columns, self._key = background, tuple(columns), key
        self._fetch, self._failed = fetch, failed
        self._fetch_back: Fetch[R] | None = None
        self._rows: list[R] = []
        self._more = self._before = False
        self._asked = 0
        self._reading = False
        self.ready = False
        """Whether any answer came yet."""
        background.closing.connect(self._forget_fetch)

    def show(self, fetch: Fetch[R], back: Fetch[R] | None = None) -> None:
        """Show what another fetch reads; the old rows stay until the new ones arrive.

        Without one that goes ``back`` the end is reached page by page only.
        """
        self._fetch, self._fetch_back = fetch, back
        self.go_to_start()

    def refresh(self) -> None:
        """Read again what is shown; rows that stayed keep their selection."""
        self._read(None, max(PAGE, len(self._rows)), self._replace, back=self._before)

    def go_to_start(self) -> None:
        """Read the first rows of the list."""
        self._read(None, PAGE, self._replace)

    def go_to_end(self) -> None:
        """Read the last rows of the list, at once."""
        if self._fetch_back is not None:
            self._read(None, PAGE, self._replace, back=True)

    @property
    def holds_start(self) -> bool:
        """Whether the first row of the list is here."""
        return not self._before

    @property
    def holds_end(self) -> bool:
        """Whether the last row of the list is here, or can only be reached page by page."""
        return not self._more or self._fetch_back is None

    def fetch_before(self) -> None:
        """Ask for the page before the first row, where there is one."""
        if self._before and not self._reading and self._rows:
            self._read(self._key(self._rows[0]), PAGE, self._put_before, back=True)

    def row_at(self, index: AnyIndex) -> R | None:
        """Return the row of an index, None for no row."""
        return self._rows[index.row()] if self._has(index) else None

    def index_of(self, key: Hashable) -> QModelIndex:
        """Return the index of the row with this key; an invalid one where it is not loaded."""
        rows = (place for place, row in enumerate(self._rows) if self._key(row) == key)
        return self.index(next(rows, -1), 0)

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Return how many rows are loaded."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def canFetchMore(self, parent: AnyIndex) -> bool:
        """Whether there are rows that nobody has asked for."""
        return not parent.isValid() and self._more and not self._reading

    def fetchMore(self, parent: AnyIndex) -> None:
        """Ask for the next page; its rows come later."""
        if self.canFetchMore(parent):
            self._read(self._key(self._rows[-1]), PAGE, self._append)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return text, icon, spoken text, tip or colour of a cell."""
        if not self._has(index):
            return None
        row, column = self._rows[index.row()], self._columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(row)
            case Qt.ItemDataRole.DecorationRole:
                return column.icon(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return (column.spoken or column.text)(row)
            case Qt.ItemDataRole.ToolTipRole:
                return _plain_tip(column.tip(row)) if column.tip else None
            case Qt.ItemDataRole.ForegroundRole:
                colour = column.colour(row)
                return QColor(colour) if colour else None
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
                return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's title."""
        across = orientation == Qt.Orientation.Horizontal and 0 <= section < len(self._columns)
        if across and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._columns[section].title
        return None

    def _has(self, index: AnyIndex) -> bool:
        return index.isValid() and index.row() < len(self._rows)

    def _read(
        self, after: Hashable, limit: int, take: Callable[[Page[R]], None], *, back: bool = False
    ) -> None:
        """Ask for rows; an answer that a later question has overtaken is dropped."""
        fetch = self._fetch_back if back else self._fetch
        if fetch is None:
            return
        self._asked += 1
        self._reading = True
        asked = self._asked

        def arrived(page: Page[R]) -> None:
            if asked == self._asked:
                take(page)
                # Not earlier: views ask for more while rows are being inserted.
                if back:
                    self._before, self._more = page.more, False
                else:
                    self._before, self._more = self._before and after is not None, page.more
                self._reading, self.ready = False, True
                self.loaded.emit()

        def went_wrong(problem: Exception) -> None:
            if asked == self._asked:
                self._reading = False
            if self._failed is not None:
                self._failed(problem)
            else:
                self._background.trouble.emit(problem)

        self._background.query(lambda: fetch(after, limit), arrived, went_wrong, owner=self)

    def _append(self, page: Page[R]) -> None:
        if page.rows:
            first = len(self._rows)
            self.beginInsertRows(_NOWHERE, first, first + len(page.rows) - 1)
            self._rows.extend(page.rows)
            self.endInsertRows()

    def _put_before(self, page: Page[R]) -> None:
        if page.rows:
            self.beginInsertRows(_NOWHERE, 0, len(page.rows) - 1)
            self._rows[:0] = page.rows
            self.endInsertRows()
            self.put_before.emit(len(page.rows))

    def _replace(self, page: Page[R]) -> None:
        """Bring the rows to what was read, moving none that stayed."""
        new = list(page.rows)
        before, after = [self._key(row) for row in self._rows], [self._key(row) for row in new]
        changes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        for change, first, last, new_first, new_last in reversed(changes):
            if change in ("delete", "replace"):
                self.beginRemoveRows(_NOWHERE, first, last - 1)
                del self._rows[first:last]
                self.endRemoveRows()
            if change in ("insert", "replace"):
                self.beginInsertRows(_NOWHERE, first, first + new_last - new_first - 1)
                self._rows[first:first] = new[new_first:new_last]
                self.endInsertRows()
        for place, row in enumerate(new):
            if self._rows[place] != row:
                self._rows[place] = row
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(self._columns) - 1))

    def _forget_fetch(self) -> None:
        self._fetch = self._fetch_back = None


def _plain_tip(text: str) -> str:
    """Return a tip that Qt takes for plain text: it renders what looks like markup."""
    return text.replace("<", "‹").replace(">", "›")
