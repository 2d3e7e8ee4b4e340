"""The form itself: kinds, fields, times, call-back, what is missing, pastes, and how it looks."""

import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.fields import RECORD_FIELDS, RESTRICTED
from desktop_app.domain.kinds import Kind
from desktop_app.ui.capture.plan import plan_of
from tests.ui.capture.conftest import Desk
from tests.ui.capture.keyboard import CONTROL, focused, go_on_to, press, tab, write
from tests.ui.scenes.faults_seen import faults_of, tab_faults
from tests.ui.typing.composing import compose

ALT = Qt.KeyboardModifier.AltModifier


KINDS = pytest.mark.parametrize("kind", list(Kind))


CARD = (806, 686)
"""What the form has of 1366×768."""


LOW_CARD = (806, 600)
"""The same with a title bar and a task bar."""


def pill(desk: Desk) -> str:
    return desk.field("completeness").text()


def test_switching_the_kind_keeps_what_was_typed_in_every_kind(desk: Desk, qtbot: QtBot) -> None:
    write(qtbot, "13123450001")
    press(qtbot, Qt.Key.Key_F3)
    go_on_to(qtbot, "customer_wants")
    write(qtbot, "今晚停工")
    press(qtbot, Qt.Key.Key_F4)
    go_on_to(qtbot, "property_centre")
    write(qtbot, "翠湖苑物业")
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F5, Qt.Key.Key_F6):
        press(qtbot, key)
        values = desk.form.values()
        assert values["customer_wants"] == "今晚停工"
        assert values["property_centre"] == "翠湖苑物业"
        assert values["phone"] == "13123450001"
    press(qtbot, Qt.Key.Key_F3)
    assert desk.field("customer_wants").toPlainText() == "今晚停工"


def test_switching_the_kind_leaves_the_caret_where_it_was(desk: Desk, qtbot: QtBot) -> None:
    go_on_to(qtbot, "address")
    write(qtbot, "ab")
    press(qtbot, Qt.Key.Key_Left)
    press(qtbot, Qt.Key.Key_F4)
    assert focused().objectName() == "address"
    assert focused().cursorPosition() == 1
    go_on_to(qtbot, "accepted_by")
    press(qtbot, Qt.Key.Key_F2)
    assert focused().objectName() == "phone"


def test_switching_the_kind_is_quick_and_builds_nothing_twice(desk: Desk) -> None:
    for kind in Kind:
        desk.form.set_kind(kind)
    QApplication.processEvents()
    before = len(desk.form.findChildren(QWidget))
    took = []
    for kind in [*Kind] * 3:
        started = time.thread_time()
        desk.form.set_kind(kind)
        QApplication.processEvents()
        took.append(time.thread_time() - started)
    assert sorted(took)[len(took) // 2] < 0.05
    assert len(desk.form.findChildren(QWidget)) == before


@KINDS
def test_every_field_of_a_kind_can_be_reached_and_comes_back_from_a_draft(desk: Desk, kind: Kind) -> None:
    desk.form.set_kind(kind)
    desk.form.fields.unfold(True)
    plan = plan_of(kind)
    for key in (*plan.front(), *plan.more):
        assert desk.field(key)
        assert key not in RESTRICTED
    typed = {}
    for key in (*plan.front(), *plan.more):
        options = RECORD_FIELDS[key].options
        kinds = {"yes_no": "yes", "tick": "yes", "moment": "2026-03-20 10:00", "integer": "3"}
        typed[key] = kinds.get(
            RECORD_FIELDS[key].type, "文字" if options is None else next(iter(options)).value
        )
    typed |= {"kind": kind.value, "callback_due": "2026-03-20 10:30"}
    desk.form.load(typed)
    assert not desk.form.fields.editor("channel").widget.isVisible()
    assert {key: desk.form.values()[key] for key in typed} == typed
    desk.form.clear()
    assert desk.form.is_empty()
    assert desk.form.kind is Kind.ENQUIRY


def test_a_media_call_says_that_the_manager_is_told_first(desk: Desk, qtbot: QtBot) -> None:
    write(qtbot, "13123450001")
    assert "中心经理" not in pill(desk)
    press(qtbot, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: pill(desk) == "先报中心经理（Ctrl+T 记时间），报告前不能移交")
    press(qtbot, Qt.Key.Key_T, CONTROL)
    assert desk.form.values()["manager_told_at"]
    qtbot.waitUntil(lambda: pill(desk).startswith("可先保存，还缺"))


def test_a_draft_of_a_newer_program_loses_nothing(desk: Desk) -> None:
    strange = {"kind": "complaint", "named_agent": "8022", "sweets": "3", "category": "own words"}
    desk.form.load(strange)
    assert {key: desk.form.values()[key] for key in strange} == strange


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("t", "2026-03-20 10:03"),
        ("14.30", "2026-03-20 14:30"),
        ("1430", "2026-03-20 14:30"),
        ("14:30", "2026-03-20 14:30"),
        ("3-21 14:30", "2026-03-21 14:30"),
        ("+20", "2026-03-20 10:23"),
        ("soon", "soon"),
    ],
)
def test_times_are_read_when_the_field_is_left(desk: Desk, qtbot: QtBot, typed: str, shown: str) -> None:
    press(qtbot, Qt.Key.Key_F3)
    go_on_to(qtbot, "promised_by")
    write(qtbot, typed)
    field = focused()
    tab(qtbot)
    assert field.text() == shown
    assert desk.form.values()["promised_by"] == shown


