"""Changing one's own PIN by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop_app.domain.errors import KnownError
from desktop_app.policy import Policy
from desktop_app.services.stores import unlock
from desktop_app.storage.opening import Credentials
from desktop_app.ui.start.change_pin import ChangePinDialog
from desktop_app.ui.start.parts import StartParts
from desktop_app.words import Words
from tests.backgrounds import settle
from tests.ui.start.starting import NEW, NOW, PIN, make


def test_old_tab_new_twice_enter(qtbot, background, own_data_folder) -> None:
    def typed(*texts: str) -> None:
        for index, text in enumerate(texts):
            if index:
                qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
            qtbot.keyClicks(QApplication.focusWidget(), text)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        settle(qtbot, background)

    with make(own_data_folder).store as store:
        parts = StartParts(Words("en"), background, Policy(), own_data_folder, lambda: NOW)
        dialog = ChangePinDialog(parts, store)
        qtbot.addWidget(dialog)
        with qtbot.waitExposed(dialog):
            dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        settle(qtbot, background)
        typed("not the old one", NEW, NEW)
        assert dialog.isVisible()
        assert dialog.page.message.text() == Words("en").say("error.keys.wrong_pin")
        old = dialog.page.checked[0].field
        old.setFocus()
        old.selectAll()
        typed(PIN)
        assert not dialog.isVisible()
    with pytest.raises(KnownError):
        unlock(store.folder, Credentials("8021", PIN), data_folder=own_data_folder, now=NOW)
    unlock(store.folder, Credentials("8021", NEW), data_folder=own_data_folder, now=NOW).close()
