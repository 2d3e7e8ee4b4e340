"""One guard for every shortcut of a window.

Measured: ``QShortcut`` and ``returnPressed`` act while pinyin is being composed, on a text that lacks the
composing part, and a composition may end before the Enter that ended it arrives (DESK §0, §2). So keys are
taken here, in front of the field that has the focus: what is being composed is settled first, then it is
asked again whether the action may run, and only then it runs. An Enter right after a composition belongs to
the input method and is swallowed once.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, Slot
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.ui.typing.ime import commit, preedit_of

_ENTER_OF_COMMIT = 0.1
"""Seconds after a composition in which an Enter is the one that ended it; no hand is that fast."""
_ENTER = int(Qt.Key.Key_Return)


@dataclass(frozen=True, slots=True)
class _Shortcut:
    code: str
    keys: str
    combinations: frozenset[int]
    action: Callable[[], None]
    when: Callable[[], bool]
    owner: QObject | None

    def may_run(self) -> bool:
        """Whether it is still there and may run now."""
        return (self.owner is None or shiboken6.isValid(self.owner)) and self.when()


def always() -> bool:
    """Return that an action may run at any time."""
    return True


class Shortcuts(QObject):
    """The shortcuts of one window (or of one part of it), alive as long as it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._shortcuts: list[_Shortcut] = []
        self._composed_at = float("-inf")
        self._holding: QWidget | None = None
        self._bars: list[QWidget] = []
        window.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)
        self._follow(None, QApplication.focusWidget())

    def add(
        self,
        code: str,
        keys: str,
        action: Callable[[], None],
        *,
        when: Callable[[], bool] = always,
        owner: QObject | None = None,
    ) -> None:
        """Run ``action`` at any of ``keys`` (a space between two) while ``when`` holds and ``owner`` lives.

        Of several with one key whose ``when`` holds, the one runs whose owner is closest around the focus,
        else the first; where there is none, the key goes on to the field. A key held down acts once.
        """
        combinations = frozenset(_combination(one) for one in keys.split())
        self._forget()
        self._shortcuts.append(_Shortcut(code, keys, combinations, action, when, owner))

    def table(self) -> list[tuple[str, str]]:
        """Return codes and keys in the order they were added, for the help; words: ``window.keys.<code>``."""
        self._forget()
        return [(shortcut.code, shortcut.keys) for shortcut in self._shortcuts]

    def codes_of(self, page: QWidget) -> frozenset[str]:
        """Return the codes of the shortcuts that belong to a page or to something in it."""
        self._forget()
        return frozenset(
            one.code
            for one in self._shortcuts
            if isinstance(one.owner, QWidget) and (one.owner is page or page.isAncestorOf(one.owner))
        )

    def runnable(self) -> list[tuple[str, str]]:
        """Return codes and keys of what may run at this moment."""
        self._forget()
        return [(shortcut.code, shortcut.keys) for shortcut in self._shortcuts if shortcut.may_run()]

    def run(self, code: str) -> bool:
        """Do what the keys of a code do, as if pressed where the focus is; False where it may not."""
        self._forget()
        fitting = [one for one in self._shortcuts if one.code == code and one.may_run()]
        shortcut = max(fitting, key=lambda one: _depth_around_focus(one.owner), default=None)
        if shortcut is not None:
            shortcut.action()
        return shortcut is not None

    def hold(self, holder: QWidget) -> None:
        """Let no key act while ``holder`` is on screen: it has keys of its own."""
        self._holding = holder

    def cover(self, bar: QWidget) -> None:
        """Act while the focus is in a bar beside the window's part too; letters and Enter stay the bar's own.

        A message bar lies outside of every room, and a chord must not die because somebody clicked in it.
        """
        self._bars.append(bar)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QInputMethodEvent | QKeyEvent):
            # Nothing of ours is looked at here: a window that is being destroyed tells of it when Python's
            # collector has emptied this object already.
            return False
        if isinstance(event, QKeyEvent) and self._bar_of(watched) is not None and _is_bare(event):
            return False
        held = self._holding is not None and shiboken6.isValid(self._holding) and self._holding.isVisible()
        if held:
            return False
        if isinstance(event, QInputMethodEvent):
            if event.commitString() and isinstance(watched, QWidget) and preedit_of(watched):
                self._composed_at = time.monotonic()
        elif event.type() is QEvent.Type.ShortcutOverride:
            if self._found(_pressed(event)) is not None:
                event.accept()
                return True
        elif event.type() is QEvent.Type.KeyPress:
            return self._press(event)
        return False

    def _press(self, event: QKeyEvent) -> bool:
        pressed = _pressed(event)
        since = time.monotonic() - self._composed_at
        self._composed_at = float("-inf")
        if pressed == _ENTER and since < _ENTER_OF_COMMIT:
            return True
        if not any(pressed in shortcut.combinations for shortcut in self._shortcuts) and pressed != _ENTER:
            return False
        field = QApplication.focusWidget()
        if preedit_of(field):
            commit(field)
            self._composed_at = float("-inf")
            if pressed == _ENTER:
                return True
        shortcut = self._found(pressed)
        if shortcut is None:
            return False
        if not event.isAutoRepeat():
            shortcut.action()
        return True

    def _forget(self) -> None:
        """Drop the shortcuts of rooms that are gone: a window outlives the sessions in it."""
        self._shortcuts = [
            one for one in self._shortcuts if one.owner is None or shiboken6.isValid(one.owner)
        ]

    def _found(self, pressed: int) -> _Shortcut | None:
        fitting = [
            shortcut
            for shortcut in self._shortcuts
            if pressed in shortcut.combinations and shortcut.may_run()
        ]
        return max(fitting, key=lambda shortcut: _depth_around_focus(shortcut.owner), default=None)

    @Slot(QWidget, QWidget)
    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Stand in front of the field that has the focus: it would take some keys for itself."""
        if now is None or now is self._window:
            return
        if self._window.isAncestorOf(now) or self._bar_of(now) is not None:
            now.installEventFilter(self)

    def _bar_of(self, widget: QObject) -> QWidget | None:
        """Return the bar that a widget is in, or is."""
        if not isinstance(widget, QWidget):
            return None
        return next((bar for bar in self._bars if bar is widget or bar.isAncestorOf(widget)), None)


def _depth_around_focus(owner: QObject | None) -> int:
    """Return how many widgets are around an owner that has the focus inside; 0 for any other."""
    focus = QApplication.focusWidget()
    if not isinstance(owner, QWidget) or focus is None or not (owner is focus or owner.isAncestorOf(focus)):
        return 0
    depth, around = 1, owner.parentWidget()
    while around is not None:
        depth, around = depth + 1, around.parentWidget()
    return depth


def _is_bare(event: QKeyEvent) -> bool:
    """Whether no chord and no function key is pressed."""
    chord = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    return not chord and not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35


_SAME_KEYS: dict[int, int] = {Qt.Key.Key_Enter: Qt.Key.Key_Return, Qt.Key.Key_Backtab: Qt.Key.Key_Tab}
"""What a key is told as that has another name on the number pad, or with Shift held."""


def _pressed(event: QKeyEvent) -> int:
    key = _SAME_KEYS.get(event.key(), event.key())
    return int(key) | (event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier).value


def _combination(keys: str) -> int:
    sequence = QKeySequence(keys)
    # The stubs do not know that a sequence can be indexed.
    combination: QKeyCombination = sequence[0]  # type: ignore[index]
    return combination.toCombined()
