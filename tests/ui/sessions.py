"""A session of a room that stands alone in a window of its own, over a real store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.errors import KnownError
from desktop_app.domain.roles import Role
from desktop_app.services.seats import Seat
from desktop_app.storage.store import Store
from desktop_app.ui.background.background import Background
from desktop_app.ui.preferences import Preferences
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import ThemeName, apply_theme
from desktop_app.ui.typing.shortcuts import Shortcuts
from desktop_app.words import Words

PageT = TypeVar("PageT", bound=QWidget)
LI_NA = Seat("8021", "李娜", Role.AGENT, "07", False)
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
    """What a room could not say beside a field, and what it said in passing.

    Only where a test brings a ``bug`` about may there be one.
    """

    bug: bool = False
    problems: list[Exception] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def tell(self, problem: Exception, *_actions: object) -> None:
        assert self.bug or isinstance(problem, KnownError), repr(problem)
        self.problems.append(problem)

    def say(self, text: str, *_actions: object) -> None:
        self.said.append(text)


def begin_session(
    qtbot: QtBot,
    store: Store,
    background: Background,
    folder: Path,
    *,
    words: Words | None = None,
    person: Seat = LI_NA,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    theme: ThemeName = "light",
    **parts: Any,
) -> Session:
    """Begin a session whose window is still empty; preferences lie in ``folder``."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    apply_theme(application, theme)
    window = QWidget()
    qtbot.addWidget(window)
    return Session(
        store=store,
        person=person,
        words=words or Words("zh"),
        background=background,
        clock=clock,
        preferences=Preferences(folder / "window.ini"),
        shortcuts=Shortcuts(window),
        messages=Told(),
        **parts,
    )


def show_page(
    qtbot: QtBot,
    make: Callable[[Session], PageT],
    session: Session,
    size: tuple[int, int] = (1366, 700),
    *,
    margin: int | None = 0,
) -> PageT:
    """Show a place alone in the session's window, with the focus in it; ``margin`` None is the style's."""
    window = session.shortcuts.parent()
    assert isinstance(window, QWidget)
    page = make(session)
    layout = QVBoxLayout(window)
    if margin is not None:
        layout.setContentsMargins(margin, margin, margin, margin)
    layout.addWidget(page)
    window.resize(*size)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    page.setFocus()
    return page
