"""Website and hotline (3.8, 2§5.3), plan B's levels and event types, plan 2's classes: given, when, then.

Real store, shipped pack, as plan A's categories are in ``test_incident_categories``.
"""

from __future__ import annotations

import pytest

from desktop_app.domain.entries import Value
from tests.centre import Centre, given, led_to_its_end, then, when
from tests.centre import centre as centre

TITLES_ONLY = ("fall", "illness", "death", "disturbance", "fight", "robbery", "loiterers", "electrical")
"""Of these the plan gives no more than a title (2§6)."""


# Website, hotline, plan B


def test_website(centre: Centre) -> None:
    case = given(centre, "website", "网上缴费失败")
    then(case, lacks="web_verified web_verified_by", to_tick="tried_here other_way")
    when(case, "6", told="department:web_team", filled={"web_verified": "yes", "web_verified_by": "网站组"})
    then(case, "6", due="", lacks="")
    led_to_its_end(case, "7", "90")


def test_hotline_down(centre: Centre) -> None:
    case = given(centre, "hotline_down", "客户打不进来")
    then(case, lacks="lines_lost", to_tick="tested_from_mobile lines_counted missed_callers")
    when(
        case, "1", told="head:group_head head:information_centre operations:sysops", filled={"lines_lost": 8}
    )
    then(case, "4:59", due="", lacks="")


def test_lines_full_for_15_and_30_minutes(centre: Centre) -> None:
    case = given(centre, "website")
    when(case, "1", told="department:web_team")
    when(case, "2", happened="lines_full")
    then(case, "16:59", due="", proposed="")
    then(case, "17:00", due="general:supervisor", proposed="level:general")
    when(case, "18", told="general:supervisor", level="general")
    six = "one_more_agent shift_extended next_shift_early level_reported time_asked notice_posted"
    then(case, "18", to_tick=six)
    when(case, "19", ticked=six)
    assert [one.item for one in case.view.ticks] == six.split()
    then(case, "32:00", due="major:supervisor", proposed="level:general level:major")
    when(case, "33", told="major:supervisor", level="major")
    then(
        case,
        "33",
        to_tick="all_agents commander_here specialists_here departments_told whole_handover major_notice",
    )
    assert case.view.level == "major"


def test_lines_free_again_before_15_minutes(centre: Centre) -> None:
    case = given(centre, "website")
    when(case, "2", happened="lines_full")
    when(case, "16:59", happened="lines_free")
    then(case, "60", proposed="", not_needed="general:supervisor major:supervisor")
    # Full once more: counted from then on.
    when(case, "70", happened="lines_full")
    then(case, "84:59", proposed="")
    then(case, "85", proposed="level:general")


@pytest.mark.parametrize(
    ("category", "lacks", "filled", "proposed"),
    [
        ("login_failure", "login_who", {"login_who": ["staff"]}, "level:major"),
        ("mass_disconnect", "dropped_count", {"dropped_count": 40}, "level:major"),
        ("website", "web_verified web_verified_by", {"web_verified": "no", "web_verified_by": "网站组"}, ""),
        ("back_office", "blocked_work", {"blocked_work": "派不了单"}, ""),
        ("data_loss", "lost_from lost_what", {"lost_from": "1", "lost_what": "上午的工单"}, "level:major"),
        ("top_up", "top_up_order top_up_amount", {"top_up_order": "CZ-1", "top_up_amount": "200.00"}, ""),
        ("cheating", "cheat_accounts", {"cheat_accounts": "三个账号"}, ""),
        ("maintenance", "maintenance_until", {"maintenance_until": "45"}, "level:general"),
    ],
)
def test_event_types_of_plan_b(
    centre: Centre, category: str, lacks: str, filled: dict[str, Value], proposed: str
) -> None:
    case = given(centre, category)
    then(case, lacks=lacks, proposed=proposed)
    when(case, "2", filled=filled)
    then(case, "2", lacks="")
    if proposed:
        reminder = proposed.partition(":")[2]
        when(case, "2", decided=(reminder, "seen", "同意"), level=reminder)
        assert case.view.level == reminder
    led_to_its_end(case, "3", "50")


# Plan 2


