"""The page of settings as it stands: one ring of focus, long folders cut and copied whole."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.storage.store import Store
from desktop_app.ui.background.background import Background
from desktop_app.ui.settings.folder_line import FolderLine
from desktop_app.ui.settings.looks import LooksCard
from desktop_app.ui.settings.settings_page import SettingsPage
from desktop_app.ui.widgets.buttons import IconButton
from desktop_app.words import Words
from tests.ui.sessions import begin_session


def test_only_the_field_with_the_caret_is_ringed(
    qtbot: QtBot, store: Store, background: Background, tmp_path: Path
) -> None:
    session = begin_session(qtbot, store, background, tmp_path)
    window = session.shortcuts.parent()
    assert isinstance(window, QWidget)
    window.resize(1366, 700)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    page = SettingsPage(session, window)
    assert window.isActiveWindow(), "no part was a window of its own for a moment"
    page.resize(1366, 700)
    page.show()
    page.setFocus()
    assert page.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert page.findChild(LooksCard).isAncestorOf(QApplication.focusWidget())


def test_a_long_folder_is_copied_whole(qapp: QApplication, qtbot: QtBot) -> None:
    folder = "C:\\Users\\" + "a" * 120 + "\\store"
    line = FolderLine(Words("zh"), "window.settings.store_place", folder)
    qtbot.addWidget(line)
    line.resize(400, 40)
    line.show()
    assert line.label.is_elided()
    qtbot.mouseClick(line.findChild(IconButton), Qt.MouseButton.LeftButton)
    assert qapp.clipboard().text() == folder
