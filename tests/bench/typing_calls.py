"""UI: what a person at the form waits for: a key to be seen, a kind to be there, the next empty form.

The whole desk, list of records included, over a real encrypted store that knows customers, with the shipped
site pack beside the form; real key events, until the event queue is empty and everything is painted. Threads
take turns as in the program. The yardstick is the frame of a 60 Hz screen.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.app import SWITCH_SECONDS
from desktop_app.services.seats import seat_of
from desktop_app.ui.background.background import Background
from desktop_app.ui.background.messages import Messages
from desktop_app.ui.desk.desk_page import DeskPage
from desktop_app.ui.preferences import Preferences
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import apply_theme
from desktop_app.ui.typing.shortcuts import Shortcuts
from desktop_app.ui.widgets.notice import Notice
from desktop_app.words import Words
from tests.bench.customers import rows
from tests.bench.figures import Waits
from tests.bench.many_records import fill
from tests.known_customers import PEOPLE, know_customers
from tests.stores import new_store

RECORDS = 2_000
CUSTOMERS = 20_000
FRAME, SWITCH, SAVE = 0.016, 0.05, 0.1
_NONE, _CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
_KINDS = (Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F4, Qt.Key.Key_F5, Qt.Key.Key_F6)


class _Hands:
    """Presses keys and times them."""

    def __init__(self, application: QApplication, background: Background) -> None:
        self._application, self._background = application, background

    def press(self, key: Qt.Key, text: str = "", held: Qt.KeyboardModifier = _NONE) -> float:
        """Return the seconds from the key until everything is painted."""
        began = time.perf_counter()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            focus = QApplication.focusWidget()
            if focus is not None:
                self._application.sendEvent(focus, QKeyEvent(kind, key, held, text))
        self._application.processEvents()
        return time.perf_counter() - began

    def until(self, truth: Callable[[], bool]) -> float:
        """Return the seconds until something is so."""
        began = time.perf_counter()
        while not truth():
            self._application.processEvents()
            if time.perf_counter() - began > 30:
                raise TimeoutError
        return time.perf_counter() - began

    def settle(self) -> None:
        self.until(lambda: not self._background.pending)
        self._application.processEvents()


def measure(folder: Path, rounds: int) -> tuple[Waits, Waits, Waits]:
    """Return the three figures."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    apply_theme(application, "light")
    store = new_store(folder / "store")
    fill(store, RECORDS)
    listed = ((one[0], one[1], (one[2],), one[4], one[6], "") for one in rows(CUSTOMERS, seed=1))
    know_customers(store, as_of=datetime.now(UTC), people=(*PEOPLE, *listed))
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_SECONDS)
    window, words = QWidget(), Words("zh")
    with Background() as background:
        notice = Notice(words, window)
        session = Session(
            store=store,
            person=seat_of(store),
            words=words,
            background=background,
            clock=lambda: datetime.now(UTC),
            preferences=Preferences(folder / "window.ini"),
            shortcuts=Shortcuts(window),
            messages=Messages(words, notice, background, data_folder=folder),
        )
        session.shelf.read(folder, store, session.clock, background, words, session.messages.tell)
        desk = DeskPage(session)
        QVBoxLayout(window).addWidget(desk)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        hands = _Hands(application, background)
        desk.capture.focus_start()
        hands.settle()
        told = _typed(hands, desk, rounds), _switched(hands, rounds), _saved(hands, desk, rounds)
        window.close()
        window.deleteLater()
    sys.setswitchinterval(before)
    store.close()
    return told


def _typed(hands: _Hands, desk: DeskPage, rounds: int) -> Waits:
    waits: dict[str, list[float]] = {}
    fields = [
        one
        for one in desk.capture.form.findChildren(QWidget)
        if isinstance(one, QLineEdit | QPlainTextEdit) and one.isVisible() and one.objectName()
    ]
    for turn in range(rounds + 1):
        for field in fields:
            field.setFocus()
            hands.settle()
            for letter in "13123450001":
                wait = hands.press(Qt.Key(ord(letter)), letter)
                if turn:
                    waits.setdefault(field.objectName(), []).append(wait)
            hands.settle()
            field.clear()
    return Waits("UI key", "a key until it is painted, by field; p99 counts", waits, FRAME)


def _switched(hands: _Hands, rounds: int) -> Waits:
    waits: dict[str, list[float]] = {}
    for turn in range(rounds + 1):
        for place, key in enumerate(_KINDS):
            wait = hands.press(key)
            hands.settle()
            if turn:
                waits.setdefault(f"F{place + 2}", []).append(wait)
    return Waits("UI kind", "a kind's key until its form is painted", waits, SWITCH)


def _saved(hands: _Hands, desk: DeskPage, rounds: int) -> Waits:
    waits: list[float] = []
    hands.press(_KINDS[0])
    for turn in range(3 * rounds + 1):
        desk.capture.focus_start()
        for letter in f"1312345{turn:04d}":
            hands.press(Qt.Key(ord(letter)), letter)
        hands.settle()
        began = time.perf_counter()
        hands.press(Qt.Key.Key_Return, "\r", _CONTROL)
        phone = desk.capture.form.findChild(QLineEdit, "phone")
        hands.until(lambda phone=phone: not phone.text() and phone.hasFocus())
        if turn:
            waits.append(time.perf_counter() - began)
        hands.settle()
    return Waits("UI save", "save until an empty form has the focus; p95 counts", {"Ctrl+Enter": waits}, SAVE)
