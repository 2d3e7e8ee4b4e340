"""The steps follow the call, are ticked by keys, and go with the record."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMenu

from desktop_app.domain.site_pack import Step
from desktop_app.domain.site_text import Version
from desktop_app.domain.steps_done import read_done
from desktop_app.services.my_records import ShowRecords, page
from desktop_app.services.record_view import view_record
from desktop_app.storage.store import Store
from desktop_app.ui.records.record_words import said
from desktop_app.ui.widgets.pill import Pill
from tests.ui.beside.packs import ENQUIRY, PACK, URGENT, both
from tests.ui.beside.rooms import Room
from tests.ui.capture.keyboard import CONTROL, write

ENTER = Qt.Key.Key_Return


def texts(room: Room) -> list[str]:
    return [one.text() for one in room.page.beside.findChildren(QLabel) if one.isVisible()]


def pills(room: Room) -> list[tuple[str, str]]:
    return [(one.tone, one.text()) for one in room.page.beside.findChildren(Pill) if one.isVisible()]


def records(store: Store) -> list:
    return page(store, show=ShowRecords.ALL, filter_text="", station=False, after=None, limit=10).rows


def test_an_urgent_kind_brings_the_number_to_ring_by_its_own_key(room: Room) -> None:
    room.press(Qt.Key.Key_F4)
    phone = room.find("ring_phone")
    assert isinstance(phone, QLabel)
    assert phone.text() == "400 8100 001"
    room.form.enter("address", "锦绣家园 3 幢")
    assert phone.text() == "0571-5550 1001"
    assert "锦绣家园物业服务中心" in texts(room)


def test_the_number_is_taken_into_empty_fields_by_one_key(room: Room) -> None:
    room.press(Qt.Key.Key_F4)
    room.form.enter("address", "锦绣家园 3 幢")
    room.form.enter("property_centre", "我自己填的")
    room.alt(0)
    assert room.form.text("centre_phone") == "057155501001"
    assert room.form.text("property_centre") == "我自己填的"


def test_where_no_field_takes_it_the_number_is_copied(open_room: Callable[..., Room]) -> None:
    asks = replace(ENQUIRY, steps=(Step("lead", both("请示组长"), ring="shift_lead"),))
    room = open_room(pack=replace(PACK, playbooks=(asks,)))
    QGuiApplication.clipboard().clear()
    room.alt(0)
    assert QGuiApplication.clipboard().text() == "8001"
    assert room.form.is_empty()


def test_the_steps_follow_kind_and_category(room: Room) -> None:
    assert "告知系统升级中" in texts(room)
    room.press(Qt.Key.Key_F4)
    assert "先问位置" in texts(room)
    room.form.enter("urgent_kind", "lift")
    shown = texts(room)
    assert "安抚并问清人数" in shown
    assert "先问位置" not in shown
    assert "“请不要扒门，我们马上联系救援。”" in shown


def test_a_step_ticked_is_kept_with_the_draft_and_shown_again(
    room: Room, open_room: Callable[..., Room]
) -> None:
    room.press(Qt.Key.Key_F4)
    write(room.qtbot, "13123450001")
    room.clock.go_on(seconds=20)
    room.alt(2)
    room.settle()
    assert room.form.text("centre_told_at").startswith("2026-03-20 10:03")
    # The program is killed: what is in the store by now is all there is.
    again = open_room()
    again.page.capture.restore()
    again.settle()
    assert [one.key for one in again.at_hand.done] == ["ring"]
    assert ("ok", "00:20") in pills(again)


def test_ticked_again_a_step_is_not_done(room: Room) -> None:
    room.alt(1)
    assert room.at_hand.current == -1
    room.alt(1)
    assert room.at_hand.current == 0
    assert room.form.text("steps_done") == ""


def test_steps_and_the_playbook_s_version_go_with_the_record(room: Room, store: Store) -> None:
    write(room.qtbot, "13123450001")
    room.alt(1)
    room.press(ENTER, CONTROL)
    room.settle()
    saved = records(store)
    told = view_record(store, saved[0].subject_id).texts
    assert told["plan_version"] == "ZX-01 2.0"
    assert [(one.title, one.of, one.key) for one in read_done(told["steps_done"])] == [
        ("告知系统升级中", "enquiry", "tell")
    ]
    assert room.at_hand.done == ()


def test_steps_alone_are_no_call(room: Room, store: Store) -> None:
    room.alt(1)
    room.press(ENTER, CONTROL)
    room.settle()
    assert not records(store)
    assert room.at_hand.done, "a tick was lost"


def test_an_agreed_sentence_said_is_noted_where_the_form_asks_for_it(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.alt(1)
    assert room.form.text("script_used") == "FZ-01 1.1 使用统一话术"


def test_what_is_left_of_a_step_is_told_in_words(room: Room) -> None:
    room.press(Qt.Key.Key_F4)
    assert ("quiet", "3 分钟内") in pills(room)
    write(room.qtbot, "1")
    room.clock.go_on(seconds=100)
    room.page.beside.playbook._show_times()
    assert ("warn", "剩 01:20") in pills(room)
    room.clock.go_on(seconds=90)
    room.page.beside.playbook._show_times()
    assert ("urgent", "超时 00:10") in pills(room)


def test_the_clock_of_the_steps_stands_still_where_nobody_sees_it(room: Room) -> None:
    room.press(Qt.Key.Key_F4)
    write(room.qtbot, "1")
    ticks = room.page.beside.playbook._ticks
    assert ticks.isActive()
    room.page.hide()
    assert not ticks.isActive()
    room.page.show()
    assert ticks.isActive()
    room.alt(2)
    assert not ticks.isActive(), "no step with minutes is left"


def test_a_click_on_a_step_ticks_it(room: Room) -> None:
    row = room.page.beside.playbook._rows[0]
    room.qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert [one.key for one in room.at_hand.done] == ["tell"]


def test_a_copied_sentence_counts_as_used(room: Room) -> None:
    room.page.beside.playbook._rows[0].copy.click()
    assert QGuiApplication.clipboard().text() == "系统正在维护，我先为您手工登记。"
    assert [one.key for one in room.at_hand.done] == ["tell"]


def test_what_was_done_is_read_without_its_keys(room: Room) -> None:
    room.alt(1)
    shown = said(room.session.words, "steps_done", room.form.text("steps_done"))
    assert shown == "10:03:12  告知系统升级中"


def test_a_sentence_is_filled_from_the_form(open_room: Callable[..., Room]) -> None:
    asks = replace(
        ENQUIRY, steps=(Step("read", both("报编号"), both("您的编号是 {number}，{caller_name}。")),)
    )
    room = open_room(pack=replace(PACK, playbooks=(asks,)))
    assert "“您的编号是 ____，____。”" in texts(room)
    write(room.qtbot, "1")
    room.settle()
    room.form.enter("caller_name", "陈女士")
    assert f"“您的编号是 {room.form.number()}，陈女士。”" in texts(room)


def test_a_pack_read_anew_does_not_touch_a_record_that_is_saved(room: Room, store: Store) -> None:
    write(room.qtbot, "13123450001")
    room.press(Qt.Key.Key_S, CONTROL)
    room.settle()
    newer = replace(ENQUIRY, version=Version("ZX-01", "3.0"))
    room.session.shelf.pack = replace(PACK, playbooks=(newer,))
    room.session.shelf.changed.emit()
    room.settle()
    assert len(records(store)) == 1
    assert room.form.text("plan_version") == "ZX-01 2.0"


def test_what_is_important_is_marked_in_the_head_of_the_form(room: Room) -> None:
    assert not room.sees("important_flag")
    room.form.enter("important", "yes")
    room.qtbot.waitUntil(lambda: room.sees("important_flag"))
    room.page.capture.form.clear()
    assert not room.sees("important_flag")


def test_nobody_to_ring_says_what_to_do(open_room: Callable[..., Room]) -> None:
    room = open_room(pack=replace(PACK, contacts=()))
    room.press(Qt.Key.Key_F4)
    assert "请问班组长要号码，并请组长补进资料包。" in texts(room)
    room.alt(0)
    assert room.form.text("centre_phone") == ""


def test_a_playbook_chosen_by_hand_stays_as_long_as_the_record(
    open_room: Callable[..., Room],
) -> None:
    bomb = replace(
        ENQUIRY, key="bomb", by_hand=True, title=both("可疑物品"), steps=(Step("away", both("离开现场")),)
    )
    pack = replace(PACK, playbooks=(*PACK.playbooks, bomb))
    room = open_room(pack=pack)
    assert "可疑物品" not in texts(room)
    panel = room.page.beside.playbook
    panel.others.click()
    menu = panel.findChild(QMenu, "playbooks_menu")
    assert isinstance(menu, QMenu)
    assert [one.text() for one in menu.actions()] == ["咨询", "可疑物品"]
    menu.actions()[1].trigger()
    menu.close()
    write(room.qtbot, "13123450001")
    assert "离开现场" in texts(room)
    room.alt(1)
    room.settle()
    again = open_room(pack=pack)
    again.page.capture.restore()
    again.settle()
    assert "可疑物品" in texts(again)
    again.form.clear()
    assert "咨询" in texts(again)


def ringing(room: Room) -> str:
    phone = room.find("ring_phone")
    assert isinstance(phone, QLabel)
    return phone.text()


CHAIN = replace(
    URGENT,
    steps=(
        Step("ring", both("致电物业服务中心"), ring="property", minutes=3, stamps="centre_told_at"),
        Step("lead", both("请示组长"), ring="shift_lead"),
    ),
)


def test_the_number_stays_while_steps_are_ticked_and_the_next_stands_at_its_step(
    open_room: Callable[..., Room],
) -> None:
    room = open_room(pack=replace(PACK, playbooks=(CHAIN,)))
    room.press(Qt.Key.Key_F4)
    room.form.enter("address", "锦绣家园 3 幢")
    assert ringing(room) == "0571-5550 1001"
    assert not room.sees("step_ring")
    room.alt(1)
    assert ringing(room) == "0571-5550 1001"
    assert room.find("step_ring").text() == "8001"  # type: ignore[attr-defined]
    room.alt(2)
    assert ringing(room) == "0571-5550 1001"
    assert not room.sees("step_ring")


def test_another_number_is_rung_once_a_person_chose_it_or_the_place_is_another(
    open_room: Callable[..., Room],
) -> None:
    room = open_room(pack=replace(PACK, playbooks=(CHAIN,)))
    room.press(Qt.Key.Key_F4)
    room.alt(1)
    room.qtbot.mouseClick(room.find("step_ring"), Qt.MouseButton.LeftButton)
    assert ringing(room) == "8001"
    assert QGuiApplication.clipboard().text() == "8001"
    assert not room.sees("step_ring")
    room.form.enter("detail", "有人被困")
    assert ringing(room) == "8001"
    room.form.enter("address", "锦绣家园 3 幢")
    assert ringing(room) == "0571-5550 1001"
    room.form.clear("urgent")
    assert ringing(room) == "400 8100 001"
