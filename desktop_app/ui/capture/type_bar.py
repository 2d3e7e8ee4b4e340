"""The five kinds as a row of buttons: icon, name, key; the active one filled in its colour (DESK §5)."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from desktop_app.domain.kinds import Kind
from desktop_app.ui.theme.sheet import kind_colours
from desktop_app.ui.theme.style import current_tokens, scaled
from desktop_app.ui.typing.keys import first_key
from desktop_app.ui.widgets.icons import pixmap
from desktop_app.words import Words

HEIGHT = 40
_ICON = 18
_GAP = 5
_SIDES = 8
_RADIUS = 5


class TypeBar(QWidget):
    """``chosen`` is emitted with the kind a person clicked; keys choose through the form."""

    chosen = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(_GAP))
        self._buttons = {kind: _TypeButton(kind, words, self) for kind in Kind}
        for kind, button in self._buttons.items():
            layout.addWidget(button)
            button.clicked.connect(lambda _checked=False, kind=kind: self.chosen.emit(kind))
        layout.addStretch(1)

    def show_kind(self, kind: Kind) -> None:
        """Fill the button of a kind."""
        for own, button in self._buttons.items():
            button.setChecked(own is kind)


class _TypeButton(QAbstractButton):
    def __init__(self, kind: Kind, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._kind = kind
        self._key = first_key(f"kind_{kind.value}")
        self.setText(words.say(f"window.capture.kind.{kind.value}"))
        self.setObjectName(f"kind_{kind.value}")
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(self._key)
        self.setCheckable(True)
        # Every kind has a key, so Tab does not stop here.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def nextCheckState(self) -> None:
        """Leave it to the form what a click means."""

    def sizeHint(self) -> QSize:
        return QSize(2 * scaled(_SIDES) + scaled(_ICON + _GAP) + self._words_width(), scaled(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = current_tokens()
        own = kind_colours(tokens)[self._kind.value]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        active = self.isChecked()
        hovered = tokens.hover if self.underMouse() else tokens.surface
        painter.setBrush(QColor(own if active else hovered))
        painter.setPen(QPen(QColor(own if active else tokens.field_border), 1))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), _RADIUS, _RADIUS)
        icon, sides = scaled(_ICON), scaled(_SIDES)
        top = (self.height() - icon) // 2
        painter.drawPixmap(sides, top, pixmap(self._kind.value, tokens.on_accent if active else own, icon))
        painter.setPen(QColor(tokens.on_accent if active else tokens.text))
        font = self.font()
        font.setBold(active)
        painter.setFont(font)
        left = sides + icon + scaled(_GAP)
        rect = QRect(left, 0, self.width() - left - sides, self.height())
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.text())
        painter.setPen(QColor(tokens.on_accent if active else tokens.muted))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._key)

    def _words_width(self) -> int:
        font = self.font()
        font.setBold(True)
        metrics = QFontMetrics(font)
        return metrics.horizontalAdvance(self.text()) + scaled(_GAP) + metrics.horizontalAdvance(self._key)
