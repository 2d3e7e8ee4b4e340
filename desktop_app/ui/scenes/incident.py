"""The outage room: empty, reported, confirmed, led by hand, with each of its views and what they ask."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.ui.scenes.scene import Scene, Walk


def outage(walk: Walk) -> None:
    """A fault from its report to manual mode, and the strip over the desk."""
    hands = walk.hands
    hands.press("Ctrl+I")
    walk.look("incident-none")

    def report() -> None:
        walk.look("incident-report")
        hands.type_text("电")
        walk.look("incident-report-typed")
        hands.press("Backspace")
        hands.find(QWidget, "usual_symptoms").setFocus()
        hands.press("Space")
        hands.press("Ctrl+Return")

    hands.in_dialog(lambda: hands.press("Ctrl+I"), report)
    walk.look("incident-suspected")
    walk.look_at_dialog("incident-false-alarm", partial(hands.press, "Alt+N"))

    def confirm() -> None:
        walk.look("incident-confirm")
        hands.find(QWidget, "scope").setFocus()
        hands.type_text("3")
        hands.press("Ctrl+Return")

    hands.in_dialog(lambda: hands.press("Alt+Y"), confirm)
    hands.in_dialog(lambda: hands.press("Return"), lambda: _tell(walk))

    def by_hand() -> None:
        walk.look("incident-step")
        hands.press("Ctrl+Return")

    hands.in_dialog(lambda: hands.press("Alt+Y"), by_hand)
    hands.press("Alt+J")
    walk.look("incident-manual")
    walk.look_at_dialog("incident-happened", lambda: hands.press("Alt+G"))
    walk.look_at_dialog("incident-somebody-else", lambda: hands.press("Alt+T"))
    for name in ("handling", "told", "notices", "team", "charts", "log", "closing"):
        hands.press("Ctrl+Tab")
        walk.look(f"incident-{name}")
        if name in _ASKS:
            asked, keys = _ASKS[name]
            walk.look_at_dialog(f"incident-{asked}", partial(hands.press, keys))
    hands.press("Ctrl+Tab")
    hands.press("Escape")
    walk.look("incident-desk")


_ASKS = {
    "told": ("call-in", "Alt+C"),
    "notices": ("notice", "Alt+O"),
    "charts": ("form-paper", "Ctrl+P"),
    "log": ("log-paper", "Ctrl+P"),
    "closing": ("follow-up", "Alt+D"),
}
"""What some views ask, and the key for it."""


def _tell(walk: Walk) -> None:
    walk.look("incident-tell")
    walk.hands.press("Return")


SCENES: tuple[Scene, ...] = (outage,)
