"""The window application: puts the parts together and runs them."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from desktop_app.domain.errors import KnownError

SWITCH_SECONDS = 0.001
"""How long a thread that computes keeps others waiting. A save gives way at each of its calls of the
database: with Python's own 5 ms a merge in another thread holds it up for a tenth of a second."""


def run_self_test(out: Path) -> int:
    """Try everything once and write what was found to ``out``; see ``ui.self_test``."""
    from desktop_app.ui.self_test import self_test

    return self_test(out)


def run_window(folder: Path | None) -> int:
    """Show the window until it is closed; ``folder`` is the store's where a person named one.

    Raises KnownError where there is no screen and for a bad policy.
    """
    _check_screen()
    # Nothing that is loaded becomes garbage: to look for some takes a tenth of the time to the first window.
    gc.disable()
    from PySide6.QtWidgets import QApplication

    from desktop_app.paths import data_folder
    from desktop_app.policy import machine_policy
    from desktop_app.services.logs import start_log, stop_log
    from desktop_app.services.steady_time import SteadyClock
    from desktop_app.ui.background.background import Background
    from desktop_app.ui.desk.main_window import MainWindow
    from desktop_app.ui.platform import desktop_language, prepare_platform, speak_qt
    from desktop_app.ui.preferences import FILE_NAME, Preferences
    from desktop_app.ui.start.parts import StartParts
    from desktop_app.ui.start.single_window import SingleWindow
    from desktop_app.ui.theme.style import apply_theme
    from desktop_app.words import Words, as_language

    prepare_platform()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("fallback-desk")
    policy, data = machine_policy(), data_folder()
    single = SingleWindow(folder or data)
    if not single.first:
        return 0
    preferences = Preferences(data / FILE_NAME)
    log = start_log(data)

    def speak() -> Words:
        words = Words(preferences.language or as_language(policy.language or desktop_language()))
        speak_qt(application, words.language)
        return words

    sys.setswitchinterval(SWITCH_SECONDS)
    # What was loaded stays to the end: nobody has to look through it for garbage.
    gc.freeze()
    gc.enable()
    with Background() as background:
        parts = StartParts(speak(), background, policy, data, SteadyClock(), folder)
        window = MainWindow(
            parts, preferences, speak, lambda: apply_theme(application, preferences.theme, preferences.scale)
        )
        window.warming.done.connect(gc.freeze)
        window.messages.catch_all()
        single.asked.connect(window.come_forward)
        window.show()
        code = application.exec()
        window.messages.let_go()
    single.close()
    preferences.flush()
    stop_log(log)
    return code


def _check_screen() -> None:
    """Qt ends the process where there is no screen; a person gets a sentence instead."""
    if sys.platform.startswith("linux") and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        raise KnownError("call.no_screen")
