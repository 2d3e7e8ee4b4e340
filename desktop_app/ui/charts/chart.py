"""What every chart is: a painted plane that is walked through by keys and read out, point by point."""

from __future__ import annotations

from abc import abstractmethod
from datetime import datetime, tzinfo

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.ui.charts.axes import Axes
from desktop_app.ui.theme.style import current_tokens, scaled
from desktop_app.ui.theme.tokens import Tokens

_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -10,
    Qt.Key.Key_PageDown: 10,
}


class Chart(QWidget):
    """``read`` is emitted with the sentence of the point that the keys or the mouse came to, "" for none."""

    read = Signal(str)

    def __init__(self, name: str, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._place = -1
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        return QSize(scaled(480), scaled(190))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(260), scaled(130))

    @abstractmethod
    def moments(self) -> tuple[datetime, ...]:
        """Return the moments (UTC) that can be walked to, the earliest first."""

    @abstractmethod
    def reading(self, place: int) -> str:
        """Return what is to be said of the moment at a place."""

    @abstractmethod
    def axes(self) -> Axes:
        """Return the axes for the size it has."""

    @abstractmethod
    def paint_data(self, painter: QPainter, axes: Axes, tokens: Tokens) -> None:
        """Draw what the chart is about."""

    def walk_to(self, place: int) -> None:
        """Come to a point; -1 leaves the chart."""
        place = max(-1, min(place, len(self.moments()) - 1))
        if place != self._place:
            self._place = place
            told = self.reading(place) if place >= 0 else ""
            self.setAccessibleDescription(told)
            self.read.emit(told)
            self.update()

    def begin_anew(self) -> None:
        """Show other data; nothing is walked to."""
        self._place = -1
        self.read.emit("")
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self.moments()) - 1
        key = Qt.Key(event.key())
        if last < 0:
            super().keyPressEvent(event)
        elif key in _STEPS:
            begin = self._place if self._place >= 0 else (-1 if _STEPS[key] > 0 else last + 1)
            self.walk_to(max(0, min(begin + _STEPS[key], last)))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.walk_to(0 if key == Qt.Key.Key_Home else last)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.walk_to(-1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        axes, moments = self.axes(), self.moments()
        at = event.position().x()
        self.walk_to(min(range(len(moments)), key=lambda one: abs(axes.x(moments[one]) - at), default=-1))

    def leaveEvent(self, event: object) -> None:
        if not self.hasFocus():
            self.walk_to(-1)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, axes = current_tokens(), self.axes()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        axes.paint(painter, tokens)
        self.paint_data(painter, axes, tokens)
        if 0 <= self._place < len(self.moments()):
            painter.setPen(QPen(QColor(tokens.text), 1, Qt.PenStyle.DotLine))
            x = axes.x(self.moments()[self._place])
            painter.drawLine(int(x), int(axes.plot.top()), int(x), int(axes.plot.bottom()))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
