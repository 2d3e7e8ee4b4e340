"""The whole window over a real store, driven by keys."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.marks import Mark
from desktop_app.domain.roles import Role
from desktop_app.policy import Policy
from desktop_app.services import stores
from desktop_app.storage.mark_files import MarkFile
from desktop_app.ui.background.background import Background
from desktop_app.ui.desk.main_window import MainWindow
from desktop_app.ui.preferences import FILE_NAME, Preferences
from desktop_app.ui.start.parts import StartParts
from desktop_app.ui.theme.style import apply_theme
from desktop_app.words import Language, Words

PIN = "a pass phrase of one's own"
STAFF_NUMBER = "8021"


class Desk:
    """A main window and the hands at it."""

    def __init__(
        self,
        qtbot: QtBot,
        data_folder: Path,
        folder: Path | None,
        language: str = "zh",
        policy: Policy | None = None,
        speak: Callable[[Language], Words] = Words,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.qtbot = qtbot
        self._closed = False
        self._speak = speak
        self.preferences = Preferences(data_folder / FILE_NAME)
        if self.preferences.language is None:
            self.preferences.language = "en" if language == "en" else "zh"
        self.background = Background()
        parts = StartParts(self.words, self.background, policy or Policy(), data_folder, clock, folder)
        self.window = MainWindow(
            parts,
            self.preferences,
            lambda: self.words,
            lambda: apply_theme(application, self.preferences.theme, self.preferences.scale),
        )
        # Not qtbot.addWidget: pytest-qt would destroy the window before it has kept what was typed.
        self.window.show()

    @property
    def words(self) -> Words:
        """The words of the language chosen now."""
        return self._speak(self.preferences.language or "zh")

    def find(self, name: str) -> QWidget:
        """Return the widget of this name that is on screen."""
        found = [one for one in self.window.findChildren(QWidget, name) if one.isVisible()]
        assert len(found) == 1, f"{name}: {len(found)} on screen"
        return found[0]

    def sees(self, name: str) -> bool:
        """Whether a widget of this name is on screen."""
        return any(one.isVisible() for one in self.window.findChildren(QWidget, name))

    def waits(self, truth: Callable[[], bool]) -> None:
        """Wait until something is so."""
        self.qtbot.waitUntil(truth, timeout=20_000)

    def settle(self) -> None:
        """Wait until everything that was asked for is answered, and shown."""
        self.waits(lambda: not self.background.pending)
        QApplication.processEvents()

    def types(self, text: str) -> None:
        """Type into whatever has the focus."""
        self.qtbot.keyClicks(self._focus(), text)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key."""
        self.qtbot.keyClick(self._focus(), key, held)

    def unlock(self, staff_number: str = STAFF_NUMBER, pin: str = PIN) -> None:
        """Unlock by keys, as INTERFACES tells it: staff number, Tab, PIN, Enter."""
        self.waits(lambda: self.sees("staff_number"))
        self.types(staff_number)
        self.press(Qt.Key.Key_Tab)
        self.types(pin)
        self.press(Qt.Key.Key_Return)
        self.waits(lambda: self.window.workplace is not None)

    def unlock_again(self, pin: str = PIN) -> None:
        """Unlock as whoever locked it."""
        self.waits(lambda: self.window.workplace is None and self.sees("pin"))
        self.find("pin").setFocus()
        self.types(pin)
        self.press(Qt.Key.Key_Return)
        self.waits(lambda: self.window.workplace is not None)

    def focused(self) -> str:
        """Return the name of the widget that has the focus."""
        widget = QApplication.focusWidget()
        return widget.objectName() if widget else ""

    def close(self) -> None:
        """Close as a person does, and wait until the store is closed."""
        if self._closed:
            return
        self._closed = True
        self.window.close()
        self.waits(lambda: not self.window.isVisible() or self.sees("leaving_reason"))
        if self.window.isVisible():
            # An incident is open: whoever leaves says why.
            self.find("leaving_reason").setText("测试结束")  # type: ignore[attr-defined]
            self.qtbot.keyClick(self.find("leaving_reason"), Qt.Key.Key_Return)
            self.waits(lambda: not self.window.isVisible())
        self.background.close()
        self.window.deleteLater()

    def _focus(self) -> QWidget:
        return self.window.focusWidget() or self.window


def make_store(folder: Path, data_folder: Path, *, station: str = "07", role: Role = Role.AGENT) -> None:
    """Lay a store that opens with ``STAFF_NUMBER`` and ``PIN``, marked as if it had been made here."""
    made, mark = _made(station, role)
    shutil.copytree(made, folder)
    MarkFile(data_folder, station, drill=False).begin(mark, folder)


@cache
def _made(station: str, role: Role) -> tuple[Path, Mark]:
    """Make a store as ``init`` does, once in a process, and return its folder and its mark."""
    place = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    owner = stores.Person(STAFF_NUMBER, "李娜", role)
    now = datetime.now(UTC)
    stores.create(
        place / "store", station=station, owner=owner, pin=PIN, data_folder=place, now=now
    ).store.close()
    marked = MarkFile(place, station, drill=False).read()
    assert marked is not None
    return place / "store", marked.mark


@pytest.fixture
def desk(qtbot: QtBot, own_data_folder: Path) -> Iterator[Desk]:
    """An unlocked desk."""
    folder = own_data_folder / "store"
    make_store(folder, own_data_folder)
    opened = Desk(qtbot, own_data_folder, folder)
    opened.unlock()
    yield opened
    opened.close()
