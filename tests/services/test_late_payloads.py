"""What a station wrote on a record that a lead had purged: set aside, then purged too or opened again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop_app.domain.entries import Action
from desktop_app.domain.errors import GuardRefused, KnownError
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.purging import purge_payload
from desktop_app.services.late_payloads import purge_late, reopen, set_aside
from desktop_app.services.record_changes import correct
from desktop_app.services.record_view import view_record
from desktop_app.services.records import log_record
from desktop_app.services.to_confirm import to_confirm
from desktop_app.storage import journal
from desktop_app.storage.rebuild import examine
from desktop_app.storage.store import Store
from tests.runs import exchange, give
from tests.services.conftest import NOW
from tests.stores import author, new_store

CALL = {"kind": "complaint", "phone": "13123450001", "summary": "电梯停运", "detail": "三号楼电梯停在四层"}
LATER = NOW + timedelta(hours=1)
LATE = "当天又来电，要求回复"


@pytest.fixture
def agent(tmp_path: Path) -> Iterator[Store]:
    opened = replace(new_store(tmp_path / "a" / "store", station="08"), author=author("8022"))
    yield opened
    opened.close()


@pytest.fixture
def purged(lead: Store, agent: Store) -> Subject:
    """A record that the lead purged while station 08 wrote on it."""
    record = Subject(SubjectKind.RECORD, log_record(agent, CALL, now=NOW).subject_id)
    exchange(lead, agent)
    with lead.change() as unit:
        payload = purge_payload(unit.state(record), unit.heads(), open_promises=0)
        unit.append(record, Action.PURGE, payload, at=LATER)
    correct(agent, record.id, {"detail": LATE}, reason="客户补充", now=LATER + timedelta(minutes=1))
    exchange(lead, agent)
    return record


def payloads(store: Store, subject: Subject) -> list[bytes]:
    with store.read() as view:
        return [one.payload for one in journal.history(view.connection, subject) if one.payload]


def test_what_came_late_is_told_to_both(lead: Store, agent: Store, purged: Subject) -> None:
    for store in (lead, agent):
        (found,) = set_aside(store)
        assert (found.subject, found.number[:2], found.at) == (purged, "08", LATER)
        (late,) = found.entries
        assert (late.station, late.reason) == ("08", "客户补充")
        assert ("detail", LATE) in late.texts


def test_purged_too_it_is_gone_everywhere(lead: Store, agent: Store, purged: Subject) -> None:
    purge_late(lead, purged, now=LATER)
    give(lead, agent)
    for store in (lead, agent):
        assert set_aside(store) == ()
        assert not any(LATE.encode() in payload for payload in payloads(store, purged))
        assert to_confirm(store) == ()
    with pytest.raises(KnownError, match=r"log\.no_record"):
        view_record(lead, purged.id)


def test_opened_again_it_counts_and_asks_for_nothing(lead: Store, agent: Store, purged: Subject) -> None:
    number = set_aside(lead)[0].number
    reopen(lead, purged, now=LATER, reason="客户再次来电")
    give(lead, agent)
    for store in (lead, agent):
        assert set_aside(store) == ()
        assert to_confirm(store) == ()
        details = view_record(store, purged.id)
        assert (details.number, details.texts["detail"]) == (number, LATE)
        assert "phone" not in details.texts


def test_who_hears_of_a_purge_together_with_its_end_says_the_same(lead: Store, agent: Store) -> None:
    record = Subject(SubjectKind.RECORD, log_record(agent, CALL, now=NOW).subject_id)
    exchange(lead, agent)
    with lead.change() as unit:
        payload = purge_payload(unit.state(record), unit.heads(), open_promises=0)
        unit.append(record, Action.PURGE, payload, at=LATER)
    reopen(lead, record, now=LATER)
    give(lead, agent)
    hashes = []
    for store in (lead, agent):
        assert not any("电梯停运".encode() in one for one in payloads(store, record))
        with store.read() as view:
            found = examine(view)
        assert found.differing == ()
        hashes.append(found.state_hash)
    assert hashes[0] == hashes[1]


def test_what_is_not_purged_is_not_purged_again_nor_opened(lead: Store, agent: Store) -> None:
    record = Subject(SubjectKind.RECORD, log_record(lead, CALL, now=NOW).subject_id)
    for act in (purge_late, reopen):
        with pytest.raises(GuardRefused, match="not_purged"):
            act(lead, record, now=NOW)
    assert set_aside(lead) == ()


def test_an_agent_does_neither(agent: Store, lead: Store, purged: Subject) -> None:
    for act in (purge_late, reopen):
        with pytest.raises(KnownError, match=r"decisions\.leads_only"):
            act(agent, purged, now=NOW)
