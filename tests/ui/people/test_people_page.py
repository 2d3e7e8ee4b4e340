"""People by keys: found, rung, checked, changed; a roster taken in; called in and come; trained."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from desktop_app.domain.roles import Role
from desktop_app.services.incidents import current_incident, report_fault
from desktop_app.ui.people.duty_view import DutyView
from desktop_app.ui.people.people_page import PeoplePage
from desktop_app.ui.people.tree_view import TreeView
from desktop_app.ui.tables.table import Table
from desktop_app.ui.widgets.pill import Pill
from tests.ui.desk.desks import Desk
from tests.ui.desk.desks import desk as desk
from tests.ui.people.conftest import ALT, CTRL, Hands

Key = Qt.Key
Open = Callable[[Role], Hands]


def test_somebody_is_found_by_initials_rung_and_checked(at_people: Open) -> None:
    hands = at_people(Role.AGENT)
    view = hands.finds("gsgs")
    assert view.card.shown is not None
    assert view.card.shown.contact.name.zh == "供水公司抢修"
    assert hands.says("contact_phone").replace("-", "").replace(" ", "") == "057155502001"
    hands.enters("try_note", "没人接，十分钟后再打")
    hands.press(Key.Key_N, ALT)
    assert "十分钟后再打" in hands.says("contact_tries")
    hands.press(Key.Key_Y, ALT)
    hands.press(Key.Key_V, ALT)
    one = hands.book["供水公司抢修"]
    assert one.verified_at is not None
    told = [(tried.reached, tried.note) for tried in one.tried]
    assert sorted(told) == [(False, "没人接，十分钟后再打"), (True, "")]
    hands.press(Key.Key_Z, ALT)
    assert hands.book["供水公司抢修"].verified_at is None


def test_undo_right_after_a_key_takes_back_what_that_key_did(at_people: Open) -> None:
    hands = at_people(Role.AGENT)
    hands.finds("gsgs")
    hands.press(Key.Key_Y, ALT)
    with hands.before_it_is_done():
        hands.strike(Key.Key_V, ALT)
        hands.strike(Key.Key_Z, ALT)
    one = hands.book["供水公司抢修"]
    assert [tried.reached for tried in one.tried] == [True], "the act before it was taken back"
    assert one.verified_at is None


def test_supplies_are_found_and_counted(at_people: Open) -> None:
    """Row 74: medicine and tools, what there is and where, and the day on which somebody counted them."""
    hands = at_people(Role.LEAD)
    for initials, keeper, what in (("jjyx", "急救药箱保管", "创可贴"), ("wxgj", "维修工具保管", "应急灯")):
        view = hands.finds(initials)
        assert view.card.shown is not None
        assert view.card.shown.contact.name.zh == keeper
        assert any(what in one.text() for one in view.card.findChildren(QLabel) if one.isVisible())
        hands.page.setFocus()
        hands.press(Key.Key_V, ALT)
        assert hands.book[keeper].verified_at is not None


def test_a_department_is_found_by_what_it_looks_after(at_people: Open) -> None:
    """Row 53: whose matter it is, and how to reach them without the network (1.5.1-5)."""
    hands = at_people(Role.AGENT)
    view = hands.finds("")
    for matter, department in (("光缆", "信息中心"), ("官网", "网站组"), ("资费", "产品部")):
        view.search.setText(matter)
        hands.settle()
        assert view.card.shown is not None
        found = view.card.shown.contact
        assert department in found.name.zh + found.department.zh, matter
        assert hands.says("contact_phone")


def test_an_agent_rings_and_changes_nothing(at_people: Open) -> None:
    hands = at_people(Role.AGENT)
    hands.finds("gsgs")
    for name in ("contact_add", "contact_edit", "contact_remove", "import_roster"):
        assert not hands.sees(name), name
    for key in (Key.Key_A, Key.Key_E, Key.Key_D):
        hands.press(key, ALT)
    assert not hands.sees("contact_name_field")


def test_a_lead_adds_changes_and_removes(at_people: Open) -> None:
    hands = at_people(Role.LEAD)
    hands.press(Key.Key_A, ALT)
    hands.enters("contact_phone_field", "13123450044")
    hands.enters("contact_name_field", "", Key.Key_Return)
    assert hands.sees("contact_name_field"), "added without a name"
    hands.enters("contact_name_field", "吴应急", Key.Key_Return)
    assert "吴应急" in hands.book
    view = hands.finds("wyj")
    assert view.card.shown is not None
    assert view.card.shown.contact.name.zh == "吴应急"
    hands.press(Key.Key_E, ALT)
    hands.enters("contact_hours_field", "夜间", Key.Key_Return)
    assert hands.book["吴应急"].contact.hours == "夜间"
    assert hands.book["吴应急"].contact.phone == "13123450044"
    hands.press(Key.Key_D, ALT)
    hands.enters("remove_reason", "已离职", Key.Key_Return)
    assert "吴应急" not in hands.book


def test_the_tree_fits_on_one_page(at_people: Open) -> None:
    hands = at_people(Role.AGENT)
    tree = hands.page.panels["tree"]
    assert isinstance(tree, TreeView)
    hands.page.show_view("tree")
    one = tree._model.rows[0][1]
    for count in (3, 80):
        tree._model.fill([(place % 4, one) for place in range(count)])
        page = tree.page()
        # A4 in the points of this screen, 96 to the inch.
        page.setPageSize(QSizeF(794, 1123))
        assert page.pageCount() == 1, count
        assert one.contact.phone in page.toPlainText()


def roster(folder: Path) -> Path:
    today = datetime.now(UTC).astimezone().date()
    rows = ["日期,时间,姓名,工号,岗位,电话,技能"]
    for ahead in range(-1, 4):
        rows.append(f"{today + timedelta(days=ahead)},00:00-24:00,王芳,8022,应急,13123450022,")
    rows += [rows[1], f"{today},00:00-24:00,王方,8022,应急,1312345,"]
    rows += [",,孙晓,8031,备班,13123458031,手工登记 英语", "待定,全天,另行通知,,,,"]
    path = folder / "值班.csv"
    path.write_text("\n".join(rows), "utf-8")
    return path


def preview(hands: Hands, folder: Path) -> DutyView:
    """Look at a roster in the duty view."""
    hands.page.show_view("duty")
    duty = hands.page.panels["duty"]
    assert isinstance(duty, DutyView)
    duty.take_file(roster(folder))
    hands.settle()
    return duty


def take_in(hands: Hands, folder: Path) -> DutyView:
    """Look at a roster and take it in."""
    duty = preview(hands, folder)
    hands.qtbot.keyClick(hands.field("roster_preview"), Key.Key_Return, CTRL)
    hands.settle()
    return duty


def test_a_roster_is_looked_at_taken_in_and_undone(at_people: Open, tmp_path: Path) -> None:
    hands = at_people(Role.LEAD)
    duty = preview(hands, tmp_path)
    assert "6 个班次" in hands.says("roster_read")
    assert "第 7 行同第 2 行" in hands.says("roster_read")
    assert "第 8 行“王方”（工号 8022 是“王芳”）、第 8 行电话 1312345 位数不够" in hands.says("roster_doubts")
    assert "第 10（" in hands.says("roster_unread"), "and what nobody can read of it"
    hands.qtbot.keyClick(hands.field("roster_preview"), Key.Key_Return, CTRL)
    hands.settle()
    assert "王芳" in duty.now.text()
    assert "王芳" in duty.next.text()
    assert hands.sees("cover")
    assert hands.sees("untrained")
    hands.page.setFocus()
    hands.press(Key.Key_Z, ALT)
    assert not hands.page.room.people.shifts


def test_a_roster_is_asked_for_from_every_view(
    at_people: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = roster(tmp_path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    hands = at_people(Role.LEAD)
    for view in hands.page.panels:
        hands.page.show_view(view)
        hands.page.setFocus()
        hands.press(Key.Key_O, CTRL)
        assert hands.page.views.current_code() == "duty", view
        assert hands.sees("roster_preview"), view
        hands.qtbot.keyClick(hands.field("roster_preview"), Key.Key_Escape)
        hands.settle()
        assert not hands.sees("roster_preview"), view


def test_the_views_are_gone_through_both_ways(at_people: Open) -> None:
    hands = at_people(Role.AGENT)
    codes = list(hands.page.panels)
    hands.page.setFocus()
    for code in (*codes[1:], codes[0]):
        hands.press(Key.Key_Tab, CTRL)
        assert hands.page.views.current_code() == code
    for code in reversed(codes):
        hands.press(Key.Key_Backtab, CTRL | Qt.KeyboardModifier.ShiftModifier)
        assert hands.page.views.current_code() == code


def test_somebody_on_standby_is_called_in_and_comes(at_people: Open, tmp_path: Path) -> None:
    hands = at_people(Role.LEAD)
    take_in(hands, tmp_path)
    assert hands.page.room.people.standby
    hands.page.setFocus()
    hands.press(Key.Key_Tab, CTRL)
    rows = hands.field("people_standby").model()  # type: ignore[attr-defined]
    shown = [str(rows.index(0, column).data()) for column in range(rows.columnCount())]
    assert shown[:3] == ["孙晓", "手工登记 英语", "1312 345 8031"], "by whom, what they can do, what to ring"
    hands.press(Key.Key_J, ALT)
    assert not hands.sees("called_reply"), "called in for no incident"
    report_fault(hands.store, symptom="来电激增", now=hands.session.clock())
    hands.page.room.refresh()
    hands.settle()
    hands.press(Key.Key_J, ALT)
    hands.enters("called_reply", "20 分钟到", Key.Key_Return)
    assert hands.sees("people_called")
    hands.press(Key.Key_K, ALT)
    told = current_incident(hands.store)
    assert told is not None
    (one,) = told.called_in
    assert (one.name, one.reply, one.contact) == ("孙晓", "20 分钟到", "standby-8031")
    assert one.came_at is not None


def test_training_is_noted_by_one_key(at_people: Open, tmp_path: Path) -> None:
    hands = at_people(Role.LEAD)
    take_in(hands, tmp_path)
    assert hands.page.room.people.duty.untrained
    hands.page.show_view("duty")
    hands.settle()
    training = hands.session.words.say("readiness.name.training")
    untrained = hands.field("untrained")
    assert isinstance(untrained, Pill)
    assert training in untrained.text(), "one name for it, here and on the readiness page"
    hands.page.show_view("training")
    table = hands.field("people_training")
    assert isinstance(table, Table)
    assert training in [table.model().headerData(place, Qt.Orientation.Horizontal) for place in range(4)]
    hands.page.setFocus()
    hands.press(Key.Key_T, ALT)
    assert not hands.page.room.people.duty.untrained
    assert [one.name for one in hands.page.room.people.duty.trained] == ["王芳"]


def test_it_is_a_place_of_the_window_and_hears_of_an_incident(qtbot: QtBot, desk: Desk) -> None:
    workplace = desk.window.workplace
    assert workplace is not None
    workplace.go("people")
    page = workplace._built["people"]
    assert isinstance(page, PeoplePage)
    desk.waits(lambda: bool(page.room.people.book))
    report_fault(page.room.session.store, symptom="来电激增", now=datetime.now(UTC))
    desk.waits(lambda: page.room.people.incident is not None)
