"""Usual texts for the record at hand as chips: one press writes one (DESK §6, category templates)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.labels import PlainLabel, as_plain
from desktop_app.ui.widgets.mnemonics import bare
from desktop_app.ui.widgets.one_stop import circled

MOST = 9
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
_GAP = 6


class TextChips(QWidget):
    """``pressed`` carries the place of the chip; ``left`` says that a person goes back to typing.

    Their letter leads here, and in a text ``;1`` writes the first: Tab passes them by. Arrows go from chip to
    chip, digits press them. Chips that there is no room for are not shown; their codes write them all the
    same.
    """

    pressed = Signal(int)
    left = Signal()

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = PlainLabel(label, role="field")
        self._chips = [QPushButton() for _ in range(MOST)]
        self._count = 0
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(_GAP))
        row.addWidget(self._label)
        for place, chip in enumerate(self._chips):
            chip.setProperty("kind", "chip")
            chip.setAutoDefault(False)
            chip.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            chip.installEventFilter(self)
            chip.clicked.connect(lambda _checked=False, place=place: self.pressed.emit(place))
            row.addWidget(chip)
        row.addStretch(1)
        # A button as buddy would be pressed by the letter, not only reached.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self._chips[0])
        self._label.setBuddy(self)
        self.setObjectName("text_chips")
        self.setAccessibleName(bare(label))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.show_texts(())

    def show_texts(self, texts: Sequence[str]) -> None:
        """Offer these texts instead of those before."""
        self._count = min(MOST, len(texts))
        for place, chip in enumerate(self._chips):
            text = texts[place] if place < self._count else ""
            if chip.accessibleName() != text:
                chip.setText(f"{circled(place + 1)} {text.replace('&', '&&')}")
                chip.setAccessibleName(text)
                chip.setToolTip(as_plain(text))
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._chips[0].sizeHint().height())

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        shown = [chip for chip in self._chips if not chip.isHidden()]
        here = next((place for place, chip in enumerate(shown) if chip is watched), 0)
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            shown[(here + step) % len(shown)].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.text().isdecimal() and 0 < int(event.text()) <= self._count:
            self.pressed.emit(int(event.text()) - 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pressed.emit(here)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            return False
        return True

    def _fit(self) -> None:
        """Show the chips there is room for, from the first on."""
        room = self.width() - self._label.sizeHint().width()
        for place, chip in enumerate(self._chips):
            room -= scaled(_GAP) + chip.sizeHint().width()
            chip.setVisible(place < self._count and room >= 0)
        self._label.setVisible(not self._chips[0].isHidden())
