"""The role board of an incident at a real store: posts taken over, handed on, left, confirmed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.domain.errors import GuardRefused, KnownError
from desktop_app.domain.incident_roles import Post, held_at, who_leads
from desktop_app.domain.roles import Role
from desktop_app.services.incident_acts import undo
from desktop_app.services.incident_roles import assign, leave, role_board
from desktop_app.services.incidents import incident, report_fault
from desktop_app.services.to_confirm import confirm, to_confirm
from desktop_app.storage.store import Store
from tests.stores import author

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def minutes(count: float) -> datetime:
    return NOW + timedelta(minutes=count)


@pytest.fixture
def one(lead: Store) -> str:
    return report_fault(lead, symptom="CRM 打不开", now=NOW).incident


def leader(store: Store, one: str, at: float) -> str:
    found = who_leads(role_board(incident(store, one)), minutes(at))
    return found.name if found is not None else ""


def test_the_deputy_leads_until_the_commander_is_there_and_again_once_they_left(
    lead: Store, one: str
) -> None:
    senior = replace(lead, author=author("5001", Role.SUPERVISOR))
    assert leader(lead, one, 0) == ""
    assign(lead, one, Post.DEPUTY, "陈静", now=minutes(1))
    assign(senior, one, Post.COMMANDER, "王主管", at=minutes(10), now=minutes(12))
    assign(senior, one, Post.COMMANDER, "刘主管", at=minutes(30), now=minutes(30), contact="supervisor-2")
    leave(senior, one, Post.COMMANDER, now=minutes(50))
    assert [leader(lead, one, at) for at in (0.5, 1, 9, 10, 30, 49, 50)] == [
        "",
        "陈静",
        "陈静",
        "王主管",
        "刘主管",
        "刘主管",
        "陈静",
    ]
    board = role_board(incident(lead, one))
    assert [(held.post, held.name, held.until, held.handed_to) for held in board] == [
        ("commander", "王主管", minutes(30), "刘主管"),
        ("commander", "刘主管", minutes(50), ""),
        ("deputy", "陈静", None, ""),
    ]
    assert to_confirm(lead) == ()


def test_specialists_stand_beside_each_other_by_what_they_look_after(lead: Store, one: str) -> None:
    with pytest.raises(KnownError, match=r"incidents\.area_needed"):
        assign(lead, one, Post.SPECIALIST, "赵工", now=NOW)
    with pytest.raises(KnownError, match=r"incidents\.holder_needed"):
        assign(lead, one, Post.DEPUTY, " ", now=NOW)
    assign(lead, one, Post.SPECIALIST, "赵工", area="网络", now=NOW)
    assign(lead, one, Post.SPECIALIST, "钱工", area="数据库", now=minutes(1))
    assign(lead, one, Post.SPECIALIST, "孙工", area="网络", now=minutes(2))
    there = held_at(role_board(incident(lead, one)), minutes(3))
    assert {(held.area, held.name) for held in there} == {("网络", "孙工"), ("数据库", "钱工")}


def test_whoever_acts_needs_a_reason_and_a_lead_in_command_is_confirmed(lead: Store, one: str) -> None:
    with pytest.raises(KnownError, match=r"incidents\.reason_needed"):
        assign(lead, one, Post.DEPUTY, "陈静", acting=True, now=NOW)
    with pytest.raises(GuardRefused, match=r"guard\.acting_reason"):
        assign(lead, one, Post.COMMANDER, "陈静", now=NOW)
    made = assign(lead, one, Post.COMMANDER, "陈静", acting=True, reason="主管在路上", now=NOW)
    (held,) = role_board(incident(lead, one))
    assert (held.acting, held.reason) == (True, "主管在路上")
    senior = replace(lead, author=author("5001", Role.SUPERVISOR))
    (step,) = to_confirm(senior)
    confirm(senior, step.subject, step.entry_id, now=minutes(20))
    assert to_confirm(senior) == ()
    undo(lead, made, now=minutes(21))
    assert role_board(incident(lead, one)) == ()


def test_the_log_says_who_took_which_post(lead: Store, one: str) -> None:
    assign(lead, one, Post.SPECIALIST, "赵工", area="网络", at=minutes(2), now=minutes(5))
    (line,) = [line for line in incident(lead, one).log if line.code == "post"]
    assert (line.at, line.late, line.details["area"]) == (minutes(2), True, "网络")
