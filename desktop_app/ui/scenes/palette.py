"""The palette over the form: what can be done, and what a few letters find."""

from __future__ import annotations

from desktop_app.ui.scenes.scene import Scene, Walk


def palette(walk: Walk) -> None:
    """The commands; what two initials find; and nothing found."""
    hands = walk.hands
    hands.press("Ctrl+K")
    walk.look("palette")
    hands.type_text("td")
    walk.look("palette-found")
    hands.press("Ctrl+A")
    hands.type_text("no such thing")
    walk.look("palette-nothing")
    hands.press("Esc")


SCENES: tuple[Scene, ...] = (palette,)
