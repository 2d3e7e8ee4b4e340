"""What happened, told inside the window: never a pop-up over the next call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.announce import announce
from desktop_app.ui.widgets.buttons import IconButton, SecondaryButton
from desktop_app.ui.widgets.labels import IconLabel, PlainLabel, restyle
from desktop_app.ui.widgets.pill import Tone, token_of
from desktop_app.words import Words

_ICONS: dict[Tone, str] = {
    "ok": "check",
    "warn": "warning",
    "urgent": "warning",
    "complaint": "complaint",
    "info": "info",
    "quiet": "info",
}

Action = tuple[str, Callable[[], None]]


class Notice(QFrame):
    """A bar that is hidden until ``tell``; Esc or its cross dismisses it. It never takes the focus."""

    dismissed = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._icon = IconLabel("info")
        self._text = PlainLabel(wrap=True, selectable=True)
        self._text.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._buttons: list[SecondaryButton] = []
        self._close = IconButton("close", words.say("window.widgets.dismiss"), keys="Esc")
        self._close.clicked.connect(self.dismiss)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(*map(scaled, (10, 5, 6, 5)))
        self._layout.setSpacing(scaled(8))
        self._layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self._layout.addWidget(self._text, 1)
        self._layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)
        self.hide()

    def tell(
        self, text: str, tone: Tone = "info", actions: Sequence[Action] = (), *, seconds: float | None = None
    ) -> None:
        """Show a message with its buttons in place of the one before, and have a screen reader say it.

        With ``seconds`` it goes away by itself: only for what can be missed without harm.
        """
        self._timer.stop()
        self._text.setText(text)
        self._icon.show_icon(_ICONS[tone], token_of(tone))
        self.setProperty("tone", tone)
        self.setAccessibleName(text)
        self._offer(actions)
        restyle(self)
        self.show()
        announce(self, text)
        if seconds is not None:
            self._timer.start(round(seconds * 1000))

    def text(self) -> str:
        """Return what it says."""
        return self._text.text()

    def dismiss(self) -> None:
        """Hide; the focus stays where it was, unless it was in here."""
        self._timer.stop()
        if self.isHidden():
            return
        self.hide()
        self.dismissed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc dismisses."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def _offer(self, actions: Sequence[Action]) -> None:
        for old in self._buttons:
            self._layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = []
        for text, act in actions:
            button = SecondaryButton(text)
            button.clicked.connect(act)
            self._layout.insertWidget(self._layout.count() - 1, button, 0, Qt.AlignmentFlag.AlignVCenter)
            button.show()
            self._buttons.append(button)
        # They are made late, and would come last in the whole window instead of before the cross.
        for before, after in pairwise([self._text, *self._buttons]):
            self.setTabOrder(before, after)
