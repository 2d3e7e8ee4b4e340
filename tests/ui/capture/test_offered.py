"""Whom an agent takes from what was found: what comes into the form, and what goes again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.domain.identity import Subject, SubjectKind
from tests.ui.capture.conftest import Desk
from tests.ui.capture.keyboard import CONTROL, focused, go_on_to, press, write
from tests.ui.capture.looking import (
    ALT,
    look,
    values,
)
from tests.ui.capture.looking import (
    desk as desk,
)
from tests.ui.capture.looking import (
    known as known,
)
from tests.ui.capture.looking import (
    said as said,
)


def test_nothing_the_agent_typed_is_overwritten(desk: Desk, qtbot: QtBot) -> None:
    go_on_to(qtbot, "caller_name")
    write(qtbot, "陈太太")
    go_on_to(qtbot, "address")
    write(qtbot, "门口")
    desk.form.focus_start()
    look(desk, qtbot, "13123450219")
    press(qtbot, Qt.Key.Key_Return)
    told = values(desk)
    assert (told["caller_name"], told["address"], told["customer_no"]) == ("陈太太", "门口", "K100")
    assert not desk.form.caller.mark.open


def test_whoever_was_taken_by_mistake_gives_way_to_the_next(desk: Desk, qtbot: QtBot) -> None:
    """沈国强 is important, 陈志远 has no address: neither may leave anything with the other."""
    look(desk, qtbot, "0043")
    press(qtbot, Qt.Key.Key_Return)
    assert values(desk)["important"] == "yes"
    desk.form.focus_start()
    focused().selectAll()
    look(desk, qtbot, "55501004")
    press(qtbot, Qt.Key.Key_Return)
    told = values(desk)
    assert (told["phone"], told["caller_name"], told["customer_no"]) == ("01055501004", "陈志远", "K103")
    assert "address" not in told
    assert "important" not in told
    assert not desk.form.caller.mark.open


def test_another_number_takes_back_what_is_folded_away_of_whom_was_taken(desk: Desk, qtbot: QtBot) -> None:
    """Nobody would see that the record still names a customer of the CRM who did not call."""
    look(desk, qtbot, "0043")
    press(qtbot, Qt.Key.Key_Return)
    desk.form.focus_start()
    focused().selectAll()
    write(qtbot, "1312 3450043 转 801")
    assert values(desk)["customer_no"] == "K101", "the same number, and an extension"
    focused().selectAll()
    look(desk, qtbot, "13123450077")
    told = values(desk)
    assert (told["phone"], told["caller_name"]) == ("13123450077", "沈国强")
    assert not {"customer_no", "snapshot_as_of", "important"} & told.keys()


def test_a_stored_number_is_offered_to_call_back_on(desk: Desk, qtbot: QtBot) -> None:
    go_on_to(qtbot, "caller_name")
    look(desk, qtbot, "cns")
    press(qtbot, Qt.Key.Key_Return)
    number = desk.form.caller.number
    assert desk.field("confirm_number").isVisible()
    assert desk.field("confirm_number").text() == "存档 1312 345 0219"
    assert "callback_phone" not in values(desk), "offered, not assumed"
    # The address is asked first; the same key then means the number.
    press(qtbot, Qt.Key.Key_Return, ALT)
    assert not desk.form.caller.mark.open
    assert number.open
    press(qtbot, Qt.Key.Key_Return, ALT)
    assert not number.open
    assert values(desk)["callback_phone"] == "13123450219"
    assert "phone" not in values(desk), "the caller may ring from anywhere"
    press(qtbot, Qt.Key.Key_Backspace, ALT)
    assert "callback_phone" not in values(desk)


def test_a_stored_number_is_offered_no_longer_once_the_caller_gives_one(desk: Desk, qtbot: QtBot) -> None:
    go_on_to(qtbot, "caller_name")
    look(desk, qtbot, "cns")
    press(qtbot, Qt.Key.Key_Return)
    desk.form.focus_start()
    press(qtbot, Qt.Key.Key_Return, ALT)
    assert values(desk)["callback_phone"] == "13123450219", "with the caret in the number it means the number"
    assert desk.form.caller.mark.open
    desk.form.clear()
    go_on_to(qtbot, "caller_name")
    look(desk, qtbot, "cns")
    press(qtbot, Qt.Key.Key_Return)
    desk.form.focus_start()
    write(qtbot, "9")
    assert not desk.form.caller.number.open
    desk.form.clear()
    look(desk, qtbot, "0219")
    press(qtbot, Qt.Key.Key_Return)
    assert not desk.form.caller.number.open, "it is the number that calls"


def test_another_customer_takes_the_call_back_number_of_the_one_before_away(desk: Desk, qtbot: QtBot) -> None:
    for typed, phone in (("cns", "13123450219"), ("hxj", "13123459017")):
        go_on_to(qtbot, "caller_name")
        press(qtbot, Qt.Key.Key_A, CONTROL)
        look(desk, qtbot, typed)
        press(qtbot, Qt.Key.Key_Return)
        assert "callback_phone" not in values(desk)
        desk.form.focus_start()
        press(qtbot, Qt.Key.Key_Return, ALT)
        assert values(desk)["callback_phone"] == phone


def test_a_stored_address_is_an_offer_until_it_is_confirmed_or_changed(desk: Desk, qtbot: QtBot) -> None:
    look(desk, qtbot, "0219")
    press(qtbot, Qt.Key.Key_Return)
    mark = desk.form.caller.mark
    assert mark.open
    assert desk.field("confirm_address").isVisible()
    press(qtbot, Qt.Key.Key_Return, ALT)
    assert not mark.open
    assert values(desk)["address"] == "翠湖苑 3-2-1602"
    desk.form.clear()
    desk.form.focus_start()
    look(desk, qtbot, "0219")
    press(qtbot, Qt.Key.Key_Return)
    go_on_to(qtbot, "address")
    press(qtbot, Qt.Key.Key_End)
    write(qtbot, "A")
    assert not mark.open
    assert values(desk)["address"] == "翠湖苑 3-2-1602A"


def test_an_urgent_matter_goes_on_with_where_it_is(desk: Desk, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_F4)
    look(desk, qtbot, "0219")
    press(qtbot, Qt.Key.Key_Return)
    assert focused().objectName() == "address"
    assert desk.form.caller.mark.open


def test_what_was_taken_is_in_the_record(desk: Desk, qtbot: QtBot) -> None:
    look(desk, qtbot, "0043")
    press(qtbot, Qt.Key.Key_Return)
    with qtbot.waitSignal(desk.page.saved, timeout=5000) as saved:
        press(qtbot, Qt.Key.Key_Return, CONTROL)
    with desk.session.store.read() as view:
        state = view.state(Subject(SubjectKind.RECORD, saved.args[0].subject_id))
    assert (state.value("customer_no"), state.value("important")) == ("K101", True)
    assert state.value("snapshot_as_of") == "2026-03-19T15:03:12.000000Z"
    assert not desk.form.caller.mark.open


def test_a_resumed_draft_knows_again_that_its_address_is_only_the_stored_one(
    desk: Desk, qtbot: QtBot
) -> None:
    look(desk, qtbot, "0043")
    press(qtbot, Qt.Key.Key_Return)
    typed = values(desk)
    desk.form.clear()
    assert not desk.form.caller.mark.open
    desk.form.load(typed)
    desk.settle(qtbot)
    assert desk.form.caller.mark.open
    assert "VIP" in desk.field("caller_line").text()
    desk.form.clear()
    desk.form.load({**typed, "address": "别处"})
    desk.settle(qtbot)
    assert not desk.form.caller.mark.open


BACKSPACE = Qt.Key.Key_Backspace


def test_whoever_was_taken_by_mistake_is_taken_back_by_one_key(desk: Desk, qtbot: QtBot) -> None:
    go_on_to(qtbot, "address")
    write(qtbot, "门口")
    desk.form.focus_start()
    look(desk, qtbot, "0043")
    press(qtbot, Qt.Key.Key_Return)
    assert values(desk)["important"] == "yes"
    assert desk.field("wrong_caller").isVisible()
    press(qtbot, BACKSPACE, ALT)
    told = values(desk)
    assert (told["phone"], told["address"]) == ("0043", "门口")
    assert not {"caller_name", "customer_no", "snapshot_as_of", "important"} & told.keys()
    assert focused().objectName() == "phone"
    assert not desk.form.caller.wrong.open


def test_taking_back_leaves_what_the_agent_wrote_since(desk: Desk, qtbot: QtBot) -> None:
    look(desk, qtbot, "0219")
    press(qtbot, Qt.Key.Key_Return)
    go_on_to(qtbot, "caller_name")
    press(qtbot, Qt.Key.Key_End)
    write(qtbot, "A")
    press(qtbot, BACKSPACE, ALT)
    told = values(desk)
    assert (told["phone"], told["caller_name"]) == ("0219", "陈女士A")
    assert "address" not in told
    assert not desk.form.caller.mark.open


def test_the_first_of_two_that_were_taken_is_not_what_comes_back(desk: Desk, qtbot: QtBot) -> None:
    look(desk, qtbot, "0043")
    press(qtbot, Qt.Key.Key_Return)
    desk.form.focus_start()
    focused().selectAll()
    look(desk, qtbot, "55501004")
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, BACKSPACE, ALT)
    assert not {"caller_name", "customer_no", "important"} & values(desk).keys()


def test_the_key_edits_the_text_where_nobody_was_taken(desk: Desk, qtbot: QtBot) -> None:
    assert not desk.form.caller.wrong.open
    look(desk, qtbot, "0219")
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert not desk.form.caller.wrong.open