def test_now_in_a_time_field_is_the_moment_it_was_typed(desk: Desk, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_F6)
    go_on_to(qtbot, "manager_told_at")
    write(qtbot, "t")
    assert desk.form.values()["manager_told_at"] == "2026-03-20 10:03"


def test_the_stamp_goes_into_the_kinds_time_or_the_one_with_the_focus(desk: Desk, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_F4)
    press(qtbot, Qt.Key.Key_T, CONTROL)
    assert desk.field("centre_told_at").text() == "2026-03-20 10:03"
    desk.clock.go_on(minutes=5)
    press(qtbot, Qt.Key.Key_T, CONTROL)
    assert desk.field("centre_told_at").text() == "2026-03-20 10:03"
    go_on_to(qtbot, "centre_told_at")
    press(qtbot, Qt.Key.Key_T, CONTROL)
    assert desk.field("centre_told_at").text() == "2026-03-20 10:08"


def test_a_stamp_that_has_nothing_to_do_says_why(desk: Desk, qtbot: QtBot) -> None:
    hint = desk.form.fields._hint
    press(qtbot, Qt.Key.Key_T, CONTROL)
    assert hint.isVisible()
    assert hint.text() == desk.session.words.say("window.capture.nothing_to_stamp")
    press(qtbot, Qt.Key.Key_F4)
    press(qtbot, Qt.Key.Key_T, CONTROL)
    assert not hint.isVisible()
    desk.clock.go_on(minutes=5)
    press(qtbot, Qt.Key.Key_T, CONTROL)
    assert "已于 10:03 登记" in hint.text()


def test_the_stamp_tells_an_important_matter_upward(desk: Desk, qtbot: QtBot) -> None:
    desk.form.enter("important", "yes")
    press(qtbot, Qt.Key.Key_T, CONTROL)
    assert desk.form.values()["reported_at"] == "2026-03-20 10:03"
    assert focused().objectName() == "reported_to"
    write(qtbot, "Li")
    desk.clock.go_on(minutes=5)
    press(qtbot, Qt.Key.Key_T, CONTROL)
    assert (desk.form.values()["reported_to"], desk.form.values()["reported_at"]) == (
        "Li",
        "2026-03-20 10:03",
    )


def choose_promise(desk: Desk, qtbot: QtBot, steps: int) -> dict:
    go_on_to(qtbot, "callback_needed")
    press(qtbot, Qt.Key.Key_Space)
    for _ in range(steps):
        press(qtbot, Qt.Key.Key_Right)
    values = desk.form.values()
    return {key: values.get(key) for key in ("callback_needed", "callback_due")}


