"""Spans of what a store holds, and what of it is about whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.domain.entries import Action
from desktop_app.domain.identity import Subject, SubjectKind, user_id
from desktop_app.domain.purging import purge_payload
from desktop_app.domain.ranges import covers
from desktop_app.domain.roles import Role
from desktop_app.domain.users import FROM_INIT, Grant
from desktop_app.services.records import Logged, log_record
from desktop_app.storage import outgoing
from desktop_app.storage.folded import promises_of
from desktop_app.storage.merging import put_runs
from desktop_app.storage.store import Store
from tests.runs import runs_of, withholding
from tests.stores import author, new_store
from tests.stores import store as store

NOW = datetime(2026, 12, 28, 4, 0, tzinfo=UTC)
CALL_BACK = "2026-12-28T18:00:00+08:00"


@pytest.fixture
def lead(tmp_path: Path) -> Iterator[Store]:
    opened = replace(new_store(tmp_path / "lead", station="01"), author=author("8001", Role.LEAD))
    yield opened
    opened.close()


@pytest.fixture
def logged(store: Store, lead: Store) -> Logged:
    """A record with a promise at 07, which the lead has, too."""
    one = log_record(store, {"summary": "x", "callback_due": CALL_BACK}, now=NOW)
    merge(store, lead)
    return one


def merge(source: Store, target: Store) -> None:
    with target.database.change() as connection:
        put_runs(connection, runs_of(source))


def lead_writes(lead: Store, subject: Subject, **values: str) -> int:
    with lead.change() as unit:
        entry = unit.change(subject, dict(values), at=NOW)
    assert entry is not None
    return entry.seq


def of_station(lead: Store, station: str, assigned: frozenset[str] = frozenset()) -> list[int]:
    """Return which of the lead's own entries are about a station's records."""
    with lead.read() as view:
        purged = outgoing.purged_promises(view.connection)
        spans = outgoing.spans_of_station(view.connection, station, assigned, purged)
        return [seq for seq in range(1, 100) if covers(spans.get(view.life.writer, ()), (seq, seq))]


def test_what_was_withheld_is_not_held(store: Store, lead: Store) -> None:
    for _ in range(5):
        log_record(store, {"summary": "x"}, now=NOW)
    (run,) = runs_of(store)
    with lead.database.change() as connection:
        # The first three are still on their way.
        last = withholding(run, [4])
        put_runs(
            connection,
            [replace(last, link=bytes.fromhex(run.entries[2].entry.hash), entries=last.entries[3:])],
        )
    with lead.read() as view:
        assert outgoing.withheld_spans(view.connection) == {run.writer: ((4, 4),)}
        assert outgoing.readable_spans(view.connection) == {run.writer: ((5, 5),)}
        assert outgoing.link_before(view.connection, run.writer, 4).hex() == run.entries[2].entry.hash
        assert outgoing.link_before(view.connection, run.writer, 5).hex() == run.entries[3].entry.hash
        assert [one.entry.seq for one in outgoing.stored(view.connection, run.writer, (4, 4))] == [4]
    with lead.database.change() as connection:
        put_runs(connection, [run])
    with lead.read() as view:
        assert outgoing.readable_spans(view.connection) == {run.writer: ((1, 5),)}
        assert outgoing.link_before(view.connection, run.writer, 1) == run.link


def test_what_others_say_of_a_stations_records(store: Store, lead: Store, logged: Logged) -> None:
    record = Subject(SubjectKind.RECORD, logged.subject_id)
    with lead.read() as view:
        (promise,) = promises_of(view.connection, record.id)
    own = log_record(lead, {"summary": "y"}, now=NOW)
    said = [lead_writes(lead, record, summary="z"), lead_writes(lead, promise, owner="li")]
    assert len(own.entries) == 1
    assert of_station(lead, "07") == said
    assert of_station(lead, "12") == []
    assert of_station(lead, "12", frozenset({record.id})) == said
    with lead.read() as view:
        found = outgoing.records_of(view.connection, [record.id, promise.id, "unknown"])
        assert found == {record.id: (record.id, "07"), promise.id: (record.id, "07")}
        touched = outgoing.touched_records(view.connection, {view.life.writer: ((said[1], said[1]),)})
        assert touched == {record.id}


def test_a_purged_promise_is_still_its_stations(store: Store, lead: Store, logged: Logged) -> None:
    with lead.change() as unit:
        (promise,) = promises_of(unit.connection, logged.subject_id)
        payload = purge_payload(unit.state(promise), unit.heads(), open_promises=0)
        purge = unit.append(promise, Action.PURGE, payload, at=NOW)
    assert of_station(lead, "07") == [purge.seq]
    with lead.read() as view:
        assert outgoing.purged_promises(view.connection) == {promise.id: (logged.subject_id, "07")}


def test_a_record_is_assigned_where_its_promises_owner_works(lead: Store, logged: Logged) -> None:
    with lead.change() as unit:
        person = Subject(SubjectKind.USER, user_id("8012"))
        for station in ("12", ""):
            unit.append(person, Action.ADD, Grant(Role.AGENT, station, FROM_INIT).payload(), at=NOW)
        (promise,) = promises_of(unit.connection, logged.subject_id)
    with lead.read() as view:
        assert not outgoing.assigned_records(view.connection)
    lead_writes(lead, promise, owner=user_id("8012"))
    with lead.read() as view:
        assert outgoing.assigned_records(view.connection) == {logged.subject_id: frozenset({"12"})}


def test_an_entry_is_found_by_its_id_only(store: Store, logged: Logged) -> None:
    with store.read() as view:
        found = outgoing.entry_named(view.connection, logged.entries[0][1])
        assert found is not None
        assert found.entry.id == logged.entries[0][1]
        for nothing in ("", "x", f"{view.life.writer}-99", f"{view.life.writer}-{'9' * 40}", "-1"):
            assert outgoing.entry_named(view.connection, nothing) is None
