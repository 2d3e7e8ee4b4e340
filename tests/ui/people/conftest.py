"""The window of a lead, or of an agent, at the people page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.domain.roles import Role
from desktop_app.storage.store import Store
from desktop_app.ui.people.people_page import PeoplePage
from tests.ui.desk.desks import Desk, make_store


class Hands:
    """A desk that stands at the people page."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        workplace = desk.window.workplace
        assert workplace is not None
        assert desk.window._session is not None
        self.session = desk.window._session
        desk.waits(lambda: bool(self.session.shelf.pack.contacts))
        desk.waits(lambda: desk.focused() == "phone")
        workplace.go("people")
        page = workplace._built["people"]
        assert isinstance(page, PeoplePage)
        self.page = page
        desk.waits(lambda: page.room.people.ready)

    @property
    def store(self) -> Store:
        return self.session.store

    def settle(self) -> None:
        """Wait until everything that was asked for is answered, and shown."""
        self.waits(lambda: not self.desk.background.pending)

    def waits(self, truth: Callable[[], bool]) -> None:
        self.desk.waits(truth)


@pytest.fixture
def at_people(qtbot: QtBot, own_data_folder: Path) -> Iterator[Callable[[Role], Hands]]:
    opened: list[Desk] = []

    def open_as(role: Role) -> Hands:
        folder = own_data_folder / "store"
        make_store(folder, own_data_folder, role=role)
        desk = Desk(qtbot, own_data_folder, folder)
        opened.append(desk)
        desk.unlock()
        return Hands(desk)

    yield open_as
    for desk in opened:
        desk.close()
