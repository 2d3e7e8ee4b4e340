"""The clocks of a card that tell nobody in particular: what is to be checked, decided or remembered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.domain.clocks import RungStanding, Stage
from desktop_app.ui.incident.incident_words import IncidentWords
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.ui.widgets.pill import Pill, Tone


class CardClocks(QWidget):
    """``asked`` carries the ``RungStanding`` whose row somebody pressed Enter on, ``ticked`` with Space."""

    asked = Signal(object)
    ticked = Signal(object)

    def __init__(self, words: IncidentWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._rows: dict[tuple[str, str, str, int], _Row] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(scaled(4))

    def show_incident(self, standings: Sequence[RungStanding], now: datetime) -> None:
        """Show how they stand now; rows come and go, and nothing else is built anew."""
        shown = {one.key: one for one in standings if not one.role and one.stage is not Stage.NOT_NEEDED}
        for key in [key for key in self._rows if key not in shown]:
            row = self._rows.pop(key)
            row.hide()
            row.deleteLater()
        for key, one in shown.items():
            if key not in self._rows:
                self._rows[key] = row = _Row(one.rung.title.told(self._words.language))
                row.setObjectName(f"clock_{one.ladder.key}_{one.rung.key}")
                row.clicked.connect(lambda _checked=False, row=row: self.asked.emit(row.standing))
                row.ticked.connect(lambda row=row: self.ticked.emit(row.standing))
                self._column.addWidget(row)
            look = self._words.clock(one, now)
            self._rows[key].standing = one
            self._rows[key].show_state(look.tone, look.icon, look.text)
        self.setVisible(bool(self._rows))


class _Row(QPushButton):
    ticked = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.standing: RungStanding | None = None
        self.setAutoDefault(False)
        self.setProperty("kind", "choice")
        self._title = PlainLabel(title, wrap=True)
        self.pill = Pill("info", "clock", "")
        line = QHBoxLayout(self)
        line.setContentsMargins(*map(scaled, (10, 4, 8, 4)))
        line.addWidget(self._title, 1)
        line.addWidget(self.pill)

    def show_state(self, tone: Tone, icon: str, text: str) -> None:
        if text != self.pill.text() or tone != self.pill.tone:
            self.pill.show_state(tone, icon, text)
            self.setAccessibleName(f"{self._title.text()}, {text}")

    def sizeHint(self) -> QSize:
        layout = self.layout()
        if layout is None:
            return super().sizeHint()
        width = self.width() or scaled(400)
        return QSize(scaled(200), max(scaled(34), layout.heightForWidth(width)))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(160), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in ("\r", "\n"):
            self.click()
        elif event.key() == Qt.Key.Key_Space:
            self.ticked.emit()
        else:
            super().keyPressEvent(event)