@pytest.mark.parametrize(
    ("steps", "needed", "due"),
    [
        (0, "no", None),
        (1, "yes", "恢复后"),
        (2, "yes", "2026-03-20 10:33"),
        (3, "yes", "2026-03-20 18:00"),
    ],
)
def test_a_call_back_is_chosen_by_arrow(desk: Desk, qtbot: QtBot, steps: int, needed: str, due: str) -> None:
    assert choose_promise(desk, qtbot, steps) == {"callback_needed": needed, "callback_due": due}
    tab(qtbot)
    assert focused().objectName() == "save_next"


def test_any_other_time_is_typed_behind_the_chips(desk: Desk, qtbot: QtBot) -> None:
    choose_promise(desk, qtbot, 4)
    tab(qtbot)
    assert focused().objectName() == "callback_due"
    write(qtbot, "1630")
    tab(qtbot)
    assert desk.form.values()["callback_due"] == "2026-03-20 16:30"
    values = desk.form.values()
    desk.form.load(values)
    assert desk.form.values() == values


@pytest.mark.parametrize("outcome", ["waiting", "contact_left"])
def test_whoever_waits_or_leaves_a_contact_is_called_back(desk: Desk, outcome: str) -> None:
    """2§5.1(1-3): ways out of a system that is down make a promise, which the agent may still change."""
    form = desk.form
    form.enter("outcome", outcome)
    assert (form.text("callback_needed"), form.text("callback_due")) == ("yes", "恢复后")
    form.enter("outcome", "answered")
    assert form.text("callback_needed") == "", "proposed, and no longer"
    form.enter("outcome", "signed_first")
    assert form.text("callback_needed") == ""
    form.fields.call_back.chips.choose("soon")
    form.enter("outcome", outcome)
    assert form.text("callback_due") == "2026-03-20 10:33", "what was agreed stays"
    form.enter("outcome", "answered")
    assert form.text("callback_due") == "2026-03-20 10:33"


def test_in_the_evening_the_promise_is_for_the_morning(desk: Desk) -> None:
    desk.clock.go_on(hours=8)
    desk.form.clear()
    chips = desk.form.fields.call_back.chips
    chips.choose("morning")
    assert desk.form.values()["callback_due"] == "2026-03-21 10:00"


def test_what_is_missing_is_told_all_along_and_walked_through_by_key(desk: Desk, qtbot: QtBot) -> None:
    assert pill(desk) == "先填：号码或姓名、内容"
    write(qtbot, "13123450001")
    qtbot.waitUntil(lambda: pill(desk) == "可先保存，还缺：姓名、类别、处理 等 4 项")
    press(qtbot, Qt.Key.Key_F7)
    assert focused().objectName() == "caller_name"
    listed = desk.form.findChild(QLabel, "missing_list")
    assert listed.isVisible()
    assert "内容" in listed.text()
    press(qtbot, Qt.Key.Key_F7)
    assert focused().objectName() == "category"
    write(qtbot, "bx")
    press(qtbot, Qt.Key.Key_F7)
    # A repair needs the place.
    assert focused().objectName() == "outcome"
    for key, text in (("caller_name", "王芳"), ("address", "2-1"), ("outcome", "yjd"), ("detail", "漏水")):
        desk.form.fields.go_to(key)
        write(qtbot, text)
    qtbot.waitUntil(lambda: pill(desk) == "必填已齐")
    assert not desk.field("caller_name").property("missing")


def test_the_check_unfolds_what_hides_a_missing_field(desk: Desk, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_F4)
    desk.form.load({"kind": "urgent", "phone": "110", "people_hurt": "yes"})
    for _ in range(20):
        press(qtbot, Qt.Key.Key_F7)
        if focused().objectName() == "police_called" or focused().parent().objectName() == "police_called":
            break
    assert desk.field("police_called").isVisible()


def test_a_hidden_number_lacks_no_number(desk: Desk, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_U, ALT)
    qtbot.waitUntil(lambda: desk.form.values().get("number_unknown") == "yes")
    press(qtbot, Qt.Key.Key_F7)
    assert focused().objectName() == "caller_name"


