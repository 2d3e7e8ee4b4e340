"""Ctrl+J over a real desk: what a caller quotes is found while the call in hand stays as it is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop_app.domain.numbers import Number
from desktop_app.services.records import discard_draft, log_record, start_draft
from desktop_app.storage.tables import numbers
from desktop_app.ui.numbers.find_dialog import FindNumberDialog
from desktop_app.ui.typing.line_edit import LineEdit
from tests.hearsay import Hearsay, identity
from tests.ui.desk.desks import Desk
from tests.ui.typing.composing import compose, settle

CTRL = Qt.KeyboardModifier.ControlModifier
CALL = {"kind": "complaint", "channel": "phone", "caller_name": "王芳", "phone": "13123450001"}


class Hands:
    """Hands on the desk and on the dialog over it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        desk.waits(lambda: desk.focused() == "phone")
        workplace = desk.window.workplace
        assert workplace is not None
        self.workplace = workplace
        self.session = workplace._session
        self.store = self.session.store

    def log(self, count: int = 1) -> str:
        """Save records beside the window; returns the last one's number."""
        return [str(log_record(self.store, CALL, now=datetime.now(UTC)).number) for _ in range(count)][-1]

    def list(self, number: Number) -> None:
        """Have a lead's list tell of a number of another station, which is then known."""
        row = {"kind": "urgent", "state": "recorded", "owner": "张敏", "listed_by": "", "listed_at": ""}
        Hearsay(self.store).knows(identity(number.station))
        with self.store.change() as unit:
            unit.connection.execute(
                numbers.insert().values(number=str(number), station=number.station, **row)
            )

    def ask(self, text: str) -> FindNumberDialog:
        """Open the dialog by its key and type."""
        self.desk.press(Qt.Key.Key_J, CTRL)
        self.desk.waits(lambda: self.desk.focused() == "quoted_number")
        dialog = self.dialog()
        self.type(text)
        return dialog

    def dialog(self) -> FindNumberDialog:
        found = QApplication.activeModalWidget()
        assert isinstance(found, FindNumberDialog)
        return found

    def type(self, text: str) -> None:
        field = self.dialog().number
        field.selectAll()
        self.desk.qtbot.keyClicks(field, text)
        self.desk.waits(lambda: self.desk.background.pending == 0)

    def press(self, key: Qt.Key) -> None:
        self.desk.qtbot.keyClick(self.dialog().number, key)
        # No window manager gives the focus back where nobody sees it.
        self.desk.window.activateWindow()


@pytest.fixture
def hands(desk: Desk) -> Hands:
    return Hands(desk)


def test_a_record_is_found_opened_and_left_for_the_call_in_hand(hands: Hands, desk: Desk) -> None:
    number = hands.log(2)
    desk.types("131")
    dialog = hands.ask(number)
    assert dialog.card.number.text() == number
    assert "王芳" in dialog.card.caller.text()
    assert "131****0001" in dialog.card.caller.text()
    hands.press(Qt.Key.Key_Return)
    page = hands.workplace.desk.records.record
    desk.waits(lambda: page.isVisible() and page.number.text() == number)
    desk.press(Qt.Key.Key_Escape)
    desk.waits(lambda: desk.focused() == "phone")
    phone = desk.find("phone")
    assert isinstance(phone, QLineEdit)
    assert phone.text() == "131"


def test_esc_leads_back_to_the_field_and_the_caret(hands: Hands, desk: Desk) -> None:
    desk.press(Qt.Key.Key_Tab)
    where = desk.focused()
    assert where != "phone"
    hands.ask("07 1")
    hands.press(Qt.Key.Key_Escape)
    desk.waits(lambda: desk.focused() == where)


def test_what_is_being_composed_stays_when_the_key_is_pressed(hands: Hands, desk: Desk) -> None:
    name = desk.find("caller_name")
    assert isinstance(name, LineEdit)
    name.setFocus()
    settle(name, "王")
    compose(name, "fang")
    hands.ask("07 1")
    hands.press(Qt.Key.Key_Escape)
    assert name.full_text() == "王fang"


