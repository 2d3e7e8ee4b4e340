"""Hands for the window: press keys, type, wait for what is under way. Works offscreen and frozen alike."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QWidget

W = TypeVar("W", bound=QObject)
_PATIENCE_SECONDS = 120.0
"""Long: pictures are also made on a machine that is busy with other things."""
_LOOK_MS = 20
_SOON_MS = 250
"""As long as any pause after which the window begins something by itself."""


class StuckError(Exception):
    """What was waited for did not come."""


class Hands:
    """Types into whatever has the focus in ``window``; ``busy`` says whether work is under way."""

    def __init__(self, window: QWidget, busy: Callable[[], bool]) -> None:
        self.window = window
        self._busy = busy

    def press(self, keys: str) -> None:
        """Press keys such as ``Ctrl+F`` or ``Tab``, then wait."""
        combination = QKeySequence(keys)[0]  # type: ignore[index]
        self._click(combination.key(), combination.keyboardModifiers(), "")
        self.settle()

    def type_text(self, text: str) -> None:
        """Type letters and figures by key, anything else as an input method delivers it."""
        for char in text:
            if char == "\n":
                self._click(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
            elif char.isascii():
                self._click(Qt.Key(ord(char.upper())), Qt.KeyboardModifier.NoModifier, char)
            else:
                event = QInputMethodEvent()
                event.setCommitString(char)
                QApplication.sendEvent(self._focus(), event)
        self.settle()

    def fill(self, name: str, text: str) -> None:
        """Go to the field of that name and type over what is in it."""
        field = self.find(QWidget, name)
        field.setFocus()
        self.press("Ctrl+A")
        self.type_text(text)

    def find(self, kind: type[W], name: str = "") -> W:
        """Return a visible child of the window on top; raises StuckError where there is none."""
        found = [one for one in self._all(kind, name) if not isinstance(one, QWidget) or one.isVisible()]
        if not found:
            raise StuckError(f"no {kind.__name__} {name!r}")
        return found[0]

    def sees(self, name: str) -> bool:
        """Whether a widget of this name is on screen."""
        return any(one.isVisible() for one in self._all(QWidget, name))

    def _all(self, kind: type[W], name: str) -> list[W]:
        # With an empty name Qt would look for what has none.
        return self.top().findChildren(kind, name) if name else self.top().findChildren(kind)

    def top(self) -> QWidget:
        """Return the dialog on top, else the window."""
        return self.dialog() or self.window

    def dialog(self) -> QDialog | None:
        """Return the dialog that is open, if any."""
        modal = QApplication.activeModalWidget()
        if isinstance(modal, QDialog):
            return modal
        shown = [
            one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()
        ]
        return shown[-1] if shown else None

    def in_dialog(self, ask: Callable[[], None], inside: Callable[[], None]) -> None:
        """Ask for a dialog, do something in it, and dismiss it, whether or not ``ask`` waits for its end."""
        problems: list[Exception] = []
        ended: list[bool] = []

        def look() -> None:
            dialog = self.dialog()
            if dialog is None:
                QTimer.singleShot(_LOOK_MS, look)
                return
            try:
                inside()
            except Exception as problem:  # told below, outside Qt's event loop
                problems.append(problem)
            ended.append(True)
            if shiboken6.isValid(dialog):
                dialog.reject()

        QTimer.singleShot(_LOOK_MS, look)
        ask()
        self.wait_for(lambda: bool(ended))
        # No window manager gives the focus back where nobody sees it.
        self.window.activateWindow()
        self.settle()
        if problems:
            raise problems[0]

    def settle(self) -> None:
        """Let events and work in the background come to an end."""
        self.wait_for(lambda: not self._busy())

    def rest(self) -> None:
        """Let come to an end what begins by itself after a short pause, too: lists, offers, checks."""
        self.wait_for(lambda: not self._busy() and not self._begins_soon())

    def pause(self, seconds: float = 0.0) -> None:
        """Let events come for a while: some things wait for the next key before they begin."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._events()
            time.sleep(0.005)

    def wait_for(self, ready: Callable[[], bool]) -> None:
        """Wait until ``ready``; raises StuckError after two minutes."""
        end = time.monotonic() + _PATIENCE_SECONDS
        self._events()
        while not ready():
            if time.monotonic() > end:
                raise StuckError("waited in vain")
            self._events()
            time.sleep(0.002)
        self._events()

    def _begins_soon(self) -> bool:
        timers = [timer for top in QApplication.topLevelWidgets() for timer in top.findChildren(QTimer)]
        return any(one.isActive() and one.isSingleShot() and one.interval() <= _SOON_MS for one in timers)

    def _click(self, key: Qt.Key, held: Qt.KeyboardModifier, text: str) -> None:
        override = QKeyEvent(QEvent.Type.ShortcutOverride, key, held, text)
        QApplication.sendEvent(self._focus(), override)
        for step in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(self._focus(), QKeyEvent(step, key, held, text))

    def _focus(self) -> QWidget:
        # Just after a dialog came or went nobody may have the focus yet: the window on top knows who has it.
        focus, top = QApplication.focusWidget(), self.top()
        inside = focus is not None and (
            focus is top or top.isAncestorOf(focus) or not isinstance(top, QDialog)
        )
        return (focus if inside else None) or top.focusWidget() or top

    def _events(self) -> None:
        for _ in range(3):
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
