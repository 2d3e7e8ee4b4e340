"""What is due in a real store: of several incidents, ended ones too, and what of it rings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.domain.clocks import Event, Facts, Stage, standing
from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.ladders import RungKind
from desktop_app.domain.ringing import DueKind
from desktop_app.domain.roles import Role
from desktop_app.domain.site_pack import EMPTY_PACK
from desktop_app.services.clocks import due_list, due_times
from desktop_app.services.incident_acts import decide, note_event, take_step, tell, undo
from desktop_app.services.incidents import report_fault
from desktop_app.services.site_pack import load_pack
from desktop_app.storage.store import Store
from tests.domain.plan_ladders import ALL, ladder, other
from tests.stores import author

NOON = datetime(2026, 12, 28, 4, 0, tzinfo=UTC)
RECORDINGS = ladder("recordings", "reported", other("day_30", 43_200, RungKind.REMIND), types=("theft",))
FAULTS = replace(ALL[0], types=("application",))
FAULT_MINUTES = {"fault": [0, 5, 10, 10, 60], "customers_told": [30]}
PACK = replace(EMPTY_PACK, ladders=(FAULTS, *ALL[1:], RECORDINGS))


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


@pytest.fixture
def lead(store: Store) -> Store:
    return replace(store, author=author("6001", Role.LEAD))


def due(store: Store, now: datetime) -> list[tuple[str, str]]:
    found = due_list(store, PACK, now=now)
    return [(one.standing.rung.key, one.standing.role) for one in found if one.standing.stage is Stage.DUE]


def test_a_report_that_names_no_type_is_a_fault(store: Store) -> None:
    report_fault(store, symptom="CRM 打不开", noticed_at=NOON, now=at(3))
    assert due(store, at(4.99)) == []
    assert due(store, at(5)) == [("supervisor", "supervisor")]
    ahead = [one.standing.rung.key for one in due_list(store, PACK, now=at(5))]
    assert ahead == ["supervisor", "managers", "managers", "ask", "decision"]


def test_until_name_time_and_channel_are_entered(lead: Store) -> None:
    one = report_fault(lead, symptom="CRM 打不开", now=NOON).incident
    fault = {"ladder": "fault", "channel": "phone", "rung": "supervisor", "role": "supervisor"}
    tell(lead, one, told_to="王主管", reached=False, now=at(6), **fault)
    assert due(lead, at(7)) == [("supervisor", "supervisor")]
    # Told in time, typed late.
    made = tell(lead, one, told_to="王主管", told_at=at(4), now=at(8), **fault)
    assert due(lead, at(9)) == []
    undo(lead, made, now=at(9))
    assert due(lead, at(9)) == [("supervisor", "supervisor")]
    note_event(lead, one, "unrecoverable", now=at(9))
    assert due(lead, at(9))[1:] == [
        ("managers", "operations_manager"),
        ("managers", "centre_manager"),
    ]


def test_the_decision(lead: Store) -> None:
    one = report_fault(lead, symptom="CRM 打不开", now=NOON).incident
    asked = [rung for rung, _ in due(lead, at(60))]
    assert asked == ["supervisor", "managers", "managers", "ask", "decision"]
    decide(lead, one, ladder="fault", rung="decision", code="vendor", reason="自己修不了", now=at(61))
    assert "decision" not in dict(due(lead, at(62)))


def test_reports_that_were_joined_count_from_the_earliest(lead: Store) -> None:
    report_fault(lead, symptom="CRM 打不开", noticed_at=at(2), now=at(2))
    report_fault(lead, symptom="登录转圈", noticed_at=at(3), now=at(3))
    assert due(lead, at(6.9)) == []
    assert due(lead, at(7)) == [("supervisor", "supervisor")]


def test_an_incident_that_ended_rings_only_for_what_comes_later(lead: Store) -> None:
    one = report_fault(lead, symptom="柜台失窃", category="theft", outage=False, now=NOON).incident
    assert [rung for rung, _ in due(lead, at(6))] == ["in_charge", "in_charge"]
    take_step(lead, one, IncidentState.FALSE_ALARM, reason="找到了", now=at(7))
    assert due(lead, at(8)) == []
    assert due(lead, at(43_199)) == []
    assert due(lead, at(43_200)) == [("day_30", "")]
    # Two weeks later nobody is told of it any more.
    assert due(lead, at(43_200 + 14 * 1440 + 1)) == []


def test_several_incidents_at_once(lead: Store) -> None:
    fault = report_fault(lead, symptom="CRM 打不开", category="application", now=NOON).incident
    fire = report_fault(lead, symptom="三楼冒烟", category="fire", outage=False, now=at(1)).incident
    found = [(one.incident, one.standing.rung.key) for one in due_list(lead, PACK, now=at(2))]
    assert found[:2] == [(fault, "supervisor"), (fire, "in_charge")]


def test_a_rung_rings_once_however_many_are_to_be_told(lead: Store) -> None:
    one = report_fault(lead, symptom="CRM 打不开", now=NOON).incident
    times = due_times(due_list(lead, PACK, now=at(11)))
    assert [(time.title.zh, time.due) for time in times] == [
        ("supervisor", at(5)),
        ("managers", at(10)),
        ("ask", at(30)),
        ("decision", at(60)),
    ]
    assert {(time.kind, time.number, time.subject) for time in times} == {
        (DueKind.CLOCK, "G07-261228-1", one)
    }
    assert due_times(due_list(lead, EMPTY_PACK, now=at(11))) == ()


@pytest.mark.parametrize(
    ("type_key", "begins", "minutes"),
    [
        ("application", "reported", FAULT_MINUTES),
        ("application", "lines_full", {"lines_full": [15, 30]}),
        ("application", "surge", {"surge_meanwhile": [0, 30, 60]}),
        ("surge", "reported", {"surge": [0, 30, 60]}),
        ("fire", "reported", {"fire": [5, 5]}),
        ("theft", "reported", {"theft": [5, 5], "recordings": [43_200]}),
        ("accident", "reported", {"accident": [10]}),
        ("accident", "two_unfit", {"two_unfit": [0]}),
        ("power", "reported", FAULT_MINUTES | {"generator": [7, 10], "power_told": [0]}),
    ],
)
def test_the_clocks_that_ship(
    tmp_path: Path, type_key: str, begins: str, minutes: dict[str, list[int]]
) -> None:
    pack = load_pack(tmp_path).pack
    facts = Facts(type_key, (Event(begins, NOON),))
    found: dict[str, list[int]] = {}
    for one in standing(pack.ladders, facts, NOON):
        found.setdefault(one.ladder.key, []).append(round((one.due - NOON).total_seconds() / 60))
    assert found == minutes


def test_the_clocks_of_a_report_from_a_pc_that_goes_ahead_run_from_now(store: Store) -> None:
    report_fault(store, symptom="CRM 打不开", now=at(120))
    first = due_list(store, PACK, now=at(0))[0].standing
    assert (first.rung.key, first.due) == ("supervisor", at(5))
