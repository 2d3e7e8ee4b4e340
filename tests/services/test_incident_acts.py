"""What a lead does in an incident: steps at their own time, telling people, deciding, taking back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.domain.errors import GuardRefused, KnownError
from desktop_app.domain.guards import acted_for
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.incident_steps import IncidentState
from desktop_app.services.incident_acts import decide, note_event, note_rung, take_step, tell, undo
from desktop_app.services.incident_facts import facts_of
from desktop_app.services.incident_view import recovery_list
from desktop_app.services.incidents import incident, incidents, report_fault
from desktop_app.storage.journal import history
from desktop_app.storage.rebuild import examine
from desktop_app.storage.store import Store

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
CONFIRMED, MANUAL, RECOVERED = IncidentState.CONFIRMED, IncidentState.MANUAL, IncidentState.RECOVERED
CRM = {"scope": "all", "incident_category": "application"}


def minutes(count: float) -> datetime:
    return NOW + timedelta(minutes=count)


def test_through_its_states_each_at_its_own_time(lead: Store) -> None:
    one = report_fault(lead, symptom="CRM 打不开", now=NOW).incident
    with pytest.raises(GuardRefused, match=r"guard\.field_needed"):
        take_step(lead, one, CONFIRMED, now=minutes(1))
    take_step(lead, one, CONFIRMED, now=minutes(2), values=CRM)
    take_step(lead, one, MANUAL, now=minutes(6), at=minutes(3))
    with pytest.raises(GuardRefused, match=r"guard\.field_needed"):
        take_step(lead, one, RECOVERED, now=minutes(30))
    take_step(lead, one, RECOVERED, now=minutes(30), values={"recovery_confirmed_by": "赵运维"})
    take_step(lead, one, MANUAL, now=minutes(40))
    seen = incident(lead, one)
    assert (seen.state, seen.relapses, seen.category) == (MANUAL, 1, "application")
    assert seen.manual == ((minutes(3), minutes(30)), (minutes(40), None))
    assert [event.code for event in seen.events] == [
        "reported",
        "confirmed",
        "manual",
        "recovered",
        "relapsed",
    ]
    assert [event.code for event in facts_of(seen).events][-1] == "relapsed"
    with lead.read() as view:
        assert examine(view).differing == ()


def test_told_with_name_time_and_channel_and_the_recovery_list(lead: Store) -> None:
    one = report_fault(lead, symptom="CRM 打不开", now=NOW).incident
    for told, code in (({"told_to": " "}, "name"), ({"channel": ""}, "channel")):
        with pytest.raises(KnownError, match=f"incidents.{code}_needed"):
            tell(lead, one, **{"told_to": "王主管", "channel": "phone"} | told, now=minutes(4))
    fault = {"ladder": "fault", "channel": "phone"}
    tell(
        lead, one, told_to="王主管", told_at=minutes(4), rung="5", role="supervisor", now=minutes(9), **fault
    )
    tell(
        lead, one, told_to="周经理", rung="10", role="centre_manager", reached=False, now=minutes(10), **fault
    )
    tell(lead, one, told_to="李运营", rung="10", role="operations_manager", now=minutes(11), **fault)
    seen = incident(lead, one)
    assert [(told.name, told.at, told.reached) for told in facts_of(seen).told] == [
        ("王主管", minutes(4), True),
        ("周经理", minutes(10), False),
        ("李运营", minutes(11), True),
    ]
    assert [(who.name, who.told_at) for who in recovery_list(seen)] == [("王主管", None), ("李运营", None)]
    take_step(lead, one, CONFIRMED, now=minutes(12), values=CRM)
    take_step(lead, one, RECOVERED, now=minutes(30), values={"recovery_confirmed_by": "赵运维"})
    made = tell(lead, one, told_to="王主管", channel="phone", purpose="recovery", now=minutes(31))
    assert [who.told_at for who in recovery_list(incident(lead, one))] == [minutes(31), None]
    for again in (
        take_step(lead, one, MANUAL, now=minutes(40)),
        take_step(lead, one, RECOVERED, now=minutes(50), values={"recovery_confirmed_by": "赵运维"}),
    ):
        assert again.entries
    assert [who.told_at for who in recovery_list(incident(lead, one))] == [None, None]
    tell(lead, one, told_to="李运营", channel="phone", purpose="recovery", reached=False, now=minutes(51))
    made = tell(lead, one, told_to="李运营", channel="phone", purpose="recovery", now=minutes(52))
    assert [who.told_at for who in recovery_list(incident(lead, one))] == [None, minutes(52)]
    undo(lead, made, now=minutes(53))
    assert [who.told_at for who in recovery_list(incident(lead, one))] == [None, None]


def test_a_decision_cannot_be_blank(lead: Store) -> None:
    one = report_fault(lead, symptom="CRM 打不开", now=NOW).incident
    asked = {"ladder": "fault", "rung": "60", "now": minutes(60)}
    with pytest.raises(KnownError, match=r"incidents\.choice_needed"):
        decide(lead, one, code=" ", reason="x", **asked)
    with pytest.raises(KnownError, match=r"incidents\.reason_needed"):
        decide(lead, one, code="vendor", reason=" ", **asked)
    decide(lead, one, code="vendor", reason="自己修不了", details={"vendor": "某某软件"}, **asked)
    (decided,) = incident(lead, one).decided
    assert (decided.code, decided.reason, decided.details) == ("vendor", "自己修不了", {"vendor": "某某软件"})
    assert facts_of(incident(lead, one)).decided[0].reason == "自己修不了"


def test_a_lead_ticks_a_check_in_their_own_right_and_decides_for_somebody(lead: Store) -> None:
    one = report_fault(lead, symptom="有人晕倒", category="accident", now=NOW, outage=False).incident
    made = note_rung(lead, one, ladder="accident", rung="connect_rate", at=minutes(9), now=minutes(12))
    seen = incident(lead, one)
    assert [(told.rung, told.reason, told.at) for told in seen.decided] == [("connect_rate", "", minutes(9))]
    assert [line.code for line in seen.log] == ["reported", "decided"]
    assert acting(lead, one) == []
    decide(lead, one, ladder="fault", rung="60", code="wait", reason="快好了", now=minutes(60))
    assert len(acting(lead, one)) == 1
    undo(lead, made, now=minutes(61))
    assert [told.rung for told in incident(lead, one).decided] == ["60"]


def acting(store: Store, one: str) -> list[str]:
    """The entries by which somebody did what is somebody else's to do (代行)."""
    subject = Subject(SubjectKind.INCIDENT, one)
    with store.read() as view:
        return list(acted_for(subject, (one.sealed() for one in history(view.connection, subject))))


