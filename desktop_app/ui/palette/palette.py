"""Ctrl+K: a line over the form from which everything is found and done; Esc leads back to the same caret.

What is in memory shows at each key. The store answers on another thread, below what is there already, so that
the row a person is about to press never moves.
"""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QListView, QVBoxLayout, QWidget

from desktop_app.domain.times import zone_of
from desktop_app.ui.palette.lines import LineDrawer, Lines, spoken
from desktop_app.ui.palette.ranking import Entry
from desktop_app.ui.palette.sources import (
    MOST,
    Asked,
    asked,
    asks_store,
    at_once,
    commands,
    from_store,
    pack_entries,
)
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.typing.shortcuts import Shortcuts
from desktop_app.ui.widgets.announce import announce
from desktop_app.ui.widgets.labels import ElidedLabel

_WIDTH, _FROM_TOP, _EDGE = 680, 52, 10
_NOT_HERE = frozenset({"palette", "desk"})
"""Commands that mean nothing from inside the palette."""


class Palette(QFrame):
    """Lies over ``over`` while it is open. ``chosen`` carries the ``Entry`` that was taken, when the palette
    is closed and the focus is back where it was.
    """

    chosen = Signal(object)

    def __init__(self, session: Session, over: QWidget) -> None:
        super().__init__(over)
        self._session, self._over = session, over
        self._zone = zone_of(session.store.settings.zone)
        self._back_to: QWidget | None = None
        self._entries: list[Entry] = []
        self._now: list[Entry] = []
        self._turn = 0
        self._waiting = self._wanted = False
        say = session.words.say
        self.setObjectName("palette")
        self.setProperty("role", "popup")
        self.setAccessibleName(say("window.palette.name"))
        self.field = LineEdit(most=100)
        self.field.setObjectName("palette_text")
        self.field.setAccessibleName(say("window.palette.name"))
        self.field.setPlaceholderText(say("window.palette.hint"))
        self.field.edited.connect(self._typed)
        self.lines = Lines(session.words, self)
        self.list = QListView()
        self.list.setObjectName("palette_lines")
        self.list.setAccessibleName(say("window.palette.found"))
        self.list.setProperty("role", "bare")
        self.list.setModel(self.lines)
        self.list.setItemDelegate(LineDrawer(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(False)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._clicked)
        self.told = ElidedLabel(role="secondary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[scaled(_EDGE)] * 4)
        layout.setSpacing(scaled(6))
        for part in (self.field, self.list, self.told):
            layout.addWidget(part)
        self.keys = Shortcuts(self)
        actions: dict[str, Callable[[], None]] = {
            "Return Ctrl+Return": self._take,
            "Down": lambda: self._step(1),
            "Up": lambda: self._step(-1),
            "Esc Ctrl+K": self.dismiss,
        }
        for keys, action in actions.items():
            self.keys.add("palette", keys, action)
        # While it is open, no key of the form below acts: Ctrl+Enter would save half a record.
        session.shortcuts.hold(self)
        over.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
        self.hide()

    def open(self) -> None:
        """Open over the form, empty; what has the focus now gets it back."""
        self._back_to = QApplication.focusWidget()
        # Asked for now: some can only be done from the field that has the focus.
        table = [pair for pair in self._session.shortcuts.runnable() if pair[0] not in _NOT_HERE]
        words, shelf = self._session.words, self._session.shelf
        today = self._session.clock().astimezone(self._zone).date()
        self._entries = [*commands(words, table), *pack_entries(shelf.pack, words.language, today)]
        self.field.clear()
        self._typed()
        self.show()
        self.raise_()
        self._place()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def dismiss(self) -> None:
        """Close, and give the focus back to the field and caret it came from."""
        back_to, self._back_to = self._back_to, None
        focus = QApplication.focusWidget()
        had_focus = focus is None or self.isAncestorOf(focus)
        self._turn += 1
        self._waiting = self._wanted = False
        # First, or Qt would pass the focus on as Tab does, which selects what it comes to.
        if had_focus and back_to is not None and shiboken6.isValid(back_to) and back_to.isVisible():
            back_to.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def current(self) -> Entry | None:
        """Return the entry that Enter takes."""
        return self.lines.entry(self.list.currentIndex())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place while the window changes its size."""
        if event.type() == QEvent.Type.Resize and watched is self._over and self.isVisible():
            self._place()
        return False

    def _typed(self) -> None:
        self._turn += 1
        self._wanted = False
        what = asked(self.field.full_text())
        self._now = at_once(self._entries, what)
        self._waiting = asks_store(what)
        self._show(self._now)
        self._choose(self.lines.step(-1, 1))
        if self._waiting:
            self._ask(what)

    def _ask(self, what: Asked) -> None:
        turn, session, zone = self._turn, self._session, self._zone
        articles, now = session.shelf.articles, session.clock()

        def answered(found: list[Entry]) -> None:
            if turn == self._turn:
                self._arrived(found)

        def failed(problem: Exception) -> None:
            if turn == self._turn:
                self._arrived([])
                session.messages.tell(problem)

        session.background.query(
            lambda: from_store(session.store, articles, what, session.words, zone, now),
            answered,
            failed,
            owner=self,
        )

    def _arrived(self, found: list[Entry]) -> None:
        """Put what the store found below what is there; the row chosen stays the row chosen."""
        self._waiting = False
        row = self.list.currentIndex().row()
        self._show([*self._now, *found[: max(MOST - len(self._now), MOST // 2)]])
        self._choose(row if row >= 0 else self.lines.step(-1, 1))
        if self._wanted:
            self._wanted = False
            self._take()

    def _show(self, entries: list[Entry]) -> None:
        self.lines.show(entries)
        say, text = self._session.words.say, self.field.full_text().strip()
        if entries or self._waiting or not text:
            self.told.setText(say("window.palette.keys"))
        else:
            self.told.setText(say("window.palette.nothing"))
        self._place()

    def _step(self, by: int) -> None:
        self._choose(self.lines.step(self.list.currentIndex().row(), by))
        entry = self.current()
        if entry is not None:
            announce(self.field, spoken(entry))

    def _choose(self, row: int) -> None:
        index = self.lines.index(row, 0) if row >= 0 else QModelIndex()
        self.list.setCurrentIndex(index)
        if index.isValid():
            self.list.scrollTo(index)
            if row == 1:
                self.list.scrollToTop()  # its heading with it

    def _clicked(self, index: QModelIndex) -> None:
        if self.lines.entry(index) is not None:
            self.list.setCurrentIndex(index)
            self._take()

    def _take(self) -> None:
        """Take the chosen row; pressed before the store answered, as soon as it has."""
        entry = self.current()
        if entry is None:
            self._wanted = self._waiting
            return
        self.dismiss()
        self.chosen.emit(entry)

    def _place(self) -> None:
        """Be in the middle near the top, as high as what is found, and never beyond the window."""
        room = self._over.rect().adjusted(scaled(_EDGE), scaled(_EDGE), -scaled(_EDGE), -scaled(_EDGE))
        width = min(scaled(_WIDTH), room.width())
        border = 2 * self.list.frameWidth() + 2
        self.list.setFixedHeight(0)
        least = self.sizeHint().height()
        top = min(scaled(_FROM_TOP), max(room.top(), room.bottom() - least - scaled(120)))
        lines = min(self.lines.height() + border, room.bottom() - top - least)
        self.list.setFixedHeight(max(0, lines))
        self.setGeometry(room.left() + (room.width() - width) // 2, top, width, least + max(0, lines))

    @Slot(QWidget, QWidget)
    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Close when a person goes elsewhere: by Tab, or by a click beside it."""
        if now is not None and self.isVisible() and now is not self and not self.isAncestorOf(now):
            self.dismiss()
