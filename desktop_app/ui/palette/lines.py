"""The lines of the palette under their headings, drawn in the colours of the theme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.ui.palette.ranking import Entry
from desktop_app.ui.theme.style import current_tokens, scaled
from desktop_app.ui.widgets.style_option import typed
from desktop_app.words import Words

ROW, HEADING = 30, 24
_EDGE, _GAP = 12, 12
_MOST_HINT = 0.4
_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class Lines(QAbstractListModel):
    """Entries under a heading for each group; a heading cannot be chosen."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._lines: list[str | Entry] = []

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._lines = []
        group = ""
        for entry in entries:
            if entry.group != group:
                group = entry.group
                self._lines.append(self._words.say(f"window.palette.group.{group}"))
            self._lines.append(entry)
        self.endResetModel()

    def entry(self, index: _Index) -> Entry | None:
        """Return what stands at an index; None for a heading and for nothing."""
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        return line if isinstance(line, Entry) else None

    def step(self, row: int, by: int) -> int:
        """Return the row of the next entry in a direction, round the end; -1 where there is none."""
        rows = [at for at, line in enumerate(self._lines) if isinstance(line, Entry)]
        if not rows:
            return -1
        return rows[(rows.index(row) + by) % len(rows)] if row in rows else rows[0 if by > 0 else -1]

    def height(self) -> int:
        """Return how high all lines are together, in pixels."""
        return sum(scaled(ROW if isinstance(line, Entry) else HEADING) for line in self._lines)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return super().flags(index) if self.entry(index) is not None else Qt.ItemFlag.NoItemFlags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        if isinstance(line, str):
            return line if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(line)
        return None


def spoken(entry: Entry) -> str:
    """Return an entry as a screen reader says it."""
    return "  ".join(part for part in (entry.title, entry.detail, entry.hint) if part)


class LineDrawer(QStyledItemDelegate):
    """Draws title, detail and hint of an entry in one line, and headings small and muted."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        entry = _entry_of(index)
        return QSize(0, scaled(HEADING if entry is None else ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        tokens, entry = current_tokens(), _entry_of(index)
        told = typed(option)
        rect, font = told.rect, QFont(told.font)
        painter.save()
        inner = rect.adjusted(scaled(_EDGE), 0, -scaled(_EDGE), 0)
        small = QFont(font)
        small.setPixelSize(scaled(13))
        if entry is None:
            small.setWeight(QFont.Weight.DemiBold)
            _text(painter, inner, str(index.data() or ""), small, tokens.muted, bottom=True)
            painter.restore()
            return
        if told.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(tokens.selection))
        hint = _text(painter, inner, entry.hint, small, tokens.muted, most=_MOST_HINT, right=True)
        inner.setRight(inner.right() - (hint + scaled(_GAP) if hint else 0))
        used = _text(painter, inner, entry.title, font, tokens.text)
        inner.setLeft(inner.left() + used + scaled(_GAP))
        if entry.detail and inner.width() > scaled(ROW):
            _text(painter, inner, " ".join(entry.detail.split()), small, tokens.muted)
        painter.restore()


def _entry_of(index: _Index) -> Entry | None:
    model = index.model()
    return model.entry(index) if isinstance(model, Lines) else None


def _text(
    painter: QPainter,
    rect: QRect,
    text: str,
    font: QFont,
    colour: str,
    *,
    most: float = 1.0,
    right: bool = False,
    bottom: bool = False,
) -> int:
    """Draw a text in its colour, cut where it must be, and return how wide it came out."""
    if not text:
        return 0
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, round(rect.width() * most))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    height = Qt.AlignmentFlag.AlignBottom if bottom else Qt.AlignmentFlag.AlignVCenter
    painter.drawText(rect, int(side | height), shown)
    return painter.fontMetrics().horizontalAdvance(shown)
