"""The capture page by keys alone, against a real encrypted store."""

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.kinds import Kind
from desktop_app.services.drafts import list_drafts
from desktop_app.services.records import Logged
from desktop_app.ui.capture import capture_page, drafting
from tests.refusing import no_room
from tests.ui.capture.conftest import Desk
from tests.ui.capture.keyboard import CONTROL, KINDS, focused, go_on_to, press, write
from tests.ui.typing.composing import compose

# What is typed after Tab came to the field; combos by their first letters.
TYPED: dict[Kind, dict[str, str]] = {
    Kind.ENQUIRY: {
        "phone": "13123450001",
        "caller_name": "王芳",
        "address": "翠湖苑 3-2-1602",
        "category": "cx",
        "outcome": "yjd",
        "detail": "问水费账单",
    },
    Kind.COMPLAINT: {
        "phone": "13123450002",
        "caller_name": "刘建国",
        "complaint_type": "td",
        "severity": "zy",
        "detail": "物业夜间噪音",
        "complaint_against": "qt",
        "complaint_form": "kt",
        "customer_wants": "今晚停工",
        "promised_by": "+120",
        "outcome": "lxfs",
    },
    Kind.URGENT: {
        "phone": "13123450003",
        "caller_name": "陈女士",
        "address": "翠湖苑 3 幢 2 单元 1 号梯",
        "urgent_kind": "dtkr",
        "people_hurt": "y",
        "people_count": "2",
        "detail": "电梯停在 5、6 楼之间",
        "property_centre": "翠湖苑物业",
        "centre_contact": "周敏",
        "centre_phone": "0571 55501001",
        "centre_told_at": "t",
        "accepted_by": "周敏",
        "outcome": "zb",
    },
    Kind.ABNORMAL: {
        "phone": "13123450004",
        "abnormal_kind": "cm",
        "outcome": "yjd",
        "detail": "来电无人说话",
        "script_used": "K-03",
        "passed_to": "许凯",
        "passed_at": "t",
    },
    Kind.MEDIA: {
        "phone": "13123450005",
        "caller_name": "赵记者",
        "outlet": "城市晚报",
        "position": "记者",
        "detail": "停电采访",
        "media_way": "ld",
        "callback_phone": "13123450005",
        "manager_told_at": "t",
        "outcome": "zb",
    },
}


# What is asked of the four kinds only once more is known; a call after recovery has no time before that.
LATER = {"chase_log", "called_back", "callback_due", "script_used", "authorised", "police_called"} | {
    f"repeated_{one}" for one in ("problem", "address", "name", "phone")
}


def state_of(desk: Desk, logged: Logged):
    with desk.session.store.read() as view:
        return view.state(Subject(SubjectKind.RECORD, logged.subject_id))


def save(desk: Desk, qtbot: QtBot) -> Logged:
    with qtbot.waitSignal(desk.page.saved, timeout=5000) as saved:
        press(qtbot, Qt.Key.Key_Return, CONTROL)
    return saved.args[0]


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_is_written_and_saved_by_keys_alone(desk: Desk, qtbot: QtBot, kind: Kind) -> None:
    press(qtbot, KINDS[kind])
    for key, text in TYPED[kind].items():
        go_on_to(qtbot, key)
        write(qtbot, text)
    values = desk.form.values()
    assert values["kind"] == kind.value
    logged = save(desk, qtbot)
    state = state_of(desk, logged)
    assert state.value("kind") == kind.value
    assert state.value("detail") == TYPED[kind]["detail"]
    assert state.value("phone") == TYPED[kind]["phone"]
    for key in TYPED[kind]:
        assert state.value(key) is not None, key
    for key in ("centre_told_at", "passed_at", "manager_told_at"):
        if key in TYPED[kind]:
            assert state.value(key) == "2026-03-20T02:03:00.000000Z"
    assert set(logged.missing) <= LATER
    assert not desk.told.problems


def test_the_number_comes_with_the_first_key_and_is_the_records(desk: Desk, qtbot: QtBot) -> None:
    assert desk.form.number() == ""
    with qtbot.waitSignal(desk.page.keeper.number_known):
        write(qtbot, "1")
    number = desk.form.number()
    assert number.startswith("07-")
    assert str(save(desk, qtbot).number) == number
    assert desk.form.number() == ""


