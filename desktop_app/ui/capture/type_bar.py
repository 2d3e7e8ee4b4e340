"""The five kinds as a row of buttons: icon, name, key; the active one filled in its colour (DESK §5)."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
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
_SIDES = 6
_RADIUS = 5


class _Look(Enum):
    """What a button says, the most first."""

    WHOLE = auto()
    WITHOUT_ICONS = auto()
    WORDS = auto()
    ICONS = auto()


_WITH_ICONS = (_Look.WHOLE, _Look.ICONS)
_WITH_KEYS = (_Look.WHOLE, _Look.WITHOUT_ICONS)


class TypeBar(QWidget):
    """``chosen`` is emitted with the kind a person clicked; keys choose through the form.

    Where there is no room, the buttons leave out their icons first, then their keys, and at last their words.
    """

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

    def minimumSizeHint(self) -> QSize:
        """Ask for no more than the icons need."""
        return QSize(self._needed(_Look.ICONS), scaled(HEIGHT))

    def sizeHint(self) -> QSize:
        """Return room for everything."""
        return QSize(self._needed(_Look.WHOLE), scaled(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for."""
        super().resizeEvent(event)
        fitting = (look for look in _Look if self._needed(look) <= self.width())
        look = next(fitting, _Look.ICONS)
        for button in self._buttons.values():
            button.show_as(look)

    def _needed(self, look: _Look) -> int:
        gaps = scaled(_GAP) * (len(self._buttons) - 1)
        return gaps + sum(button.width_as(look) for button in self._buttons.values())

    def show_kind(self, kind: Kind) -> None:
        """Fill the button of a kind."""
        for own, button in self._buttons.items():
            button.setChecked(own is kind)


class _TypeButton(QAbstractButton):
    def __init__(self, kind: Kind, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._kind = kind
        self._key = first_key(f"kind_{kind.value}")
        self._words = words.say(f"window.capture.kind.{kind.value}")
        self._look = _Look.WHOLE
        self.setText(self._words)
        self.setObjectName(f"kind_{kind.value}")
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(self._key)
        self.setCheckable(True)
        # Every kind has a key, so Tab does not stop here.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def nextCheckState(self) -> None:
        """Leave it to the form what a click means."""

    def show_as(self, look: _Look) -> None:
        """Say this much; what is left out is in the tool tip."""
        if look is self._look:
            return
        self._look = look
        self.setText("" if look is _Look.ICONS else self._words)
        self.setAccessibleName(self._words)
        self.setToolTip("" if look in _WITH_KEYS else f"{self._words}  {self._key}")
        self.updateGeometry()
        self.update()

    def width_as(self, look: _Look) -> int:
        """Return how wide the button is when it says this much."""
        font = self.font()
        font.setBold(True)
        metrics, gap = QFontMetrics(font), scaled(_GAP)
        parts = [scaled(_ICON)] if look in _WITH_ICONS else []
        parts += [] if look is _Look.ICONS else [metrics.horizontalAdvance(self._words)]
        parts += [metrics.horizontalAdvance(self._key)] if look in _WITH_KEYS else []
        return 2 * scaled(_SIDES) + sum(parts) + gap * (len(parts) - 1)

    def sizeHint(self) -> QSize:
        return QSize(self.width_as(self._look), scaled(HEIGHT))

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
        icon, left = scaled(_ICON), scaled(_SIDES)
        if self._look in _WITH_ICONS:
            top = (self.height() - icon) // 2
            painter.drawPixmap(left, top, pixmap(self._kind.value, tokens.on_accent if active else own, icon))
            left += icon + scaled(_GAP)
        painter.setPen(QColor(tokens.on_accent if active else tokens.text))
        font = self.font()
        font.setBold(active)
        painter.setFont(font)
        rect = QRect(left, 0, self.width() - left - scaled(_SIDES), self.height())
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.text())
        if self._look in _WITH_KEYS:
            # Without its icon the key is what carries the colour of the kind.
            plain = tokens.muted if self._look in _WITH_ICONS else own
            painter.setPen(QColor(tokens.on_accent if active else plain))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(rect, int(right), self._key)
