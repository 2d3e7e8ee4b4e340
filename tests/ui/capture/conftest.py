"""A capture page in a window of its own, on a real encrypted store."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.storage.store import Store
from desktop_app.ui.background.background import Background
from desktop_app.ui.capture.capture_page import CapturePage
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import ThemeName
from desktop_app.words import Language, Words
from tests.backgrounds import settle
from tests.ui.sessions import START as START
from tests.ui.sessions import Clock, Told, begin_session, show_page


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
    qtbot: QtBot, store: Store, background: Background, tmp_path: Path
) -> Iterator[Callable[..., Desk]]:
    def open_one(
        *, language: Language = "zh", theme: ThemeName = "light", size: tuple[int, int] = (806, 686)
    ) -> Desk:
        clock = Clock()
        session = begin_session(
            qtbot, store, background, tmp_path, words=Words(language), clock=clock, theme=theme
        )
        page = show_page(qtbot, CapturePage, session, size)
        page.focus_start()
        return Desk(page.window(), page, session, clock, session.messages)

    yield open_one
    settle(qtbot, background)


@pytest.fixture
def desk(open_desk: Callable[..., Desk]) -> Desk:
    return open_desk()
