"""The views of the outage room by keys: what is typed keeps itself, ticks, levels, joining, follow-up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop_app.domain.contacts import STANDBY
from desktop_app.domain.entries import Action, Change, Payload, moment_text
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.incident_events import FactEvent
from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.outage_options import AnnouncementType, PublishChannel
from desktop_app.domain.site_pack import Contact
from desktop_app.domain.site_text import Bilingual
from desktop_app.services.announcements import approve, draft_announcement, publish
from desktop_app.services.cards import own_items
from desktop_app.services.incident_acts import note_event, take_step, tell
from desktop_app.services.incident_values import set_values
from desktop_app.services.incident_view import ACTIONS
from desktop_app.services.incidents import incidents, report_fault
from desktop_app.ui.sentences import sentence_in_window
from desktop_app.ui.widgets.chips import Chip
from tests.ui.incident.conftest import NOW
from tests.ui.incident.halls import ALT, CTRL, NO_KEY, Hall, Key


def test_a_field_keeps_itself_when_it_is_left_and_undo_takes_it_back(hall: Hall) -> None:
    hall.go("handling")
    hall.field("which_application").setFocus()
    hall.writes("计费模块")
    assert "which_application" not in hall.view.values
    hall.hit(Key.Key_Tab)
    assert hall.view.text("which_application") == "计费模块"
    hall.field("seats_hit").setFocus()
    hall.writes("十二")
    hall.hit(Key.Key_Tab)
    assert hall.view.values["seats_hit"] == "十二"
    assert any(
        one.text().startswith("看不懂这个数") for one in hall.page.findChildren(QLabel) if one.isVisible()
    )
    hall.field("seats_hit").setFocus()
    hall.hit(Key.Key_A, CTRL)
    hall.writes("１２")
    hall.hit(Key.Key_Tab)
    assert hall.view.values["seats_hit"] == 12
    hall.hit(Key.Key_Z, ALT)
    assert hall.view.values["seats_hit"] == "十二"


def test_undo_right_after_takes_back_what_is_under_way(hall: Hall) -> None:
    """Nothing is heard of the store between the two keys: a line ticked, a field left, a line added."""
    hall.go("handling")
    hall.hit(Key.Key_1, ALT)
    (first,) = hall.view.ticks
    hall.at_once((Key.Key_2, ALT), (Key.Key_Z, ALT))
    assert hall.view.ticks == (first,)
    hall.field("which_application").setFocus()
    hall.writes("计费模块")
    hall.at_once((Key.Key_Tab, NO_KEY), (Key.Key_Z, ALT))
    assert "which_application" not in hall.view.values
    hall.field("own_item").setFocus()
    hall.writes("叫保安")
    hall.at_once((Key.Key_Return, NO_KEY), (Key.Key_Z, ALT))
    assert own_items(hall.view) == ()
    assert hall.view.ticks == (first,)


def test_what_arrives_does_not_write_over_what_is_being_typed(hall: Hall) -> None:
    hall.go("handling")
    hall.field("which_application").setFocus()
    hall.writes("计费")
    set_values(hall.room.store, hall.head, {"which_application": "全部", "seats_hit": 4}, now=NOW)
    hall.page._room.refresh()
    hall.room.settle()
    assert hall.field("which_application").text() == "计费"
    assert hall.field("seats_hit").text() == "4"
    done: list[bool] = []
    hall.page.flush(done.append)
    hall.room.settle()
    assert done == [True]
    # Both were said, and neither is lost: the line below the field tells of it, and no other.
    assert set(hall.view.conflicts["which_application"]) == {"计费", "全部"}
    told = [
        one.text() for one in hall.page.findChildren(QLabel) if one.isVisible() and "全部 / " in one.text()
    ]
    assert told == ["有两种写法：全部 / 计费。写下正确的即可。"]


def test_lines_of_the_check_list_are_ticked_by_number_and_space(hall: Hall) -> None:
    hall.go("handling")
    hall.hit(Key.Key_2, ALT)
    ticked = [one.item for one in hall.view.ticks]
    assert ticked == ["solve_from_documents"]
    hall.hit(Key.Key_Space)
    assert hall.view.ticks == (), "the line that was ticked is the one at hand"


def test_lines_full_for_half_an_hour_propose_a_level_that_one_key_takes(hall: Hall) -> None:
    hall.hit(Key.Key_G, ALT)
    hall.dialog()
    hall.hit(Key.Key_Return, CTRL)
    hall.back()
    assert FactEvent.LINES_FULL in {one.code for one in hall.view.events}
    assert not hall.page._panels["clocks"].suggestion.isVisible()
    hall.room.clock.pass_minutes(31)
    hall.page.show_incident()
    assert hall.page._panels["clocks"].suggestion.isVisible()
    hall.hit(Key.Key_A, ALT)
    dialog = hall.dialog()
    assert dialog.reason.text().startswith("满线 30 分钟")  # type: ignore[attr-defined]
    hall.hit(Key.Key_Return)
    hall.back()
    assert hall.view.text("incident_level") == "major"
    assert not hall.page._panels["clocks"].suggestion.isVisible()
    hall.go("handling")
    assert any("全部话务员到岗" in title for title in hall.cells("check_list", 1)), (
        "its measures are asked for"
    )


def test_two_reports_are_joined_after_a_look_and_taken_apart_again(hall: Hall) -> None:
    store = hall.room.store
    report_fault(store, symptom="登录一直转圈", now=NOW + timedelta(minutes=1), new=True)
    hall.page._room.refresh()
    hall.go("handling")
    hall.hit(Key.Key_K, ALT)
    dialog = hall.dialog()
    assert "登录一直转圈" in dialog._told.text()  # type: ignore[attr-defined]
    hall.hit(Key.Key_Return)
    hall.back()
    assert len(incidents(store)) == 1
    assert len(hall.view.reports) == 2
    hall.field("reports").setFocus()
    hall.hit(Key.Key_B, ALT)
    assert len(incidents(store)) == 2


def test_another_incident_is_chosen_and_shown(hall: Hall) -> None:
    other = report_fault(hall.room.store, symptom="停电", now=NOW + timedelta(minutes=1), new=True).incident
    hall.page._room.refresh()
    hall.room.settle()
    hall.field("incidents").setFocus()
    hall.hit(Key.Key_Up)
    shown = hall.page._room.shown
    assert shown is not None
    assert shown.head == other


def test_people_are_called_in_come_and_are_moved(hall: Hall) -> None:
    hall.go("told")
    hall.hit(Key.Key_C, ALT)
    hall.dialog()
    hall.hit(Key.Key_Return)
    assert hall.dialog().notice.text() == "请写明叫了谁来支援。"  # type: ignore[attr-defined]
    hall.writes("孙丽")
    hall.hit(Key.Key_Return)
    hall.back()
    assert [(one.name, one.came_at) for one in hall.view.called_in] == [("孙丽", None)]
    hall.room.clock.pass_minutes(12)
    hall.field("called_in").setFocus()
    hall.hit(Key.Key_Return)
    assert hall.view.called_in[0].came_at == NOW + timedelta(minutes=12)
    hall.field("staffing_moves").setFocus()
    hall.writes("外呼组 3 人转呼入")
    hall.hit(Key.Key_Return)
    assert [one.text("text") for one in hall.view.items("staffing_moves")] == ["外呼组 3 人转呼入"]


def test_those_on_standby_are_offered_with_their_skills_until_they_are_reached(hall: Hall) -> None:
    shelf = hall.room.session.shelf
    sun = Contact("standby-8031", STANDBY, Bilingual("赵敏", "赵敏"), "13123450031", skills=("话务", "英语"))
    wu = Contact("standby-8033", STANDBY, Bilingual("吴桐", "吴桐"), "13123450033")
    shelf.pack = replace(shelf.pack, contacts=(*shelf.pack.contacts, sun, wu))
    hall.go("told")
    hall.hit(Key.Key_C, ALT)
    dialog = hall.dialog()
    assert [one.text() for one in dialog.findChildren(Chip) if one.isVisible()][:2] == [
        "赵敏（话务、英语）",
        "吴桐",
    ]
    hall.hit(Key.Key_1)
    assert "1312 345 0031" in [one.text() for one in dialog.findChildren(QLabel)]
    hall.hit(Key.Key_Return)
    hall.back()
    (called,) = hall.view.called_in
    assert (called.name, called.contact, called.reached) == ("赵敏", "standby-8031", True)
    hall.hit(Key.Key_C, ALT)
    dialog = hall.dialog()
    assert next(one.text() for one in dialog.findChildren(Chip) if one.isVisible()) == "吴桐"
    hall.hit(Key.Key_Escape)
    hall.back()


def test_the_recovery_list_holds_exactly_those_who_were_reached(hall: Hall) -> None:
    store = hall.room.store
    for name, reached in (("王主管", True), ("周经理", False)):
        tell(store, hall.head, told_to=name, channel="phone", reached=reached, now=NOW)
    values = {"scope": "all", "incident_category": "application"}
    take_step(store, hall.head, IncidentState.CONFIRMED, now=NOW, values=values)
    over = {"recovery_confirmed_by": "赵运维"}
    take_step(store, hall.head, IncidentState.RECOVERED, now=NOW, values=over)
    hall.page._room.refresh()
    hall.room.settle()
    hall.go("told")
    assert hall.cells("recovery_list", 0) == ["王主管"]
    hall.hit(Key.Key_Return)
    hall.dialog()
    hall.hit(Key.Key_Return)
    hall.back()
    assert [one.name for one in hall.view.told if one.purpose == "recovery"] == ["王主管"]
    assert hall.cells("recovery_list", 2)[0].endswith("已通知")


def test_after_it_is_over_one_key_leads_from_the_clocks_to_whom_to_tell_and_to_the_notice(
    hall: Hall,
) -> None:
    store = hall.room.store
    for name in ("王主管", "李运营"):
        tell(store, hall.head, told_to=name, channel="phone", now=NOW)
    told = {"affected": "会员查询", "since": moment_text(NOW), "text_zh": "正在抢修"}
    notice, _ = draft_announcement(store, hall.head, AnnouncementType.FIRST, told, now=NOW)
    approve(store, notice, now=NOW, reason="主管不在")
    publish(store, notice, [PublishChannel.WEBSITE], now=NOW)
    values = {"scope": "all", "incident_category": "application"}
    take_step(store, hall.head, IncidentState.CONFIRMED, now=NOW, values=values)
    hall.page._room.refresh()
    hall.room.settle()
    hall.go("closing")
    lines = dict(zip(hall.cells("left", 1), hall.cells("left", 0), strict=True))
    assert lines["恢复以后要告知的人：2 位"] == "以后", "nothing is ticked that has not come"
    assert lines["恢复以后要发布恢复公告：1 份"] == "以后"
    hall.go("clocks")
    assert not hall.page.findChild(QWidget, "go_after").isVisible()
    over = {"recovery_confirmed_by": "赵运维"}
    take_step(store, hall.head, IncidentState.RECOVERED, now=NOW, values=over)
    hall.page._room.refresh()
    hall.room.settle()
    assert chips(hall)["told"] == "通知 2"
    assert chips(hall)["notices"] == "公告 1"
    assert hall.field("left_after").text() == "还有 2 人要告知：已恢复。恢复公告还没有发布。"
    hall.go("closing")
    assert "还没告诉已恢复的人：2 位" in hall.cells("left", 1)
    hall.go("clocks")
    hall.hit(Key.Key_E, ALT)
    assert hall.page.views.current_code() == "told"
    assert QApplication.focusWidget() is hall.field("recovery_list")
    for _ in range(2):
        hall.hit(Key.Key_Home, CTRL)
        hall.hit(Key.Key_Return)
        hall.dialog()
        hall.hit(Key.Key_Return)
        hall.back()
    assert chips(hall)["told"] == "通知"
    hall.go("clocks")
    assert hall.field("left_after").text() == "恢复公告还没有发布。"
    hall.hit(Key.Key_E, ALT)
    assert hall.page.views.current_code() == "notices"
    resolved, _ = draft_announcement(store, hall.head, AnnouncementType.RESOLVED, told, now=NOW)
    approve(store, resolved, now=NOW, reason="主管不在")
    publish(
        store,
        resolved,
        [PublishChannel.WEBSITE],
        now=NOW + timedelta(minutes=1),
        at=NOW + timedelta(minutes=1),
    )
    hall.page._room.refresh()
    hall.room.settle()
    hall.go("clocks")
    assert chips(hall)["notices"] == "公告"
    assert not hall.page.findChild(QWidget, "go_after").isVisible()


def chips(hall: Hall) -> dict[str, str]:
    """What the chips of the views say."""
    return {one.code: one.text() for one in hall.page.views.findChildren(Chip)}


def test_follow_up_has_an_owner_and_a_day(hall: Hall) -> None:
    hall.go("closing")
    hall.hit(Key.Key_D, ALT)
    hall.dialog()
    hall.writes("备库每周演练")
    hall.hit(Key.Key_Return)
    assert "由谁负责" in hall.dialog().notice.text()  # type: ignore[attr-defined]
    hall.writes("赵运维")
    hall.hit(Key.Key_Return)
    hall.back()
    (item,) = hall.view.items(ACTIONS)
    assert (item.text("text"), item.text("owner")) == ("备库每周演练", "赵运维")


def test_the_log_tells_in_words_and_says_what_was_written_late(hall: Hall) -> None:
    store = hall.room.store
    tell(store, hall.head, told_to="王主管", role="supervisor", channel="phone", now=NOW)
    late = NOW + timedelta(minutes=20)
    note_event(store, hall.head, "lines_full", now=late, at=NOW + timedelta(minutes=2))
    hall.page._room.refresh()
    hall.go("log")
    assert hall.cells("incident_log", 2) == ["报告故障：CRM 打不开", "通知 主管 王主管（电话）", "线路全满"]
    assert [bool(late) for late in hall.cells("incident_log", 3)] == [False, False, True]


def test_which_department_was_to_blame_is_written_at_the_closing(hall: Hall) -> None:
    """Form 3.6: 责任部门 (A§7.1)."""
    hall.go("closing")
    hall.field("department").setFocus()
    hall.writes("信息中心")
    hall.hit(Key.Key_Tab)
    hall.room.qtbot.waitUntil(lambda: hall.view.text("department") == "信息中心")


def test_what_another_program_calls_a_level_is_no_choice_here(hall: Hall) -> None:
    with hall.room.store.change() as unit:
        told = {
            "incident_level": Change((), "grave"),
            "surge_level": Change((), "9"),
            "scope": Change((), "?"),
        }
        unit.append(Subject(SubjectKind.INCIDENT, hall.head), Action.CHANGE, Payload(told), at=NOW)
    hall.page._room.refresh()
    hall.go("handling")
    chips = [hall.field(name) for name in ("incident_level", "surge_level")]
    assert [one.current_code() for one in chips] == ["", ""]  # type: ignore[attr-defined]
    hall.hit(Key.Key_Y, ALT)
    assert hall.dialog().scope.current_code() == ""  # type: ignore[attr-defined]
    hall.dialog().reject()
    hall.back()


def test_what_the_summary_lacks_stands_in_the_list_and_is_said_in_words(hall: Hall) -> None:
    store, now = hall.room.store, hall.room.clock()
    told = {"scope": "all", "incident_category": "application"}
    take_step(store, hall.head, IncidentState.CONFIRMED, values=told, now=now)
    over = {"recovery_confirmed_by": "赵运维"}
    take_step(store, hall.head, IncidentState.RECOVERED, values=over, now=now)
    take_step(store, hall.head, IncidentState.REVIEW, now=now)
    texts = {"course": "磁盘写满", "measures": "换了磁盘"}
    set_values(store, hall.head, texts, now=now)
    hall.page._room.refresh()
    hall.room.settle()
    hall.go("closing")
    lines = hall.cells("left", 1)
    assert lines[0] == "总结还没写：处理结果、填表人"
    assert hall.cells("left", 0)[:2] == ["还差", "已齐"], "what is open stands on top"
    hall.hit(Key.Key_Y, ALT)
    problem = hall.room.told.problems.pop()
    told = sentence_in_window(hall.room.session.words, problem)
    assert told == "这一步还缺必填内容（处理结果）；请填写后再试。", "before any reason is asked for"
    hall.field("left").setFocus()
    hall.hit(Key.Key_Home, CTRL)
    hall.hit(Key.Key_Return)
    assert QApplication.focusWidget() is hall.page._panels["closing"].form.field("result")
