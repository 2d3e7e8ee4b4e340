"""``--self-test``: everything once, drawn where nobody sees it, and what was found as one JSON file.

For IT after an installation and for the build before it hands one over. A fault of this installation fails
the test; what only this PC lacks, such as a Chinese font, is a warning.
"""

from __future__ import annotations

import json
import os
import platform
import socket
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from PySide6 import QtPrintSupport
from PySide6.QtCore import (
    QLibraryInfo,
    QMessageLogContext,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtGui import (
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QImage,
    QPageSize,
    QPdfWriter,
    QTextDocument,
)
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.paths import DATA_VARIABLE, resources
from desktop_app.services.self_test import Check, StoreWork, Work, must, run
from desktop_app.ui.platform import prepare_platform
from desktop_app.version import VERSION

NO_KEYRING = "keyring.backends.fail.Keyring"
_PRINTED = "停水登记 FD-01 · Fallback Desk"
LINUX = sys.platform.startswith("linux")
_ICON_SIZE = 24
_INPUT_METHODS = ("compose", "ibus")


def self_test(out: Path) -> int:
    """Try everything, write the findings to ``out``; 0 where all went well, else 1.

    Raises OSError where ``out`` cannot be written.
    """
    sockets, told = _watch_sockets(), _listen_to_qt()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # This PC's secrets are none of a test's business, and its key store might ask its user something.
    os.environ["PYTHON_KEYRING_BACKEND"] = NO_KEYRING
    prepare_platform()
    application = QApplication.instance() or QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory(prefix="fallback-desk-") as name:
        folder = Path(name)
        os.environ[DATA_VARIABLE] = str(folder / "data")
        work = [*StoreWork(folder).checks(), *_window_checks(folder), ("no network", _none_of(sockets))]
        checks = list(run(work))
    del application
    out.write_text(json.dumps(_report(checks, told), ensure_ascii=False, indent=2) + "\n", "utf-8")
    return 0 if all(check.ok for check in checks) else 1


def _report(checks: list[Check], told: Iterable[str]) -> dict[str, object]:
    return {
        "ok": all(check.ok for check in checks),
        "version": VERSION,
        "frozen": bool(getattr(sys, "frozen", False)),
        "system": platform.platform(),
        "python": platform.python_version(),
        "qt": qVersion(),
        "platform": QGuiApplication.platformName(),
        "warnings": list(_warnings()),
        "told by Qt": list(told),
        "checks": [asdict(check) for check in checks],
    }


def _warnings() -> Iterator[str]:
    if not QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        yield "no Chinese font on this system: install fonts-noto-cjk or fonts-wqy-microhei"


def _window_checks(folder: Path) -> list[tuple[str, Work]]:
    return [
        ("fonts", _fonts),
        ("icons", _icons),
        ("Qt's own words", _translations),
        ("input methods", _input_methods),
        ("printing", lambda: _print(folder / "printed.pdf")),
        ("windows", lambda: _walk(folder / "walk")),
    ]


def _fonts() -> str:
    chinese = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    must(bool(QFontDatabase.families()), "no font at all")
    return f"{len(QFontDatabase.families())} families, Chinese: {', '.join(chinese[:3]) or 'none'}"


def _icons() -> str:
    files = sorted((resources() / "icons").glob("*.svg"))
    must(bool(files), "no icons")
    blank = [file.name for file in files if _is_blank(QIcon(str(file)).pixmap(_ICON_SIZE).toImage())]
    must(not blank, f"not drawn: {blank}")
    return f"{len(files)} icons"


def _is_blank(image: QImage) -> bool:
    return image.isNull() or all(
        image.pixelColor(x, y).alpha() == 0 for x in range(image.width()) for y in range(image.height())
    )


def _translations() -> str:
    found = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    must(found.load("qtbase_zh_CN", folder), f"no qtbase_zh_CN in {folder}")
    return found.translate("QPlatformTheme", "Cancel") or ""


def _input_methods() -> str:
    folder = _plugins() / "platforminputcontexts"
    if not LINUX:
        return "the system's"
    missing = [name for name in _INPUT_METHODS if not any(folder.glob(f"*{name}*"))]
    must(not missing, f"missing: {missing}")
    return ", ".join(_INPUT_METHODS)


def _print(file: Path) -> str:
    # A QPrinter would ask the print service for its printers; drawing a page is the same without.
    speaking = not LINUX or any((_plugins() / "printsupport").glob("*cups*"))
    must(speaking, f"no part of {QtPrintSupport.__name__} that speaks to printers")
    document = QTextDocument()
    document.setPlainText(_PRINTED)
    writer = QPdfWriter(str(file))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    document.print_(writer)
    must(file.read_bytes().startswith(b"%PDF"), "no PDF was written")
    return f"{file.stat().st_size} bytes"


def _walk(folder: Path) -> str:
    """Go through every window by keys, from an empty folder to a reconciled day."""
    from desktop_app.ui.scenes.playing import Look, play  # so that a window that is missing fails this alone

    seen: list[str] = []

    def see(name: str, shown: QWidget) -> None:
        must(not shown.grab().isNull(), f"{name} is not drawn")
        seen.append(name)

    folder.mkdir()
    play(folder, Look("zh", "light"), see)
    return f"{len(seen)}: {', '.join(seen)}"


def _plugins() -> Path:
    return Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))


def _listen_to_qt() -> Iterable[str]:
    """Return what fills with every message of Qt's, each once; they stay off the screen."""
    told: dict[str, None] = {}

    def note(_kind: QtMsgType, _place: QMessageLogContext, message: str) -> None:
        told[message] = None

    qInstallMessageHandler(note)
    return told


def _watch_sockets() -> list[str]:
    """Return a list that fills with every internet socket this process makes from now on."""
    made: list[str] = []

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if event == "socket.__new__" and arguments[1] in (socket.AF_INET, socket.AF_INET6):
            made.append(str(arguments[1:3]))

    sys.addaudithook(note)
    return made


def _none_of(made: list[str]) -> Callable[[], str]:
    def check() -> str:
        must(not made, f"sockets: {made}")
        return "no internet socket was made"

    return check
