"""The five cards by keys: given a desk in the middle of anything, when Shift+F4 and a letter are pressed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.roles import Role
from desktop_app.services.cards import own_items
from desktop_app.services.drafts import list_drafts, resume_draft
from desktop_app.services.incidents import incidents, report_fault
from tests.ui.incident.card_hands import CardDesk, CardRoom
from tests.ui.incident.conftest import Room
from tests.ui.incident.halls import ALT, CTRL, NO_KEY

Key = Qt.Key


@pytest.fixture
def desk(qtbot: QtBot, own_data_folder: Path) -> Iterator[CardDesk]:
    opened = CardDesk(qtbot, own_data_folder, Role.AGENT)
    opened.unlock()
    opened.waits(lambda: bool(opened.window.workplace._session.shelf.pack.incident_types))
    opened.settle()
    yield opened
    opened.close()


@pytest.fixture
def alone(room: Room) -> CardRoom:
    return CardRoom(room)


def test_fire_is_reported_by_one_key_and_told_within_five_minutes(desk: CardDesk) -> None:
    report_fault(desk.store, symptom="CRM 打不开", now=desk.window._session.clock())
    desk.types("13123450")
    card = desk.opens("fire")
    # Reported at once, and on its own: a fire is no further report of what else goes on.
    assert (desk.its.category, desk.its.state) == ("fire", IncidentState.SUSPECTED)
    assert len(incidents(desk.store)) == 2
    assert "119" in desk.tile("fire")
    assert "110" in card.note.text()
    assert "剩 05:00" in desk.tile("supervisor")
    assert "确认结果" in desk.missing()
    desk.writes("1")
    desk.kept("alarm_found", "real")
    desk.hit(Key.Key_T, CTRL)
    assert "evacuated" in [one.code for one in desk.its.events]
    assert "马上" in desk.tile("centre_manager")
    for digit in (Key.Key_1, Key.Key_2):
        desk.hit(digit, ALT)
    assert [one.item for one in desk.its.ticks] == ["alarm_checked", "fire_brigade_rung"]
    for _ in range(2):
        desk.hit(Key.Key_T, ALT)
        desk.dialog()
        desk.hit(Key.Key_Return)
        desk.back()
    told = {(one.ladder, one.role) for one in desk.its.told}
    assert told == {("fire_safe", "supervisor"), ("fire_safe", "centre_manager")}
    # The call that was being typed is where it was.
    desk.hit(Key.Key_Escape)
    assert desk.focused() == "phone"


def test_five_minutes_run_out_amber_then_red(alone: CardRoom) -> None:
    alone.opens("fire")
    looks = []
    for _ in range(3):
        alone.pass_minutes(2)
        alone.card._count()
        looks.append(alone.card.numbers._tiles[2]._pill.tone)
    assert looks == ["info", "warn", "urgent"]
    assert "超时 01:00" in alone.tile("supervisor")
    assert alone.missing().endswith("通知主管、通知中心经理、确认结果")
    alone.find("ring_supervisor").setFocus()
    alone.hit(Key.Key_Return)
    alone.dialog()
    alone.hit(Key.Key_Return)
    alone.back()
    assert [(one.role, one.ladder) for one in alone.its.told] == [("supervisor", "fire")]
    alone.hit(Key.Key_Right)
    assert alone.focused() == "ring_centre_manager"


def test_a_false_alarm_ends_it_and_a_mistake_is_taken_back(alone: CardRoom) -> None:
    alone.opens("fire")
    alone.hit(Key.Key_Z, ALT)
    assert alone.left
    assert incidents(alone.store) == ()
    alone.opens("fire")
    alone.writes("3")
    alone.kept("alarm_found", "test")
    assert "测试" in alone.missing()
    alone.hit(Key.Key_N, ALT)
    alone.dialog()
    alone.hit(Key.Key_Return)
    alone.back()
    assert alone.its.state is IncidentState.FALSE_ALARM
    assert next(one for one in alone.its.events if one.code == "false_alarm").reason == "测试"
    # The next fire is another one.
    alone.opens("fire")
    assert len(incidents(alone.store)) == 2


def test_a_card_opened_by_mistake_is_taken_back_before_it_is_there(desk: CardDesk) -> None:
    """Nothing is heard of the store between the keys."""
    gate = threading.Event()
    desk.background.change(gate.wait)
    desk.strikes("fire")
    desk.qtbot.keyClick(QApplication.focusWidget() or desk.window, Key.Key_Z, ALT)
    gate.set()
    desk.settle()
    desk.waits(lambda: desk.window.workplace.place() == "desk")
    assert incidents(desk.store) == ()


def test_undo_on_a_card_takes_back_what_was_ticked_not_the_report(alone: CardRoom) -> None:
    alone.opens("fire")
    alone.at_once((Key.Key_1, ALT), (Key.Key_Z, ALT))
    assert alone.its.ticks == ()
    assert not alone.left
    # A key that is typed is not taken back with the report either.
    alone.opens("threat")
    alone.at_once((Key.Key_A, NO_KEY), (Key.Key_Z, ALT))
    assert len(incidents(alone.store)) == 2
    assert not alone.left


def test_theft_asks_who_decided_on_the_police(alone: CardRoom) -> None:
    card = alone.opens("theft")
    assert "110" in alone.tile("police")
    alone.writes("两台笔记本")
    alone.kept("missing_things", "两台笔记本")
    alone.hit(Key.Key_1, ALT)
    assert [one.item for one in alone.its.ticks] == ["scene_kept"]
    alone.goes("police_decision")
    alone.writes("1")
    alone.kept("police_decision", "call")
    alone.hit(Key.Key_T, CTRL)
    alone.waits(lambda: bool(alone.its.text("police_rung_at")))
    assert [one.key for one in card.fields.missing()] == [
        "police_decided_by",
        "police_decided_at",
        "recordings_saved",
    ]
    alone.goes("police_decided_by")
    alone.writes("王主管")
    alone.goes("police_decided_at")
    alone.hit(Key.Key_T, CTRL)
    alone.goes("recordings_saved")
    alone.hit(Key.Key_Space)
    alone.kept("recordings_saved", True)
    assert card.fields.missing() == ()
    assert (alone.its.text("police_decided_by"), alone.its.moment("police_decided_at") is not None) == (
        "王主管",
        True,
    )
    for role in ("supervisor", "centre_manager"):
        alone.hit(Key.Key_T, ALT)
        alone.dialog()
        alone.hit(Key.Key_Return)
        alone.back()
        assert ("theft", role) in [(one.ladder, one.role) for one in alone.its.told]
    assert "30 天" in alone.find("clock_recordings_day_30").accessibleName()
    # Opened again, it goes on with the same.
    alone.hit(Key.Key_Escape)
    alone.opens("theft")
    assert len(incidents(alone.store)) == 1
    assert card.fields.values()["missing_things"] == "两台笔记本"


def test_two_ill_people_have_the_centre_manager_told_at_once(alone: CardRoom) -> None:
    alone.opens("accident")
    alone.writes("2")
    alone.goes("unfit_count")
    alone.writes("1")
    alone.kept("unfit_count", 1)
    assert "打过" in alone.tile("centre_manager")
    alone.writes("2")
    alone.goes("unfit_people")
    alone.kept("unfit_count", 12)
    assert "马上" in alone.tile("centre_manager")
    alone.hit(Key.Key_T, ALT)
    assert "中心经理" in alone.dialog().windowTitle()
    alone.hit(Key.Key_Return)
    alone.back()
    assert [(one.ladder, one.role) for one in alone.its.told] == [("two_unfit", "centre_manager")]
    rate = alone.find("clock_accident_connect_rate")
    rate.setFocus()
    alone.hit(Key.Key_Space)
    assert [(one.rung, one.reason) for one in alone.its.decided] == [("connect_rate", "")]
    alone.hit(Key.Key_Z, ALT)
    assert alone.its.decided == ()
    rate.setFocus()
    alone.hit(Key.Key_Return)
    alone.dialog()
    alone.writes("接通率 78%")
    alone.hit(Key.Key_Return)
    alone.back()
    assert [(one.rung, one.reason) for one in alone.its.decided] == [("connect_rate", "接通率 78%")]


def test_a_threat_keeps_the_exact_words_and_a_list_of_ones_own(desk: CardDesk) -> None:
    card = desk.opens("threat")
    assert desk.focused() == "threat_words"
    desk.writes("三点，后门")
    desk.kept("threat_words", "三点，后门")
    desk.find("own_item").setFocus()
    desk.writes("请保安看后门")
    desk.hit(Key.Key_Return)
    assert [one.title.zh for one in own_items(desk.its)] == ["请保安看后门"]
    desk.hit(Key.Key_1, ALT)
    assert [one.item for one in desk.its.ticks] == [own_items(desk.its)[0].key]
    desk.find("own_list_how").click()
    assert any("incident_types/threat.toml" in text for text in desk.said())
    # Locked by one key, with what stands in a field that nobody has left.
    desk.goes("threat_where")
    desk.writes("3F")
    desk.find("own_item").setFocus()
    desk.writes("清点人数")
    head = desk.its.head
    desk.hit(Key.Key_Return, CTRL)
    desk.waits(lambda: desk.window.workplace is None)
    assert card is not None
    desk.unlock_again()
    desk.waits(lambda: bool(desk.window.workplace._session.shelf.pack.incident_types))
    desk.settle()
    desk.opens("threat")
    assert desk.its.head == head
    assert desk.its.text("threat_where") == "3F"
    assert [one.title.zh for one in own_items(desk.its)] == ["请保安看后门", "清点人数"]


def test_media_goes_to_the_centre_manager_first_and_into_a_record(desk: CardDesk) -> None:
    card = desk.opens("media")
    assert "通知中心经理" in desk.missing()
    assert any("感谢您的关注" in text for text in desk.said())
    for key, text in (
        ("media_outlet", "晨报"),
        ("media_person", "钱记者"),
        ("media_position", "首席记者"),
        ("media_topic", "停水"),
    ):
        desk.goes(key)
        desk.writes(text)
    desk.kept("media_topic", "停水")
    desk.hit(Key.Key_T, CTRL)
    desk.hit(Key.Key_T, ALT)
    desk.dialog()
    desk.hit(Key.Key_Return)
    desk.back()
    assert [one.title.zh for one in card.fields.missing()] == []
    assert "还缺" not in desk.missing()
    desk.hit(Key.Key_F6)
    desk.waits(lambda: desk.window.workplace.place() == "desk")
    form = desk.window.workplace.desk.capture.form
    assert (form.kind.value, form.text("outlet"), form.text("caller_name")) == ("media", "晨报", "钱记者")
    assert form.text("position") == "首席记者"
    assert form.text("manager_told_at")
    desk.settle()
    desk.waits(lambda: len(list_drafts(desk.store)) == 1)
    (draft,) = list_drafts(desk.store)
    assert resume_draft(desk.store, draft.subject_id).values["incident"] == incidents(desk.store)[0].head


def test_they_are_found_in_the_palette_and_from_a_report(desk: CardDesk) -> None:
    desk.qtbot.keyClick(QApplication.focusWidget(), Key.Key_K, CTRL)
    desk.settle()
    desk.writes("火警卡")
    desk.qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    desk.waits(lambda: desk.window.workplace.place() == "card")
    desk.waits(lambda: desk.card.view is not None)
    assert desk.its.category == "fire"
    # Who reports a fire as a fault is led there too.
    desk.hit(Key.Key_Z, ALT)
    desk.waits(lambda: desk.window.workplace.place() == "desk")
    desk.hit(Key.Key_I, CTRL)
    assert desk.sees("to_cards"), "the empty room leads there too"
    desk.hit(Key.Key_I, CTRL)
    desk.dialog()
    desk.hit(Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    desk.back()
    desk.waits(lambda: desk.focused() == "card_menu")
    desk.hit(Key.Key_Return)
    desk.waits(lambda: desk.window.workplace.place() == "card")
    desk.waits(lambda: desk.card.view is not None)
    assert desk.its.category == "fire"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_stands_on_one_screen(qtbot: QtBot, own_data_folder: Path, language: str) -> None:
    opened = CardDesk(qtbot, own_data_folder, Role.AGENT, language)
    opened.unlock()
    opened.waits(lambda: bool(opened.window.workplace._session.shelf.pack.incident_types))
    opened.window.resize(1366, 768)
    higher = {}
    for kind in (one for one in opened.window.workplace._session.shelf.pack.incident_types if one.card):
        opened.window.workplace.open_card(kind)
        opened.settle()
        opened.waits(lambda kind=kind: opened.card.view is not None and opened.its.category == kind.key)
        if (bar := opened.card._scroll.verticalScrollBar()).maximum():
            higher[kind.key] = bar.maximum()
    opened.close()
    assert higher == {}


def test_what_was_done_stands_below_the_fields_where_there_is_room(desk: CardDesk) -> None:
    desk.window.resize(1366, 768)
    desk.opens("fire")
    desk.waits(lambda: [row.line.code for row in desk.card.log.log.model.rows] == ["reported"])
    assert desk.card.log.log.isVisible()
    desk.window.resize(1366, 560)
    desk.waits(lambda: not desk.card.log.log.isVisible())