def test_rare_fields_unfold_by_key_and_fold_without_a_loss(desk: Desk, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_M, ALT)
    qtbot.waitUntil(lambda: desk.form.fields.holding(focused()) == plan_of(Kind.ENQUIRY).more[0])
    go_on_to(qtbot, "second_contact")
    write(qtbot, "010 55501001")
    press(qtbot, Qt.Key.Key_M, ALT)
    qtbot.waitUntil(lambda: not desk.form.fields.editor("second_contact").widget.isVisible())
    assert desk.form.values()["second_contact"] == "010 55501001"
    assert desk.field("more").text() == "更多字段(&M)：已填 1 项"
    desk.form.load(desk.form.values())
    assert desk.field("more").text() == "更多字段(&M)：已填 1 项"
    desk.form.clear()
    assert desk.field("more").text() == "更多字段(&M)"


def test_the_timer_starts_with_the_first_key_and_stops_by_key(desk: Desk, qtbot: QtBot) -> None:
    assert "received_at" not in desk.form.values()
    desk.clock.go_on(seconds=20)
    write(qtbot, "1")
    desk.clock.go_on(seconds=95)
    press(qtbot, Qt.Key.Key_F8)
    values = desk.form.values()
    assert values["received_at"] == "2026-03-20 10:03:32"
    assert values["ended_at"] == "2026-03-20 10:05:07"
    assert any(label.text() == "01:35" for label in desk.form.findChildren(QLabel))
    press(qtbot, Qt.Key.Key_F8)
    assert "ended_at" not in desk.form.values()


def test_composing_counts_as_typed(desk: Desk, qtbot: QtBot) -> None:
    go_on_to(qtbot, "caller_name")
    with qtbot.waitSignal(desk.form.edited):
        compose(focused(), "chen")
    assert desk.form.values()["caller_name"] == "chen"
    compose(focused(), "")
    assert desk.form.is_empty()


def test_a_wheel_over_a_choice_changes_nothing_and_letters_find_it(desk: Desk, qtbot: QtBot) -> None:
    go_on_to(qtbot, "category")
    write(qtbot, "cx")
    assert desk.form.values()["category"] == "query"


def look(desk: Desk, qtbot: QtBot) -> list[str]:
    """Return what is wrong with the window once its layout has come to rest."""
    for _ in range(20):
        qtbot.wait(10)
        if not faults_of(desk.window):
            break
    return faults_of(desk.window)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_cut_or_nameless(
    open_desk: Callable[..., Desk], qtbot: QtBot, language: str, theme: str
) -> None:
    desk = open_desk(language=language, theme=theme, size=CARD)
    fields = desk.form.fields
    for kind in Kind:
        given = {"kind": kind.value, "phone": "13123450001", "callback_needed": "yes", "callback_due": "x"}
        desk.form.load(given)
        desk.form.set_number("07-00042-5")
        desk.form.set_kept(desk.clock())
        for size in (CARD, LOW_CARD):
            desk.window.resize(*size)
            assert look(desk, qtbot) == [], kind
            assert fields.verticalScrollBar().maximum() == 0, kind
            assert desk.window.width() == size[0]
        fields.unfold(True)
        assert look(desk, qtbot) == [], kind
        assert fields.horizontalScrollBar().maximum() == 0
        fields.unfold(False)


@KINDS
def test_tab_goes_once_round_from_top_to_bottom(desk: Desk, qtbot: QtBot, kind: Kind) -> None:
    desk.form.set_kind(kind)
    assert tab_faults(desk.window) == []
    desk.form.focus_start()
    desk.form.fields.unfold(True)
    qtbot.wait(20)
    body = desk.form.fields.widget()
    places = []
    while focused().objectName() != "save_next":
        if body.isAncestorOf(focused()):
            place = focused().mapTo(body, focused().rect().center())
            places.append(place)
        tab(qtbot)
    for before, after in pairwise(places):
        # Chips and choices of one row differ in height, and so in where their middle is.
        beside = abs(after.y() - before.y()) < 12
        assert after.x() > before.x() if beside else after.y() > before.y(), (before, after)


@pytest.mark.parametrize("width", [560, 640])
@KINDS
def test_a_name_has_room_beside_its_mark(open_desk: Callable[..., Desk], kind: Kind, width: int) -> None:
    desk = open_desk(size=(width, 560))
    desk.form.set_kind(kind)
    QApplication.sendPostedEvents()
    assert desk.field("caller_name").width() >= 150