def test_after_a_save_the_next_call_can_be_typed_at_once(desk: Desk, qtbot: QtBot) -> None:
    write(qtbot, "13123450001")
    desk.settle(qtbot)
    started = time.thread_time()
    press(qtbot, Qt.Key.Key_F9)
    took = time.thread_time() - started
    assert focused().objectName() == "phone"
    assert desk.form.is_empty()
    assert took < 0.1
    write(qtbot, "13123450002")
    desk.settle(qtbot)
    assert desk.field("phone").text() == "13123450002"


def test_what_is_composed_while_saving_is_in_the_record(desk: Desk, qtbot: QtBot) -> None:
    write(qtbot, "13123450001")
    go_on_to(qtbot, "detail")
    compose(focused(), "最后几个字")
    assert state_of(desk, save(desk, qtbot)).value("detail") == "最后几个字"


def test_what_is_composed_is_in_the_draft(desk: Desk, qtbot: QtBot) -> None:
    go_on_to(qtbot, "detail")
    with qtbot.waitSignal(desk.page.keeper.kept):
        compose(focused(), "还没有选字")
    with desk.session.store.read():
        pass
    assert desk.form.values()["detail"] == "还没有选字"
    desk.page.keeper.flush()
    desk.settle(qtbot)
    assert [draft.kind for draft in list_drafts(desk.session.store)] == ["enquiry"]


def test_an_empty_form_is_not_saved_and_says_why(desk: Desk, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_F9)
    desk.settle(qtbot)
    assert desk.page.notice.isVisible()
    assert list_drafts(desk.session.store) == []
    assert focused().objectName() == "phone"


def test_choosing_a_kind_alone_mints_no_number(desk: Desk, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_F4)
    desk.settle(qtbot)
    assert list_drafts(desk.session.store) == []


def test_two_calls_are_parked_and_taken_up_by_key(desk: Desk, qtbot: QtBot) -> None:
    for name in ("王芳", "李强"):
        go_on_to(qtbot, "caller_name")
        write(qtbot, name)
        press(qtbot, Qt.Key.Key_D, CONTROL)
        assert focused().objectName() == "phone"
        assert desk.form.is_empty()
        desk.settle(qtbot)
    assert desk.page.parked.isVisible()
    with qtbot.waitSignal(desk.page.keeper.shown):
        press(qtbot, Qt.Key.Key_2, CONTROL)
    assert desk.field("caller_name").text() == "李强"
    with qtbot.waitSignal(desk.page.keeper.shown):
        press(qtbot, Qt.Key.Key_1, CONTROL)
    assert desk.field("caller_name").text() == "王芳"
    desk.settle(qtbot)
    save(desk, qtbot)
    assert [draft.caller_name for draft in list_drafts(desk.session.store)] == ["李强"]


