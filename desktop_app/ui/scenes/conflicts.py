"""What waits for a lead: a field that two people changed apart, another value typed, nothing else."""

from __future__ import annotations

from PySide6.QtWidgets import QTableView

from desktop_app.ui.conflicts.conflicts_page import ConflictsPage
from desktop_app.ui.scenes.scene import Scene, Walk


def conflicts(walk: Walk) -> None:
    """From the list to the values, then each of the other sections."""
    hands = walk.hands
    hands.press("Ctrl+G")
    page = hands.find(ConflictsPage)
    hands.wait_for(lambda: not page.busy)
    hands.press("Down")
    hands.press("Return")
    walk.look("conflicts-value")
    hands.press("Alt+E")
    walk.look("conflicts-other-value")
    hands.press("Escape")
    hands.press("Return")
    hands.wait_for(lambda: not page.busy)
    walk.look("conflicts-decided")
    hands.find(QTableView, "conflict_sections").setFocus()
    for name in ("twins", "late", "steps", "choices"):
        hands.press("Down")
        walk.look(f"conflicts-{name}")
    hands.find(QTableView, "conflict_sections").setFocus()
    hands.press("Ctrl+G")


SCENES: tuple[Scene, ...] = (conflicts,)
