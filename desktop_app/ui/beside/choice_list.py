"""A short list to pick from by arrows and Enter: a title, what belongs to it at the right, a line below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app.ui.theme.style import current_tokens, scaled
from desktop_app.ui.widgets.style_option import typed

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_LINE, _TWO_LINES, _SIDES, _GAP = 30, 48, 8, 10
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Choice:
    """One row; ``right`` is what is looked for (a number), ``below`` a second line in small."""

    title: str
    right: str = ""
    below: str = ""


class ChoiceList(QListView):
    """``chosen`` is emitted with a row's place by Enter or double click, ``left_up`` by Up in the first."""

    chosen = Signal(int)
    left_up = Signal()

    def __init__(self, name: str, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = _Rows(self)
        self.setObjectName(name)
        self.setAccessibleName(accessible_name)
        self.setModel(self._rows)
        self.setItemDelegate(_Drawn(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(False)
        self.doubleClicked.connect(lambda index: self.chosen.emit(index.row()))

    def fill(self, choices: Sequence[Choice]) -> None:
        """Offer these, the first one selected."""
        self._rows.fill(choices)
        if choices:
            self.setCurrentIndex(self._rows.index(0))

    def place(self) -> int:
        """Return the place of the selected row; -1 where none is."""
        return self.currentIndex().row()

    def count(self) -> int:
        """Return how many are offered."""
        return self._rows.rowCount()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.place() >= 0:
            self.chosen.emit(self.place())
        elif event.key() == Qt.Key.Key_Up and self.place() <= 0:
            self.left_up.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Ask for no more than the least: what stands beside it comes first, the rest scrolls."""
        return QSize(scaled(240), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(160), scaled(_TWO_LINES))


class _Rows(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.choices: list[Choice] = []

    def fill(self, choices: Sequence[Choice]) -> None:
        self.beginResetModel()
        self.choices = list(choices)
        self.endResetModel()

    def height(self, row: int) -> int:
        return scaled(_TWO_LINES if self.choices[row].below else _LINE)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.choices)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        choice = self.choices[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            told = ", ".join(part for part in (choice.title, choice.right, choice.below) if part)
            return told.replace("<", "‹").replace(">", "›")
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(scaled(120), self.height(index.row()))
        return None


class _Drawn(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        if not isinstance(model, _Rows):
            return
        choice, tokens = model.choices[index.row()], current_tokens()
        told = typed(option)
        state, rect = told.state, told.rect
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(tokens.selection))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(tokens.hover))
        inner = rect.adjusted(scaled(_SIDES), 0, -scaled(_SIDES), 0)
        line = QRect(inner.x(), inner.y(), inner.width(), scaled(_LINE) if not choice.below else scaled(27))
        strong = QFont(told.font)
        strong.setWeight(QFont.Weight.DemiBold)
        painter.setPen(QColor(tokens.text))
        middle, start, end = (
            Qt.AlignmentFlag.AlignVCenter,
            Qt.AlignmentFlag.AlignLeft,
            Qt.AlignmentFlag.AlignRight,
        )
        taken = 0
        if choice.right:
            painter.setFont(strong)
            taken = painter.fontMetrics().horizontalAdvance(choice.right) + scaled(_GAP)
            painter.drawText(line, int(middle | end), choice.right)
        painter.setFont(told.font)
        _elided(painter, line.adjusted(0, 0, -taken, 0), choice.title, int(middle | start))
        if choice.below:
            small = QFont(told.font)
            small.setPixelSize(scaled(13))
            painter.setFont(small)
            painter.setPen(QColor(tokens.muted))
            below = QRect(inner.x(), line.bottom() - scaled(4), inner.width(), scaled(20))
            _elided(painter, below, choice.below, int(middle | start))
        painter.restore()


def _elided(painter: QPainter, rect: QRect, text: str, flags: int) -> None:
    cut = painter.fontMetrics().elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, flags, cut)
