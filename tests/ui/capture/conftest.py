"""A capture page in a window of its own, on a real encrypted store."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.roles import Role
from desktop_app.services.seats import Seat
from desktop_app.storage.store import Store
from desktop_app.ui.background.background import Background
from desktop_app.ui.capture.capture_page import CapturePage
from desktop_app.ui.preferences import Preferences
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import apply_theme
from desktop_app.ui.typing.shortcuts import Shortcuts
from desktop_app.words import Language, Words
from tests.backgrounds import settle

START = datetime(2026, 3, 20, 2, 3, 12, tzinfo=UTC)
"""10:03:12 in Shanghai."""


@dataclass
class Clock:
    """A clock that is moved by hand."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def go_on(self, **step: float) -> None:
        self.now += timedelta(**step)


@dataclass
class Told:
    """What a room could not say beside a field."""

    problems: list[Exception] = field(default_factory=list)

    def tell(self, problem: Exception) -> None:
        self.problems.append(problem)


@dataclass
class Desk:
    """The page in its window, with what a test looks at."""

    window: QWidget
    page: CapturePage
    session: Session
    clock: Clock
    told: Told

    @property
    def form(self):
        return self.page.form

    def field(self, key: str) -> QWidget:
        """Return the input of a field as a person sees it."""
        found = [widget for widget in self.form.findChildren(QWidget, key) if widget.isVisible()]
        assert len(found) == 1, (key, found)
        return found[0]

    def settle(self, qtbot: QtBot) -> None:
        settle(qtbot, self.session.background)


@pytest.fixture
def open_desk(
    qapp: QApplication, qtbot: QtBot, store: Store, background: Background, tmp_path: Path
) -> Iterator[Callable[..., Desk]]:
    def open_one(
        *, language: Language = "zh", theme: str = "light", size: tuple[int, int] = (806, 686)
    ) -> Desk:
        # To dress the program takes a while; it stays dressed from one test to the next.
        worn = qapp.property("desk_theme") == theme and qapp.styleSheet()
        if not worn:
            apply_theme(qapp, theme)
        window = QWidget()
        qtbot.addWidget(window)
        clock, told = Clock(), Told()
        session = Session(
            store=store,
            person=Seat("8021", "李娜", Role.AGENT, "07", False),
            words=Words(language),
            background=background,
            clock=clock,
            preferences=Preferences(tmp_path / "window.ini"),
            shortcuts=Shortcuts(window),
            messages=told,
        )
        page = CapturePage(session)
        layout = QVBoxLayout(window)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)
        window.resize(*size)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        page.focus_start()
        return Desk(window, page, session, clock, told)

    yield open_one
    settle(qtbot, background)


@pytest.fixture
def desk(open_desk: Callable[..., Desk]) -> Desk:
    return open_desk()
