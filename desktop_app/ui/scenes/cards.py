"""The five cards: the menu, and each as it looks a moment after somebody pressed its letter."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.ui.scenes.scene import Scene, Walk

_OTHERS = (
    ("theft", ("police_decision", "1")),
    ("accident", ("unfit_count", "2")),
    ("threat", ("threat_words", "下午三点，后门，给你们一点教训")),
    ("media", ("media_outlet", "晨报")),
)
"""The cards behind the first of the menu, and what is typed into each."""


def cards(walk: Walk) -> None:
    """Each card once; what it asks first is answered."""
    hands = walk.hands
    hands.press("Shift+F4")
    walk.look("card-menu")
    hands.press("Escape")
    hands.press("Shift+F4")
    hands.press("Return")
    _see(walk, "fire", ("alarm_found", "1"))
    hands.press("Ctrl+T")
    hands.press("Alt+1")
    hands.press("Alt+2")
    hands.in_dialog(lambda: hands.press("Alt+T"), lambda: hands.press("Ctrl+Return"))
    walk.look("card-fire-evacuated")
    for place, (name, first) in enumerate(_OTHERS, start=1):
        hands.press("Shift+F4")
        for _ in range(place):
            hands.press("Down")
        hands.press("Return")
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
