"""What Qt and the programs we start are told of the desktop, before the application is made."""

from __future__ import annotations

import os
import sys
from collections.abc import MutableMapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QGuiApplication

from desktop_app.paths import APP_NAME
from desktop_app.words import Language

INPUT_METHOD = "QT_IM_MODULE"
LIBRARIES = "LD_LIBRARY_PATH"
_TRANSLATOR = "desk_translator"
_AS_IT_WAS = f"{LIBRARIES}_ORIG"


def prepare_platform() -> None:
    """Set this process's environment right; call it before QApplication is made."""
    # The name of the menu entry: by it a desktop finds the icon of the windows.
    QGuiApplication.setDesktopFileName(APP_NAME)
    # A session bus that is set up badly is no reason to end the program: D-Bus would abort it.
    os.environ.setdefault("DBUS_FATAL_WARNINGS", "0")
    choose_input_method(os.environ, Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)))
    if getattr(sys, "frozen", False):
        give_back_libraries(os.environ)


def desktop_language() -> Language | None:
    """Return the language of a Windows or macOS desktop, which no environment variable names; else None."""
    if str(sys.platform) not in ("win32", "darwin"):
        return None
    return "zh" if QLocale.system().language() is QLocale.Language.Chinese else "en"


def speak_qt(application: QCoreApplication, language: str) -> None:
    """Let Qt's own dialogs (files, printing) speak Chinese where the window does."""
    spoken = application.findChild(QTranslator, _TRANSLATOR)
    if spoken is not None:
        application.removeTranslator(spoken)
        spoken.deleteLater()
    translator = QTranslator(application)
    translator.setObjectName(_TRANSLATOR)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if language == "zh" and translator.load("qtbase_zh_CN", folder):
        application.installTranslator(translator)


def choose_input_method(environment: MutableMapping[str, str], plugins: Path) -> None:
    """Name an input method that Qt here can speak to; ``plugins`` is Qt's plugin folder.

    Desktops set ``QT_IM_MODULE=fcitx``, but Qt's own builds bring no plugin for it: nothing Chinese could be
    typed. fcitx5 answers to ibus's name as well.
    """
    wanted = environment.get(INPUT_METHOD, "")
    if wanted.startswith("fcitx") and not any((plugins / "platforminputcontexts").glob("*fcitx*")):
        environment[INPUT_METHOD] = "ibus"


def give_back_libraries(environment: MutableMapping[str, str]) -> None:
    """Let programs that we open files with find the system's libraries, not those of the frozen program."""
    before = environment.pop(_AS_IT_WAS, "")
    if before:
        environment[LIBRARIES] = before
    else:
        environment.pop(LIBRARIES, None)
