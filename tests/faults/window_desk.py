"""The window at work in a process of its own, to be killed: types and saves by keys, and tells what it did.

Run as ``python -m tests.faults.window_desk FOLDER SEED``, with the credentials in the environment. Each line
on stdout is JSON: ``typed`` with the texts of a form and when its last key was pressed, ``saved`` with a
number the window acknowledged, ``ready`` once a person can type.
"""

from __future__ import annotations

import json
import os
import random
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.app import run_window
from desktop_app.services.records import Logged
from desktop_app.services.stores import PIN_VARIABLE, USER_VARIABLE
from desktop_app.ui.capture.capture_page import CapturePage
from desktop_app.ui.desk.main_window import MainWindow

FIELDS = ("phone", "caller_name", "detail")
_WORDS = "停水了一整天没人来修电梯困人请尽快回电"
_MOST_TABS = 15


def tell(**what: object) -> None:
    """Write one line at once: what was not written before the kill was never acknowledged."""
    os.write(1, json.dumps(what, ensure_ascii=False).encode() + b"\n")


class Typist:
    """Fills one form after another, a key at a time with the event loop running in between."""

    def __init__(self, page: CapturePage, chance: random.Random, tag: str) -> None:
        self.page, self.chance, self.tag = page, chance, tag
        self.form = 0
        self.texts: dict[str, str] = {}
        self.left: list[tuple[str, str]] = []
        self.saving: list[str] = []
        page.keeper.saved.connect(self.acknowledge)

    def start(self) -> None:
        """End what a kill left in the form, then go on with calls of one's own."""
        tell(ready=time.time())
        if self.page.keeper.number:
            self.end("")
        self.begin()
        self.next_key()

    def begin(self) -> None:
        self.form += 1
        self.texts = dict.fromkeys(FIELDS, "")
        # Half of the calls are long: what a kill takes of them shows how often a draft is kept.
        length = self.chance.choice([self.chance.randrange(3, 30), 600])
        detail = f"{self.tag}-{self.form} " + "".join(self.chance.choices(_WORDS + "abc 12", k=length))
        values = {
            "phone": f"1312345{self.chance.randrange(10_000):04}",
            "caller_name": "王芳",
            "detail": detail,
        }
        self.left = [(key, one) for key in FIELDS for one in values[key]]

    def next_key(self) -> None:
        if self.left:
            key, one = self.left.pop(0)
            self.go_to(key)
            self.enter(one)
            self.texts[key] += one
            number = self.page.keeper.number
            tell(typed=self.texts, form=f"{self.tag}-{self.form}", number=number, at=time.time())
        else:
            self.end(f"{self.tag}-{self.form}")
            self.begin()
        QTimer.singleShot(self.chance.choice((0, 2, 5, 15, 40)), self.next_key)

    def end(self, form: str) -> None:
        """Save and go on to the next; one call in ten is parked."""
        if self.chance.random() < 0.1:
            self.press(Qt.Key.Key_D)
        else:
            self.saving.append(form)
            self.press(Qt.Key.Key_Return)

    def go_to(self, key: str) -> None:
        for _ in range(_MOST_TABS):
            focused = QApplication.focusWidget()
            if focused is not None and focused.objectName() == key:
                return
            QTest.keyClick(focused, Qt.Key.Key_Tab)
        raise AssertionError(f"no way to {key} by Tab")

    def enter(self, one: str) -> None:
        focused = QApplication.focusWidget()
        if one.isascii():
            QTest.keyClicks(focused, one)
            return
        QApplication.sendEvent(focused, QInputMethodEvent("tingshui", []))
        chosen = QInputMethodEvent("", [])
        chosen.setCommitString(one)
        QApplication.sendEvent(focused, chosen)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget(), key, Qt.KeyboardModifier.ControlModifier)

    def acknowledge(self, logged: Logged) -> None:
        tell(saved=str(logged.number), form=self.saving.pop(0))


def window() -> MainWindow | None:
    """The program's window, once it is on screen."""
    shown = QApplication.topLevelWidgets() if QApplication.instance() else []
    return next((one for one in shown if isinstance(one, MainWindow) and one.isVisible()), None)


def when(ready: Callable[[], bool], act: Callable[[], None]) -> None:
    """Do something as soon as the window is that far."""
    if ready():
        act()
    else:
        QTimer.singleShot(5, lambda: when(ready, act))


def unlock() -> None:
    """Type staff number, Tab, PIN, Enter."""
    for part, key in ((USER_VARIABLE, Qt.Key.Key_Tab), (PIN_VARIABLE, Qt.Key.Key_Return)):
        QTest.keyClicks(QApplication.focusWidget(), os.environ[part])
        QTest.keyClick(QApplication.focusWidget(), key)


def focused(key: str) -> bool:
    inside = QApplication.focusWidget()
    return inside is not None and inside.objectName() == key


class Hands(Protocol):
    """Whatever types at the window."""

    def start(self) -> None:
        """Begin; goes on by itself."""


Sit = Callable[[CapturePage, random.Random, str], Hands]


def work(seed: str, sit: Sit) -> None:
    """Unlock, wait until what a kill left is back in the form, and type."""

    def settled() -> bool:
        there = window()
        return there is not None and there.workplace is not None and not there._parts.background.pending

    def begin() -> None:
        there = window()
        if there is not None and there.workplace is not None:
            # Kept by the window: a timer holds no reference to whose method it calls.
            there.typist = sit(there.workplace.desk.capture, random.Random(seed), seed)
            there.typist.start()

    when(lambda: focused("staff_number"), unlock)
    when(lambda: focused("phone") and settled(), begin)


def wait_for_window(seed: str, sit: Sit) -> None:
    """Ask from another thread, as nothing of ours runs in the program before its event loop does."""
    while window() is None:
        time.sleep(0.02)
    QTimer.singleShot(0, QApplication.instance(), lambda: work(seed, sit))


def main(sit: Sit) -> None:
    """Run the window with somebody at it."""
    threading.Thread(target=wait_for_window, args=(sys.argv[2], sit), daemon=True).start()
    sys.exit(run_window(Path(sys.argv[1])))


if __name__ == "__main__":
    main(Typist)
