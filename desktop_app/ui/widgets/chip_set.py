"""Words of which any number may be chosen, as chips: one tab stop; Space or a digit takes and takes back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from desktop_app.ui.widgets.chips import Chip
from desktop_app.ui.widgets.flow import FlowLayout


class ChipSet(QWidget):
    """(code, word) pairs; ``changed`` tells that a person chose another set, ``set_codes`` is silent."""

    changed = Signal()

    def __init__(
        self, pairs: Sequence[tuple[str, str]], parent: QWidget | None = None, *, name: str = ""
    ) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(name)
        self._chips = {code: Chip(self, code, word, self) for code, word in pairs}
        for chip in self._chips.values():
            self._flow.addWidget(chip)
        self._stop_at(next(iter(self._chips), ""))

    def codes(self) -> list[str]:
        """Return what is chosen, in the order offered."""
        return [code for code, chip in self._chips.items() if chip.isChecked()]

    def set_codes(self, codes: Iterable[str]) -> None:
        """Choose these and no others, silently; what is not offered is left out."""
        chosen = set(codes)
        for code, chip in self._chips.items():
            chip.setChecked(code in chosen)

    def choose(self, code: str) -> None:
        """Tell of the chip that was pressed: it has changed by itself."""
        self._stop_at(code)
        self.changed.emit()

    def choose_place(self, place: int) -> None:
        """Choose the chip at this place from the left, or take it back, and go there."""
        if place < len(self._chips):
            chip = list(self._chips.values())[place]
            chip.click()
            chip.setFocus(Qt.FocusReason.TabFocusReason)

    def step(self, chip: Chip, by: int) -> None:
        """Move the focus to the neighbour, round the end; nothing is chosen by that."""
        codes = list(self._chips)
        code = codes[(codes.index(chip.code) + by) % len(codes)]
        self._stop_at(code)
        self._chips[code].setFocus(Qt.FocusReason.TabFocusReason)

    def clear(self) -> None:
        """Take the chip that has the focus back."""
        focused = QApplication.focusWidget()
        if isinstance(focused, Chip) and focused.isChecked():
            focused.click()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep all lines of chips in sight, also where the layout around asks nobody how high that is."""
        super().resizeEvent(event)
        self.setMinimumHeight(self._flow.heightForWidth(self.width()))

    def _stop_at(self, code: str) -> None:
        for own, chip in self._chips.items():
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if own == code else Qt.FocusPolicy.ClickFocus)
        if code:
            self.setFocusProxy(self._chips[code])
