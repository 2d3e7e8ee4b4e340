"""F1 fits a small screen, however many keys the rooms have."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.storage.store import Store
from desktop_app.ui.background.background import Background
from desktop_app.ui.desk.help import KeysHelp
from desktop_app.words import LANGUAGES, Language, Words
from tests.ui.reconcile.conftest import session_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_of_every_room_fits_on_a_small_screen(
    qtbot: QtBot, store: Store, background: Background, tmp_path: Path, language: Language
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    session = session_of(store, background, tmp_path, window, Words(language))
    for code in Words(language).table("window.keys"):
        session.shortcuts.add(code, "Ctrl+Return F9", lambda: None)
    dialog = KeysHelp(session, window)
    dialog.open()
    assert dialog.height() <= 768
    assert dialog.sizeHint().width() <= 1366
    assert dialog.layout().totalHeightForWidth(dialog.width()) <= 768
    dialog.reject()
