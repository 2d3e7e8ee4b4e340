"""The page of settings as it stands: one ring of focus, long folders cut and copied whole."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.storage.store import Store
from desktop_app.ui.background.background import Background
from desktop_app.ui.settings.folder_line import FolderLine
from desktop_app.ui.settings.looks import LooksCard
from desktop_app.ui.settings.settings_page import SettingsPage
from desktop_app.ui.widgets.buttons import IconButton
from desktop_app.words import Words
from tests.ui.sessions import begin_session, show_page


def test_only_the_field_with_the_caret_is_ringed(
    qtbot: QtBot, store: Store, background: Background, tmp_path: Path
) -> None:
    page = show_page(qtbot, SettingsPage, begin_session(qtbot, store, background, tmp_path))
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
