"""What breaks a guard only once two stations' entries are together, and steps taken for somebody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.roles import Role
from desktop_app.services import decisions
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
