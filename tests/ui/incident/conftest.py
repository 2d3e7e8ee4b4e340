"""A window with the real store and the shipped site pack, for what the team lead opens in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.roles import Role
from desktop_app.exchange.site_pack import read_pack
from desktop_app.paths import resources
from desktop_app.services.incidents import report_fault
from desktop_app.services.seats import seat_of
from desktop_app.storage.store import Store
from desktop_app.ui.background.background import Background
from desktop_app.ui.incident.incident_page import IncidentPage
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.preferences import Preferences
from desktop_app.ui.session import Session
from desktop_app.ui.site_pack.shelf import PackShelf
from desktop_app.ui.theme.style import apply_theme
from desktop_app.ui.typing.shortcuts import Shortcuts
from desktop_app.words import Words
from tests.backgrounds import settle
from tests.stores import author
from tests.ui.incident.halls import Hall

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


class Told:
    """What was said in the window's notice, and what could not be done."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.problems: list[BaseException] = []

    def tell(self, problem: BaseException) -> None:
        self.problems.append(problem)

    def say(self, text: str, *_actions: object) -> None:
        self.said.append(text)


@dataclass
class Clock:
    """The time of the window, moved by a test."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_minutes(self, count: float) -> None:
        self.now += timedelta(minutes=count)


@dataclass
class Room:
    """A lead's window, and hands at it."""

    qtbot: QtBot
    session: Session
    clock: Clock
    told: Told
    window: QWidget

    @property
    def store(self) -> Store:
        return self.session.store

    def settle(self) -> None:
        settle(self.qtbot, self.session.background)
        QApplication.processEvents()


@pytest.fixture
def room(
    qtbot: QtBot, qapp: QApplication, store: Store, background: Background, tmp_path: Path
) -> Iterator[Room]:
    apply_theme(qapp, "light")
    window, clock, told = QWidget(), Clock(), Told()
    window.resize(1366, 768)
    qtbot.addWidget(window)
    shelf = PackShelf(window)
    shelf.pack = read_pack(resources() / "site")
    lead = replace(store, author=author("6001", Role.LEAD))
    session = Session(
        store=lead,
        person=seat_of(lead),
        words=Words("zh"),
        background=background,
        clock=clock,
        preferences=Preferences(tmp_path / "window.ini"),
        shortcuts=Shortcuts(window),
        messages=told,  # type: ignore[arg-type]  # says what a test reads
        shelf=shelf,
    )
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    opened = Room(qtbot, session, clock, told, window)
    yield opened
    opened.settle()
    assert told.problems == []


@pytest.fixture
def hall(room: Room) -> Hall:
    """The page of a fault that was reported now."""
    made = report_fault(room.store, symptom="CRM 打不开", category="application", now=NOW)
    page = IncidentPage(IncidentRoom(room.session, room.window), lambda: None, lambda: None)
    layout = QVBoxLayout(room.window)
    layout.addWidget(page)
    page.setFocus()
    room.settle()
    return Hall(room, page, made.incident)
