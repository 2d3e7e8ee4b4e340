"""An agent's desk: which records have reached the lead, and what its stations board says."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from desktop_app.services.demo_day.desk import PIN
from desktop_app.services.demo_day.floor import AGENT
from desktop_app.ui.scenes.scene import Scene, Walk


def agents_desk(walk: Walk) -> None:
    """Records handed in, received and neither; the board of a station; the settings of handing in."""
    hands = walk.hands
    hands.fill("staff_number", AGENT.staff_number)
    hands.fill("pin", PIN)
    hands.press("Return")
    hands.wait_for(lambda: bool(hands.window.findChildren(QLineEdit, "phone")))
    walk.look("agent")
    hands.press("Ctrl+B")
    hands.press("End")
    walk.look("agent-stations")
    hands.press("Ctrl+B")
    hands.press("Ctrl+,")
    walk.look("agent-settings")
    hands.press("Ctrl+,")


SCENES: tuple[Scene, ...] = (agents_desk,)
