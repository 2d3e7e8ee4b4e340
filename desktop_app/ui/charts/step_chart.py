"""What is still to be done, burning down: lines that differ in dash and mark, each named at its end."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.domain.picture import Point
from desktop_app.ui.charts.axes import Axes
from desktop_app.ui.charts.chart import Chart
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.theme.tokens import Tokens

_DASHES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine)
_FEW = 40
"""Points up to which each has a mark; more would run together."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its name and its points, the earliest first."""

    name: str
    points: tuple[Point, ...]

    def at(self, moment: datetime) -> int:
        """Return how many were open at a moment."""
        place = bisect_right(self.points, moment, key=lambda point: point.at)
        return self.points[place - 1].count if place else 0


class StepChart(Chart):
    """``tell`` makes the sentence of a moment from the lines and how many each had."""

    def __init__(
        self,
        name: str,
        zone: tzinfo,
        tell: Callable[[datetime, Sequence[tuple[str, int]]], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, zone, parent)
        self._tell = tell
        self._lines: tuple[Line, ...] = ()
        self._moments: tuple[datetime, ...] = ()

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Draw these lines, at most two."""
        self._lines = lines
        self._moments = tuple(sorted({point.at for line in lines for point in line.points}))
        self.begin_anew()

    def moments(self) -> tuple[datetime, ...]:
        return self._moments

    def reading(self, place: int) -> str:
        at = self._moments[place]
        return self._tell(at, [(line.name, line.at(at)) for line in self._lines])

    def axes(self) -> Axes:
        now = datetime.now(self._zone)
        span = (self._moments[0], self._moments[-1]) if self._moments else (now, now)
        highest = max((point.count for line in self._lines for point in line.points), default=0)
        return Axes.of(QRectF(self.rect()), self.fontMetrics(), span, highest, self._zone)

    def paint_data(self, painter: QPainter, axes: Axes, tokens: Tokens) -> None:
        taken: list[QRectF] = []
        for place, line in enumerate(self._lines):
            colour = QColor(tokens.accent if place == 0 else tokens.text)
            path = QPainterPath()
            for index, point in enumerate(line.points):
                x, y = axes.x(point.at), axes.y(point.count)
                if index:
                    path.lineTo(x, path.currentPosition().y())
                    path.lineTo(x, y)
                else:
                    path.moveTo(x, y)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour, 2, _DASHES[place % 2]))
            painter.drawPath(path)
            if len(line.points) <= _FEW:
                self._mark(painter, axes, line, place, colour)
            self._name(painter, axes, line, colour, taken)

    def _mark(self, painter: QPainter, axes: Axes, line: Line, place: int, colour: QColor) -> None:
        painter.setPen(QPen(colour, 1))
        painter.setBrush(colour)
        half = scaled(3)
        for point in line.points:
            middle = QPointF(axes.x(point.at), axes.y(point.count))
            if place == 0:
                painter.drawEllipse(middle, half, half)
            else:
                painter.drawRect(QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half))

    def _name(self, painter: QPainter, axes: Axes, line: Line, colour: QColor, taken: list[QRectF]) -> None:
        """Write the line's name and last number above what it comes to at its end, clear of another's."""
        if not line.points:
            return
        metrics = painter.fontMetrics()
        text = f"{line.name} {line.points[-1].count}"
        wide, high = metrics.horizontalAdvance(text), metrics.height()
        left = axes.plot.right() - wide
        highest = max(
            point.count
            for point, after in zip(line.points, (*line.points[1:], line.points[-1]), strict=True)
            if axes.x(after.at) >= left
        )
        box = QRectF(left, max(0.0, axes.y(highest) - high - scaled(4)), wide, high)
        while any(box.intersects(one) for one in taken):
            box.translate(0, -high if box.top() > high else high)
            if box.top() <= high:
                break
        taken.append(box)
        painter.setPen(colour)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
