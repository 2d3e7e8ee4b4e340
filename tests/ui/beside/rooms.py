"""The desk in a window of its own, on a real encrypted store and a small pack."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.site_pack import SitePack
from desktop_app.services.knowledge import index_of
from desktop_app.storage.store import Store
from desktop_app.ui.background.background import Background
from desktop_app.ui.beside.at_hand import AtHand
from desktop_app.ui.desk.desk_page import DeskPage
from desktop_app.ui.session import Session
from desktop_app.ui.site_pack.shelf import PackShelf
from desktop_app.words import Language, Words
from tests.backgrounds import settle
from tests.ui.beside.packs import PACK
from tests.ui.capture.keyboard import press
from tests.ui.sessions import Clock, begin_session, show_page


@dataclass
class Room:
    """The desk page in its window, and the hands at it."""

    qtbot: QtBot
    window: QWidget
    page: DeskPage
    session: Session
    clock: Clock

    @property
    def form(self):
        return self.page.capture.form

    @property
    def at_hand(self) -> AtHand:
        return self.page.beside.at_hand

    def sees(self, name: str) -> bool:
        """Whether a widget of this name is on screen."""
        return any(one.isVisible() for one in self.window.findChildren(QWidget, name))

    def find(self, name: str) -> QWidget:
        """Return the widget of this name that is on screen."""
        found = [one for one in self.window.findChildren(QWidget, name) if one.isVisible()]
        assert len(found) == 1, (name, found)
        return found[0]

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        press(self.qtbot, key, held)

    def alt(self, digit: int) -> None:
        press(self.qtbot, Qt.Key(Qt.Key.Key_0 + digit), Qt.KeyboardModifier.AltModifier)

    def settle(self) -> None:
        settle(self.qtbot, self.session.background)


def shelf_of(pack: SitePack) -> PackShelf:
    shelf = PackShelf()
    shelf.pack, shelf.articles = pack, index_of(pack)
    return shelf


@pytest.fixture
def open_room(
    qtbot: QtBot, store: Store, background: Background, tmp_path: Path
) -> Iterator[Callable[..., Room]]:
    def open_one(
        *, size: tuple[int, int] = (1366, 690), language: Language = "zh", pack: SitePack = PACK
    ) -> Room:
        clock = Clock()
        session = begin_session(
            qtbot, store, background, tmp_path, words=Words(language), clock=clock, shelf=shelf_of(pack)
        )
        page = show_page(qtbot, DeskPage, session, size)
        page.capture.focus_start()
        return Room(qtbot, page.window(), page, session, clock)

    yield open_one
    settle(qtbot, background)


@pytest.fixture
def room(open_room: Callable[..., Room]) -> Room:
    return open_room()
