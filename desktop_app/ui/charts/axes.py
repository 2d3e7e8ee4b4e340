"""The frame of a chart: how high a number lies, where a moment does, and what stands at the edges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from desktop_app.ui.theme.style import scaled
from desktop_app.ui.theme.tokens import Tokens

_TIME_STEPS = (15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880, 10_080)
"""Minutes between two times at the lower edge."""
_MOST_LINES = 5
_CLEAR = 6


def number_steps(highest: int) -> tuple[int, ...]:
    """Return the round numbers that stand at the left edge: from 0 to at least ``highest``."""
    unit = 1
    while unit * (_MOST_LINES - 1) < highest:
        unit = unit * 2 if str(unit)[0] in "15" else unit * 5 // 2
    return tuple(range(0, max(highest, 1) + unit, unit))


@dataclass(frozen=True, slots=True)
class Axes:
    """A plane between two moments (UTC) and from 0 to the highest number, ``plot`` inside ``whole``."""

    plot: QRectF
    since: datetime
    until: datetime
    numbers: tuple[int, ...]
    zone: tzinfo

    @classmethod
    def of(
        cls, whole: QRectF, metrics: QFontMetrics, span: tuple[datetime, datetime], highest: int, zone: tzinfo
    ) -> Axes:
        """Return the axes for a rectangle, with room for numbers at its left and times below."""
        numbers = number_steps(highest)
        # Half a time stands beyond either end, and clear of the ring of the focus.
        right = metrics.horizontalAdvance("00:00") // 2 + scaled(_CLEAR)
        left = max(metrics.horizontalAdvance(str(numbers[-1])) + scaled(10 + _CLEAR), right)
        below, above = metrics.height() + scaled(6 + _CLEAR), metrics.height() + scaled(4)
        return cls(whole.adjusted(left, above, -right, -below), *span, numbers, zone)

    def x(self, at: datetime) -> float:
        """Return where a moment lies."""
        whole = (self.until - self.since) / timedelta(seconds=1) or 1.0
        return self.plot.left() + self.plot.width() * ((at - self.since) / timedelta(seconds=1)) / whole

    def y(self, count: int) -> float:
        """Return how high a number lies."""
        return self.plot.bottom() - self.plot.height() * count / self.numbers[-1]

    def times(self, metrics: QFontMetrics) -> Sequence[datetime]:
        """Return the moments that are named below: whole quarters or hours of the site, as many as fit."""
        room = metrics.horizontalAdvance("00-00 00:00") + scaled(12)
        minutes = (self.until - self.since) / timedelta(minutes=1)
        fit = max(1.0, self.plot.width() / room)
        step = next((one for one in _TIME_STEPS if minutes / one <= fit), _TIME_STEPS[-1])
        local = self.since.astimezone(self.zone)
        first = local.replace(hour=0, minute=0, second=0, microsecond=0)
        found = []
        while first <= self.until:
            if first >= self.since:
                found.append(first)
            first += timedelta(minutes=step)
        return found

    def paint(self, painter: QPainter, tokens: Tokens) -> None:
        """Draw lines, numbers and times."""
        metrics = painter.fontMetrics()
        painter.setPen(QPen(QColor(tokens.line), 1))
        for number in self.numbers:
            painter.drawLine(
                QPointF(self.plot.left(), self.y(number)), QPointF(self.plot.right(), self.y(number))
            )
        painter.setPen(QColor(tokens.muted))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for number in self.numbers:
            box = QRectF(
                0, self.y(number) - metrics.height() / 2, self.plot.left() - scaled(5), metrics.height()
            )
            painter.drawText(box, right, str(number))
        days = self.since.astimezone(self.zone).date() != self.until.astimezone(self.zone).date()
        told = None
        for at in self.times(metrics):
            text = f"{at:%m-%d %H:%M}" if days and at.date() != told else f"{at:%H:%M}"
            told = at.date()
            wide = metrics.horizontalAdvance(text)
            edge = metrics.horizontalAdvance("00:00") // 2
            left = min(max(self.x(at) - wide / 2, float(scaled(_CLEAR))), self.plot.right() + edge - wide)
            painter.drawLine(
                QPointF(self.x(at), self.plot.bottom()), QPointF(self.x(at), self.plot.bottom() + scaled(3))
            )
            painter.drawText(QPointF(left, self.plot.bottom() + scaled(4) + metrics.ascent()), text)
