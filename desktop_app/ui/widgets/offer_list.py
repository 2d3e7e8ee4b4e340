"""A few lines to choose from, as a child frame beside what is typed, which keeps the focus (DESK §5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.announce import announce
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.ui.widgets.offer_row import SIDES, LineRow, OfferRow

MOST = 8
_NARROWEST, _WIDEST = 180, 760
_EDGE = 6


class Told(Protocol):
    """What a row of the list's class shows."""

    def told(self) -> str:
        """Return it as it is read out."""
        ...


class OfferList(QFrame):
    """Up to ``MOST`` rows over ``parent``, one of them chosen or none; it never takes the focus.

    ``taken`` carries the place of the row that was clicked. ``foot`` stands below the rows.
    """

    taken = Signal(int)

    def __init__(
        self, parent: QWidget, row: type[OfferRow] = LineRow, *, foot: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("offer_list")
        self.setProperty("role", "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._over, self._foot = parent, foot
        self._lines: tuple[Told, ...] = ()
        self._chosen = -1
        self._rows = [row(self) for _ in range(MOST)]
        self._heading = PlainLabel(role="secondary")
        self._heading.setContentsMargins(scaled(SIDES), scaled(3), scaled(SIDES), scaled(3))
        self._heading.hide()
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 3, 2, 3)
        layout.setSpacing(0)
        layout.addWidget(self._heading)
        for place, one in enumerate(self._rows):
            one.clicked.connect(lambda _checked=False, place=place: self.taken.emit(place))
            layout.addWidget(one)
        if foot is not None:
            layout.addWidget(foot)
        self.hide()

    @property
    def over(self) -> QWidget:
        """What it lies over."""
        return self._over

    @property
    def chosen(self) -> int:
        """The place of the chosen row; -1 where none is, and while nothing is offered."""
        return self._chosen if self.isVisible() else -1

    @property
    def count(self) -> int:
        """How many rows are on screen."""
        return len(self._lines) if self.isVisible() else 0

    def set_heading(self, text: str) -> None:
        """Show a line above what is offered."""
        self._heading.setText(text)
        self._heading.show()

    def offer(self, lines: Sequence[Told], beside: QRect, chosen: int = 0) -> None:
        """Show lines below ``beside`` (in the parent's coordinates), above it where there is more room."""
        parent = self._over
        below = parent.height() - beside.bottom() - scaled(_EDGE)
        above = beside.top() - scaled(_EDGE)
        others = sum(one.sizeHint().height() for one in self._others())
        row = self._rows[0].sizeHint().height()
        fitting = max(1, (max(below, above) - others - 12) // row)
        self._lines = tuple(lines[: min(MOST, fitting)])
        self._chosen = min(chosen, len(self._lines) - 1)
        for place, one in enumerate(self._rows):
            one.setVisible(place < len(self._lines))
            one.set_chosen(place == self._chosen)
            if place < len(self._lines):
                one.show_line(self._lines[place], self._lines)
        width = self._width(beside)
        # The frame's border is the style sheet's, and its rows round by themselves: the layout adds them up.
        self.ensurePolished()
        self._column.invalidate()
        height = self._column.totalSizeHint().height()
        left = max(scaled(_EDGE), min(beside.left(), parent.width() - width - scaled(_EDGE)))
        top = beside.bottom() + 2 if height <= below or below >= above else beside.top() - height - 2
        self.setGeometry(left, top, width, height)
        self.setVisible(bool(self._lines))
        self.raise_()

    def step(self, step: int) -> None:
        """Choose the next row, from the last one the first."""
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

    def _others(self) -> list[QWidget]:
        """Return what stands above and below the rows."""
        heading = [] if self._heading.isHidden() else [self._heading]
        return [*heading, *([self._foot] if self._foot is not None else [])]

    def _width(self, beside: QRect) -> int:
        """Return what the lines ask for: beginning where ``beside`` does, as long as that is enough."""
        least, wanted = self._rows[0].widths(self._lines)
        floor = max(scaled(_NARROWEST), *(one.minimumSizeHint().width() + 8 for one in self._others()), 0)
        from_here = self._over.width() - beside.left() - scaled(_EDGE)
        width = max(floor, least, min(wanted, from_here))
        return min(width, scaled(_WIDEST), self._over.width() - 2 * scaled(_EDGE))


def place_in(parent: QWidget, widget: QWidget) -> QRect:
    """Return where a widget lies in an ancestor's coordinates."""
    return QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())
