"""A drop-down of (code, word) pairs that only changes when a person means it."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox, QWidget

from desktop_app.domain.initials import initials
from desktop_app.ui.widgets.offer_list import OfferList, place_in
from desktop_app.ui.widgets.offer_row import Line

_PAUSE_SECONDS = 1.0
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class Combo(QComboBox):
    """Chooses one code. Space or Alt+Down opens it, the wheel never changes it, F4 is left to the window.

    Letters narrow the words down to those they begin, or whose pinyin initials they begin: ``ts`` finds
    投诉. The first of them is chosen; while several are left they stand in a list below, where arrows choose.
    One left is the choice, and Tab or Enter goes on. A letter that fits none is passed over; behind a choice
    without doubt a pause of a second begins anew. ``code_changed`` tells the code a person chose;
    ``set_code`` is silent.
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
        self._left: list[int] = []
        self._list: OfferList | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.fill(pairs)
        self.activated.connect(lambda _row: self._tell())
        self.view().installEventFilter(self)

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

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Say by dots that words go on: Qt cuts them in the middle of a letter."""
        super().initStyleOption(option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        option.currentText = self.fontMetrics().elidedText(  # type: ignore[attr-defined]
            self.currentText(), Qt.TextElideMode.ElideRight, room.width() - 2
        )

    def current_code(self) -> str:
        """Return the chosen code; empty where none is."""
        return self.currentData() or ""

    def set_code(self, code: str) -> None:
        """Choose a code without telling anybody; KeyError where it is not offered."""
        row = self.findData(code)
        if row < 0 and code:
            raise KeyError(code)
        self._settle()
        self.setCurrentIndex(row)
        self._told = code

    def left(self) -> list[str]:
        """Return the words that the letters leave in doubt; none where the choice is made."""
        return [self.itemText(row) for row in self._left]

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to whatever scrolls around this."""
        event.ignore()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Find by letters in the opened list too; Esc closes the list of what is left and nothing else."""
        if isinstance(event, QKeyEvent) and event.type() != QEvent.Type.KeyRelease:
            pressed = event.type() == QEvent.Type.KeyPress
            if watched is self and event.key() == Qt.Key.Key_Escape and self._left:
                event.accept()
                if pressed:
                    self._settle()
                return True
            if watched is not self and pressed and _is_letter(event):
                self._find(event.text(), listed=False)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Space, find by letters, take a choice back with Delete; F4 belongs to the window."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_F4:
            event.ignore()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._settle()
            if self._optional:
                self.setCurrentIndex(0)
                self._tell()
        elif key == Qt.Key.Key_Space:
            self._settle()
            self.showPopup()
        elif self._left and key in _STEPS and self._list is not None:
            self._list.step(_STEPS[key])
            self._choose(self._left[self._list.chosen])
        elif _is_letter(event):
            self._find(event.text())
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._settle()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._settle()
        super().hideEvent(event)

    def _find(self, letter: str, *, listed: bool = True) -> None:
        """Narrow the words down by one letter more."""
        now, letter = time.monotonic(), letter.lower()
        rested = not self._left and now - self._typed_at >= _PAUSE_SECONDS
        before = "" if rested else self._typed
        rows = self._fitting(before + letter)
        if rows:
            self._typed = before + letter
            chosen = 0
        elif set(before) == {letter} and self._fitting(before):
            rows = self._fitting(before)  # the letter once more: the next of them
            here = self._here()
            chosen = (rows.index(here) + 1) % len(rows) if here in rows else 0
        else:
            return
        self._typed_at = now
        self._choose(rows[chosen])
        self._offer(rows if listed else [], chosen)

    def _fitting(self, typed: str) -> list[int]:
        return [row for row in range(self.count()) if typed and _begins(self.itemText(row), typed)]

    def _offer(self, rows: list[int], chosen: int) -> None:
        """List what is still left; nothing where that is one word."""
        self._left = rows if len(rows) > 1 else []
        if not self._left:
            if self._list is not None:
                self._list.dismiss()
            return
        window = self.window()
        if self._list is None or self._list.over is not window:
            self._list = OfferList(window)
            self._list.taken.connect(self._take)
        lines = [Line(self.itemText(row), initials(self.itemText(row))) for row in rows]
        self._list.offer(lines, place_in(window, self), chosen)
        # In front of the window's keys: Esc is for the list first.
        self.installEventFilter(self)

    def _take(self, place: int) -> None:
        if place < len(self._left):
            self._choose(self._left[place])
        self._settle()

    def _settle(self) -> None:
        """Leave the choice as it is, and begin anew with the next letter."""
        self._typed, self._left = "", []
        if self._list is not None:
            self._list.dismiss()

    def _here(self) -> int:
        """Return the row the person looks at: in the opened list nothing is chosen yet."""
        return self.view().currentIndex().row() if self.view().isVisible() else self.currentIndex()

    def _choose(self, row: int) -> None:
        if self.view().isVisible():
            self.view().setCurrentIndex(self.model().index(row, self.modelColumn()))
        else:
            self.setCurrentIndex(row)
            self._tell()

    def _tell(self) -> None:
        code = self.current_code()
        if code != self._told:
            self._told = code
            self.code_changed.emit(code)


def _is_letter(event: QKeyEvent) -> bool:
    plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    return event.text().isalnum() and plain


def _begins(word: str, typed: str) -> bool:
    return bool(word) and (word.lower().startswith(typed) or initials(word).startswith(typed))
