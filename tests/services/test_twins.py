"""One call that two stations wrote down: proposed, joined, told apart, undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.domain.reconciliation import RecordStatus
from desktop_app.domain.roles import Role
from desktop_app.services import decisions
from desktop_app.services.my_records import page
from desktop_app.services.reconcile import reconcile_store
from desktop_app.services.reconcile_reading import Request
from desktop_app.services.record_changes import void
from desktop_app.services.record_view import view_record
from desktop_app.services.records import log_record
from desktop_app.services.twins import join, part, separate, twins
from desktop_app.storage.store import Store
from tests.runs import exchange, give
from tests.services.conftest import NOW
from tests.stores import author, new_store

LIFT = {
    "kind": "enquiry",
    "category": "repair",
    "phone": "13123450001",
    "caller_name": "王小明",
    "summary": "电梯停运",
    "detail": "三号楼电梯停在四层不动，里面没有人",
}
AGAIN = {**LIFT, "phone": "131 2345 0001", "detail": "三号楼的电梯停在四层不动"}
WATER = {"kind": "enquiry", "phone": "13123450002", "summary": "水费", "detail": "想问上月的水费怎么多了"}
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    opened = replace(new_store(tmp_path / "b" / "store", station="08"), author=author("8002", Role.LEAD))
    yield opened
    opened.close()


@pytest.fixture
def calls(lead: Store, other: Store) -> tuple[str, str]:
    """The ids of the two records of one call, smaller first; each store wrote another matter too."""
    first = log_record(lead, LIFT, now=NOW)
    second = log_record(other, AGAIN, now=NOW + timedelta(minutes=2))
    log_record(lead, WATER, now=NOW)
    log_record(other, {**WATER, "phone": "13123450003"}, now=NOW + timedelta(minutes=1))
    exchange(lead, other)
    one, two = sorted((first.subject_id, second.subject_id))
    return one, two


def proposed(store: Store) -> list[set[str]]:
    return [{one.record for one in proposal.members} for proposal in twins(store).proposals]


def group(store: Store, record: str) -> tuple[str, ...]:
    with store.read() as view:
        found = decisions.groups_of_records(view, [record]).get(record)
        return found.members if found else ()


def test_one_call_at_two_stations_is_proposed_with_why(lead: Store, other: Store, calls) -> None:
    for store in (lead, other):
        (found,) = twins(store).proposals
        assert {one.record for one in found.members} == set(calls)
        assert {one.told.station for one in found.members} == {"07", "08"}
        codes = [one.code for one in found.reasons]
        assert codes[0] == "phone_same"
        assert "time_minutes_2" in codes
        assert next(one for one in found.reasons if one.code.startswith("time")).details["apart"] == "0:02:00"


def test_a_second_record_of_one_station_is_no_twin(lead: Store) -> None:
    log_record(lead, LIFT, now=NOW)
    log_record(lead, AGAIN, now=NOW + timedelta(minutes=2))
    assert twins(lead).proposals == ()


def test_accepted_they_are_one_for_every_lead_and_a_double_in_reconciliation(
    lead: Store, other: Store, calls, tmp_path: Path
) -> None:
    made = join(lead, calls, now=LATER)
    give(lead, other)
    for store in (lead, other):
        told = twins(store)
        assert told.proposals == ()
        assert [tuple(one.record for one in group.members) for group in told.joined] == [calls]
        assert group(store, calls[1]) == calls
        assert len(view_record(store, calls[1]).same_matter) == 2
        rows = {row.subject_id: row.same_matter for row in page(store, station=True).rows}
        assert sorted(rows.values()) == [1, 1, 2, 2]
        status = {one.record.key: one for one in reconcile_store(Request(), store, now=LATER).found.records}
        double = [one for one in status.values() if one.status is RecordStatus.DUPLICATE]
        assert len(double) == 1
    decisions.undo(lead, made, now=LATER)
    assert proposed(lead) == [set(calls)]
    assert group(lead, calls[0]) == ()


def test_told_apart_they_are_not_proposed_again(lead: Store, other: Store, calls) -> None:
    made = part(lead, calls, now=LATER)
    give(lead, other)
    assert proposed(lead) == proposed(other) == []
    decisions.undo(lead, made, now=LATER)
    assert proposed(lead) == [set(calls)]


def test_two_leads_of_two_minds_decide_nothing_until_one_says_it_again(
    lead: Store, other: Store, calls
) -> None:
    join(lead, calls, now=LATER)
    part(other, calls, now=LATER)
    exchange(lead, other)
    assert proposed(lead) == proposed(other) == [set(calls)]
    join(other, calls, now=LATER)
    exchange(lead, other)
    assert proposed(lead) == []
    assert group(lead, calls[0]) == calls


def test_a_third_record_joins_the_group(lead: Store, other: Store, calls) -> None:
    third = log_record(lead, {**WATER, "phone": "13123450007"}, now=LATER).subject_id
    join(lead, calls, now=LATER)
    join(lead, [calls[1], third], now=LATER)
    assert group(lead, third)[0] == calls[0]
    assert set(group(lead, third)) == {*calls, third}
    separate(lead, [calls[1], third], now=LATER)
    assert group(lead, third) == ()
    assert group(lead, calls[0]) == calls


def test_the_record_known_as_a_crm_row_counts(lead: Store, other: Store, calls) -> None:
    decisions.confirm(lead, calls[1], "GD-1", profile="generic", now=LATER)
    join(lead, calls, now=LATER)
    assert group(lead, calls[0]) == (calls[1], calls[0])


def test_a_void_record_leaves_its_group(lead: Store, other: Store, calls) -> None:
    join(lead, calls, now=LATER)
    void(lead, calls[0], reason="重复登记", now=LATER)
    assert twins(lead).joined == ()
    assert group(lead, calls[1]) == ()


def test_an_agent_decides_nothing(store: Store) -> None:
    for act in (join, part, separate):
        with pytest.raises(KnownError, match=r"decisions\.leads_only"):
            act(store, ["a", "b"], now=NOW)
