"""What every dialog is: a title, a body, the buttons; Esc cancels, Ctrl+Enter or Enter does the one thing."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import KEYS
from desktop_app.ui.typing.shortcuts import Shortcuts
from desktop_app.ui.widgets.buttons import PrimaryButton, SecondaryButton
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.words import Words

_MARGIN = 18
_WIDEST = 720
"""Logical pixels: chips that would stand in one line all across the window go on in the next instead."""


class Dialog(QDialog):
    """Fill ``body``; ``primary`` accepts, ``cancel`` rejects. Both Enters go through the guard of keys.

    A subclass overrides ``accept`` to check what was typed first. Where there is nothing to decide, give no
    ``do`` text: then there is one button, which closes.
    """

    def __init__(self, words: Words, title: str, do: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.title = PlainLabel(title, role="title")
        self.body = QVBoxLayout()
        self.body.setSpacing(scaled(9))
        self.primary = PrimaryButton(do or words.say("window.widgets.close"))
        self.primary.clicked.connect(self.accept)
        self.cancel = SecondaryButton(words.say("window.widgets.cancel"), "Esc")
        self.cancel.clicked.connect(self.reject)
        self.cancel.setVisible(bool(do))
        self.extra = QHBoxLayout()
        """Room at the left of the buttons for one more."""
        buttons = QHBoxLayout()
        buttons.addLayout(self.extra)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.primary)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*map(scaled, (_MARGIN, _MARGIN, _MARGIN, _MARGIN)))
        layout.setSpacing(scaled(14))
        layout.addWidget(self.title)
        layout.addLayout(self.body, 1)
        layout.addLayout(buttons)

        self._arranged = False
        self.keys = Shortcuts(self)
        self.keys.add("accept", "Ctrl+Return", lambda: self.primary.click())
        self.keys.add("accept", "Return", self._enter, when=self._enter_is_free)

    def lock_by(self, shortcuts: Shortcuts) -> None:
        """Let the key that locks the desk do so from in here too: ``shortcuts`` are those of the window."""

        def lock() -> None:
            shortcuts.run("lock")

        self.keys.add("lock", KEYS["lock"], lock)

    def showEvent(self, event: QShowEvent) -> None:
        """Tab goes through the body first, which was filled after the buttons were made."""
        if not self._arranged:
            self._arranged = True
            for before, after in pairwise([*self._fields(), self.cancel, self.primary]):
                self.setTabOrder(before, after)
            if not self.primary.keys():
                self.primary.set_words(self.primary.text(), self._key())
            if (first := next(iter(self._fields()), None)) is not None and self.focusWidget() is None:
                first.setFocus()
            self._make_room()
        super().showEvent(event)

    def sizeHint(self) -> QSize:
        """Return the width that can be read at a glance, and the height of the words at that width."""
        hint, layout = super().sizeHint(), self.layout()
        widest = max(scaled(_WIDEST), self.minimumSizeHint().width(), self.minimumWidth())
        if layout is None or not layout.hasHeightForWidth() or hint.width() <= widest:
            return hint
        return QSize(widest, layout.totalHeightForWidth(widest))

    def event(self, event: QEvent) -> bool:
        """Grow where what is in it needs more lines than it did: nothing comes to lie over the buttons."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self._arranged:
            self._grow()
        return handled

    def _grow(self) -> None:
        parent, layout = self.parentWidget(), self.layout()
        if parent is None or layout is None or not layout.hasHeightForWidth():
            return
        most = parent.window().height()
        height = min(layout.totalHeightForWidth(self.width()), most)
        if height > self.height():
            self.resize(self.width(), height)

    def _make_room(self) -> None:
        """Be as high as the words need: Qt makes a new dialog no larger than two thirds of the screen."""
        parent, layout = self.parentWidget(), self.layout()
        if parent is None or layout is None:
            return
        asked = self.size() if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else QSize()
        width = max(asked.width(), self.sizeHint().width(), self.minimumWidth())
        # Chips know how high they are once they have their width: the second time it is right.
        for _ in range(2):
            high = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else -1
            height = max(asked.height(), high if high >= 0 else self.sizeHint().height())
            self.resize(QSize(width, height).boundedTo(parent.window().size()))
            layout.activate()

    def _key(self) -> str:
        """Return the key that does it from where somebody writes: Enter is a new line in a long text."""
        if self.cancel.isHidden():
            return "Esc"
        long = any(isinstance(one, QPlainTextEdit) and not one.isReadOnly() for one in self._fields())
        return "Ctrl+Enter" if long else "Enter"

    def _fields(self) -> list[QWidget]:
        """Return what takes the focus in the body, in the order in which it was made.

        Never by ``nextInFocusChain``: PySide takes what that returns for a child of the widget asked, so the
        dialog at the end of the chain would belong to its own button and be collected while it is open.
        """
        return [
            one
            for one in self.findChildren(QWidget)
            if one.focusPolicy() != Qt.FocusPolicy.NoFocus
            # A group of chips too, and all of them: whichever is the stop, Tab goes on behind the group.
            and ((proxy := one.focusProxy()) is None or one.isAncestorOf(proxy))
            and one.window() is self  # and not in the list that a combo opens
            and one not in (self.cancel, self.primary)
        ]

    def _enter_is_free(self) -> bool:
        """Whether Enter is not a new line of a long text."""
        return not isinstance(self.focusWidget(), QPlainTextEdit)

    def _enter(self) -> None:
        inside = self.focusWidget()
        if isinstance(inside, QAbstractButton) and _presses(inside):
            inside.click()
        else:
            self.primary.click()


def _presses(one: QWidget | None) -> bool:
    """Whether Enter presses it. What is chosen or ticked takes the space bar: there Enter does the one thing,
    as everywhere, and changes no choice.
    """
    return isinstance(one, QAbstractButton) and not one.isCheckable()
