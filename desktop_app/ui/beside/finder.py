"""A search field over the list of what it finds: contacts and knowledge are looked through alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.beside.choice_list import Choice, ChoiceList
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.buttons import IconButton
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.labels import Heading

T = TypeVar("T")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class FinderWords:
    """What a finder is called, what its field asks for, the way back, and its icon where it is empty."""

    heading: str
    asked: str
    hint: str
    back: str
    icon: str


class Finder(QWidget, Generic[T]):
    """``asked`` is emitted when something else is to be found, ``picked`` with what Enter chose of it.

    It asks only while it is on screen; whatever changed before is asked for when it is shown. Enter that
    comes before the answer waits for it: it never takes what an older question found.
    """

    asked = Signal()
    picked = Signal(object)
    closed = Signal()

    def __init__(self, field: str, listed: str, words: FinderWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._things: tuple[T, ...] = ()
        self._stale, self._waits, self._pick_first = True, False, False
        self.field = LineEdit()
        self.field.setObjectName(field)
        self.field.setAccessibleName(words.asked)
        self.field.setPlaceholderText(words.hint)
        self.field.offer_clearing()
        self.field.edited.connect(self._typed)
        self.list = ChoiceList(listed, words.heading)
        self.list.chosen.connect(self._pick)
        self.list.left_up.connect(self.focus_field)
        self._empty = EmptyState(words.icon, "")
        self._empty.hide()
        self.close_button = IconButton("back", words.back, keys="Esc")
        self.close_button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.close_button.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(self.close_button)
        head.addWidget(Heading(words.heading), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(5))
        layout.addLayout(head)
        layout.addWidget(self.field)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self.list, 1)

    def text(self) -> str:
        """Return what is looked for, composing included."""
        return self.field.full_text()

    def focus_field(self) -> None:
        """Put the caret where it is typed."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def clear(self) -> None:
        """Look for nothing any more."""
        self._pick_first = False
        if self.text():
            self.field.clear()
            self.refresh()

    def refresh(self) -> None:
        """Ask anew, at once or when it is shown."""
        self._stale = True
        if self.isVisible():
            self._stale, self._waits = False, True
            self.asked.emit()

    def show_found(self, things: Sequence[T], choices: Sequence[Choice], none: str) -> None:
        """Show what was found, or say ``none``: the answer to what is typed by now."""
        self._waits = False
        same, self._things = tuple(things) == self._things, tuple(things)
        if not same or not self.list.count():
            self.list.fill(choices)
        self._empty.say(none)
        self._empty.setVisible(not things)
        self.list.setVisible(bool(things))
        if self._pick_first:
            self._pick_first = False
            self._pick(0)

    def selected(self) -> T | None:
        """Return what is selected while somebody is at it; None else."""
        place = self.list.place()
        held = self.list.hasFocus() or self.field.hasFocus()
        return self._things[place] if held and not self._waits and 0 <= place < len(self._things) else None

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what changed while nobody saw it."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Enter go from the field into the list, Esc goes back."""
        if event.key() == Qt.Key.Key_Down and self._things:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() in _ENTER and self.field.hasFocus():
            self._pick_first = self._waits
            if not self._waits:
                self._pick(self.list.place())
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _typed(self) -> None:
        self._pick_first = False
        self.refresh()

    def _pick(self, place: int) -> None:
        if 0 <= place < len(self._things):
            self.picked.emit(self._things[place])
