"""What goes into the frozen program and what only dropped files asked for."""

from __future__ import annotations

import pytest

from scripts.bundle_filter import Entry, keep, needed

QT = "PySide6/Qt"


@pytest.mark.parametrize(
    "destination",
    [
        f"{QT}/plugins/platforms/libqxcb.so",
        f"{QT}/plugins/platforms/libqoffscreen.so",
        f"{QT}/plugins/iconengines/libqsvgicon.so",
        f"{QT}/plugins/imageformats/libqsvg.so",
        f"{QT}/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        f"{QT}/plugins/printsupport/libcupsprintersupport.so",
        f"{QT}/plugins/xcbglintegrations/libqxcb-glx-integration.so",
        f"{QT}/translations/qtbase_zh_CN.qm",
        f"{QT}/lib/libQt6Widgets.so.6",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6\\plugins\\styles\\qmodernwindowsstyle.dll",
        "PySide6\\translations\\qt_zh_CN.qm",
        "resources/i18n/words.zh.toml",
        "desktop_app/storage/migrations/versions/0001_initial.py",
    ],
)
def test_what_a_window_that_prints_needs_stays(destination: str) -> None:
    assert keep(destination)


@pytest.mark.parametrize(
    "destination",
    [
        f"{QT}/plugins/platforms/libqwayland-egl.so",
        f"{QT}/plugins/platforms/libqvnc.so",
        f"{QT}/plugins/platformthemes/libqgtk3.so",
        f"{QT}/plugins/tls/libqopensslbackend.so",
        f"{QT}/plugins/sqldrivers/libqsqlite.so",
        f"{QT}/plugins/imageformats/libqtiff.so",
        f"{QT}/translations/qtbase_de.qm",
        "PySide6\\plugins\\platforms\\qminimal.dll",
        "PySide6\\translations\\qt_de.qm",
        "libcups.so.2",
    ],
)
def test_what_it_does_not_need_goes(destination: str) -> None:
    assert not keep(destination)


WINDOW: Entry = ("PySide6/QtWidgets.so", "/wheel/QtWidgets.so", "EXTENSION")
DRAWING: Entry = ("PySide6/Qt/lib/libQt6Gui.so.6", "/wheel/libQt6Gui.so.6", "BINARY")
DRAWING_LINK: Entry = ("libQt6Gui.so.6", "PySide6/Qt/lib/libQt6Gui.so.6", "SYMLINK")
FONTS: Entry = ("libfreetype.so.6", "/usr/lib/libfreetype.so.6", "BINARY")
SCREEN: Entry = ("PySide6/Qt/plugins/platforms/libqxcb.so", "/wheel/libqxcb.so", "BINARY")
SCREEN_LIBRARY: Entry = ("libxcb-cursor.so.0", "/usr/lib/libxcb-cursor.so.0", "BINARY")
GTK: Entry = ("libgtk-3.so.0", "/usr/lib/libgtk-3.so.0", "BINARY")
GTK_LINK: Entry = ("gtk/libgtk-3.so.0", "../libgtk-3.so.0", "SYMLINK")
PYTHON: Entry = ("libpython3.11.so.1.0", "/usr/lib/libpython3.11.so.1.0", "BINARY")
WORDS: Entry = ("resources/words.toml", "/clone/resources/words.toml", "DATA")
LINKED = {
    "/wheel/QtWidgets.so": ["libQt6Gui.so.6"],
    "/wheel/libQt6Gui.so.6": ["libfreetype.so.6", "libc.so.6"],
    "/wheel/libqxcb.so": ["libxcb-cursor.so.0", "libQt6Gui.so.6"],
}


def of(entries: list[Entry]) -> list[Entry]:
    return needed(entries, lambda file: LINKED.get(file, []), always=("libpython",))


def test_libraries_that_nothing_kept_is_linked_with_go_with_their_links() -> None:
    wanted = [WINDOW, DRAWING, DRAWING_LINK, FONTS, SCREEN, SCREEN_LIBRARY, PYTHON, WORDS]
    assert of([*wanted, GTK, GTK_LINK]) == wanted


def test_a_library_goes_with_the_last_plugin_that_asked_for_it() -> None:
    assert of([WINDOW, DRAWING, FONTS, SCREEN_LIBRARY]) == [WINDOW, DRAWING, FONTS]


def test_of_two_libraries_with_one_name_both_stay() -> None:
    second = ("other.libs/libfreetype.so.6", "/wheel/other/libfreetype.so.6", "BINARY")
    assert of([WINDOW, DRAWING, FONTS, second]) == [WINDOW, DRAWING, FONTS, second]
