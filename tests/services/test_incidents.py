"""Incidents in a real store: reported, listed, looked at, and which of several is at hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.domain.incident_steps import IncidentState
from desktop_app.services.incident_acts import undo
from desktop_app.services.incidents import current_incident, incident, incidents, report_fault
from desktop_app.storage.store import Store
from tests.stores import author, new_store

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
CONFIRMED, MANUAL, RECOVERED = IncidentState.CONFIRMED, IncidentState.MANUAL, IncidentState.RECOVERED
CRM = {"scope": "all", "incident_category": "application"}


def minutes(count: float) -> datetime:
    return NOW + timedelta(minutes=count)


def test_a_report_is_two_fields_and_the_next_one_is_of_the_same(lead: Store) -> None:
    store = replace(lead, author=author("8021"))
    first = report_fault(store, symptom=" CRM 打不开 ", noticed_at=NOW, now=minutes(2))
    second = report_fault(lead, symptom="登录转圈", seat="A12", now=minutes(3))
    assert (first.joined, second.joined) == (False, True)
    assert second.incident == first.incident
    (row,) = incidents(store)
    assert (row.state, row.symptom, row.at, row.open) == (IncidentState.SUSPECTED, "CRM 打不开", NOW, True)
    assert row.number == "G07-260302-1"
    seen = incident(store, first.incident)
    assert [(one.symptom, one.seat, one.at) for one in seen.reports] == [
        ("CRM 打不开", "07", NOW),
        ("登录转圈", "A12", minutes(3)),
    ]
    assert [(one.code, one.at, one.late) for one in seen.log] == [
        ("reported", NOW, True),
        ("reported_again", minutes(3), False),
    ]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"symptom": "  "}, "incidents.symptom_needed"),
        ({"symptom": "x" * 4001}, "incidents.too_long"),
        ({"symptom": "x", "noticed_at": minutes(3)}, "incidents.ahead"),
    ],
)
def test_what_is_no_report_is_refused(store: Store, said: dict, code: str) -> None:
    with pytest.raises(KnownError, match=code):
        report_fault(store, now=NOW, **said)
    assert incidents(store) == ()


def test_another_matter_is_an_incident_of_its_own(lead: Store) -> None:
    crm = report_fault(lead, symptom="CRM 打不开", category="application", now=NOW).incident
    fire = report_fault(lead, symptom="三楼冒烟", category="fire_theft", outage=False, now=minutes(1))
    assert not fire.joined
    assert report_fault(lead, symptom="又打不开", now=minutes(2)).incident == crm
    told = report_fault(lead, symptom="真的着火", category="fire_theft", now=minutes(2))
    assert told.incident == fire.incident
    assert not report_fault(lead, symptom="打印机坏了", now=minutes(3), new=True).joined
    at_hand = current_incident(lead)
    assert at_hand is not None
    assert at_hand.head == crm


def test_numbers_count_by_station_and_day(tmp_path: Path) -> None:
    drill = new_store(tmp_path / "drill", drill=True)
    for place, at in enumerate((NOW, NOW, NOW + timedelta(days=1)), 1):
        report_fault(drill, symptom=f"现象 {place}", now=at, new=True)
    assert sorted(row.number for row in incidents(drill)) == [
        "DG07-260302-1",
        "DG07-260302-2",
        "DG07-260303-1",
    ]
    drill.close()


def test_a_number_is_not_given_again_after_an_earlier_report_was_taken_back(lead: Store) -> None:
    first = report_fault(lead, symptom="慢", now=NOW, new=True)
    report_fault(lead, symptom="打不开", now=NOW, new=True)
    undo(lead, first.made, now=NOW)
    report_fault(lead, symptom="转圈", now=NOW, new=True)
    assert sorted(row.number for row in incidents(lead)) == ["G07-260302-2", "G07-260302-3"]
