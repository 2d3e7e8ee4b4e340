from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.storage import key_slots
from tests.backgrounds import background as background
from tests.stores import store as store

PATIENCE = 60_000
"""Milliseconds until a wait is given up: a busy machine is no failure, and what comes true ends the wait."""


@pytest.fixture
def qtbot(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[QtBot]:
    """Hold every window until the test is over, and wait with patience; pytest-qt itself does neither.

    The garbage collector takes a window that nobody holds apart piece by piece, and a field that loses its
    focus meanwhile calls slots of a form that has lost half of what it knew.
    """
    held: list[QWidget] = []
    add = qtbot.addWidget

    def add_and_hold(widget: QWidget, **how: Any) -> None:
        held.append(widget)
        add(widget, **how)

    monkeypatch.setattr(qtbot, "addWidget", add_and_hold)
    for name in ("waitUntil", "waitSignal", "waitSignals", "waitActive", "waitExposed", "waitCallback"):
        monkeypatch.setattr(qtbot, name, partial(_patiently, getattr(qtbot, name)))
    yield qtbot
    held.clear()


def _patiently(wait: Callable[..., Any], *args: Any, timeout: int = 0, **how: Any) -> Any:
    return wait(*args, timeout=max(timeout, PATIENCE), **how)


@pytest.fixture(scope="session", autouse=True)
def each_pin_stretched_once() -> Iterator[None]:
    """Stretch a PIN with its salt once in a session: the same two give the same key every time."""
    once = cache(key_slots.hash_secret_raw)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(key_slots, "hash_secret_raw", once)
        yield


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown() -> None:
    """Let windows go while they are held: ``deleteLater`` waits for an event loop that may never come."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
