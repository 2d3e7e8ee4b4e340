"""The next shift and one's own PIN, from the settings."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop_app.services.seats import seat_of
from desktop_app.services.stores import unlock
from desktop_app.storage.opening import Credentials
from desktop_app.ui.preferences import Preferences
from desktop_app.ui.session import Session
from desktop_app.ui.settings.people_card import PeopleCard
from desktop_app.ui.start.recovery_code import RecoveryCodePage
from desktop_app.ui.typing.shortcuts import Shortcuts
from desktop_app.words import Words
from tests.backgrounds import settle
from tests.ui.start.starting import NEW, NOW, PIN, make


class Told:
    def tell(self, problem: Exception) -> None:
        raise problem


def test_the_pin_is_changed_in_a_dialog_and_that_is_said(qtbot, background, own_data_folder) -> None:
    with make(own_data_folder).store as store:
        window = QWidget()
        qtbot.addWidget(window)
        words, preferences = Words("en"), Preferences(own_data_folder / "window.ini")
        session = Session(
            store=store,
            person=seat_of(store),
            words=words,
            background=background,
            clock=lambda: NOW,
            preferences=preferences,
            shortcuts=Shortcuts(window),
            messages=Told(),
        )
        card = PeopleCard(session)
        QVBoxLayout(window).addWidget(card)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
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
