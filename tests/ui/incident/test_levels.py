"""Levels and surges in the lead's window, by keys: proposed by a clock, taken with a reason, ended again."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.domain.incident_steps import IncidentState
from desktop_app.services.incident_acts import take_step
from desktop_app.ui.act_dialog import ActDialog
from desktop_app.ui.widgets.combo import Combo
from tests.ui.incident.floors import Floor
from tests.ui.incident.floors import floor as floor
from tests.ui.incident.floors import shared as shared
from tests.ui.incident.halls import ALT, CTRL, Key

SIX = "one_more_agent shift_extended next_shift_early level_reported time_asked notice_posted"
ALL_HANDS = "all_agents commander_here specialists_here departments_told whole_handover major_notice"


def takes(floor: Floor) -> str:
    """Take what a clock proposes; the words it gives as the reason."""
    floor.go("clocks")
    floor.hit(Key.Key_A, ALT)
    dialog = floor.dialog()
    assert isinstance(dialog, ActDialog)
    reason = dialog.reason.text()
    assert reason, "the clock says why"
    floor.hit(Key.Key_Return)
    floor.back()
    return reason


def happens(floor: Floor, code: str) -> None:
    """Note what happened: lines full, lines free, a surge, its end."""
    floor.hit(Key.Key_G, ALT)
    dialog = floor.dialog()
    dialog.what.setFocus()  # type: ignore[attr-defined]
    place = dialog.what.codes().index(code)  # type: ignore[attr-defined]
    floor.room.qtbot.keyClicks(QApplication.focusWidget(), str(place + 1))
    floor.hit(Key.Key_Return, CTRL)
    floor.back()
    assert code in [one.code for one in floor.view.events]


def test_a_surge_calls_in_more_people_every_thirty_minutes_and_ends(floor: Floor) -> None:
    """Rows 22 and 75: A§8's three levels, who came when; outbound agents, the IVR with its words (3.1)."""
    floor.reports("满线", "满线，客户打不进来")
    assert takes(floor).startswith("一级")
    assert floor.ticks("everybody_on_calls support_helps outbound_again") == (
        "everybody_on_calls support_helps outbound_again".split()
    )
    floor.fills({"waiting_calls": 40, "outbound_to_inbound": True, "ivr_changed": True})
    assert floor.lacks() == "ivr_text"
    floor.fills({"ivr_text": "现在来电较多，请稍后再拨", "surge_cause": "停水"})
    assert floor.view.text("ivr_text") == "现在来电较多，请稍后再拨"
    floor.at(29.9)
    assert not floor.clocks.suggestion.isVisible()
    floor.at(30)
    assert takes(floor).startswith("30 分钟没有缓解，二级")
    floor.go("told")
    floor.hit(Key.Key_C, ALT)
    floor.dialog()
    floor.writes("孙丽")
    floor.hit(Key.Key_Return)
    floor.back()
    floor.at(45)
    floor.field("called_in").setFocus()
    floor.hit(Key.Key_Return)
    (one,) = floor.view.called_in
    assert (one.name, one.level, one.came_at) == ("孙丽", "level_2", floor.room.clock.now)
    floor.at(60)
    assert takes(floor).startswith("再过 30 分钟没有缓解，三级")
    assert floor.ticks("standby_called office_staff_called") == ["standby_called", "office_staff_called"]
    floor.at(75)
    happens(floor, "surge_over")
    assert floor.due() == ""
    levels = [one.details["value"] for one in floor.view.log if one.code == "surge_level"]
    assert levels == ["level_1", "level_2", "level_3"]


def test_the_same_levels_are_for_busy_hours_after_an_outage(floor: Floor) -> None:
    """Row 83: it works again, and everybody rings: extra seats by the same tool, and a notice."""
    floor.reports("来电不弹屏", "来电不弹屏")
    store, now = floor.room.store, floor.room.clock.now
    confirmed = {"scope": "all", "incident_category": "application"}
    take_step(store, floor.head, IncidentState.CONFIRMED, now=now, values=confirmed, reason="主管不在")
    over = {"recovery_confirmed_by": "赵运维"}
    take_step(store, floor.head, IncidentState.RECOVERED, now=now, values=over, reason="主管不在")
    floor.page._room.refresh()
    floor.room.settle()
    floor.at(10)
    happens(floor, "surge")
    assert takes(floor).startswith("一级")
    floor.at(40)
    assert takes(floor).startswith("30 分钟没有缓解，二级")
    assert floor.view.text("surge_level") == "level_2"
    assert floor.ticks("everybody_on_calls standby_called") == ["everybody_on_calls", "standby_called"]
    floor.go("notices")
    floor.hit(Key.Key_O, ALT)
    floor.dialog()
    floor.hit(Key.Key_Return, CTRL)
    floor.back()
    assert floor.cells("notices", 0), "users are told"


