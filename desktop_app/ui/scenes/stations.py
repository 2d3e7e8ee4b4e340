"""The stations board of one station on its first day: itself, its code, nothing waiting."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from desktop_app.ui.scenes.scene import Scene, Walk


def stations(walk: Walk) -> None:
    """The board, and the roles that people took."""
    hands = walk.hands
    hands.press("Ctrl+B")
    walk.look("stations")
    hands.find(QPushButton, "stations_roles").setFocus()
    hands.press("Return")
    walk.look("stations-roles")
    hands.press("Alt+Left")
    hands.press("Ctrl+B")


SCENES: tuple[Scene, ...] = (stations,)
