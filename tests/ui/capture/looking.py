"""A capture page that knows customers, and the pop-up of those found."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.services.offers import offers
from desktop_app.storage.store import Store
from desktop_app.ui.capture import looking_up
from desktop_app.ui.capture.look_up_row import LookUpRow
from tests.known_customers import know_customers
from tests.ui.capture.conftest import Desk
from tests.ui.capture.keyboard import write
from tests.ui.sessions import START

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def known(store: Store) -> Store:
    know_customers(store, as_of=START - timedelta(hours=11))
    return store


@pytest.fixture
def desk(known: Store, open_desk: Callable[..., Desk]) -> Desk:
    return open_desk()


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is told of the pop-up."""
    told: list[str] = []
    monkeypatch.setattr(looking_up, "announce", lambda _widget, text: told.append(text))
    return told


def rows(desk: Desk) -> list[str]:
    shown = [row for row in desk.window.findChildren(LookUpRow) if row.isVisible()]
    return [row.accessibleName() for row in shown]


def paused(desk: Desk, qtbot: QtBot) -> None:
    """Let the pause after the last key pass."""
    qtbot.waitUntil(lambda: not desk.form.caller.looking_up._pause.isActive(), timeout=5000)


def settled(desk: Desk, qtbot: QtBot) -> None:
    """Let the pause after the last key pass, and the answer arrive."""
    paused(desk, qtbot)
    desk.settle(qtbot)


def held_back(monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], threading.Event]:
    """Hold the first answer back until the event is set; return what is asked, and the event."""
    asked: list[str] = []
    answer = threading.Event()

    def late(store, text, **known):
        asked.append(text)
        assert len(asked) > 1 or answer.wait(20)
        return offers(store, text, **known)

    monkeypatch.setattr(looking_up, "offers", late)
    return asked, answer


def look(desk: Desk, qtbot: QtBot, text: str) -> None:
    write(qtbot, text)
    settled(desk, qtbot)


def foot(desk: Desk) -> str:
    (found,) = [one for one in desk.window.findChildren(QWidget, "look_up_foot") if one.isVisible()]
    return found.text()


def values(desk: Desk) -> dict:
    return desk.form.values()
