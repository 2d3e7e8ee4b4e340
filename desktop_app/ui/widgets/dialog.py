"""What every dialog is: a title, a body, the buttons; Esc cancels, Ctrl+Enter or Enter does the one thing."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractButton, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import KEYS
from desktop_app.ui.typing.shortcuts import Shortcuts
from desktop_app.ui.widgets.buttons import PrimaryButton, SecondaryButton
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.words import Words

_MARGIN = 18


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
            if (first := next(iter(self._fields()), None)) is not None and self.focusWidget() is None:
                first.setFocus()
            self._make_room()
        super().showEvent(event)

    def _make_room(self) -> None:
        """Be as high as the words need: Qt makes a new dialog no larger than two thirds of the screen."""
        parent, layout = self.parentWidget(), self.layout()
        if parent is None or layout is None:
            return
        width = max(self.width(), self.sizeHint().width())
        height = max(self.height(), self.sizeHint().height(), layout.totalHeightForWidth(width))
        self.resize(QSize(width, height).boundedTo(parent.window().size()))

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
        (inside if isinstance(inside, QAbstractButton) else self.primary).click()