def test_a_save_is_undone_under_the_same_number(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(capture_page, "announce", lambda _widget, text: said.append(text))
    write(qtbot, "13123450001")
    logged = save(desk, qtbot)
    assert desk.field("saved").isVisible()
    with qtbot.waitSignal(desk.page.keeper.shown):
        press(qtbot, Qt.Key.Key_F11)
    assert desk.form.values()["phone"] == "13123450001"
    assert desk.form.number() == str(logged.number)
    assert not desk.form.findChild(object, "undo").isVisible()
    told = (
        desk.session.words.say(f"window.capture.{code}", number=logged.number) for code in ("saved", "undone")
    )
    assert said == list(told), "who does not see the form hears both"


def test_undoing_too_late_says_where_to_go(desk: Desk, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_F11)
    assert desk.page.notice.isHidden(), "nothing was saved yet"
    write(qtbot, "13123450001")
    save(desk, qtbot)
    desk.page.keeper.undo_offer._timer.setInterval(1)
    qtbot.waitUntil(lambda: not desk.form.findChild(object, "undo").isVisible())
    press(qtbot, Qt.Key.Key_F11)
    assert desk.page.notice.text() == desk.session.words.say("window.capture.undo_too_late")
    assert desk.page.notice.isVisible()
    assert desk.form.is_empty()


def test_saving_and_staying_keeps_the_text_on_screen(desk: Desk, qtbot: QtBot) -> None:
    write(qtbot, "13123450001")
    with qtbot.waitSignal(desk.page.saved) as saved:
        press(qtbot, Qt.Key.Key_S, CONTROL)
    assert desk.field("phone").text() == "13123450001"
    write(qtbot, "9")
    desk.settle(qtbot)
    again = save(desk, qtbot)
    assert again.number == saved.args[0].number
    assert state_of(desk, again).value("phone") == "131234500019"


def test_a_disk_that_refuses_brings_the_text_back_and_offers_a_copy(desk: Desk, qtbot: QtBot) -> None:
    write(qtbot, "13123450001")
    go_on_to(qtbot, "detail")
    write(qtbot, "停水三天")
    desk.settle(qtbot)
    with no_room():
        press(qtbot, Qt.Key.Key_F9)
        assert desk.form.is_empty()
        qtbot.waitUntil(lambda: desk.page.notice.isVisible(), timeout=5000)
        assert desk.field("detail").toPlainText() == "停水三天"
        copy = next(
            button
            for button in desk.page.notice.findChildren(object)
            if getattr(button, "text", str)() == "复制"
        )
        qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert "停水三天" in QGuiApplication.clipboard().text()
    assert save(desk, qtbot)


def test_two_calls_that_the_disk_refuses_are_both_copied_and_come_back(desk: Desk, qtbot: QtBot) -> None:
    write(qtbot, "13123450001")
    desk.settle(qtbot)
    first = desk.form.number()
    with no_room():
        press(qtbot, Qt.Key.Key_F9)
        write(qtbot, "13123450002")
        qtbot.waitUntil(lambda: desk.page.keeper.unsaved == 2, timeout=5000)
        buttons = {one.text(): one for one in desk.page.notice.findChildren(QAbstractButton)}
        qtbot.mouseClick(buttons["复制"], Qt.MouseButton.LeftButton)
        copied = QGuiApplication.clipboard().text()
        assert "13123450001" in copied
        assert "13123450002" in copied
        qtbot.mouseClick(buttons["取回文字"], Qt.MouseButton.LeftButton)
        assert desk.form.values()["phone"] == "13123450001"
        assert desk.form.number() == first
        qtbot.mouseClick(buttons["复制"], Qt.MouseButton.LeftButton)
        again = QGuiApplication.clipboard().text()
        assert (again.count("13123450001"), again.count("13123450002")) == (1, 1)


def test_a_draft_left_by_a_crash_comes_back_with_caller_and_time(
    open_desk: Callable[..., Desk], qtbot: QtBot
) -> None:
    desk = open_desk()
    go_on_to(qtbot, "caller_name")
    write(qtbot, "陈女士")
    desk.page.keeper.flush()
    desk.settle(qtbot)
    again = open_desk()
    with qtbot.waitSignal(again.page.keeper.shown):
        again.page.restore()
    assert again.field("caller_name").text() == "陈女士"
    assert "陈女士" in again.page.notice.text()
    assert "10:03" in again.page.notice.text()


def test_a_parked_call_does_not_come_back_into_the_form(open_desk: Callable[..., Desk], qtbot: QtBot) -> None:
    """The next caller's number would be typed behind the parked one's."""
    desk = open_desk()
    write(qtbot, "1312345")
    press(qtbot, Qt.Key.Key_D, CONTROL)
    desk.settle(qtbot)
    again = open_desk()
    again.page.restore()
    again.settle(qtbot)
    assert again.form.is_empty()
    assert again.page.parked.isVisible()
    write(qtbot, "13123450002")
    again.page.keeper.flush()
    again.settle(qtbot)
    assert [one.phone for one in list_drafts(again.session.store)] == ["1312345", "13123450002"]


def test_the_category_of_an_enquiry_is_not_that_of_a_complaint(desk: Desk, qtbot: QtBot) -> None:
    write(qtbot, "13123450001")
    go_on_to(qtbot, "category")
    write(qtbot, "bx")
    press(qtbot, Qt.Key.Key_F3)
    assert desk.form.values()["category"] == "repair"
    assert state_of(desk, save(desk, qtbot)).value("category") is None


def test_coming_back_to_the_desk_goes_on_where_the_caret_was(desk: Desk, qtbot: QtBot) -> None:
    write(qtbot, "13123450001")
    go_on_to(qtbot, "detail")
    desk.page.notice.setFocus()
    desk.page.focus_start()
    assert focused().objectName() == "detail"
    save(desk, qtbot)
    desk.page.focus_start()
    assert focused().objectName() == "phone"


def test_leaving_the_window_keeps_what_was_typed_and_nothing_after_closing(
    open_desk: Callable[..., Desk], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafting, "KEEP_MILLISECONDS", 600_000)
    desk = open_desk()
    write(qtbot, "13123450001")
    other = QWidget()
    qtbot.addWidget(other)
    desk.settle(qtbot)
    write(qtbot, "2")
    with qtbot.waitSignal(desk.page.keeper.kept), qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    desk.session.background.close()
    QApplication.sendEvent(desk.page, QEvent(QEvent.Type.WindowDeactivate))
