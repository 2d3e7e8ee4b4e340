"""What has to be done before an incident is closed, and what opens it again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.domain.errors import GuardRefused
from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.outage_options import AnnouncementType, PublishChannel
from desktop_app.domain.roles import Role
from desktop_app.services.announcements import (
    approve,
    draft_announcement,
    publish,
    withdraw_announcement,
)
from desktop_app.services.decisions import waive
from desktop_app.services.incident_acts import take_step
from desktop_app.services.incident_closing import what_is_left
from desktop_app.services.incident_values import set_values, waive_station
from desktop_app.services.incidents import incident, incidents, report_fault
from desktop_app.services.pairing import accept, own
from desktop_app.services.record_changes import correct
from desktop_app.services.record_view import view_record
from desktop_app.services.records import log_record
from desktop_app.storage.store import Store
from tests.stores import author, new_store

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
S = IncidentState
PAPER = {"course": "拉闸", "measures": "合闸", "result": "恢复", "filled_by": "陈静"}
CALL = {"kind": "enquiry", "phone": "13123450001", "summary": "水费"}


def minutes(count: float) -> datetime:
    return NOW + timedelta(minutes=count)


@pytest.fixture
def supervisor(lead: Store) -> Store:
    return replace(lead, author=author("5001", Role.SUPERVISOR))


@pytest.fixture
def one(lead: Store) -> str:
    """An outage with a manual half hour that is over."""
    one = report_fault(lead, symptom="CRM 打不开", now=NOW).incident
    take_step(lead, one, S.CONFIRMED, now=minutes(2), values={"scope": "all", "incident_category": "crm"})
    take_step(lead, one, S.MANUAL, now=minutes(3))
    take_step(lead, one, S.RECOVERED, now=minutes(33), values={"recovery_confirmed_by": "赵运维"})
    return one


def notice(supervisor: Store, one: str, kind: AnnouncementType, at: float) -> str:
    said = {"text_zh": "系统故障", "affected": "查询", "since": "2026-03-02T01:00:00.000000Z"}
    made, _ = draft_announcement(supervisor, one, kind, said, now=minutes(at))
    approve(supervisor, made, now=minutes(at))
    publish(supervisor, made, [PublishChannel.IVR], now=minutes(at))
    return made


def test_a_record_that_is_in_no_crm_holds_the_review_back(lead: Store, one: str) -> None:
    logged = log_record(lead, CALL, now=minutes(10))
    assert view_record(lead, logged.subject_id).texts["incident"] == incident(lead, one).number
    take_step(lead, one, S.RECONCILING, now=minutes(40))
    assert what_is_left(lead, one, now=minutes(40)).to_backfill == (logged.subject_id,)
    with pytest.raises(GuardRefused, match=r"guard\.nothing_to_backfill"):
        take_step(lead, one, S.REVIEW, now=minutes(41))
    waive(lead, logged.subject_id, reason="广告电话", now=minutes(42))
    take_step(lead, one, S.REVIEW, now=minutes(43))
    assert incident(lead, one).state is S.REVIEW


def test_a_call_of_another_time_is_not_its(lead: Store, one: str) -> None:
    log_record(lead, CALL | {"received_at": "2026-03-01T10:00:00"}, now=minutes(10))
    assert what_is_left(lead, one, now=minutes(40)).to_backfill == ()


def test_a_station_that_was_not_heard_since_holds_it_back(lead: Store, one: str, tmp_path) -> None:
    station = new_store(tmp_path / "12" / "store", station="12")
    accept(lead, own(station), now=NOW)
    station.close()
    assert what_is_left(lead, one, now=minutes(40)).stations == ("12",)
    with pytest.raises(GuardRefused, match=r"guard\.stations_present"):
        take_step(lead, one, S.REVIEW, now=minutes(41))
    waive_station(lead, one, "12", reason="没有人上班", now=minutes(42))
    take_step(lead, one, S.REVIEW, now=minutes(43))


def test_an_open_promise_holds_it_back_and_one_that_comes_later_opens_it(
    lead: Store, supervisor: Store, one: str
) -> None:
    promised = CALL | {"callback_due": "2026-03-02T18:00:00", "crm_id": "GD-1"}
    record = log_record(lead, promised, now=minutes(10)).subject_id
    with pytest.raises(GuardRefused) as refused:
        take_step(lead, one, S.REVIEW, now=minutes(41))
    assert (refused.value.code, refused.value.details) == ("guard.open_promise", {"count": 1})
    correct(lead, record, {"callback_due": ""}, reason="已回", now=minutes(42))
    take_step(lead, one, S.REVIEW, now=minutes(43))
    with pytest.raises(GuardRefused, match=r"guard\.field_needed"):
        take_step(supervisor, one, S.CLOSED, now=minutes(44))
    set_values(lead, one, PAPER, now=minutes(45))
    take_step(supervisor, one, S.CLOSED, now=minutes(46))
    seen = incident(lead, one)
    assert (seen.state, seen.text("approved_by")) == (S.CLOSED, supervisor.author.actor)
    assert not incidents(lead)[0].open
    log_record(lead, promised | {"received_at": "2026-03-02T09:15:00"}, now=minutes(60))
    seen = incident(lead, one)
    assert (seen.state, seen.reopened) == (S.REVIEW, True)
    assert incidents(lead)[0].reopened
    log_record(lead, promised | {"received_at": "2026-03-02T20:00:00"}, now=minutes(900))
    assert len(what_is_left(lead, one, now=minutes(901)).promises) == 1


def test_a_notice_wants_one_that_it_works_again(lead: Store, supervisor: Store, one: str) -> None:
    def lacks() -> bool:
        return what_is_left(lead, one, now=minutes(100)).notice

    set_values(lead, one, PAPER, now=minutes(40))
    take_step(lead, one, S.REVIEW, now=minutes(41))
    notice(supervisor, one, AnnouncementType.FIRST, 42)
    with pytest.raises(GuardRefused, match=r"guard\.resolved_notice"):
        take_step(supervisor, one, S.CLOSED, now=minutes(43))
    notice(supervisor, one, AnnouncementType.RESOLVED, 44)
    assert not lacks()
    again = notice(supervisor, one, AnnouncementType.UPDATE, 45)
    assert lacks()
    withdraw_announcement(lead, again, reason="发错", now=minutes(46))
    take_step(supervisor, one, S.CLOSED, now=minutes(47))


def test_what_never_came_to_writing_by_hand_asks_for_no_station(lead: Store, tmp_path) -> None:
    one = report_fault(lead, symptom="空调坏了", outage=False, now=NOW).incident
    station = new_store(tmp_path / "12" / "store", station="12")
    accept(lead, own(station), now=NOW)
    station.close()
    log_record(lead, CALL, now=minutes(1))
    take_step(lead, one, S.CONFIRMED, now=minutes(2), values={"scope": "all", "incident_category": "air"})
    take_step(lead, one, S.RECOVERED, now=minutes(33), values={"recovery_confirmed_by": "物业"})
    take_step(lead, one, S.REVIEW, now=minutes(34))
