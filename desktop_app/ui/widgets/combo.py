"""A drop-down of (code, word) pairs that only changes when a person means it."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from desktop_app.domain.initials import initials

_PAUSE_SECONDS = 1.0


class Combo(QComboBox):
    """Chooses one code. Space or Alt+Down opens it, the wheel never changes it, F4 is left to the window.

    Letters select the first word they begin, or whose pinyin initials they begin: ``ts`` finds 投诉. A pause
    of a second begins anew. ``code_changed`` tells the code a person chose; ``set_code`` is silent.
    """

    code_changed = Signal(str)

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
        self._typed, self._typed_at = "", 0.0
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.fill(pairs)
        self.activated.connect(lambda _row: self._tell())

    def fill(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Offer these instead; the choice stays where its code is still offered."""
        code = self.current_code()
        self.clear()
        if self._optional:
            self.addItem("", "")
        for own, word in pairs:
            self.addItem(word, own)
        self._told = ""
        self.set_code(code if self.findData(code) >= 0 else "")

    def current_code(self) -> str:
        """Return the chosen code; empty where none is."""
        return self.currentData() or ""

    def set_code(self, code: str) -> None:
        """Choose a code without telling anybody; KeyError where it is not offered."""
        row = self.findData(code)
        if row < 0 and code:
            raise KeyError(code)
        self.setCurrentIndex(row)
        self._told = code

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to whatever scrolls around this."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Space, find by letters, take a choice back with Delete; F4 belongs to the window."""
        key = event.key()
        if key == Qt.Key.Key_F4:
            event.ignore()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._typed = ""
            if self._optional:
                self.setCurrentIndex(0)
                self._tell()
        elif key == Qt.Key.Key_Space:
            self.showPopup()
        elif event.text().isalnum() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self._find(event.text())
        else:
            super().keyPressEvent(event)

    def _find(self, letter: str) -> None:
        now = time.monotonic()
        self._typed = (self._typed if now - self._typed_at < _PAUSE_SECONDS else "") + letter.lower()
        self._typed_at = now
        repeated = len(set(self._typed)) == 1
        for typed in (self._typed, *([letter.lower()] if repeated else [])):
            rows = [row for row in range(self.count()) if _begins(self.itemText(row), typed)]
            if rows:
                after = [row for row in rows if row > self.currentIndex()] if repeated else []
                self.setCurrentIndex((after or rows)[0])
                self._tell()
                return

    def _tell(self) -> None:
        code = self.current_code()
        if code != self._told:
            self._told = code
            self.code_changed.emit(code)


def _begins(word: str, typed: str) -> bool:
    return bool(word) and (word.lower().startswith(typed) or initials(word).startswith(typed))
