"""From an empty folder to the first desk, and unlocking."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLineEdit

from desktop_app.services.demo_day.desk import OWNER, PIN
from desktop_app.ui.scenes.scene import Walk
from desktop_app.ui.start.recovery_code import RecoveryCodePage


def first_start(walk: Walk) -> None:
    """Make a store, keep the recovery code, add nobody, and stand at an empty desk."""
    hands = walk.hands
    walk.look("first-start")
    for name, text in (("name", OWNER.name), ("staff_number", OWNER.staff_number), ("station", "07")):
        hands.fill(name, text)
    hands.fill("pin", PIN[:4])
    hands.press("Return")
    walk.look("first-start-short-pin")
    hands.fill("pin", PIN)
    hands.fill("pin_again", PIN)
    hands.find(QCheckBox, "lead").setChecked(True)
    hands.press("Return")
    hands.wait_for(lambda: bool(hands.window.findChildren(RecoveryCodePage)))
    walk.look("recovery-code")
    page = hands.find(RecoveryCodePage)
    hands.press("Return")
    walk.look("recovery-code-typed-back")
    for place in page.asked:
        hands.fill(f"group_{place + 1}", page.group(place))
    hands.press("Return")
    walk.look("next-shift")
    hands.press("Return")
    hands.wait_for(lambda: bool(hands.window.findChildren(QLineEdit, "phone")))
    walk.look("desk-empty")


def unlock(walk: Walk) -> None:
    """Unlock with a wrong PIN, then with the right one."""
    hands = walk.hands
    walk.look("unlock")
    hands.fill("staff_number", OWNER.staff_number)
    hands.fill("pin", PIN[::-1])
    hands.press("Return")
    walk.look("unlock-wrong-pin")
    hands.fill("pin", PIN)
    hands.press("Return")
    hands.wait_for(lambda: bool(hands.window.findChildren(QLineEdit, "phone")))
    hands.settle()