def test_lines_full_for_15_minutes_are_general_and_for_30_are_major(floor: Floor) -> None:
    """Rows 37 and 38: the clock proposes the level, the supervisor is told, measures are ticked."""
    floor.reports("网页内容", "网页内容不对")
    happens(floor, "lines_full")
    floor.at(14.9)
    assert not floor.clocks.suggestion.isVisible()
    floor.at(15)
    assert takes(floor).startswith("满线 15 分钟")
    floor.does("general:supervisor")
    assert floor.view.text("incident_level") == "general"
    assert floor.ticks(SIX) == SIX.split()
    floor.at(30)
    assert takes(floor).startswith("满线 30 分钟")
    assert floor.view.text("incident_level") == "major"
    assert floor.ticks(ALL_HANDS) == ALL_HANDS.split()
    reasons = [one.reason for one in floor.view.log if one.code == "level"]
    assert [reason[:8] for reason in reasons] == ["满线 15 分钟", "满线 30 分钟"]


@pytest.mark.parametrize(
    ("typed", "symptom", "level", "measures"),
    [
        ("临时停机", "系统要临时停机维护", "general", SIX),
        ("记录对不上", "记录对不上", "major", ALL_HANDS),
    ],
)
def test_some_types_have_their_level_at_once(
    floor: Floor, typed: str, symptom: str, level: str, measures: str
) -> None:
    floor.reports(typed, symptom)
    takes(floor)
    assert floor.view.text("incident_level") == level
    first, second = measures.split()[:2]
    assert floor.ticks(f"{first} {second}") == [first, second]
    if level == "general":
        assert floor.lacks() == "maintenance_until"
        floor.fills({"maintenance_until": "11:30", "maintenance_parts": "查询"})
        assert floor.lacks() == ""


def test_an_emotional_customer_who_attacks_becomes_a_matter_of_personal_safety(floor: Floor) -> None:
    """Row 63: steps, the lead where it gets worse; row 64 once somebody is attacked."""
    floor.reports("大声吵闹", "客户大声吵闹")
    assert floor.ticks("apologised listened explained lead_if_worse") == (
        "apologised listened explained lead_if_worse".split()
    )
    floor.fills({"customer_wish": "退费", "calmed": False, "attacked": True})
    assert floor.due() == ""
    floor.go("handling")
    kind = floor.field("kind_of_incident")
    assert isinstance(kind, Combo)
    kind.setFocus()
    kind.showPopup()
    at = [kind.itemText(place) for place in range(kind.count())].index("人身安全")
    kind.view().setCurrentIndex(kind.model().index(at, 0))
    floor.room.qtbot.keyClick(kind.view(), Key.Key_Return)
    floor.room.settle()
    assert floor.view.category == "personal_safety"
    assert floor.view.text("plan_version").startswith("GZ-25 ")
    assert "SX-22 1.0" in floor.view.text("plan_version")
    assert floor.due() == "function_head:function_head"
    assert floor.view.values["attacked"] is True, "what was written stays"


def test_the_hour_asks_for_a_decision_that_names_vendor_and_reason(floor: Floor) -> None:
    """Row 6: at 60 minutes Enter on the clock asks, and nothing blank is taken."""
    floor.reports("文件服务", "文件服务器打不开")
    floor.at(59.9)
    assert "decision" not in floor.due().split()
    floor.at(60)
    floor.go("clocks")
    lines = floor.clocks.model.rows
    floor.clocks.table.go_to([line.standing.rung.key for line in lines].index("decision"))
    floor.hit(Key.Key_Return)
    dialog = floor.dialog()
    floor.hit(Key.Key_Return, CTRL)
    assert dialog.isVisible(), "it cannot be blank"
    dialog.choice.setFocus()  # type: ignore[attr-defined]
    floor.hit(Key.Key_1)
    for name, text in (("vendor", "联创科技"), ("contact", "黄工"), ("ticket", "BX-1"), ("reason", "修不好")):
        floor.field(f"decision_{name}").setFocus()
        floor.writes(text)
    floor.hit(Key.Key_Return, CTRL)
    floor.back()
    (decided,) = floor.view.decided
    assert (decided.code, decided.reason) == ("vendor", "修不好")
    assert dict(decided.details) == {"vendor": "联创科技", "contact": "黄工", "ticket": "BX-1"}
    assert "decision" not in floor.due().split()


def test_a_generator_that_started_has_no_warning(floor: Floor) -> None:
    """Row 13: expected after 7 minutes, warned of at 10, neither once the start is written down."""
    floor.reports("不间断", "不间断电源在报警")
    floor.does("operations:sysops")
    floor.does("manager:centre_manager")
    floor.at(6.9)
    assert "expected" not in floor.due().split()
    floor.at(6.95)
    floor.fills({"generator_at": f"{floor.room.clock.now.hour + 8:02}:{floor.room.clock.now.minute:02}"})
    floor.at(11)
    assert not {"expected", "warning"} & set(floor.due().split())
