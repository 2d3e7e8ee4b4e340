"""The five cards: the menu, and each as it looks a moment after somebody pressed its letter."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.ui.scenes.scene import Scene, Walk


def cards(walk: Walk) -> None:
    """Each card once; what it asks first is answered."""
    hands = walk.hands
    hands.press("Ctrl+W")
    walk.look("card-menu")
    hands.type_text("1" if walk.hands.find(QWidget, "card_menu") is None else "h")
    _see(walk, "fire", ("alarm_found", "1"))
    hands.press("Ctrl+T")
    hands.press("Alt+1")
    hands.press("Alt+2")
    hands.in_dialog(lambda: hands.press("Alt+T"), lambda: hands.press("Ctrl+Return"))
    walk.look("card-fire-evacuated")
    for letter, name, first in (
        ("d", "theft", ("police_decision", "1")),
        ("r", "accident", ("unfit_count", "2")),
        ("z", "threat", ("threat_words", "下午三点，后门，给你们一点教训")),
        ("m", "media", ("media_outlet", "晨报")),
    ):
        hands.press("Ctrl+W")
        hands.type_text(letter)
        _see(walk, name, first)
    hands.press("Escape")


def _see(walk: Walk, name: str, first: tuple[str, str]) -> None:
    hands = walk.hands
    hands.settle()
    key, typed = first
    hands.find(QWidget, key).setFocus()
    hands.type_text(typed)
    hands.pause(0.8)
    walk.look(f"card-{name}")


SCENES: tuple[Scene, ...] = (cards,)
