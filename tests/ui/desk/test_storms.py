"""Keys without a pause, as a stuck key or a fast hand makes them: nothing is lost, the window never stands.

Each key comes as soon as the event loop has dealt with the one before; a heartbeat beside them tells how
long the window computed at most without looking up.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import cycle, islice

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.ui.typing.entering import MOST_IN_LINE
from tests.known_customers import know_customers
from tests.ui.capture.keyboard import CONTROL
from tests.ui.desk.desks import Desk
from tests.ui.typing.composing import compose, settle

FEW, MANY = 80, 2_000
LONGEST = 0.2
"""Seconds that the window may compute without looking up, whoever else needs the machine."""
_BEAT = 5


class Heart(QObject):
    """Beats every few milliseconds and remembers the most its thread computed between two beats."""

    def __init__(self) -> None:
        super().__init__()
        self.longest, self._last = 0.0, time.thread_time()
        self._timer = QTimer(self, interval=_BEAT, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.thread_time()
        self.longest, self._last = max(self.longest, now - self._last), now

    def stop(self) -> None:
        self._beat()
        self._timer.stop()


def storm(desk: Desk, deeds: Iterable[Callable[[], object]]) -> float:
    """Do one deed after another as fast as the event loop takes them; returns the longest beat."""
    heart, left, over = Heart(), iter(deeds), []

    def go_on() -> None:
        deed = next(left, None)
        if deed is None:
            over.append(True)
            return
        QTimer.singleShot(0, desk.window, go_on)
        deed()

    go_on()
    desk.qtbot.waitUntil(lambda: bool(over), timeout=600_000)
    desk.waits(lambda: desk.background.pending == 0)
    heart.stop()
    return heart.longest


def letter(one: str) -> None:
    """Press the key of a letter; QTest knows Latin keys only."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, ord(one.upper()), Qt.KeyboardModifier.NoModifier, one)
        QApplication.sendEvent(QApplication.focusWidget(), event)


def key(code: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), code, held)


def letters(text: str) -> list[Callable[[], None]]:
    return [lambda one=one: letter(one) for one in text]


def repeated(text: str, count: int) -> str:
    return "".join(islice(cycle(text), count))


def field_of(desk: Desk, name: str) -> str:
    return desk.window.workplace.desk.capture.form.text(name)


def go_to(desk: Desk, name: str) -> None:
    desk.window.workplace.desk.capture.form.fields.go_to(name)


def storms(desk: Desk, count: int) -> Iterator[tuple[str, float]]:
    """Let one storm after another go over the desk; gives the name of each and how long the window stood."""
    know_customers(desk.window._session.store, as_of=datetime.now(UTC))
    desk.waits(lambda: desk.focused() == "phone" and desk.sees("step_1"))
    digits = repeated("13123450219 0571-5550 4008100 00x", count)
    yield "phone", storm(desk, letters(digits))
    assert field_of(desk, "phone").strip() == digits[:MOST_IN_LINE].strip()

    go_to(desk, "caller_name")
    name = repeated("chen cns 0219 wang;xt ", count)
    yield "name", storm(desk, letters(name))
    assert field_of(desk, "caller_name").strip() == name[:MOST_IN_LINE].strip()

    go_to(desk, "detail")
    codes = repeated(";;;;a;b;;zz9 ；；", count)
    yield "codes", storm(desk, letters(codes))
    assert field_of(desk, "detail").strip() == codes.strip()

    def composing() -> Iterator[Callable[[], object]]:
        for place in range(count // 4):
            pinyin = ("t", "ti", "tin", "ting")[place % 4]
            yield lambda: go_to(desk, "customer_wants" if desk.sees("customer_wants") else "detail")
            yield lambda pinyin=pinyin: compose(QApplication.focusWidget(), pinyin)
            yield lambda place=place: key(Qt.Key(Qt.Key.Key_F2.value + place % 5))
            yield lambda: settle(QApplication.focusWidget(), "")

    before = {name: field_of(desk, name) for name in ("detail", "customer_wants")}
    yield "kinds", storm(desk, composing())
    grown = sum(len(field_of(desk, name)) - len(text) for name, text in before.items())
    assert grown == sum(len(("t", "ti", "tin", "ting")[place % 4]) for place in range(count // 4))

    def palette() -> Iterator[Callable[[], object]]:
        for place in range(count // 8):
            yield lambda: key(Qt.Key.Key_K, CONTROL)
            yield from letters(("chen", "kffw", "0219", "；；wx")[place % 4])
            yield lambda: key(Qt.Key.Key_Down)
            yield lambda: key(Qt.Key.Key_Escape)
            yield lambda: letter("z")

    key(Qt.Key.Key_F2)
    go_to(desk, "detail")
    before_palette = field_of(desk, "detail")
    yield "palette", storm(desk, palette())
    assert field_of(desk, "detail") == before_palette + "z" * (count // 8)
    assert QApplication.focusWidget().objectName() == "detail"


def test_storms(desk: Desk) -> None:
    stood = dict(storms(desk, FEW))
    assert len(stood) == 5
    assert max(stood.values()) < LONGEST, stood


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_long_storms(desk: Desk) -> None:
    """The long run; says how long the window stood."""
    stood = dict(storms(desk, MANY))
    print({name: f"{1000 * longest:.0f} ms" for name, longest in stood.items()})
    assert max(stood.values()) < LONGEST, stood
