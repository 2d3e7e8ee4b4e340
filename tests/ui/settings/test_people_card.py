"""The next shift and one's own PIN, from the settings."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.services.seats import seat_of
from desktop_app.services.stores import unlock
from desktop_app.storage.opening import Credentials
from desktop_app.ui.settings.people_card import PeopleCard
from desktop_app.ui.start.recovery_code import RecoveryCodePage
from desktop_app.words import Words
from tests.backgrounds import settle
from tests.ui.sessions import begin_session, show_page
from tests.ui.start.starting import NEW, NOW, PIN, make


def test_the_pin_is_changed_in_a_dialog_and_that_is_said(qtbot, background, own_data_folder) -> None:
    with make(own_data_folder).store as store:
        words = Words("en")
        session = begin_session(
            qtbot, store, background, own_data_folder, words=words, person=seat_of(store), clock=lambda: NOW
        )
        card = show_page(qtbot, PeopleCard, session)
        settle(qtbot, background)
        assert card.panel.table.rowCount() == 1
        dialog = card.change_pin()
        dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        for text in (PIN, NEW, NEW):
            qtbot.keyClicks(QApplication.focusWidget(), text)
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

        settle(qtbot, background)
        assert card.findChild(QWidget, "change_pin").isEnabled()
        assert words.say("window.settings.pin_changed") in card.told()
        dialog = card.renew_code()
        dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        qtbot.keyClicks(QApplication.focusWidget(), NEW)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        settle(qtbot, background)
        page = dialog.page
        assert isinstance(page, RecoveryCodePage)
        code = "-".join(page._groups)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        assert dialog.isVisible()
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        for place in page.asked:
            qtbot.keyClicks(QApplication.focusWidget(), page._groups[place])
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        assert words.say("window.settings.code_renewed") in card.told()
        settle(qtbot, background)
    mine = Credentials(recovery=code)
    unlock(store.folder, mine, data_folder=own_data_folder, now=NOW).close()