def test_the_judgement_keeps_who_judged(lead: Store) -> None:
    one = report_fault(lead, symptom="CRM 打不开", now=NOW).incident
    made = note_event(lead, one, "unrecoverable", at=minutes(4), said_by="赵运维", now=minutes(5))
    seen = incident(lead, one)
    assert (seen.values["unrecoverable"], seen.text("unrecoverable_by")) == (True, "赵运维")
    assert seen.moment("unrecoverable_at") == minutes(4)
    undo(lead, made, now=minutes(6))
    assert [event.code for event in incident(lead, one).events] == ["reported"]


def test_undo_goes_back_one_step_and_no_further_than_others_let_it(lead: Store) -> None:
    reported = report_fault(lead, symptom="CRM 打不开", now=NOW)
    one = reported.incident
    confirmed = take_step(lead, one, CONFIRMED, now=minutes(2), values=CRM)
    with pytest.raises(KnownError, match=r"log\.changed_since"):
        undo(lead, reported.made, now=minutes(3))
    manual = take_step(lead, one, MANUAL, now=minutes(3))
    with pytest.raises(KnownError, match=r"log\.changed_since"):
        undo(lead, confirmed, now=minutes(4))
    undo(lead, manual, now=minutes(4))
    undo(lead, confirmed, now=minutes(5))
    assert incident(lead, one).state is IncidentState.SUSPECTED
    assert incident(lead, one).category == ""
    undo(lead, report_fault(lead, symptom="另一件", now=minutes(6), new=True).made, now=minutes(7))
    assert len(incidents(lead)) == 1
    with lead.read() as view:
        assert examine(view).differing == ()


def test_a_step_is_taken_and_not_noted(lead: Store) -> None:
    one = report_fault(lead, symptom="CRM 打不开", now=NOW).incident
    for code in ("recovered", "relapsed"):
        with pytest.raises(ValueError, match=code):
            note_event(lead, one, code, now=NOW)


def test_a_step_is_not_before_the_one_before_it(lead: Store) -> None:
    one = report_fault(lead, symptom="CRM 打不开", now=NOW).incident
    values = {"scope": "all", "incident_category": "application"}
    take_step(lead, one, IncidentState.CONFIRMED, values=values, now=NOW + timedelta(minutes=5, seconds=40))
    later = NOW + timedelta(minutes=60)
    take_step(lead, one, IncidentState.MANUAL, now=later, at=NOW + timedelta(minutes=5))
    over = {"recovery_confirmed_by": "赵运维"}
    with pytest.raises(KnownError, match=r"incidents\.before_step"):
        take_step(lead, one, IncidentState.RECOVERED, now=later, at=NOW - timedelta(minutes=30), values=over)
    take_step(lead, one, IncidentState.RECOVERED, now=later, at=NOW + timedelta(minutes=40), values=over)
    with pytest.raises(KnownError, match=r"incidents\.before_step"):
        take_step(lead, one, IncidentState.MANUAL, now=later, at=NOW + timedelta(minutes=20))
