"""Plays the walk: the program starts on an empty folder, then on an invented day's, and is walked through."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop_app.paths import DATA_VARIABLE
from desktop_app.policy import Policy
from desktop_app.services.demo_day.desk import lay_out
from desktop_app.ui.background.background import Background
from desktop_app.ui.desk.main_window import MainWindow
from desktop_app.ui.platform import speak_qt
from desktop_app.ui.preferences import Preferences
from desktop_app.ui.scenes import start
from desktop_app.ui.scenes.hands import Hands, StuckError
from desktop_app.ui.scenes.scene import See, Walk
from desktop_app.ui.scenes.scenes import AT_AN_AGENTS_DESK, AT_THE_DESK, ON_AN_EMPTY_FOLDER
from desktop_app.ui.start.parts import StartParts
from desktop_app.ui.theme.style import ThemeName, apply_theme
from desktop_app.words import Language, Words

_AFTERWARDS = timedelta(minutes=12)
"""How long after the CRM is back the walk begins."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the window looks like on a walk; sizes in logical pixels."""

    language: Language
    theme: ThemeName
    width: int = 1366
    height: int = 768
    scale: float = 1.0


def play(
    folder: Path,
    look: Look,
    see: See,
    *,
    only: Sequence[str] = (),
    speak: Callable[[Language], Words] = Words,
) -> None:
    """Walk through every window of the program in ``folder``, which is empty, and ``see`` each.

    ``only`` names scenes; all where it is empty. ``speak`` gives the words of a language. This PC's data
    folder is not touched; its key store is, unless the environment names another.
    """
    desk = lay_out(folder / "day", folder / "day-data")
    for scenes, data_folder, store in (
        (ON_AN_EMPTY_FOLDER, folder / "new-data", None),
        (AT_THE_DESK, folder / "day-data", desk.store),
        (AT_AN_AGENTS_DESK, desk.agent[1], desk.agent[0]),
    ):
        wanted = [scene for scene in scenes if not only or scene.__name__ in only]
        if not wanted:
            continue
        if scenes is AT_THE_DESK and start.unlock not in wanted:
            wanted.insert(0, start.unlock)
        with _running(look, data_folder, store, desk.back_at + _AFTERWARDS, speak) as hands:
            for scene in wanted:
                try:
                    scene(Walk(hands, desk, see))
                except StuckError as stuck:
                    raise StuckError(f"{scene.__name__}: {stuck}") from stuck


@contextmanager
def _running(
    look: Look,
    data_folder: Path,
    store: Path | None,
    begins: datetime,
    words_of: Callable[[Language], Words],
) -> Iterator[Hands]:
    application = QApplication.instance() or QApplication([])
    if not isinstance(application, QApplication):
        raise TypeError("a program without windows is running")
    data_folder.mkdir(parents=True, exist_ok=True)
    before = os.environ.get(DATA_VARIABLE)
    os.environ[DATA_VARIABLE] = str(data_folder)
    preferences = Preferences(data_folder / "window.ini")
    preferences.language, preferences.theme, preferences.scale = look.language, look.theme, look.scale
    preferences.zoom_offered = True  # a picture shows the room, not what is said once
    background = Background()
    clock = _clock(begins)

    def speak() -> Words:
        words = words_of(preferences.language or look.language)
        speak_qt(application, words.language)
        return words

    parts = StartParts(speak(), background, Policy(), data_folder, clock, store)
    window = MainWindow(
        parts, preferences, speak, lambda: apply_theme(application, preferences.theme, preferences.scale)
    )
    window.resize(look.width, look.height)
    window.show()
    window.activateWindow()
    hands = Hands(window, lambda: background.pending > 0)
    try:
        hands.settle()
        yield hands
    finally:
        window.close()
        hands.wait_for(lambda: not window.isVisible() or hands.sees("leaving_reason"))
        if window.isVisible():
            # An incident is open: whoever leaves says why.
            hands.fill("leaving_reason", "换班")
            hands.press("Return")
            hands.wait_for(lambda: not window.isVisible())
        background.close()
        window.deleteLater()
        if before is None:
            del os.environ[DATA_VARIABLE]
        else:
            os.environ[DATA_VARIABLE] = before


def _clock(begins: datetime) -> Callable[[], datetime]:
    started = time.monotonic()
    return lambda: begins + timedelta(seconds=time.monotonic() - started)
