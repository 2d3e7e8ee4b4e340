"""The states that an incident goes through, the one it is in marked; left out where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.domain.incident_steps import IncidentState
from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.incident.incident_words import IncidentWords
from desktop_app.ui.theme.style import current_tokens, scaled

_S = IncidentState
_BY_HAND = (_S.SUSPECTED, _S.CONFIRMED, _S.MANUAL, _S.RECOVERED, _S.RECONCILING, _S.REVIEW, _S.CLOSED)
_BESIDE = (_S.SUSPECTED, _S.CONFIRMED, _S.RECOVERED, _S.REVIEW, _S.CLOSED)
_BETWEEN = "  ›  "


class StepTrack(QWidget):
    """Reads from left to right; the state marked by its weight and a tick before each that is behind."""

    def __init__(self, words: IncidentWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._parts: list[tuple[str, bool]] = []
        self.has_place = False
        """Whether the incident is in one of the states: a false alarm is not."""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_incident(self, view: IncidentView, *, outage: bool) -> None:
        """Show where an incident stands; ``outage`` says that it may come to writing by hand."""
        states = _BY_HAND if outage or view.manual else _BESIDE
        here = states.index(view.state) if view.state in states else -1
        said = [self._words.state(one, beside=view.beside).text for one in states]
        self._parts = [
            (f"✓ {text}" if place < here else text, place == here) for place, text in enumerate(said)
        ]
        self.setAccessibleName(_BETWEEN.join(text for text, _ in self._parts))
        self.has_place = here >= 0
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._whole(), scaled(28))

    def minimumSizeHint(self) -> QSize:
        """Ask for nothing: without room it is left out, the state is told elsewhere too."""
        return QSize(0, scaled(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.width() < self._whole():
            return
        painter, tokens = QPainter(self), current_tokens()
        x = self.width() - self._whole()
        for place, (text, here) in enumerate(self._parts):
            for part, strong in ((_BETWEEN if place else "", False), (text, here)):
                painter.setFont(self._font(strong))
                painter.setPen(QColor(tokens.text if strong else tokens.muted))
                width = painter.fontMetrics().horizontalAdvance(part)
                painter.drawText(x, 0, width + 2, self.height(), int(Qt.AlignmentFlag.AlignVCenter), part)
                x += width

    def _whole(self) -> int:
        def wide(text: str, strong: bool) -> int:
            return QFontMetrics(self._font(strong)).horizontalAdvance(text)

        return sum(wide(text, here) for text, here in self._parts) + wide(_BETWEEN, False) * max(
            0, len(self._parts) - 1
        )

    def _font(self, strong: bool) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(scaled(13))
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return font