def test_enter_before_the_answer_opens_what_it_finds(hands: Hands, desk: Desk) -> None:
    number = hands.log()
    desk.press(Qt.Key.Key_J, CTRL)
    desk.waits(lambda: desk.focused() == "quoted_number")
    hands.dialog().number.setText(number)
    hands.press(Qt.Key.Key_Return)
    page = hands.workplace.desk.records.record
    desk.waits(lambda: page.isVisible() and page.number.text() == number)


def test_enter_does_nothing_where_nothing_can_be_opened(hands: Hands) -> None:
    dialog = hands.ask("34 1")
    hands.press(Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert not dialog.primary.isEnabled()
    assert "34" in dialog.absent.text()


def test_a_misheard_digit_offers_the_numbers_close_to_it(hands: Hands) -> None:
    number = hands.log(3)
    dialog = hands.ask(number.replace("00003", "00008"))
    assert dialog.heading.isVisible()
    assert dialog.card.number.text() == number
    hands.type(number)
    assert not dialog.heading.isVisible()
    assert dialog.card.number.text() == number


def test_up_and_down_choose_among_several(hands: Hands) -> None:
    own = hands.log()
    hands.list(Number("12", 1))
    dialog = hands.ask("1")
    assert dialog.choices.isVisible()
    assert dialog.card.number.text() == own
    hands.press(Qt.Key.Key_Down)
    assert dialog.card.number.text() == str(Number("12", 1))
    assert not dialog.primary.isEnabled()
    hands.press(Qt.Key.Key_Down)
    assert dialog.card.number.text() == own
    assert dialog.primary.isEnabled()
    hands.press(Qt.Key.Key_Up)
    assert dialog.card.number.text() == str(Number("12", 1))


def test_a_number_of_another_station_tells_who_holds_it(hands: Hands) -> None:
    hands.list(Number("12", 3))
    dialog = hands.ask("1203")
    assert dialog.card.number.text() == str(Number("12", 3))
    assert "张敏" in dialog.card.holder.text()
    assert "12" in dialog.card.caller.text()
    assert not dialog.primary.isEnabled()


def test_a_draft_is_gone_on_with(hands: Hands, desk: Desk) -> None:
    draft = start_draft(hands.store, {"phone": "13123450009"}, now=datetime.now(UTC), aside=True)
    dialog = hands.ask(str(draft.number))
    assert dialog.primary.text() == desk.words.say("window.numbers.resume")
    hands.press(Qt.Key.Key_Return)
    phone = desk.find("phone")
    assert isinstance(phone, QLineEdit)
    desk.waits(lambda: phone.text().replace(" ", "") == "13123450009")


def test_a_void_number_tells_what_to_do(hands: Hands, desk: Desk) -> None:
    now = datetime.now(UTC)
    draft = start_draft(hands.store, {"phone": "13123450009"}, now=now)
    discard_draft(hands.store, draft.subject.id, reason="误建", now=now)
    dialog = hands.ask(str(draft.number))
    assert dialog.card.tell.text() == desk.words.say("window.numbers.tell.void")


def test_the_key_works_from_another_place(hands: Hands, desk: Desk) -> None:
    number = hands.log()
    desk.press(Qt.Key.Key_Comma, CTRL)
    desk.waits(lambda: hands.workplace.place() == "settings")
    hands.ask(number)
    hands.press(Qt.Key.Key_Return)
    page = hands.workplace.desk.records.record
    desk.waits(lambda: hands.workplace.place() == "desk" and page.number.text() == number)


def test_full_width_digits_are_taken(hands: Hands) -> None:
    number = hands.log()
    dialog = hands.ask("")
    settle(dialog.number, "０７－１")
    hands.desk.waits(lambda: hands.desk.background.pending == 0)
    assert dialog.card.number.text() == number