def test_emotional_customer_who_attacks(centre: Centre) -> None:
    case = given(centre, "emotional", "客户大声吵闹")
    then(case, to_tick="apologised listened explained lead_if_worse attack_up", due="", lacks="")
    when(case, "4", filled={"customer_wish": "退费", "attacked": True, "calmed": False})
    next_case = given(centre, "personal_safety", "员工被打")
    then(next_case, due="function_head:function_head", not_asked="apology_planned_at apology_done_at")
    then(next_case, lacks="injured_people attack_place police_rung_at statement_due copied_to")
    when(next_case, "1", told="function_head:function_head")
    basics = {"injured_people": "李娜", "attack_place": "大厅", "police_rung_at": "1", "police_case": "X-1"}
    when(next_case, "9", filled={**basics, "statement_due": "1440", "copied_to": "general_manager"})
    then(next_case, "9", due="", lacks="")
    # Who was at fault, the visit to apologise, the employee's own wish (2§3.2(3)).
    when(next_case, "30", filled={"side_at_fault": "both", "evidence_kept": "录像在 U 盘，锁柜 2"})
    then(next_case, "30", asked="apology_planned_at apology_done_at employee_wish")
    when(next_case, "40", filled={"apology_planned_at": "60", "employee_wish": "no"})
    led_to_its_end(next_case, "41", "90")


@pytest.mark.parametrize(("loss", "police"), [("5000.00", False), ("5000.01", True)])
def test_loss_of_more_than_5000(centre: Centre, loss: str, police: bool) -> None:
    case = given(centre, "property_loss", "设备被损坏")
    fields = "police_rung_at police_case scene_protected photos_taken"
    then(case, lacks="loss recordings_saved", not_asked=fields)
    when(case, "5", filled={"loss": loss, "recordings_saved": True})
    if police:
        then(case, "5", asked=fields, lacks=fields)
    else:
        then(case, "5", not_asked=fields, lacks="")
    then(case, str(30 * 24 * 60 - 1), due="")
    then(case, str(30 * 24 * 60), due="day_30")


def test_property_of_a_customer_lost(centre: Centre) -> None:
    case = given(centre, "property_lost", "客户说东西丢了")
    always = "lost_item last_seen_at route_checked recordings_checked police_told lost_customer"
    then(case, lacks=always, not_asked="police_case", to_tick="customer_helped lost_reported")
    seen = {"lost_item": "钱包", "last_seen_at": "0", "lost_customer": "赵先生 13123450003"}
    when(case, "9", filled={**seen, "route_checked": True, "recordings_checked": True, "police_told": True})
    then(case, "9", asked="police_case", lacks="")


def test_service_system_and_a_repair_of_more_than_30_minutes(centre: Centre) -> None:
    case = given(centre, "counter_system", "柜台系统用不了")
    then(case, lacks="ways_offered", asked="waiting_count another_day_count signed_count")
    then(case, to_tick="apology_said self_service_shown signed_first contact_left")
    early = "operations:sysops supervisor:supervisor managers:operations_manager managers:centre_manager"
    when(case, "4", told=early)
    then(case, "29:59", due="")
    then(case, "30:00", due="customers")
    when(case, "31", decided=("customers", "found", "等候 3 位，改日 2 位"), filled={"another_day_count": 2})
    then(case, "31", due="", done="customers", late={"customers": "1:00"})


def test_service_system_repaired_within_30_minutes(centre: Centre) -> None:
    case = given(centre, "counter_system")
    when(case, "2", step="confirmed", scope="some", incident_category="counter_system")
    when(case, "29:59", step="recovered", recovery_confirmed_by="赵运维")
    then(case, "61", not_needed="customers decision")


def test_power_cut_in_the_office(centre: Centre) -> None:
    case = given(centre, "office_power_cut", "营业场所停电")
    then(case, to_tick="accepted_by_hand cash_locked", asked="hand_accepted_count waiting_count", lacks="")
    when(case, "1", told="call_centre:call_centre operations:sysops supervisor:supervisor")
    when(case, "1", told="managers:operations_manager managers:centre_manager")
    then(case, "30", due="customers")
    led_to_its_end(case, "31", "40")
    then(case, "61", due="customers", not_needed="decision")


@pytest.mark.parametrize("category", TITLES_ONLY)
def test_only_a_title_in_the_plan(centre: Centre, category: str) -> None:
    case = given(centre, category)
    assert case.type.check_list == ()
    then(case, "60", due="", lacks="")
    led_to_its_end(case, "1", "30")


def test_a_threat_keeps_the_exact_words(centre: Centre) -> None:
    case = given(centre, "threat", "来电说有炸弹")
    then(case, asked="threat_voice threat_noise threat_where", lacks="threat_words threat_kind")
    when(case, "1", filled={"threat_words": "你们楼里有炸弹", "threat_kind": "bomb"})
    then(case, "1", lacks="")
