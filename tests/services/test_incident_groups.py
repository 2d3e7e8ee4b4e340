"""Which incident a record is of that is saved while one is open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.incident_steps import IncidentState
from desktop_app.services.incident_acts import take_step
from desktop_app.services.incident_joins import join
from desktop_app.services.incidents import incident, report_fault
from desktop_app.services.records import log_record
from desktop_app.storage.store import Store

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def minutes(count: float) -> datetime:
    return NOW + timedelta(minutes=count)


def of(lead: Store, now: datetime, **values: str) -> str:
    saved = log_record(lead, {"kind": "enquiry", "summary": "水费", **values}, now=now)
    with lead.read() as view:
        return view.state(Subject(SubjectKind.RECORD, saved.subject_id)).text("incident")


def test_it_is_of_the_one_that_keeps_people_from_the_crm(lead: Store) -> None:
    assert of(lead, NOW) == ""
    fire = report_fault(lead, symptom="冒烟", category="fire", outage=False, now=NOW).incident
    assert of(lead, minutes(1)) == ""
    one = report_fault(lead, symptom="CRM 打不开", now=minutes(2)).incident
    assert one != fire
    assert of(lead, minutes(3)) == one
    assert of(lead, minutes(3), received_at="2026-03-02T07:30:00") == ""
    second = report_fault(lead, symptom="登录转圈", now=minutes(3), new=True).incident
    assert of(lead, minutes(4)) == one
    join(lead, second, one, now=minutes(4))
    assert of(lead, minutes(5)) == incident(lead, one).head


def test_a_false_alarm_is_nobodys(lead: Store) -> None:
    one = report_fault(lead, symptom="CRM 打不开", now=NOW).incident
    take_step(lead, one, IncidentState.FALSE_ALARM, reason="键盘没插", now=minutes(1))
    assert of(lead, minutes(2)) == ""
