"""The people page over a real store, for a lead or an agent, and hands at it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.contact_book import BookContact
from desktop_app.domain.roles import Role
from desktop_app.services.contacts import contact_book
from desktop_app.services.seats import seat_of
from desktop_app.storage.store import Store
from desktop_app.ui.background.background import Background
from desktop_app.ui.people.book_view import BookView
from desktop_app.ui.people.people_page import PeoplePage
from desktop_app.ui.session import Session
from tests.backgrounds import settle
from tests.stores import author
from tests.ui.sessions import Told, begin_session, show_page

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
NO_KEY = Qt.KeyboardModifier.NoModifier


class Hands:
    """What somebody sees of the page, and the keys they press."""

    def __init__(self, qtbot: QtBot, session: Session, data_folder: Path) -> None:
        self.qtbot, self.session = qtbot, session
        self.told: Told = session.messages  # type: ignore[assignment]
        session.shelf.read(
            data_folder, session.store, session.clock, session.background, session.words, self.told.tell
        )
        self.page = show_page(qtbot, PeoplePage, session)
        self.window: QWidget = self.page.window()
        self.settle()

    @property
    def store(self) -> Store:
        return self.session.store

    @property
    def book(self) -> dict[str, BookContact]:
        """Everybody by name, as the store has them."""
        return {one.contact.name.zh: one for one in contact_book(self.store, self.page.room.pack)}

    def settle(self) -> None:
        """Wait until everything that was asked for is answered, and shown."""
        settle(self.qtbot, self.session.background)
        QApplication.processEvents()

    @contextmanager
    def before_it_is_done(self) -> Iterator[None]:
        """Hold the store's thread meanwhile: the window hears of nothing."""
        gate = threading.Event()
        self.session.background.change(gate.wait)
        try:
            yield
        finally:
            gate.set()
        self.settle()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NO_KEY) -> None:
        """Press a key and let it act."""
        self.strike(key, held)
        self.settle()

    def strike(self, key: Qt.Key, held: Qt.KeyboardModifier = NO_KEY) -> None:
        """Press a key and go on at once."""
        self.qtbot.keyClick(self.window.focusWidget() or self.window, key, held)

    def sees(self, name: str) -> bool:
        return any(one.isVisible() for one in self.window.findChildren(QWidget, name))

    def field(self, name: str) -> QWidget:
        (found,) = [one for one in self.window.findChildren(QWidget, name) if one.isVisible()]
        return found

    def says(self, name: str) -> str:
        label = self.field(name)
        assert isinstance(label, QLabel)
        return label.text()

    def enters(self, name: str, text: str, key: Qt.Key | None = None) -> None:
        """Have a field say something, and press a key in it."""
        field = self.field(name)
        assert isinstance(field, QLineEdit)
        field.setFocus()
        field.setText(text)
        if key is not None:
            self.qtbot.keyClick(field, key)
            self.settle()

    def finds(self, text: str) -> BookView:
        view = self.page.panels["book"]
        assert isinstance(view, BookView)
        view.search.setFocus()
        view.search.clear()
        self.qtbot.keyClicks(view.search, text)
        return view


@pytest.fixture
def at_people(
    qtbot: QtBot, store: Store, background: Background, own_data_folder: Path
) -> Callable[[Role], Hands]:
    def open_as(role: Role) -> Hands:
        own = replace(store, author=author("8021", role))
        session = begin_session(
            qtbot,
            own,
            background,
            own_data_folder,
            person=seat_of(own),
            clock=lambda: datetime.now(UTC),
        )
        return Hands(qtbot, session, own_data_folder)

    return open_as
