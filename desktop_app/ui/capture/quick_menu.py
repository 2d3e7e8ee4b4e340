"""What the site pack offers to begin, as a menu: one letter begins a quick record or a card (4, row 91)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_app.domain.initials import initials
from desktop_app.domain.site_text import Bilingual
from desktop_app.ui.widgets.offer_list import OfferList
from desktop_app.ui.widgets.offer_row import Line

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class Titled(Protocol):
    """What can be begun: it has a title."""

    @property
    def title(self) -> Bilingual:
        """What people see."""
        ...


class QuickMenu(OfferList):
    """``begun`` carries what was chosen by letter, Enter or click; Esc goes back."""

    begun = Signal(object)

    def __init__(self, name: str, parent: QWidget, code: str = "quick_menu") -> None:
        super().__init__(parent)
        self.setObjectName(code)
        self.setAccessibleName(name)
        self.set_heading(name)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._things: tuple[Titled, ...] = ()
        self._letters: list[str] = []
        self._back_to: QWidget | None = None
        self.taken.connect(self._begin)

    def open(self, things: Sequence[Titled], language: str, back_to: QWidget | None) -> None:
        """Show the menu in the middle of what it lies over; ``back_to`` has the focus again afterwards."""
        titles = [one.title.told(language) for one in things]
        self._things, self._letters, self._back_to = tuple(things), letters_of(titles), back_to
        lines = [Line(title, letter.upper()) for title, letter in zip(titles, self._letters, strict=True)]
        over = self.over.rect()
        self.offer(lines, QRect(QPoint(over.width() // 3, over.height() // 6), QSize(0, 0)))
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.step(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._begin(self.chosen)
        elif key == Qt.Key.Key_Escape:
            self._close()
        elif event.text() and event.text().lower() in self._letters:
            self._begin(self._letters.index(event.text().lower()))
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.dismiss()

    def _begin(self, place: int) -> None:
        if 0 <= place < len(self._things):
            thing = self._things[place]
            self._close()
            self.begun.emit(thing)

    def _close(self) -> None:
        back_to, self._back_to = self._back_to, None
        self.dismiss()
        if back_to is not None:
            back_to.setFocus(Qt.FocusReason.PopupFocusReason)


def letters_of(titles: Sequence[str]) -> list[str]:
    """Return a letter or digit for each title, no two the same: an initial of it where one is free.

    A pack may have more records than there are signs; the last of them get none.
    """
    given: list[str] = []
    for title in titles:
        own = [sign for sign in initials(title) if sign.isascii() and sign.isalnum()]
        rest = "123456789abcdefghijklmnopqrstuvwxyz"
        given.append(next((sign for sign in (*own, *rest) if sign not in given), ""))
    return given
