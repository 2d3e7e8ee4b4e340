"""The shelf: filled away from the GUI thread, a bad pack told once."""

from pathlib import Path

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop_app.domain.errors import KnownError
from desktop_app.domain.site_pack import EMPTY_PACK
from desktop_app.services.site_pack import OWN_FOLDER
from desktop_app.ui.background.background import Background
from desktop_app.ui.site_pack.shelf import PackShelf
from desktop_app.words import Words
from tests.ui.desk.desks import Desk, desk  # noqa: F401

HEAD = 'name = "我们的"\nnumber = "A"\nversion = "{}"\napproved_by = "主管"\n'


class Reading:
    """A shelf, and what it told while it was read."""

    def __init__(self, qtbot: QtBot, background: Background, data_folder: Path) -> None:
        self.qtbot, self.background, self.data_folder = qtbot, background, data_folder
        self.owner = QObject()
        self.shelf = PackShelf(self.owner)
        self.told: list[BaseException] = []
        self.changes = 0
        self.shelf.changed.connect(self._count)

    def _count(self) -> None:
        self.changes += 1

    def read(self) -> None:
        self.shelf.read(self.data_folder, self.background, Words("zh"), self.told.append)
        self.qtbot.waitUntil(lambda: self.background.pending == 0)

    def write(self, text: str) -> None:
        own = self.data_folder / OWN_FOLDER
        own.mkdir(exist_ok=True)
        (own / "pack.toml").write_text(text, "utf-8")


def test_the_shipped_pack_is_there_after_reading(
    qtbot: QtBot, background: Background, tmp_path: Path
) -> None:
    reading = Reading(qtbot, background, tmp_path)
    assert reading.shelf.pack is EMPTY_PACK
    reading.read()
    assert reading.shelf.pack.playbooks
    assert reading.shelf.articles.articles == reading.shelf.pack.articles
    reading.read()
    assert (reading.changes, reading.told) == (1, [])


def test_a_pack_that_fails_is_told_once(qtbot: QtBot, background: Background, tmp_path: Path) -> None:
    reading = Reading(qtbot, background, tmp_path)
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


def test_the_window_reads_it_after_unlocking(desk: Desk) -> None:  # noqa: F811
    session = desk.window._session
    desk.waits(lambda: bool(session.shelf.pack.playbooks))
