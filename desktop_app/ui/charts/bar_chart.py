"""Calls by quarter of an hour; the urgent ones among them are hatched, and each bar says its number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.domain.picture import Bar
from desktop_app.ui.charts.axes import Axes
from desktop_app.ui.charts.chart import Chart
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.theme.tokens import Tokens


class BarChart(Chart):
    """``tell`` makes the sentence of a bar."""

    def __init__(
        self, name: str, zone: tzinfo, tell: Callable[[Bar, datetime], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(name, zone, parent)
        self._tell = tell
        self._bars: tuple[Bar, ...] = ()
        self._width = timedelta(minutes=15)

    def show_bars(self, shown: tuple[Bar, ...]) -> None:
        """Draw these bars, which follow each other without a gap."""
        self._bars = shown
        if len(shown) > 1:
            self._width = shown[1].start - shown[0].start
        self.begin_anew()

    def moments(self) -> tuple[datetime, ...]:
        return tuple(bar.start + self._width / 2 for bar in self._bars)

    def reading(self, place: int) -> str:
        bar = self._bars[place]
        return self._tell(bar, bar.start + self._width)

    def axes(self) -> Axes:
        now = datetime.now(self._zone)
        first = self._bars[0].start if self._bars else now
        last = self._bars[-1].start + self._width if self._bars else now + self._width
        highest = max((bar.calls for bar in self._bars), default=0)
        return Axes.of(QRectF(self.rect()), self.fontMetrics(), (first, last), highest, self._zone)

    def paint_data(self, painter: QPainter, axes: Axes, tokens: Tokens) -> None:
        metrics = painter.fontMetrics()
        for bar in self._bars:
            if not bar.calls:
                continue
            left, right = axes.x(bar.start), axes.x(bar.start + self._width)
            gap = min(scaled(3), (right - left) * 0.15)
            box = QRectF(left + gap, axes.y(bar.calls), right - left - 2 * gap, 0.0)
            box.setBottom(axes.plot.bottom())
            painter.fillRect(box, QColor(tokens.accent))
            if bar.urgent:
                box.setTop(axes.y(bar.urgent))
                painter.fillRect(box, QColor(tokens.surface))
                painter.fillRect(box, QBrush(QColor(tokens.text), Qt.BrushStyle.BDiagPattern))
                painter.setPen(QPen(QColor(tokens.text), 1))
                painter.drawRect(box)
            text = str(bar.calls)
            if metrics.horizontalAdvance(text) <= right - left:
                painter.setPen(QColor(tokens.text))
                above = QRectF(left, axes.y(bar.calls) - metrics.height(), right - left, metrics.height())
                painter.drawText(above, Qt.AlignmentFlag.AlignCenter, text)
