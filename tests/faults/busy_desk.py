"""Somebody at the window who uses everything that fills a form, to be killed: chips, phrases, steps, quick
records, the look-up, kinds, undo and parked calls.

Run and heard as ``window_desk`` is; ``typed`` here is what the form itself says after each key.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.services.records import Logged
from desktop_app.ui.capture.capture_page import CapturePage
from tests.faults.window_desk import main, tell

WATCHED = (
    *("kind", "phone", "caller_name", "address", "detail"),
    *("steps_done", "phrases_used", "customer_no", "summary"),
)
_PAUSES = (0, 0, 2, 5, 15, 40)
_WORDS = "停水了一整天没人来修电梯困人请尽快回电"


class BusyHands:
    """Works through one call after another, a key each time the event loop is idle."""

    def __init__(self, page: CapturePage, chance: random.Random, tag: str) -> None:
        self.page, self.chance, self.tag = page, chance, tag
        self.forms: list[object] = []
        self.keys: Iterator[None] = iter(())
        page.keeper.saved.connect(self._acknowledge)

    def start(self) -> None:
        """End what a kill left in the form, then go on with calls of one's own."""
        tell(ready=time.time())
        if self.page.keeper.number:
            self._press("Ctrl+Return" if self.chance.random() < 0.8 else "Ctrl+D")
        self.keys = self._calls()
        self._next()

    def _next(self) -> None:
        next(self.keys)
        self._tell_form()
        QTimer.singleShot(self.chance.choice(_PAUSES), self._next)

    def _calls(self) -> Iterator[None]:
        while True:
            deeds: list[Callable[[], Iterator[None]]] = [
                *(self._notes, self._notes, self._phrase, self._chip, self._steps, self._kind, self._name)
            ]
            yield from self.chance.choice((self._known_caller, self._quick, self._unknown_caller))()
            for deed in self.chance.choices(deeds, k=self.chance.randrange(2, 9)):
                yield from deed()
            self._press(self.chance.choice(("Ctrl+Return", "Ctrl+Return", "F9", "Ctrl+D")))
            yield
            if self.chance.random() < 0.2:
                self._press(self.chance.choice(("F11", "Ctrl+1", "Alt+Up")))
                yield

    def _known_caller(self) -> Iterator[None]:
        self.page.form.fields.go_to("phone")
        yield from self._letters(self.chance.choice(("0043", "0219", "csn", "13123459017")))
        for _ in range(20):
            yield  # as long as somebody looks at the pop-up
        self._press("Return")
        yield

    def _unknown_caller(self) -> Iterator[None]:
        self.page.form.fields.go_to("phone")
        yield from self._letters(f"1312345{self.chance.randrange(5_000, 9_000):04}")

    def _quick(self) -> Iterator[None]:
        self._press("Ctrl+Q")
        yield
        self._press("Return")
        yield

    def _name(self) -> Iterator[None]:
        self.page.form.fields.go_to("caller_name")
        yield from self._composed("王芳")

    def _notes(self) -> Iterator[None]:
        self.page.form.fields.go_to("detail")
        if self.chance.random() < 0.5:
            yield from self._letters(f"{self.tag} abc 12 ")
        else:
            yield from self._composed("".join(self.chance.choices(_WORDS, k=8)))

    def _phrase(self) -> Iterator[None]:
        self.page.form.fields.go_to("detail")
        yield from self._letters(self.chance.choice((" ;xt ", " ;gz ", " ;bh ")))

    def _chip(self) -> Iterator[None]:
        self.page.form.fields.go_to("detail")
        yield from self._letters(self.chance.choice((" ;1 ", " ;2 ")))

    def _steps(self) -> Iterator[None]:
        for place in range(1, self.chance.randrange(2, 5)):
            self._press(f"Alt+{place}")
            yield

    def _kind(self) -> Iterator[None]:
        self._press(self.chance.choice(("F2", "F3", "F4", "F5", "F6")))
        yield

    def _letters(self, text: str) -> Iterator[None]:
        for one in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, ord(one.upper()), Qt.KeyboardModifier.NoModifier, one)
                QApplication.sendEvent(QApplication.focusWidget(), event)
            yield

    def _composed(self, text: str) -> Iterator[None]:
        for one in text:
            QApplication.sendEvent(QApplication.focusWidget(), QInputMethodEvent("ting", []))
            yield
            chosen = QInputMethodEvent("", [])
            chosen.setCommitString(one)
            QApplication.sendEvent(QApplication.focusWidget(), chosen)
            yield

    def _press(self, keys: str) -> None:
        combination = QKeySequence(keys)[0]
        if keys == "F11":
            tell(undoing=True)
        QTest.keyClick(QApplication.focusWidget(), combination.key(), combination.keyboardModifiers())

    def _tell_form(self) -> None:
        keeper = self.page.keeper
        if keeper._form is None:
            return
        if not self.forms or self.forms[-1] is not keeper._form:
            self.forms.append(keeper._form)
        texts = {key: str(self.page.form.values().get(key) or "") for key in WATCHED}
        tell(typed=texts, form=f"{self.tag}-{len(self.forms)}", number=keeper.number, at=time.time())

    def _acknowledge(self, logged: Logged) -> None:
        tell(saved=str(logged.number), form="")


if __name__ == "__main__":
    main(BusyHands)
