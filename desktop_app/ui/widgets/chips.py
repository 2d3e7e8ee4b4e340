"""Choices of a few words as chips: one tab stop, arrow keys move, the focus lands on the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QApplication, QPushButton, QSizePolicy, QWidget

from desktop_app.ui.theme.style import current_tokens, scaled
from desktop_app.ui.widgets.flow import FlowLayout

_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
_DIGITS = tuple("123456789")
_CLEARING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_PADDING = 13
"""Padding and border of a chip in the style sheet, each side."""


class ChipHolder(Protocol):
    """What chips are in: it hears of the keys that are pressed on them."""

    def choose(self, code: str) -> None:
        """Do what a press on the chip does."""

    def choose_place(self, place: int) -> None:
        """Do what its digit does."""

    def step(self, chip: Chip, by: int) -> None:
        """Go to the neighbour."""

    def clear(self) -> None:
        """Take back what is chosen."""


class ChipGroup(QWidget):
    """(code, word) pairs of which at most one is chosen.

    ``changed`` tells the code a person chose ("" = none any more); ``set_code`` is silent. Where the choice
    is ``optional``, Delete or a second press on the chosen chip takes it back.
    """

    changed = Signal(str)

    def __init__(
        self,
        pairs: Sequence[tuple[str, str]] = (),
        parent: QWidget | None = None,
        *,
        name: str = "",
        optional: bool = True,
    ) -> None:
        super().__init__(parent)
        self._optional = optional
        self._chips: dict[str, Chip] = {}
        self._code = ""
        self._flow = FlowLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        # Enough for a label's Alt-key to come here; with Tab the group would be a stop besides its chip.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(name)
        self.fill(pairs)

    def fill(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Offer these instead; the choice stays where its code is still offered."""
        self.setFocusProxy(None)  # type: ignore[arg-type]
        for chip in self._chips.values():
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self._chips = {code: Chip(self, code, word, self) for code, word in pairs}
        for chip in self._chips.values():
            self._flow.addWidget(chip)
        self.set_code(self._code if self._code in self._chips else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep all lines of chips in sight, also where the layout around asks nobody how high that is."""
        super().resizeEvent(event)
        self._keep_lines()

    def event(self, event: QEvent) -> bool:
        """Other chips may need other lines at the same width."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._keep_lines()
        return handled

    def reword(self, code: str, word: str) -> None:
        """Give a chip other words; choice and focus stay where they are."""
        chip = self._chips[code]
        if chip.text() != word:
            chip.setText(word)
            chip.setAccessibleName(word)
            chip.updateGeometry()

    def current_code(self) -> str:
        """Return the chosen code; empty where none is."""
        return self._code

    def set_code(self, code: str) -> None:
        """Choose a code (empty: none) without telling anybody; KeyError where it is not offered."""
        if code:
            _ = self._chips[code]
        self._code = code
        for own, chip in self._chips.items():
            chip.setChecked(own == code)
        self._move_stop()

    def show_code(self, code: str) -> None:
        """Choose what the journal says; what is not offered, as another program wrote it, is no choice."""
        self.set_code(code if code in self._chips else "")

    def codes(self) -> list[str]:
        """Return what is offered, in order."""
        return [code for code, chip in self._chips.items() if not chip.isHidden()]

    def offer(self, code: str, offered: bool) -> None:
        """Show a chip or take it away; a choice of one that goes is nobody's choice any more, silently."""
        self._chips[code].setVisible(offered)
        if not offered and self._code == code:
            self.set_code("")

    def choose(self, code: str) -> None:
        """Do what a press on the chip does."""
        taken_back = code == self._code and self._optional
        before = self._code
        self.set_code("" if taken_back else code)
        if self._code != before:
            self.changed.emit(self._code)

    def choose_place(self, place: int) -> None:
        """Choose the chip at this place from the left, and go there; one already chosen stays so."""
        codes = self.codes()
        if place < len(codes):
            if codes[place] != self._code:
                self.choose(codes[place])
            if QApplication.focusWidget() in self._chips.values():
                self._chips[codes[place]].setFocus(Qt.FocusReason.TabFocusReason)

    def step(self, chip: Chip, by: int) -> None:
        """Move choice and focus to the neighbour, round the end."""
        codes = self.codes()
        code = codes[(codes.index(chip.code) + by) % len(codes)]
        if code != self._code:
            self.choose(code)
        self._chips[code].setFocus(Qt.FocusReason.TabFocusReason)

    def clear(self) -> None:
        """Take the choice back, where it may be."""
        if self._optional and self._code:
            self.choose(self._code)

    def _keep_lines(self) -> None:
        self.setMinimumHeight(self._flow.heightForWidth(self.width()))

    def _move_stop(self) -> None:
        stop = self._chips.get(self._code) or next(iter(self._chips.values()), None)
        for chip in self._chips.values():
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chip is stop else Qt.FocusPolicy.ClickFocus)
        if stop is not None:
            self.setFocusProxy(stop)


class Chip(QPushButton):
    """One word to choose, in a ``ChipHolder``."""

    def __init__(self, group: ChipHolder, code: str, word: str, parent: QWidget) -> None:
        super().__init__(word, parent)
        self.code = code
        self._group = group
        self.setAutoDefault(False)
        self.setCheckable(True)
        self.setProperty("kind", "chip")
        self.setAccessibleName(word)
        self.clicked.connect(lambda: group.choose(code))

    def sizeHint(self) -> QSize:
        """Return room for the words in bold, so that choosing one moves no neighbour."""
        hint = super().sizeHint()
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        words = QFontMetrics(bold).horizontalAdvance(self.text())
        return QSize(max(hint.width(), words + 2 * scaled(_PADDING)), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring of the focus inside: an accent border says that a chip is chosen."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(current_tokens().accent), 2))
            painter.drawRoundedRect(self.rect().adjusted(5, 5, -5, -5), 3, 3)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the neighbour, digits to their chip, Delete takes the choice back."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._group.step(self, _STEPS[key])
        elif event.text() in _DIGITS:
            self._group.choose_place(_DIGITS.index(event.text()))
        elif key in _CLEARING:
            self._group.clear()
        else:
            super().keyPressEvent(event)
