"""One line of a list that is offered beside a field; it never takes the focus from there."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop_app.ui.theme.style import current_tokens, scaled

SIDES = 10
_GAP = 12


class OfferRow(QAbstractButton):
    """A row that is clicked or chosen by arrow; what it draws beside the ground is its class's own."""

    HEIGHT = 28
    """Logical pixels at 100 %."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(scaled(self.HEIGHT))
        self._chosen = False

    def show_line(self, line: Any, lines: Sequence[Any]) -> None:
        """Show one of ``lines``, which are aligned with each other."""
        self.setAccessibleName(line.told())
        self.update()

    def widths(self, lines: Sequence[Any]) -> tuple[int, int]:
        """Return the pixels that lines need at least, and those they would take; none of its own here."""
        return 0, 0

    def set_chosen(self, chosen: bool) -> None:
        """Show whether Enter takes this row."""
        if chosen != self._chosen:
            self._chosen = chosen
            self.update()

    def sizeHint(self) -> QSize:
        """Return the height of a row; it takes the width it is given."""
        return QSize(0, scaled(self.HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, and on it the line."""
        tokens, painter = current_tokens(), QPainter(self)
        if self._chosen or self.underMouse():
            painter.fillRect(self.rect(), QColor(tokens.selection if self._chosen else tokens.hover))
        self.draw(painter)

    @abstractmethod
    def draw(self, painter: QPainter) -> None:
        """Draw the line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the word that is ``said``, and before it the ``mark`` it is typed by ("" for none)."""

    said: str
    mark: str = ""

    def told(self) -> str:
        """Return the line as it is read out."""
        return f"{self.mark} {self.said}".strip()


class LineRow(OfferRow):
    """A mark in the accent colour and a word."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._line, self._marks = Line(""), 0

    def show_line(self, line: Line, lines: Sequence[Line]) -> None:
        """Show a line; the marks of all have one column."""
        self._line, self._marks = line, self._widest(one.mark for one in lines)
        super().show_line(line, lines)

    def widths(self, lines: Sequence[Line]) -> tuple[int, int]:
        """Return the width of the longest: lines are never cut for the sake of their place."""
        marks = self._widest(one.mark for one in lines)
        said = self._widest(one.said for one in lines)
        wanted = said + marks + (scaled(_GAP) if marks else 0) + 2 * scaled(SIDES) + 12
        return wanted, wanted

    def draw(self, painter: QPainter) -> None:
        """Draw the mark, and the word as far as there is room."""
        tokens = current_tokens()
        room = self.rect().adjusted(scaled(SIDES), 0, -scaled(SIDES), 0)
        flags = int(Qt.AlignmentFlag.AlignVCenter)
        if self._line.mark:
            painter.setPen(QColor(tokens.accent))
            painter.drawText(room, flags, self._line.mark)
            room.setLeft(room.left() + self._marks + scaled(_GAP))
        painter.setPen(QColor(tokens.text))
        said = self.fontMetrics().elidedText(self._line.said, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, flags, said)

    def _widest(self, texts: Iterable[str]) -> int:
        self.ensurePolished()  # before its first showing it would have another font
        return max(map(QFontMetrics(self.font()).horizontalAdvance, texts), default=0)
