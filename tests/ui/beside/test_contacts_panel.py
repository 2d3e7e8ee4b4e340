"""Whom else to ring: found by name, role, initials, place or number."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop_app.ui.beside.beside_panel import Page
from tests.ui.beside.rooms import Room
from tests.ui.capture.keyboard import CONTROL, focused, write


def names(room: Room) -> list[str]:
    model = room.page.beside.contacts.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_those_of_the_steps_at_hand_come_first(room: Room) -> None:
    room.press(Qt.Key.Key_F4)
    room.page.beside.go_to(Page.CONTACTS)
    assert names(room)[0] == "物业总值班"
    room.form.enter("address", "锦绣家园 3 幢")
    assert names(room)[:2] == ["锦绣家园物业服务中心", "物业总值班"]


def test_a_contact_is_found_as_it_is_typed(room: Room) -> None:
    room.page.beside.go_to(Page.CONTACTS)
    assert focused().objectName() == "contacts_filter"
    for typed, found in (
        ("zbz", "值班组长 周敏"),
        ("周敏", "值班组长 周敏"),
        ("55501001", "锦绣家园物业服务中心"),
    ):
        room.page.beside.contacts.field.clear()
        write(room.qtbot, typed)
        assert names(room) == [found], typed


def test_enter_takes_the_number_of_the_selected_one(room: Room) -> None:
    room.page.beside.go_to(Page.CONTACTS)
    write(room.qtbot, "zbz")
    room.press(Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == "8001"
    room.press(Qt.Key.Key_Escape)
    assert focused().objectName() == "phone"
    assert room.sees("step_1")


def test_they_are_gone_to_by_key_and_the_same_key_leads_back(room: Room) -> None:
    write(room.qtbot, "1312")
    room.press(Qt.Key.Key_U, CONTROL)
    assert focused().objectName() == "contacts_filter"
    room.press(Qt.Key.Key_U, CONTROL)
    assert focused().objectName() == "phone"
    assert room.form.text("phone") == "1312"
