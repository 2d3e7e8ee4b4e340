"""A few lines to choose from, as a child frame beside what is typed, which keeps the focus (DESK §5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QVBoxLayout, QWidget

from desktop_app.ui.theme.style import current_tokens, scaled
from desktop_app.ui.widgets.announce import announce
from desktop_app.ui.widgets.labels import PlainLabel

MOST = 8
_ROW, _SIDES, _GAP = 28, 10, 12
_NARROWEST, _WIDEST = 180, 560
_EDGE = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the word that is ``said``, and before it the ``mark`` it is typed by ("" for none)."""

    said: str
    mark: str = ""

    def told(self) -> str:
        """Return the line as it is read out."""
        return f"{self.mark} {self.said}".strip()


class OfferList(QFrame):
    """Up to ``MOST`` lines over ``parent``, one of them chosen or none; it never takes the focus.

    ``taken`` carries the place of the line that was clicked.
    """

    taken = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("offer_list")
        self.setProperty("role", "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._over = parent
        self._lines: tuple[Line, ...] = ()
        self._chosen = -1
        self._rows = [_Row(self) for _ in range(MOST)]
        self._heading = PlainLabel(role="secondary")
        self._heading.setContentsMargins(scaled(_SIDES), scaled(3), scaled(_SIDES), scaled(3))
        self._heading.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 3, 2, 3)
        layout.setSpacing(0)
        layout.addWidget(self._heading)
        for place, row in enumerate(self._rows):
            row.clicked.connect(lambda _checked=False, place=place: self.taken.emit(place))
            layout.addWidget(row)
        self.hide()

    @property
    def over(self) -> QWidget:
        """What it lies over."""
        return self._over

    @property
    def chosen(self) -> int:
        """The place of the chosen line; -1 where none is, and while nothing is offered."""
        return self._chosen if self.isVisible() else -1

    def set_heading(self, text: str) -> None:
        """Show a line above what is offered."""
        self._heading.setText(text)
        self._heading.show()

    def offer(self, lines: Sequence[Line], beside: QRect, chosen: int = 0) -> None:
        """Show lines below ``beside`` (in the parent's coordinates), above it where there is more room."""
        parent = self._over
        below = parent.height() - beside.bottom() - scaled(_EDGE)
        above = beside.top() - scaled(_EDGE)
        fitting = max(1, (max(below, above) - 8) // scaled(_ROW))
        self._lines = tuple(lines[: min(MOST, fitting)])
        self._chosen = min(chosen, len(self._lines) - 1)
        marks = max((self._width(line.mark) for line in self._lines), default=0)
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(self._lines))
            if place < len(self._lines):
                row.show_line(self._lines[place], marks, chosen=place == self._chosen)
        said = max((self._width(line.said) for line in self._lines), default=0)
        top_line = self._heading.sizeHint() if not self._heading.isHidden() else QSize(0, 0)
        wanted = said + marks + (scaled(_GAP) if marks else 0) + 2 * scaled(_SIDES) + 12
        wanted = max(scaled(_NARROWEST), wanted, top_line.width() + 8)
        width = min(wanted, scaled(_WIDEST), parent.width() - 2 * scaled(_EDGE))
        height = top_line.height() + len(self._lines) * scaled(_ROW) + 8
        left = max(scaled(_EDGE), min(beside.left(), parent.width() - width - scaled(_EDGE)))
        top = beside.bottom() + 2 if height <= below or below >= above else beside.top() - height - 2
        self.setGeometry(left, top, width, height)
        self.setVisible(bool(self._lines))
        self.raise_()

    def step(self, step: int) -> None:
        """Choose the next line, from the last one the first."""
        count = len(self._lines)
        if not count:
            return
        self._chosen = (max(self._chosen, 0 if step < 0 else -1) + step) % count
        for place, row in enumerate(self._rows):
            row.set_chosen(place == self._chosen)
        announce(self, self._lines[self._chosen].told())

    def dismiss(self) -> None:
        """Offer nothing any more."""
        self._lines, self._chosen = (), -1
        self.hide()

    def _width(self, text: str) -> int:
        self._rows[0].ensurePolished()  # before its first showing it would have another font
        return QFontMetrics(self._rows[0].font()).horizontalAdvance(text)


class _Row(QAbstractButton):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(scaled(_ROW))
        self._line, self._marks, self._chosen = Line(""), 0, False

    def show_line(self, line: Line, marks: int, *, chosen: bool) -> None:
        self._line, self._marks, self._chosen = line, marks, chosen
        self.setAccessibleName(line.told())
        self.update()

    def set_chosen(self, chosen: bool) -> None:
        if chosen != self._chosen:
            self._chosen = chosen
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, scaled(_ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = current_tokens()
        painter = QPainter(self)
        if self._chosen or self.underMouse():
            painter.fillRect(self.rect(), QColor(tokens.selection if self._chosen else tokens.hover))
        room = self.rect().adjusted(scaled(_SIDES), 0, -scaled(_SIDES), 0)
        flags = int(Qt.AlignmentFlag.AlignVCenter)
        if self._line.mark:
            painter.setPen(QColor(tokens.accent))
            painter.drawText(room, flags, self._line.mark)
            room.setLeft(room.left() + self._marks + scaled(_GAP))
        painter.setPen(QColor(tokens.text))
        said = self.fontMetrics().elidedText(self._line.said, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, flags, said)


def place_in(parent: QWidget, widget: QWidget) -> QRect:
    """Return where a widget lies in an ancestor's coordinates."""
    return QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())
