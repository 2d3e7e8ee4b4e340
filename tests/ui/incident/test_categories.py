"""Every type of incident in the lead's window: reported, told, ticked, filled in by keys with its own facts.

One window for all of them. The five of the cards are in ``test_cards``, levels and surges in ``test_levels``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from desktop_app.domain.entries import Value
from desktop_app.domain.own_fields import held
from desktop_app.services.cards import own_items
from tests.ui.incident.floors import Floor
from tests.ui.incident.floors import floor as floor
from tests.ui.incident.floors import shared as shared
from tests.ui.incident.halls import ALT, Key

TITLES_ONLY = {
    "fall": "跌倒",
    "illness": "突发疾病",
    "death": "死亡",
    "disturbance": "家属闹事",
    "fight": "斗殴",
    "robbery": "抢劫",
    "loiterers": "可疑人员逗留",
    "electrical": "用电事故",
}
"""Of these the plan gives no more than a title (2§6)."""


@dataclass(frozen=True)
class Case:
    """What a row asks: ``typed`` finds ``symptom``; ``due`` is told at once, ``later`` found at a minute.

    ``lacks`` are the fields that have to be filled; ``filled`` is typed, and all of it kept.
    """

    typed: str
    symptom: str
    due: str = ""
    ticked: str = ""
    lacks: str = ""
    filled: dict[str, Value] = field(default_factory=dict)
    later: tuple[float, str, str] | None = None


CASES = {
    # Plan A, rows 1, 13-15, 19, and categories 9 to 12
    "seat_fault": Case(
        "耳机",
        "耳机坏了",
        "operations:sysops",
        "spare_seat seat_marked seat_tested",
        "seat_broken seat_device",
        {
            "seat_broken": "A12",
            "seat_device": "headset",
            "spare_seat_given": "B02",
            "seat_repaired_by": "赵运维",
        },
    ),
    "power": Case(
        "灯灭了",
        "灯灭了，电脑还亮",
        "operations:sysops manager:centre_manager",
        "shed_air_conditioning shed_fridge shed_microwave power_watched",
        "power_type",
        {"power_type": "own_line", "ups_minutes": 25, "power_back_by": "两点半"},
        (10, "warning", "缺油，已叫人送"),
    ),
    "air_conditioning": Case(
        "漏水",
        "空调漏水",
        "managers:supervisor managers:centre_manager",
        "building_told fans_brought",
        "",
        {"room_temperature": 31, "fans_used": 4},
    ),
    "network": Case(
        "时断时续",
        "网络时断时续",
        "operations:sysops",
        "department_told record_by_hand callers_answered",
        "network_parts",
        {
            "network_parts": ["file_server", "network"],
            "callers_reporting": 6,
            "department_found": "光缆被挖断",
        },
    ),
    "complaint_burst": Case(
        "多人投诉",
        "多人投诉同一件事",
        "",
        "complaints_numbered complaint_answer_agreed",
        "complaint_matter",
        {"complaint_matter": "水费多收", "complaints_so_far": 7},
    ),
    "abnormal_call": Case(
        "反复骚扰",
        "同一号码反复骚扰",
        "supervisor:supervisor",
        "fixed_words others_warned",
        "abnormal_number",
        {"abnormal_number": "13123450002", "abnormal_times": 5},
    ),
    "escalated_call": Case(
        "语言不通",
        "语言不通",
        "",
        "asked_to_wait",
        "senior_reason lead_took_over_at senior_outcome",
        {"senior_reason": "language", "lead_took_over_at": "10:00", "senior_outcome": "请会方言的同事接听"},
    ),
    "urgent_order": Case(
        "小区停水",
        "小区停水",
        "",
        "property_rung orders_chased orders_answered",
        "estates",
        {"estates": "和平里 3 号楼", "households": 60},
    ),
    # Website and hotline, rows 70 and 78
    "website": Case(
        "缴费失败",
        "网上缴费失败",
        "department:web_team",
        "tried_here other_way",
        "web_verified web_verified_by",
        {"web_verified": "partly", "web_verified_by": "网站组周工"},
    ),
    "hotline_down": Case(
        "打不进来",
        "客户打不进来",
        "head:group_head head:information_centre operations:sysops",
        "tested_from_mobile lines_counted",
        "lines_lost",
        {"lines_lost": 8},
    ),
    # Plan B's event types, row 39
    "login_failure": Case(
        "所有人", "所有人都登录不了", "operations:sysops major", "", "login_who", {"login_who": ["staff"]}
    ),
    "mass_disconnect": Case(
        "大面积掉线",
        "客户大面积掉线",
        "operations:sysops major",
        "interrupted_calls",
        "dropped_count",
        {"dropped_count": 40, "drops_again": True},
    ),
    "back_office": Case(
        "派不出去",
        "工单派不出去",
        "operations:sysops",
        "orders_by_phone",
        "blocked_work",
        {"blocked_work": "派单"},
    ),
    "data_loss": Case(
        "变回旧的",
        "客户资料变回旧的",
        "operations:sysops major",
        "loss_span local_kept",
        "lost_from lost_what",
        {"lost_from": "09:30", "lost_what": "上午的工单"},
    ),
    "top_up": Case(
        "没到账",
        "付了款没到账",
        "",
        "order_asked payments_checked",
        "top_up_order top_up_amount",
        {"top_up_order": "CZ-1", "top_up_amount": "200"},
    ),
    "cheating": Case(
        "外挂",
        "客户举报外挂",
        "",
        "evidence_asked cheating_passed",
        "cheat_accounts",
        {"cheat_accounts": "三个账号"},
    ),
    # Plan 2's classes, rows 64-70 and 98
    "personal_safety": Case(
        "员工被打",
        "员工被打",
        "function_head:function_head",
        "own_safety safety_police safety_evidence",
        "injured_people attack_place police_rung_at statement_due copied_to",
        {
            "injured_people": "李娜",
            "attack_place": "大厅",
            "police_rung_at": "09:58",
            "police_case": "X-1",
            "hospital": "市一医院，王芳陪同",
            "statement_due": "18:00",
            "copied_to": "general_manager",
            "evidence_kept": "录像在 U 盘，锁柜 2",
            "side_at_fault": "both",
            "apology_planned_at": "15:00",
            "apology_done_at": "09:59",
            "employee_wish": "no",
        },
    ),
    "property_loss": Case(
        "设备被损坏",
        "设备被损坏",
        "",
        "loss_scene loss_estimated",
        "loss recordings_saved",
        {
            "loss": "5000.01",
            "police_rung_at": "09:59",
            "police_case": "X-2",
            "scene_protected": True,
            "photos_taken": True,
            "recordings_saved": True,
            "recordings_place": "保卫处",
        },
        (30 * 24 * 60, "day_30", ""),
    ),
    "property_lost": Case(
        "东西丢了",
        "客户说东西丢了",
        "",
        "customer_helped lost_reported",
        "lost_item last_seen_at route_checked recordings_checked police_told lost_customer",
        {
            "lost_item": "钱包",
            "last_seen_at": "09:40",
            "last_seen_place": "三楼休息区",
            "route_checked": True,
            "recordings_checked": True,
            "police_told": True,
            "police_case": "X-3",
            "lost_customer": "赵先生 13123450003",
        },
    ),
    "counter_system": Case(
        "柜台系统",
        "柜台系统用不了",
        "operations:sysops",
        "apology_said self_service_shown signed_first contact_left",
        "ways_offered",
        {
            "ways_offered": ["signed_first", "waited", "left_contact"],
            "waiting_count": 3,
            "another_day_count": 2,
            "signed_count": 4,
        },
        (30, "customers", "等候 3 位，改日 2 位"),
    ),
    "office_power_cut": Case(
        "营业场所停电",
        "营业场所停电",
        "operations:sysops call_centre:call_centre",
        "accepted_by_hand cash_locked",
        "",
        {"hand_accepted_count": 5, "waiting_count": 2},
        (30, "customers", "等候 2 位"),
    ),
}


@pytest.mark.parametrize("category", CASES)
def test_a_type_is_led_by_keys_with_its_own_facts(floor: Floor, category: str) -> None:
    case = CASES[category]
    floor.reports(case.typed, case.symptom)
    assert floor.view.category == category
    assert floor.view.text("symptom") == case.symptom
    assert floor.view.text("plan_version").startswith(str(floor.kind.version))
    assert sorted(floor.due().split()) == sorted(case.due.split())
    assert floor.lacks() == case.lacks
    for one in case.due.split():
        floor.does(one) if ":" in one else floor.sees(one)
    assert floor.due() == ""
    whom = [one for one in case.due.split() if ":" in one]
    assert sorted(f"{one.rung}:{one.role}" for one in floor.view.told if one.name and one.at) == sorted(whom)
    assert floor.ticks(case.ticked) == case.ticked.split()
    floor.fills(case.filled)
    assert floor.lacks() == ""
    fields = {one.key: one for one in floor.kind.fields}
    for key, answer in case.filled.items():
        kept = held(fields[key], floor.view.values)
        if isinstance(answer, str) and (":" in answer or answer.replace(".", "").isdecimal()):
            assert kept, key
        else:
            assert kept == answer, key
    if case.later is not None:
        minutes, rung, found = case.later
        floor.at(minutes - 0.02)
        assert rung not in floor.due().split()
        floor.at(minutes)
        assert rung in floor.due().split()
        floor.does(rung, found) if found else floor.sees(rung)
        assert (rung, found) in [(one.rung, one.reason) for one in floor.view.decided]


@pytest.mark.parametrize("category", TITLES_ONLY)
def test_a_title_alone_has_an_empty_list_for_ones_own_lines(floor: Floor, category: str) -> None:
    title = TITLES_ONLY[category]
    floor.reports(title[:2], title)
    assert floor.view.category == category
    assert (floor.due(), floor.lacks()) == ("", "")
    floor.go("handling")
    floor.field("own_item").setFocus()
    floor.writes("叫保安")
    floor.hit(Key.Key_Return)
    (line,) = own_items(floor.view)
    assert line.title.zh == "叫保安"
    floor.hit(Key.Key_1, ALT)
    assert [one.item for one in floor.view.ticks] == [line.key]
    assert [one.code for one in floor.view.log] == ["reported", "own_item", "ticked"]
