"""Adding the next shift by keys; the one-time PIN is on screen and on paper, and opens."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop_app.domain.roles import Role
from desktop_app.services.stores import Person, unlock
from desktop_app.storage.opening import Credentials
from desktop_app.ui.start.colleagues import ColleaguesPanel
from desktop_app.words import Words
from tests.backgrounds import settle
from tests.ui.start.starting import NOW, make


def panel_of(qtbot, background, data, store) -> ColleaguesPanel:
    panel = ColleaguesPanel(Words("en"), background, store, data_folder=data, clock=lambda: NOW)
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    settle(qtbot, background)
    return panel


def rows(panel: ColleaguesPanel) -> list[list[str]]:
    table = panel.table
    return [[table.item(row, column).text() for column in range(4)] for row in range(table.rowCount())]


def test_added_by_keys_and_the_pin_opens(qtbot, background, own_data_folder) -> None:
    with make(own_data_folder).store as store:
        panel = panel_of(qtbot, background, own_data_folder, store)
        assert rows(panel) == [["8021", "李娜", "Agent", ""]]
        assert panel.print.isHidden()
        assert not panel.role.isEnabled()
        panel.staff_number.setFocus()
        qtbot.keyClicks(panel.staff_number, "8022")
        qtbot.keyClick(panel.staff_number, Qt.Key.Key_Return)
        assert panel.name.hasFocus()
        qtbot.keyClicks(panel.name, "Wang Fang")
        qtbot.keyClick(panel.name, Qt.Key.Key_Return)
        settle(qtbot, background)
        settle(qtbot, background)
        pin = panel.pins["8022"]
        assert rows(panel)[1] == ["8022", "Wang Fang", "Agent", pin]
        assert panel.staff_number.hasFocus()
        assert panel.print.isVisible()
        qtbot.keyClicks(panel.staff_number, "8022")
        qtbot.keyClicks(panel.name, "Wang Fang")
        panel.add.click()
        settle(qtbot, background)
        assert "can unlock this store already" in panel.message.text()
        # A panel opened later does not show the PIN any more.
        later = panel_of(qtbot, background, own_data_folder, store)
        assert rows(later)[1][3] == "Not changed yet"
    unlock(store.folder, Credentials("8022", pin), data_folder=own_data_folder, now=NOW).close()


def test_a_lead_chooses_a_role(qtbot, background, own_data_folder) -> None:
    with make(own_data_folder, owner=Person("8001", "赵敏", Role.LEAD)).store as store:
        panel = panel_of(qtbot, background, own_data_folder, store)
        panel.staff_number.setText("8002")
        panel.name.setText("钱进")
        panel.role.set_code("supervisor")
        panel.add.click()
        settle(qtbot, background)
        settle(qtbot, background)
        assert rows(panel)[1][2] == "Supervisor"
