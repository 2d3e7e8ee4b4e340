"""The outage room by keys: report, confirm, tell, manual mode, back again; and what the strip says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.domain.incident_steps import CLOSING_NEEDS, IncidentState
from desktop_app.domain.roles import Role
from desktop_app.services.incident_acts import take_step, tell
from desktop_app.services.incident_values import set_values
from desktop_app.services.incidents import incidents, report_fault
from desktop_app.ui.widgets.buttons import HintedButton
from desktop_app.ui.widgets.labels import Heading
from tests.ui.incident.room_desk import ALT, CTRL, Key, RoomDesk


@pytest.fixture
def lead(qtbot: QtBot, own_data_folder: Path) -> Iterator[RoomDesk]:
    opened = RoomDesk(qtbot, own_data_folder, Role.LEAD)
    opened.unlock()
    opened.waits(lambda: bool(opened.window.workplace._session.shelf.pack.ladders))
    opened.settle()
    yield opened
    opened.close()


def now(desk: RoomDesk) -> datetime:
    return desk.window.workplace._session.clock()


def states(desk: RoomDesk) -> list[tuple[str, str]]:
    """What the clocks say: what to do, and how it stands."""
    table = desk.find("clocks")
    model = table.model()
    return [(model.index(row, 1).data(), model.index(row, 3).data()) for row in range(model.rowCount())]


def test_ctrl_i_twice_reports_and_the_strip_says_so_everywhere(lead: RoomDesk) -> None:
    assert not lead.sees("incident_banner")
    lead.hit(Key.Key_I, CTRL)
    assert lead.sees("report_fault"), "an empty room says what to do"
    lead.report()
    assert lead.view.state is IncidentState.SUSPECTED
    assert lead.find("incident_state").text() == "疑似"
    lead.hit(Key.Key_Escape)
    assert lead.window.workplace.place() == "desk"
    assert lead.sees("incident_banner")


def test_clocks_are_told_by_enter_and_nothing_is_red_before_it_is_late(lead: RoomDesk) -> None:
    lead.report()
    titles = dict(states(lead))
    assert titles["通知系统运维"] == "马上"
    assert titles["组长报主管"] == "剩 05:00"
    assert lead.find("incident_deadline").tone == "warn"
    lead.hit(Key.Key_Return)
    lead.dialog()
    lead.hit(Key.Key_Return)
    lead.back()
    assert [one.rung for one in lead.view.told] == ["operations"]
    assert dict(states(lead))["通知系统运维"] == "已完成"
    lead.ahead = timedelta(minutes=3, seconds=30)
    lead.page._panels["clocks"]._count()
    lead.window.workplace.incidents.changed.emit()
    assert dict(states(lead))["组长报主管"] == "剩 01:30"
    assert lead.find("incident_deadline").tone == "warn"
    lead.ahead = timedelta(minutes=8)
    lead.window.workplace.incidents.changed.emit()
    assert dict(states(lead))["组长报主管"] == "超时 03:00"
    assert lead.find("incident_deadline").tone == "urgent"


def test_an_agent_reports_and_acts_for_the_lead_with_a_reason(qtbot: QtBot, own_data_folder: Path) -> None:
    desk = RoomDesk(qtbot, own_data_folder, Role.AGENT)
    desk.unlock()
    desk.settle()
    desk.report()
    assert desk.find("incident_state").text() == "疑似"
    assert not desk.sees("incident_deadline"), "clocks are the lead's"
    desk.hit(Key.Key_Y, ALT)
    desk.dialog()
    desk.field("scope").setFocus()
    desk.hit(Key.Key_1)
    desk.hit(Key.Key_Return, CTRL)
    assert "代行" in desk.dialog().notice.text()
    desk.writes("组长在接电话")
    desk.hit(Key.Key_Return, CTRL)
    desk.back()
    assert desk.view.state is IncidentState.CONFIRMED
    desk.close()


def test_a_fire_during_an_outage_stands_in_the_strip_of_everybody(lead: RoomDesk) -> None:
    lead.report()
    report_fault(
        lead.store,
        symptom="看到烟",
        category="fire",
        now=now(lead),
        noticed_at=now(lead) - timedelta(minutes=1),
        outage=False,
    )
    lead.window.workplace.incidents.refresh()
    lead.settle()
    assert lead.view.category == "application", "the outage stays at hand"
    beside = lead.find("incident_beside")
    assert (beside.tone, beside.text()) == ("urgent", "火情 疑似　Shift+F4")
    assert lead.find("incident_deadline").text() == "马上 · 通知系统运维"
    lead.hit(Key.Key_Return)
    lead.dialog()
    lead.hit(Key.Key_Return)
    lead.back()
    assert lead.find("incident_deadline").text().endswith("· 火情：通知主管"), (
        "what is due first, whose it is"
    )
    others = lead.find("incidents")
    assert [others.itemText(row).split(" · ")[0] for row in range(2)] == ["应用系统故障 疑似", "火情 疑似"]
    assert not lead.sees("to_card"), "an outage has none"
    others.setFocus()
    lead.hit(Key.Key_Down)
    assert lead.sees("to_card")
    lead.hit(Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    lead.hit(Key.Key_H)
    lead.waits(lambda: lead.window.workplace.place() == "card")
    lead.settle()
    assert len(incidents(lead.store)) == 2, "the card of the fire that was reported"


def test_the_strip_names_a_fire_where_nothing_else_goes_on(lead: RoomDesk) -> None:
    report_fault(lead.store, symptom="看到烟", category="fire", now=now(lead), outage=False)
    lead.window.workplace.incidents.refresh()
    lead.settle()
    state = lead.find("incident_state")
    assert (state.tone, state.text()) == ("urgent", "火情 疑似")
    assert not lead.sees("incident_beside")


def test_the_strip_says_its_words_again_once_the_incident_is_over(lead: RoomDesk) -> None:
    def word() -> str:
        return next(one.text() for one in lead.window.findChildren(HintedButton, "go_desk"))

    lead.window.resize(1_000, 700)
    lead.settle()
    before = word()
    lead.report()
    assert before
    assert not word(), "there is no room for both"
    lead.hit(Key.Key_N, ALT)
    lead.dialog()
    lead.writes("网线松了")
    lead.hit(Key.Key_Return)
    lead.back()
    assert not lead.sees("incident_banner")
    assert word() == before


def test_confirming_offers_the_type_whose_symptom_was_reported_outages_first(lead: RoomDesk) -> None:
    lead.report("CRM打不开，保存报错")
    assert lead.view.category == "", "nobody chose one of the usual symptoms"
    said = lead.said()
    assert next(one for one in said if one.startswith("类别还没有选定"))
    heading = next(one for one in lead.window.findChildren(Heading) if one.text().startswith("检查单"))
    assert heading.height() < 40, "an empty list leaves its words at the top"
    lead.hit(Key.Key_Y, ALT)
    lead.dialog()
    kind = lead.field("incident_category")
    assert kind.current_code() == "application"
    offered = [kind.itemText(place) for place in range(kind.count())]
    assert offered.index("网络异常") < offered.index("非正常来电")
    lead.hit(Key.Key_Escape)
    lead.back()


def test_a_fire_is_dealt_with_and_no_system_recovers_from_it(lead: RoomDesk) -> None:
    report_fault(lead.store, symptom="看到烟", category="fire", now=now(lead), outage=False)
    lead.window.workplace.incidents.refresh()
    lead.hit(Key.Key_I, CTRL)
    lead.confirm()
    tell(lead.store, lead.view.head, told_to="王主管", channel="phone", now=now(lead))
    assert lead.page.steps.primary.text() == "已处置完"
    lead.hit(Key.Key_Y, ALT)
    assert lead.dialog().windowTitle() == "已处置完"
    lead.writes("消防队长")
    lead.hit(Key.Key_Return)
    lead.back()
    assert lead.find("incident_state").text() == "火情 已处置"
    assert any(one.startswith("状态改为：已处置") for one in lead.said())
    assert "还有 1 人要告知：已处置完。" in lead.said()
    lead.hit(Key.Key_E, ALT)
    lead.settle()
    assert "处置完通知：还有 1 / 1 人要通知" in lead.said()
    lead.hit(Key.Key_Return)
    assert lead.dialog().windowTitle() == "告诉 王主管 已处置完"
    lead.hit(Key.Key_Escape)
    lead.back()
    lead.page.show_view("log")
    lead.settle()
    log = lead.find("incident_log").model()
    lines = [
        log.index(row, column).data() for row in range(log.rowCount()) for column in range(log.columnCount())
    ]
    assert any(one and one.startswith("已处置完") for one in lines)
    assert not any("系统恢复" in (one or "") for one in (*lead.said(), *lines))
    assert lead.sees("to_card")
    take_step(lead.store, lead.view.head, IncidentState.REVIEW, now=now(lead))
    texts = dict.fromkeys(CLOSING_NEEDS, "已写")
    told = {**texts, "approved_by": "周主管"}
    set_values(lead.store, lead.view.head, told, now=now(lead))
    head = lead.view.head
    take_step(lead.store, head, IncidentState.CLOSED, now=now(lead), reason="主管不在")
    lead.window.workplace.incidents.choose(head)
    lead.settle()
    assert not lead.sees("to_card"), "it would report another"


def test_whoever_waits_in_the_empty_room_stands_at_the_clocks_once_there_are_any(lead: RoomDesk) -> None:
    lead.hit(Key.Key_I, CTRL)
    lead.waits(lambda: lead.focused() == "report_fault")
    report_fault(lead.store, symptom="CRM 打不开", now=datetime.now(UTC))
    lead.window.workplace.incidents.refresh()
    lead.waits(lambda: lead.focused() == "clocks")
