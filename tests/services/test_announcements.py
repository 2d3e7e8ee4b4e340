"""Notices in a real store: written, approved, published, followed by an update and by the resolved one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.domain.announcement_steps import AnnouncementState
from desktop_app.domain.entries import moment_text
from desktop_app.domain.errors import GuardRefused, KnownError
from desktop_app.domain.outage_options import AnnouncementType, PublishChannel
from desktop_app.domain.roles import Role
from desktop_app.services.announcements import (
    Notice,
    announcements,
    approve,
    change_announcement,
    draft_announcement,
    in_force,
    publish,
    withdraw_announcement,
)
from desktop_app.services.incident_acts import undo
from desktop_app.services.incident_closing import what_is_left
from desktop_app.services.incident_joins import join
from desktop_app.services.incidents import report_fault
from desktop_app.storage.store import Store
from tests.stores import author

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
FIRST, UPDATE, RESOLVED, STATEMENT = AnnouncementType
IVR, WEBSITE = PublishChannel.IVR, PublishChannel.WEBSITE
TEXT = {
    "affected": "无法查询订单",
    "since": moment_text(NOW),
    "text_zh": "系统正在抢修，请稍后来电。",
    "audience": "all",
}


def minutes(count: float) -> datetime:
    return NOW + timedelta(minutes=count)


@pytest.fixture
def supervisor(store: Store) -> Store:
    return replace(store, author=author("5001", Role.SUPERVISOR))


@pytest.fixture
def fault(store: Store) -> str:
    return report_fault(store, symptom="CRM 打不开", now=NOW).incident


def one(store: Store, notice_id: str) -> Notice:
    return next(notice for notice in announcements(store) if notice.id == notice_id)


def posted(store: Store, supervisor: Store, fault: str, kind: AnnouncementType, at: float) -> str:
    made, _ = draft_announcement(store, fault, kind, TEXT, now=minutes(at))
    approve(supervisor, made, now=minutes(at))
    publish(store, made, [IVR], now=minutes(at))
    return made


def test_a_notice_is_written_approved_and_posted(store: Store, supervisor: Store, fault: str) -> None:
    made, _ = draft_announcement(store, fault, FIRST, TEXT, now=minutes(1))
    assert one(store, made).state is AnnouncementState.DRAFT
    with pytest.raises(GuardRefused):
        publish(store, made, [IVR], now=minutes(2))
    approve(supervisor, made, now=minutes(3))
    publish(store, made, [IVR, WEBSITE], at=minutes(4), now=minutes(9), via="电话托付官网值班")
    notice = one(store, made)
    assert (notice.number, notice.version, notice.type) == ("N07-260302-1", 1, "first")
    assert (notice.state, notice.posted_at) == (AnnouncementState.PUBLISHED, minutes(4))
    assert notice.channels == ("website", "ivr")
    assert (notice.approved_by, notice.posted_via) == ("", "电话托付官网值班")
    assert notice.in_force


def test_only_a_supervisor_approves_or_somebody_for_them_with_a_reason(store: Store, fault: str) -> None:
    made, _ = draft_announcement(store, fault, FIRST, TEXT, now=NOW)
    with pytest.raises(GuardRefused):
        approve(store, made, now=NOW)
    approve(store, made, reason="主管联系不上，代行", now=NOW)
    assert one(store, made).state is AnnouncementState.APPROVED


def test_what_is_missing_is_named(store: Store, supervisor: Store, fault: str) -> None:
    made, _ = draft_announcement(store, fault, FIRST, {"affected": "无法查询订单"}, now=NOW)
    with pytest.raises(GuardRefused, match=r"guard\.field_needed"):
        approve(supervisor, made, now=NOW)


def test_words_changed_after_approval_are_approved_again(store: Store, supervisor: Store, fault: str) -> None:
    made, _ = draft_announcement(store, fault, FIRST, TEXT, now=NOW)
    approve(supervisor, made, now=NOW)
    change_announcement(store, made, {"affected": "无法查询订单"}, now=minutes(1))
    assert one(store, made).state is AnnouncementState.APPROVED, "nothing was changed"
    change_announcement(store, made, {"text_zh": "系统正在抢修，预计十点恢复。"}, now=minutes(2))
    assert one(store, made).state is AnnouncementState.DRAFT
    posted_one = posted(store, supervisor, fault, FIRST, 5)
    with pytest.raises(KnownError, match=r"announcements\.published"):
        change_announcement(store, posted_one, {"affected": "别的"}, now=minutes(6))


def test_an_update_replaces_and_the_resolved_twin_ends_it(
    store: Store, supervisor: Store, fault: str
) -> None:
    first = posted(store, supervisor, fault, FIRST, 1)
    assert what_is_left(store, fault, now=minutes(2)).notice
    update = posted(store, supervisor, fault, UPDATE, 10)
    assert (one(store, first).replaced, one(store, update).in_force) == (True, True)
    held = in_force(announcements(store, fault))
    assert held is not None
    assert (held.id, held.version) == (update, 2)
    posted(store, supervisor, fault, RESOLVED, 30)
    assert in_force(announcements(store, fault)) is None
    assert not what_is_left(store, fault, now=minutes(31)).notice
    again = posted(store, supervisor, fault, FIRST, 60)
    assert one(store, again).in_force, "a relapse is told of anew"


def test_the_statement_is_the_centre_managers_and_names_who_says_it(store: Store, fault: str) -> None:
    manager = replace(store, author=author("4001", Role.CENTRE_MANAGER))
    supervisor = replace(store, author=author("5001", Role.SUPERVISOR))
    told = {"text_zh": "我中心系统正在抢修，详情由指定发言人答复。", "spokesperson": "周经理"}
    made, _ = draft_announcement(store, fault, STATEMENT, told, now=NOW)
    with pytest.raises(GuardRefused):
        approve(supervisor, made, now=NOW)
    approve(manager, made, now=NOW)
    publish(store, made, [], now=minutes(1))
    posted(store, supervisor, fault, FIRST, 2)
    held = in_force(announcements(store, fault), statement=True)
    assert held is not None
    assert (held.id, held.text("spokesperson"), held.version) == (made, "周经理", 1)


def test_a_notice_needs_a_channel_and_a_time_that_can_be_read(
    store: Store, supervisor: Store, fault: str
) -> None:
    made, _ = draft_announcement(store, fault, FIRST, TEXT, now=NOW)
    approve(supervisor, made, now=NOW)
    with pytest.raises(KnownError, match=r"announcements\.channel_needed"):
        publish(store, made, [], now=NOW)
    with pytest.raises(KnownError, match=r"announcements\.time"):
        draft_announcement(store, fault, FIRST, {"since": "下午"}, now=NOW)
    with pytest.raises(KnownError, match=r"announcements\.none"):
        approve(supervisor, "nobody", now=NOW)


def test_withdrawing_and_undoing(store: Store, fault: str) -> None:
    made, written = draft_announcement(store, fault, FIRST, TEXT, now=NOW)
    with pytest.raises(GuardRefused):
        withdraw_announcement(store, made, reason=" ", now=NOW)
    taken = withdraw_announcement(store, made, reason="写错了", now=minutes(1))
    assert one(store, made).state is AnnouncementState.WITHDRAWN
    undo(store, taken, now=minutes(2))
    assert one(store, made).state is AnnouncementState.DRAFT
    undo(store, written, now=minutes(3))
    assert announcements(store) == ()


def test_identity_numbers_are_not_kept(store: Store, fault: str) -> None:
    told = TEXT | {"customer_action": "持身份证 11010519491231002X 办理"}
    made, _ = draft_announcement(store, fault, FIRST, told, now=NOW)
    assert "11010519491231002X" not in one(store, made).text("customer_action")


def test_notices_of_joined_incidents_are_of_one(store: Store, supervisor: Store, fault: str) -> None:
    other = report_fault(store, symptom="登录转圈", now=NOW, new=True).incident
    lead = replace(store, author=author("6001", Role.LEAD))
    early = posted(store, supervisor, max(fault, other), FIRST, 1)
    join(lead, fault, other, now=minutes(2))
    posted(store, supervisor, fault, RESOLVED, 30)
    assert one(store, early).resolved
    assert in_force(announcements(store, fault)) is None


def test_neither_number_nor_version_is_given_again(store: Store, fault: str) -> None:
    _, first = draft_announcement(store, fault, FIRST, TEXT, now=NOW)
    draft_announcement(store, fault, UPDATE, TEXT, now=NOW)
    undo(store, first, now=NOW)
    draft_announcement(store, fault, UPDATE, TEXT, now=minutes(1))
    found = [(notice.number, notice.version) for notice in announcements(store)]
    assert found == [("N07-260302-2", 2), ("N07-260302-3", 3)]
