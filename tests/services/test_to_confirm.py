"""What breaks a guard only once two stations' entries are together, and steps taken for somebody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop_app.domain.entries import moment_text
from desktop_app.domain.errors import GuardRefused, KnownError
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.outage_options import AnnouncementType
from desktop_app.domain.roles import Role
from desktop_app.services import decisions
from desktop_app.services.announcements import approve, draft_announcement
from desktop_app.services.incident_acts import decide
from desktop_app.services.incidents import report_fault
from desktop_app.services.record_changes import correct, void
from desktop_app.services.record_history import record_history
from desktop_app.services.records import log_record
from desktop_app.services.to_confirm import confirm, to_confirm
from desktop_app.storage.store import Store
from tests.runs import exchange, give
from tests.services.conftest import NOW
from tests.stores import author, new_store

CALL = {"kind": "complaint", "phone": "13123450001", "summary": "电梯停运", "detail": "三号楼电梯停在四层"}
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def agent(tmp_path: Path) -> Iterator[Store]:
    opened = replace(new_store(tmp_path / "a" / "store", station="08"), author=author("8022"))
    yield opened
    opened.close()


@pytest.fixture
def broken(lead: Store, agent: Store) -> Subject:
    """A record that the lead made void while its agent corrected it."""
    record = log_record(agent, CALL, now=NOW).subject_id
    exchange(lead, agent)
    void(lead, record, reason="重复", now=LATER)
    log_record(agent, CALL, now=LATER)
    correct(agent, record, {"summary": "停梯"}, reason="更正", now=LATER)
    exchange(lead, agent)
    return Subject(SubjectKind.RECORD, record)


def test_a_step_that_two_took_apart_is_listed_and_confirmed(
    lead: Store, agent: Store, broken: Subject
) -> None:
    (listed,) = to_confirm(lead)
    assert (listed.subject, listed.code, listed.station) == (broken, "guard.no_step", "08")
    assert to_confirm(agent) == (listed,)
    made = confirm(lead, broken, listed.entry_id, now=LATER, reason="两边都看过")
    give(lead, agent)
    assert to_confirm(lead) == to_confirm(agent) == ()
    assert record_history(lead, broken.id)[0].what == "added"
    decisions.undo(lead, made, now=LATER)
    assert to_confirm(lead) == (listed,)


def test_a_step_taken_for_somebody_is_confirmed_by_somebody_else(
    lead: Store, agent: Store, tmp_path: Path
) -> None:
    record = log_record(lead, CALL, now=NOW).subject_id
    exchange(lead, agent)
    correct(agent, record, {"summary": "停梯"}, reason="组长不在", now=LATER)
    exchange(lead, agent)
    (one,) = to_confirm(lead)
    assert (one.code, one.role, one.state, one.reason) == ("", Role.AGENT, "corrected", "组长不在")
    promoted = replace(agent, author=replace(agent.author, role=Role.LEAD))
    with pytest.raises(KnownError, match=r"conflicts\.own_step"):
        confirm(promoted, one.subject, one.entry_id, now=LATER)
    with pytest.raises(KnownError, match=r"decisions\.leads_only"):
        confirm(agent, one.subject, one.entry_id, now=LATER)
    confirm(lead, one.subject, one.entry_id, now=LATER)
    assert to_confirm(lead) == ()


def test_whoever_writes_alone_has_nothing_to_confirm(lead: Store) -> None:
    record = log_record(lead, CALL, now=NOW).subject_id
    correct(lead, record, {"summary": "停梯"}, reason="更正", now=LATER)
    assert to_confirm(lead) == ()


def test_a_notice_approved_for_the_supervisor_waits_and_says_whose_it_is(lead: Store, tmp_path: Path) -> None:
    fault = report_fault(lead, symptom="CRM 打不开", now=NOW).incident
    notice, _ = draft_announcement(
        lead,
        fault,
        AnnouncementType.FIRST,
        {"affected": "会员查询", "since": moment_text(NOW), "text_zh": "正在抢修"},
        now=NOW,
    )
    with pytest.raises(GuardRefused, match=r"guard\.acting_reason"):
        approve(lead, notice, now=NOW)
    approve(lead, notice, now=NOW, reason="主管电话里同意")
    (listed,) = to_confirm(lead)
    assert (listed.subject.kind, listed.state, listed.by) == (
        SubjectKind.ANNOUNCEMENT,
        "approved",
        frozenset({Role.SUPERVISOR}),
    )
    assert listed.number.startswith("N")


def test_having_seen_a_reminder_is_no_decision_to_confirm(lead: Store) -> None:
    fault = report_fault(lead, symptom="CRM 打不开", now=NOW).incident
    decide(lead, fault, ladder="surge", rung="all_agents", code="seen", reason="已看到", now=NOW)
    assert to_confirm(lead) == ()
    decide(lead, fault, ladder="fault", rung="decide", code="wait", reason="厂家已到", now=NOW)
    (listed,) = to_confirm(lead)
    assert (listed.wrote, listed.item["code"], listed.by) == (
        "decided",
        "wait",
        frozenset({Role.SUPERVISOR, Role.OPERATIONS_MANAGER, Role.CENTRE_MANAGER}),
    )
