"""Records begun by a letter, and the last record of a number taken on demand."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.kinds import Kind
from desktop_app.domain.site_pack import QuickRecord, SitePack
from desktop_app.domain.site_text import Bilingual, Version
from desktop_app.services.drafts import list_drafts
from desktop_app.services.records import log_record
from desktop_app.ui.capture.quick_menu import letters_of
from tests.ui.capture.conftest import Desk
from tests.ui.capture.keyboard import CONTROL, focused, go_on_to, press, write
from tests.ui.sessions import START

ALT = Qt.KeyboardModifier.AltModifier
MEETING = QuickRecord(
    "after_meeting",
    Bilingual("会后回复", "Call back after the meeting"),
    Kind.ENQUIRY,
    {"category": "other", "outcome": "contact_left", "callback_needed": "yes"},
    {"summary": Bilingual("早会期间来电，会后回复")},
    (0, 2),
    "10:30",
)
SILENT = QuickRecord("silent", Bilingual("无声电话"), Kind.ABNORMAL, {"abnormal_kind": "silence"})
PACK = SitePack(Bilingual("演示"), Version("", ""), quick_records=(MEETING, SILENT))


@pytest.fixture
def desk(open_desk: Callable[..., Desk]) -> Desk:
    opened = open_desk()
    opened.session.shelf.pack = PACK
    return opened


def test_a_quick_record_is_begun_by_its_letter_and_saved_with_its_call_back(desk: Desk, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_Q, CONTROL)
    assert focused() is desk.page.quick.menu
    write(qtbot, "h")
    assert focused().objectName() == "phone"
    desk.settle(qtbot)
    (draft,) = list_drafts(desk.session.store)
    assert desk.form.number() == str(draft.number), "the letter was its first key"
    write(qtbot, "13123450001")
    with qtbot.waitSignal(desk.page.saved, timeout=5000) as saved:
        press(qtbot, Qt.Key.Key_Return, CONTROL)
    with desk.session.store.read() as view:
        state = view.state(Subject(SubjectKind.RECORD, saved.args[0].subject_id))
    told = {key: state.value(key) for key in ("category", "outcome", "callback_needed", "summary", "phone")}
    assert told == {
        "category": "other",
        "outcome": "contact_left",
        "callback_needed": True,
        "summary": "早会期间来电，会后回复",
        "phone": "13123450001",
    }
    # The next Monday or Wednesday, 10:30 in Shanghai; the call came on a Friday.
    assert state.value("callback_due") == "2026-03-23T02:30:00.000000Z"


def test_a_call_being_typed_is_parked_first(desk: Desk, qtbot: QtBot) -> None:
    write(qtbot, "13123450001")
    go_on_to(qtbot, "caller_name")
    write(qtbot, "王芳")
    press(qtbot, Qt.Key.Key_Q, CONTROL)
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Return)
    assert desk.form.kind is Kind.ABNORMAL
    assert desk.form.values().get("phone") is None
    desk.settle(qtbot)
    aside = [one for one in list_drafts(desk.session.store) if one.subject_id != desk.page.keeper.in_hand]
    assert [(one.caller_name, one.phone) for one in aside] == [("王芳", "13123450001")]
    with qtbot.waitSignal(desk.page.keeper.shown):
        press(qtbot, Qt.Key.Key_1, CONTROL)
    assert desk.form.values()["caller_name"] == "王芳"


@pytest.mark.parametrize("then", ["quick", "parked", "lock"])
def test_a_quick_record_that_nobody_typed_into_is_put_aside_with_its_values(
    desk: Desk, qtbot: QtBot, then: str
) -> None:
    write(qtbot, "13123450001")
    press(qtbot, Qt.Key.Key_D, CONTROL)
    desk.settle(qtbot)
    press(qtbot, Qt.Key.Key_Q, CONTROL)
    write(qtbot, "h")
    begun = desk.form.values()
    desk.settle(qtbot)
    number = desk.form.number()
    if then == "quick":
        press(qtbot, Qt.Key.Key_Q, CONTROL)
        write(qtbot, "w")
    elif then == "parked":
        with qtbot.waitSignal(desk.page.keeper.shown):
            press(qtbot, Qt.Key.Key_1, CONTROL)
        assert desk.form.values()["phone"] == "13123450001"
    else:
        desk.page.keeper.flush()
    desk.settle(qtbot)
    (kept,) = [one for one in list_drafts(desk.session.store) if str(one.number) == number]
    with qtbot.waitSignal(desk.page.keeper.shown) if then != "lock" else nullcontext():
        desk.page.keeper.resume(kept.subject_id)
    assert {**desk.form.values(), "received_at": ""} == {**begun, "received_at": ""}
    assert desk.form.values()["summary"] == "早会期间来电，会后回复"


def test_switching_the_kind_of_a_quick_record_keeps_what_it_began_with(desk: Desk, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_Q, CONTROL)
    write(qtbot, "h")
    press(qtbot, Qt.Key.Key_F3)
    press(qtbot, Qt.Key.Key_F2)
    assert desk.form.values()["outcome"] == "contact_left"
    assert desk.form.values()["callback_due"] == "2026-03-23 10:30"


def test_escape_leads_back_and_changes_nothing(desk: Desk, qtbot: QtBot) -> None:
    go_on_to(qtbot, "address")
    write(qtbot, "2-1")
    before = desk.form.values()
    press(qtbot, Qt.Key.Key_Q, CONTROL)
    write(qtbot, "z")
    press(qtbot, Qt.Key.Key_Escape)
    assert not desk.page.quick.menu.isVisible()
    assert focused().objectName() == "address"
    assert desk.form.values() == before


def test_without_quick_records_it_is_said(desk: Desk, qtbot: QtBot) -> None:
    desk.session.shelf.pack = SitePack(Bilingual(), Version("", ""))
    press(qtbot, Qt.Key.Key_Q, CONTROL)
    assert desk.page.notice.text() == desk.session.words.say("window.capture.no_quick")
    assert focused().objectName() == "phone"


def test_letters_are_initials_and_never_the_same() -> None:
    assert letters_of(["会后回复", "要求回电", "回拨", "Hold", "好"]) == ["h", "y", "b", "o", "1"]
    many = letters_of(["好"] * 40)
    assert (len(set(many[:36])), many[36:]) == (36, [""] * 4)


def test_the_last_record_of_the_number_fills_what_is_empty(desk: Desk, qtbot: QtBot) -> None:
    call = {"kind": "enquiry", "channel": "phone", "phone": "0571-5550 1001", "category": "repair"}
    for days, address in ((2, "旧址 1-1"), (1, "翠湖苑 3-2-1602")):
        told = {**call, "caller_name": "陈女士", "address": address, "summary": "漏水"}
        log_record(desk.session.store, told, now=START - timedelta(days=days))
    press(qtbot, Qt.Key.Key_Up, ALT)
    assert desk.page.notice.isVisible(), "without a number there is nobody to repeat"
    write(qtbot, "057155501001")
    go_on_to(qtbot, "caller_name")
    write(qtbot, "陈先生")
    press(qtbot, Qt.Key.Key_Up, ALT)
    qtbot.waitUntil(lambda: desk.form.values().get("address") == "翠湖苑 3-2-1602")
    values = desk.form.values()
    assert (values["caller_name"], values["category"]) == ("陈先生", "repair")
    assert "summary" not in values
    assert focused().objectName() == "caller_name"
