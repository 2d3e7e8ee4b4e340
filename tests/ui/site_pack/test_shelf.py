"""The shelf: filled away from the GUI thread, a bad pack told once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop_app.domain.errors import KnownError
from desktop_app.domain.roles import Role
from desktop_app.domain.site_pack import EMPTY_PACK
from desktop_app.services.contacts import change_contact
from desktop_app.services.sent_packs import look_at, send_pack
from desktop_app.services.site_pack import OWN_FOLDER, PackSource
from desktop_app.storage.site_packs import noted_pack
from desktop_app.ui.background.background import Background
from desktop_app.ui.site_pack.shelf import PackShelf
from desktop_app.words import Words
from tests.rounds import NOON
from tests.stores import author, new_store
from tests.ui.desk.desks import Desk, desk  # noqa: F401
from tests.written_packs import FILES, write_files

HEAD = 'name = "我们的"\nnumber = "A"\nversion = "{}"\napproved_by = "主管"\n'


class Reading:
    """A shelf, and what it told while it was read."""

    def __init__(self, qtbot: QtBot, background: Background, data_folder: Path) -> None:
        self.qtbot, self.background, self.data_folder = qtbot, background, data_folder
        self.now = NOON
        made = new_store(data_folder / "store")
        self.store = replace(made, author=author("8001", Role.LEAD))
        self.owner = QObject()
        self.shelf = PackShelf(self.owner)
        self.told: list[BaseException] = []
        self.changes = 0
        self.shelf.changed.connect(self._count)

    def _count(self) -> None:
        self.changes += 1

    def read(self) -> None:
        self.shelf.read(
            self.data_folder, self.store, lambda: self.now, self.background, Words("zh"), self.told.append
        )
        self.wait()

    def refresh(self) -> None:
        self.shelf.refresh()
        self.wait()

    def look(self) -> None:
        """Let the shelf look twice, as it does within two minutes."""
        for _ in range(2):
            self.shelf.look()
            self.wait()

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: self.background.pending == 0)

    def write(self, text: str) -> None:
        own = self.data_folder / OWN_FOLDER
        own.mkdir(exist_ok=True)
        (own / "pack.toml").write_text(text, "utf-8")


@pytest.fixture
def reading(qtbot: QtBot, background: Background, tmp_path: Path) -> Iterator[Reading]:
    made = Reading(qtbot, background, tmp_path)
    yield made
    made.store.close()


def test_the_shipped_pack_is_there_after_reading(reading: Reading) -> None:
    assert reading.shelf.pack is EMPTY_PACK
    reading.read()
    assert reading.shelf.pack.playbooks
    assert reading.shelf.articles.articles == reading.shelf.pack.articles
    reading.read()
    assert (reading.changes, reading.told) == (1, [])
    with reading.store.read() as view:
        assert noted_pack(view.connection) == "YJ-00 1.0", "hand-ins say it"


def test_what_a_lead_sends_is_there_at_once_and_told_to_the_rooms(reading: Reading, tmp_path: Path) -> None:
    reading.write(HEAD.format("1"))
    reading.read()
    sent = write_files(tmp_path / "new", {})
    send_pack(reading.store, look_at(sent, reading.shelf.pack), now=NOON)
    reading.refresh()
    assert reading.shelf.pack.name.zh == "包"
    assert reading.shelf.loaded is not None
    assert reading.shelf.loaded.source is PackSource.SENT
    reading.refresh()
    assert (reading.changes, reading.told) == (2, [])


def test_contacts_are_those_of_the_contact_book(reading: Reading, tmp_path: Path) -> None:
    send_pack(reading.store, look_at(write_files(tmp_path / "new", {}), EMPTY_PACK), now=NOON)
    reading.read()
    (before,) = reading.shelf.pack.contacts
    change_contact(reading.store, before.key, {"phone": "0571 55501234"}, now=NOON)
    reading.refresh()
    (after,) = reading.shelf.pack.contacts
    assert (before.phone, after.phone) == ("0571 55501001", "0571 55501234")
    assert reading.changes == 2


def test_a_pack_for_tomorrow_comes_with_the_day(reading: Reading, tmp_path: Path) -> None:
    head = FILES["pack.toml"] + "effective = 2026-12-29\n"
    send_pack(
        reading.store, look_at(write_files(tmp_path / "new", {"pack.toml": head}), EMPTY_PACK), now=NOON
    )
    reading.read()
    assert reading.shelf.pack.version.number == "YJ-00"
    reading.now = NOON + timedelta(hours=12, seconds=1)
    reading.refresh()
    assert reading.shelf.pack.version.number == "A-1"


def test_a_pack_that_fails_is_told_once(reading: Reading) -> None:
    reading.write(HEAD.format("1"))
    reading.read()
    assert reading.shelf.pack.name.zh == "我们的"
    reading.write("name = ")
    reading.read()
    reading.read()
    assert reading.shelf.pack.playbooks, "the shipped one"
    (problem,) = reading.told
    assert isinstance(problem, KnownError)
    said = Words("zh").sentence(problem)
    assert "pack.toml" in said
    assert "程序自带" in said
    reading.write(HEAD.format("2"))
    reading.read()
    reading.write("name = ")
    reading.read()
    assert len(reading.told) == 2, "mended and broken again"


def test_a_pack_that_breaks_while_the_window_runs_is_told_and_goes_on(reading: Reading) -> None:
    reading.write(HEAD.format("1"))
    reading.read()
    reading.look()
    assert (reading.changes, reading.told) == (1, []), "nothing was changed"
    reading.write("name = ")
    reading.shelf.look()
    reading.wait()
    assert reading.told == [], "somebody may still be at it"
    reading.look()
    assert reading.shelf.pack.name.zh == "我们的", "what was read goes on"
    (problem,) = reading.told
    assert isinstance(problem, KnownError)
    assert "pack.toml" in Words("zh").sentence(problem)
    assert "1 版" in Words("zh").sentence(problem)
    reading.look()
    reading.now += timedelta(days=1)
    reading.refresh()
    assert len(reading.told) == 1, "said once, also on another day"
    assert reading.shelf.pack.name.zh == "我们的"
    reading.write(HEAD.format("2"))
    reading.look()
    assert reading.shelf.pack.version.version == "2"
    assert reading.shelf.loaded is not None
    assert reading.shelf.loaded.problem is None
    (reading.data_folder / OWN_FOLDER / "playbooks").mkdir()
    (reading.data_folder / OWN_FOLDER / "playbooks" / "x.toml").write_text("?", "utf-8")
    reading.look()
    assert len(reading.told) == 2, "in a folder inside too"


def test_the_folder_of_the_pc_is_nobodys_under_a_leads_pack(reading: Reading, tmp_path: Path) -> None:
    send_pack(reading.store, look_at(write_files(tmp_path / "new", {}), EMPTY_PACK), now=NOON)
    reading.read()
    reading.write("name = ")
    reading.look()
    assert (reading.told, reading.changes) == ([], 1)


def test_the_window_looks_while_it_is_unlocked(desk: Desk) -> None:  # noqa: F811
    shelf = desk.window._shelf
    assert shelf is not None
    assert shelf._looks.isActive()
    desk.window.locker.lock()
    desk.waits(lambda: desk.window.workplace is None)
    assert not shelf._looks.isActive()
    desk.unlock_again()


def test_the_window_reads_it_after_unlocking(desk: Desk) -> None:  # noqa: F811
    session = desk.window._session
    desk.waits(lambda: bool(session.shelf.pack.playbooks))
