"""What stands beside the form: steps under way, whom to ring, knowledge, an angry caller."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu

from desktop_app.ui.scenes.scene import Scene, Walk
from desktop_app.ui.widgets.combo import Combo


def steps(walk: Walk) -> None:
    """Somebody is shut in a lift: the number of their estate taken into the form, then another."""
    hands = walk.hands
    hands.press("F4")
    walk.look("beside-urgent")
    for name, text in (("phone", "13123450219"), ("address", "锦绣家园 3 幢 2 单元 1 号梯")):
        hands.fill(name, text)
    kind = hands.find(Combo, "urgent_kind")
    kind.setFocus()
    while kind.current_code() != "lift":
        hands.press("Down")
    for keys in ("Alt+1", "Alt+2", "Alt+0"):
        hands.press(keys)
    walk.look("beside-steps")
    hands.press("Alt+3")
    walk.look("beside-next-number")
    hands.press("Ctrl+Return")


def knowledge(walk: Walk) -> None:
    """An article is looked for, read and noted; then a contact."""
    hands = walk.hands
    hands.fill("phone", "13123450220")
    hands.press("Ctrl+H")
    hands.type_text("投诉")
    walk.look("knowledge")
    hands.pause(0.2)
    hands.press("Return")
    hands.press("Return")
    walk.look("article")
    hands.press("Esc")
    hands.press("Esc")
    doors = [one for one in hands.top().findChildren(QAbstractButton, "door_contacts") if one.isVisible()]
    if doors:
        doors[0].click()
        walk.look("contacts")
        hands.press("Esc")
    hands.press("Ctrl+Return")


def mood(walk: Walk) -> None:
    """An angry caller, and what calms."""
    hands = walk.hands
    hands.press("F3")
    hands.fill("phone", "13123450221")
    hands.fill("caller_name", "刘先生")
    hands.press("Ctrl+M")
    menu = QApplication.activePopupWidget()
    if isinstance(menu, QMenu):
        menu.actions()[2].trigger()
        menu.close()
    walk.look("mood")
    hands.press("Ctrl+Return")


SCENES: tuple[Scene, ...] = (steps, knowledge, mood)
