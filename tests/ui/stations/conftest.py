"""The stations page in a window of its own, over the real store of a lead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.services.seats import seat_of
from desktop_app.storage.store import Store
from desktop_app.ui.background.background import Background
from desktop_app.ui.stations.stations_page import StationsPage
from desktop_app.words import Words
from tests.backgrounds import settle
from tests.floor import NOW
from tests.floor import floor as floor
from tests.ui.sessions import Told, begin_session, show_page


@dataclass
class Opened:
    """A page and the hands at it."""

    qtbot: QtBot
    background: Background
    page: StationsPage
    told: Told

    def settle(self) -> None:
        """Wait until everything asked for has come."""
        settle(self.qtbot, self.background)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key where the focus is, and wait for what it leads to."""
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        self.qtbot.keyClick(QApplication.focusWidget(), key, held)
        self.settle()

    def types(self, text: str) -> None:
        """Type where the focus is."""
        self.qtbot.keyClicks(QApplication.focusWidget(), text)

    def text(self) -> str:
        """Return all words on screen outside the lists."""
        return " ".join(
            one.text()
            for one in self.page.findChildren(QWidget)
            if one.isVisible() and hasattr(one, "text") and callable(one.text)
        )

    def cells(self) -> list[list[str]]:
        """Return the rows of the stations as they are shown."""
        model = self.page.board.table.model()
        return [
            [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]


@pytest.fixture
def open_page(qtbot: QtBot, tmp_path: Path, background: Background) -> Callable[..., Opened]:
    def open_it(store: Store, language: str = "zh") -> Opened:
        words = Words("en" if language == "en" else "zh")
        session = begin_session(
            qtbot, store, background, tmp_path, words=words, person=seat_of(store), clock=lambda: NOW
        )
        page = show_page(qtbot, StationsPage, session)
        settle(qtbot, background)
        page.setFocus()
        settle(qtbot, background)
        return Opened(qtbot, background, page, session.messages)

    return open_it
