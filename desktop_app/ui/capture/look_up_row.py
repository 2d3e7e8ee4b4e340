"""One person offered below a field: what fits in the accent colour, who and where, at right what to mind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from desktop_app.ui.theme.style import current_tokens, scaled
from desktop_app.ui.widgets.icons import pixmap
from desktop_app.ui.widgets.offer_row import OfferRow

_LEAST, _WIDEST = 480, 760
_MARGIN, _GAP, _ICON = 10, 10, 15
_SEPARATORS = re.compile(r"[\s\-‐–—()（）·]")
_LEAST_LEFT = 0.55
"""Share of a row that who and where keep, however long the warning is."""


@dataclass(frozen=True, slots=True)
class RowText:
    """What a row says: ``phone``, ``name`` and ``place``, each with the part that fits; what to mind.

    ``tone`` and ``icon`` belong to what is to be minded.
    """

    phone: str
    name: str
    place: str
    matched: str
    mind: str = ""
    tone: str = "muted"
    icon: str = ""

    def told(self) -> str:
        """Return the row as one sentence."""
        return ", ".join(part for part in (self.phone, self.name, self.place, self.mind) if part)


class LookUpRow(OfferRow):
    """Somebody in a row: the number, who and where, at the right what to mind."""

    HEIGHT = 30

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._told = RowText("", "", "", "")
        self._phones: Sequence[str] = ()
        self.setObjectName("look_up_row")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def told(self) -> RowText:
        """What the row says."""
        return self._told

    def show_line(self, line: RowText, lines: Sequence[RowText]) -> None:
        """Show somebody; the numbers of all rows have one column."""
        self._told, self._phones = line, [one.phone for one in lines]
        super().show_line(line, lines)

    def widths(self, lines: Sequence[RowText]) -> tuple[int, int]:
        """Return the same for everybody: the list does not jump while somebody types."""
        return scaled(_LEAST), scaled(_WIDEST)

    def draw(self, painter: QPainter) -> None:
        """Draw the row from left to right, cutting the place first."""
        rect = self.rect().adjusted(scaled(_MARGIN), 0, -scaled(_MARGIN), 0)
        right = self._draw_mind(painter, rect)
        at = rect.left()
        metrics = QFontMetrics(self._strong())
        wide = max((metrics.horizontalAdvance(phone) + 2 for phone in self._phones if phone), default=0)
        if self._told.phone:
            self._draw(painter, QRect(at, 0, wide, self.height()), self._told.phone, strong=True)
        at += wide + scaled(_GAP) if wide else 0
        for part, strong in ((self._told.name, False), (self._told.place, False)):
            if not part:
                continue
            if at > rect.left() and part is self._told.place and self._told.name:
                at = self._draw(painter, QRect(at, 0, right - at, self.height()), "· ")
            at = self._draw(painter, QRect(at, 0, right - at, self.height()), part, strong=strong)
            at += scaled(6)

    def _draw_mind(self, painter: QPainter, rect: QRect) -> int:
        """Draw what to mind at the right and return where the rest has to end."""
        if not self._told.mind:
            return rect.right()
        tokens = current_tokens()
        metrics = self.fontMetrics()
        most = round(rect.width() * (1 - _LEAST_LEFT))
        text = metrics.elidedText(self._told.mind, Qt.TextElideMode.ElideRight, most)
        width = metrics.horizontalAdvance(text)
        left = rect.right() - width
        colour = getattr(tokens, self._told.tone)
        painter.setPen(QColor(colour))
        painter.drawText(QRect(left, 0, width + 1, self.height()), int(Qt.AlignmentFlag.AlignVCenter), text)
        if self._told.icon:
            size = scaled(_ICON)
            left -= size + scaled(4)
            painter.drawPixmap(left, (self.height() - size) // 2, pixmap(self._told.icon, colour, size))
        return left - scaled(_GAP)

    def _draw(self, painter: QPainter, room: QRect, text: str, *, strong: bool = False) -> int:
        """Draw a text with the part that fits in the accent colour; return where it ends."""
        tokens = current_tokens()
        font = self._strong() if strong else self.font()
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, room.width()))
        first, last = fitting(shown, self._told.matched)
        at = room.left()
        for part, fits in ((shown[:first], False), (shown[first:last], True), (shown[last:], False)):
            if not part:
                continue
            painter.setFont(self._strong() if fits else font)
            painter.setPen(QColor(tokens.accent if fits else tokens.text))
            width = QFontMetrics(painter.font()).horizontalAdvance(part)
            painter.drawText(QRect(at, 0, width + 1, room.height()), int(Qt.AlignmentFlag.AlignVCenter), part)
            at += width
        painter.setFont(self.font())
        return at

    def _strong(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font


def fitting(shown: str, matched: str) -> tuple[int, int]:
    """Return where ``matched`` stands in a shown text, blanks and dashes of a number not counted.

    The last place counts, as the last digits of a number do; (0, 0) where it stands nowhere.
    """
    places = [place for place, char in enumerate(shown) if not _SEPARATORS.match(char)]
    bare = "".join(shown[place] for place in places).casefold()
    wanted = _SEPARATORS.sub("", matched).casefold()
    if not wanted or len(bare) != len(places):
        return 0, 0
    at = 0 if bare.startswith(wanted) else bare.rfind(wanted)
    return (places[at], places[at + len(wanted) - 1] + 1) if at >= 0 else (0, 0)
