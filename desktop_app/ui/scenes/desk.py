"""What is around the form: the keys, the settings, the lock screen."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton

from desktop_app.ui.scenes.scene import Scene, Walk


def keys(walk: Walk) -> None:
    """F1."""
    walk.look_at_dialog("keys", lambda: walk.hands.press("F1"))


def settings(walk: Walk) -> None:
    """Language, colours, the store, the people."""
    walk.hands.press("Ctrl+,")
    walk.look("settings")
    walk.hands.press("Ctrl+,")


def readiness(walk: Walk) -> None:
    """Whether the station is ready, reached from the settings; and as it is printed."""
    hands = walk.hands
    hands.press("Ctrl+,")
    hands.find(QAbstractButton, "readiness").click()
    hands.settle()
    walk.look("readiness")
    walk.look_at_dialog("readiness-paper", lambda: hands.press("Ctrl+P"))
    hands.press("Esc")


def lock(walk: Walk) -> None:
    """Lock in the middle of a call."""
    walk.hands.fill("phone", "13123450219")
    walk.hands.press("Ctrl+L")
    # The rooms go with their dialogs, and no window manager gives the focus back where nobody sees it.
    walk.hands.window.activateWindow()
    walk.hands.settle()
    walk.look("locked")


SCENES: tuple[Scene, ...] = (keys, settings, readiness, lock)
