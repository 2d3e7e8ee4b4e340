"""The window at work in a process of its own, to be killed: types and saves by keys, and tells what it did.

Run as ``python -m tests.faults.window_desk FOLDER SEED``. Each line on stdout is JSON: ``typed`` with the
texts of a form and when its last key was pressed, ``saved`` with a number the window acknowledged, ``ready``.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop_app.paths import data_folder
from desktop_app.services.records import Logged
from desktop_app.services.seats import seat_of
from desktop_app.services.stores import credentials_given, unlock
from desktop_app.ui.background.background import Background
from desktop_app.ui.capture.capture_page import CapturePage
from desktop_app.ui.desk.status_line import StatusLine
from desktop_app.ui.preferences import Preferences
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import apply_theme
from desktop_app.ui.typing.shortcuts import Shortcuts
from desktop_app.words import Words

FIELDS = ("phone", "caller_name", "detail")
_WORDS = "停水了一整天没人来修电梯困人请尽快回电"
_MOST_TABS = 15


def tell(**what: object) -> None:
    """Write one line at once: what was not written before the kill was never acknowledged."""
    os.write(1, json.dumps(what, ensure_ascii=False).encode() + b"\n")


class Bugs:
    """A bug ends the run: the parent sees that no line says ``ready`` or that the process ended by itself."""

    def tell(self, problem: Exception) -> None:
        raise problem


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


def main(folder: Path, seed: str) -> int:
    """Open the window on a store and type until somebody ends it."""
    application = QApplication([])
    tokens = apply_theme(application, "light")
    now = datetime.now(UTC)
    store = unlock(folder, credentials_given(), data_folder=data_folder(), now=now)
    window = QWidget()
    with Background() as background:
        session = Session(
            store=store,
            person=seat_of(store),
            words=Words("zh"),
            background=background,
            clock=lambda: datetime.now(UTC),
            preferences=Preferences(data_folder() / "window.ini"),
            tokens=tokens,
            shortcuts=Shortcuts(window),
            messages=Bugs(),
        )
        page = CapturePage(session)
        line = StatusLine(session, page.keeper)
        layout = QVBoxLayout(window)
        layout.addWidget(page, 1)
        layout.addWidget(line)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        page.focus_start()
        page.restore()
        typist = Typist(page, random.Random(seed), seed)
        watch = QTimer()

        def begin() -> None:
            if not background.pending and QApplication.focusWidget() is not None:
                watch.stop()
                typist.start()

        watch.timeout.connect(begin)
        watch.start(5)
        return application.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
