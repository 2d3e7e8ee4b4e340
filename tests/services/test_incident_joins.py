"""Reports made one incident: which state it has, what is told of it, and taken apart again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.domain import clocks
from desktop_app.domain.errors import KnownError
from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.outage_options import AnnouncementType
from desktop_app.services.announcements import announcements, draft_announcement
from desktop_app.services.incident_acts import note_event, take_step, tell, undo
from desktop_app.services.incident_facts import facts_of
from desktop_app.services.incident_joins import join, part
from desktop_app.services.incident_values import set_values
from desktop_app.services.incident_view import recovery_list
from desktop_app.services.incidents import current_incident, incident, incidents, report_fault
from desktop_app.services.site_pack import load_pack
from desktop_app.storage.store import Store
from tests.stores import author

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
CONFIRMED, MANUAL, RECOVERED = IncidentState.CONFIRMED, IncidentState.MANUAL, IncidentState.RECOVERED
CRM = {"scope": "all", "incident_category": "application"}
OVER = {"recovery_confirmed_by": "赵运维"}


def minutes(count: float) -> datetime:
    return NOW + timedelta(minutes=count)


def reported(lead: Store, at: float, symptom: str = "CRM 打不开") -> str:
    return report_fault(lead, symptom=symptom, now=minutes(at), new=True).incident


def test_a_report_joined_later_holds_nothing_back(lead: Store) -> None:
    one, other = reported(lead, 2), reported(lead, 0, "登录转圈")
    take_step(lead, one, CONFIRMED, now=minutes(3), values=CRM)
    take_step(lead, one, MANUAL, now=minutes(4))
    made = join(lead, one, other, now=minutes(5))
    with pytest.raises(KnownError, match=r"incidents\.joined_already"):
        join(lead, other, one, now=minutes(5))
    seen = incident(lead, other)
    assert seen == incident(lead, one)
    assert (seen.head, seen.state) == (min(one, other), MANUAL)
    assert (seen.since, seen.text("symptom")) == (NOW, "CRM 打不开")
    assert [report.symptom for report in seen.reports] == ["登录转圈", "CRM 打不开"]
    assert [event.code for event in seen.events] == ["reported", "confirmed", "manual"]
    assert seen.conflicts == {}
    assert len(incidents(lead)) == 1
    undo(lead, made, now=minutes(6))
    assert incident(lead, other).state is IncidentState.SUSPECTED


def test_two_led_apart_go_on_as_one(lead: Store) -> None:
    one, other = reported(lead, 0), reported(lead, 1)
    for which, at in ((one, 2), (other, 3)):
        take_step(lead, which, CONFIRMED, now=minutes(at), values=CRM)
        take_step(lead, which, MANUAL, now=minutes(at + 2))
        set_values(lead, which, {"cause": f"原因 {at}"}, now=minutes(at + 2))
    tell(lead, other, told_to="王主管", channel="phone", now=minutes(5))
    join(lead, one, other, now=minutes(6))
    seen = incident(lead, one)
    assert [event.code for event in seen.events] == ["reported", "confirmed", "manual"]
    assert seen.conflicts["cause"] == ("原因 2", "原因 3")
    assert [told.name for told in seen.told] == ["王主管"]
    set_values(lead, one, {"cause": "断缆"}, now=minutes(7))
    made = take_step(lead, one, RECOVERED, now=minutes(30), values=OVER)
    seen = incident(lead, other)
    assert (seen.state, seen.conflicts, seen.text("cause")) == (RECOVERED, {}, "断缆")
    undo(lead, made, now=minutes(31))
    assert incident(lead, one).state is MANUAL
    part(lead, other, now=minutes(32))
    take_step(lead, other, RECOVERED, now=minutes(33), values=OVER)
    assert (incident(lead, one).state, incident(lead, other).state) == (MANUAL, RECOVERED)


def test_a_third_comes_with_its_own_and_only_it_is_parted(lead: Store) -> None:
    one, two, three = reported(lead, 0), reported(lead, 1), reported(lead, 2)
    join(lead, one, two, now=minutes(3))
    join(lead, three, two, now=minutes(4))
    assert incident(lead, three).ids == tuple(sorted((one, two, three)))
    part(lead, three, now=minutes(5))
    assert incident(lead, three).ids == (three,)
    assert incident(lead, two).ids == tuple(sorted((one, two)))
    with pytest.raises(KnownError, match=r"incidents\.not_joined"):
        part(lead, three, now=minutes(6))


def test_joining_is_a_leads(lead: Store) -> None:
    one, other = reported(lead, 0), reported(lead, 1)
    agent = replace(lead, author=author("8021"))
    for refused in (lambda: join(agent, one, other, now=NOW), lambda: part(agent, one, now=NOW)):
        with pytest.raises(KnownError, match=r"decisions\.leads_only"):
            refused()


def test_what_was_joined_to_a_closed_one_is_at_hand_no_more(lead: Store) -> None:
    one, other = reported(lead, 0), reported(lead, 1)
    take_step(lead, one, CONFIRMED, now=minutes(2), values=CRM)
    join(lead, one, other, now=minutes(2))
    take_step(lead, one, IncidentState.FALSE_ALARM, reason="演习", now=minutes(3))
    assert incident(lead, other).state is IncidentState.FALSE_ALARM
    assert current_incident(lead) is None
    late = reported(lead, 4)
    note_event(lead, late, "lines_full", now=minutes(5))
    assert current_incident(lead) == incident(lead, late)


def test_a_clock_that_runs_in_a_report_runs_on_when_it_is_joined(lead: Store, tmp_path: Path) -> None:
    ladders = load_pack(tmp_path).pack.ladders
    one, other = reported(lead, 0), reported(lead, 1)
    note_event(lead, other, "lines_full", now=minutes(2))
    take_step(lead, one, CONFIRMED, now=minutes(3), values=CRM)
    join(lead, one, other, now=minutes(4))
    found = clocks.due_now(clocks.standing(ladders, facts_of(incident(lead, one)), minutes(20)))
    assert ("lines_full", minutes(17)) in {(told.ladder.key, told.due) for told in found}


def test_those_that_hang_together_by_the_parted_one_stay_together(lead: Store) -> None:
    hub, two, three = reported(lead, 0), reported(lead, 1), reported(lead, 2)
    for other in (two, three):
        join(lead, hub, other, now=minutes(3))
    made = part(lead, hub, now=minutes(5))
    assert incident(lead, hub).ids == (hub,)
    assert incident(lead, two).ids == incident(lead, three).ids == tuple(sorted((two, three)))
    undo(lead, made, now=minutes(6))
    assert incident(lead, two).ids == tuple(sorted((hub, two, three)))


def test_who_was_told_stays_with_what_leads_when_a_report_is_parted(lead: Store) -> None:
    for place in range(2):
        one, other = reported(lead, place), reported(lead, place + 0.5)
        take_step(lead, other, CONFIRMED, now=minutes(3), values=CRM)
        join(lead, other, one, now=minutes(4))
        tell(lead, one, told_to="王主管", channel="phone", now=minutes(5))
        note, _ = draft_announcement(lead, one, AnnouncementType.FIRST, {"text_zh": "停"}, now=minutes(5))
        part(lead, one, now=minutes(6))
        assert [told.name for told in recovery_list(incident(lead, other))] == ["王主管"]
        assert (recovery_list(incident(lead, one)), announcements(lead, one)) == ((), ())
        assert [notice.id for notice in announcements(lead, other)] == [note]
