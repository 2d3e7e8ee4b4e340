"""A station says once for each recovery that it has handed in everything."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.roles import Role
from desktop_app.services.incident_acts import take_step
from desktop_app.services.incident_present import PRESENT, say_present
from desktop_app.services.incidents import incident, report_fault
from desktop_app.services.records import start_draft
from desktop_app.storage.store import Store
from tests.stores import author

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
S = IncidentState


def minutes(count: float) -> datetime:
    return NOW + timedelta(minutes=count)


def test_once_for_each_recovery_and_not_before(lead: Store) -> None:
    one = report_fault(lead, symptom="CRM 打不开", now=NOW).incident

    def said(at: float) -> list[tuple[str, int]]:
        say_present(lead, now=minutes(at))
        items = incident(lead, one).items(PRESENT)
        return [(item.text("station"), item.told["drafts"]) for item in items]

    def over(at: float) -> None:
        take_step(lead, one, S.RECOVERED, now=minutes(at), values={"recovery_confirmed_by": "赵运维"})

    take_step(lead, one, S.CONFIRMED, now=minutes(1), values={"scope": "all", "incident_category": "crm"})
    take_step(lead, one, S.MANUAL, now=minutes(2))
    assert said(3) == []
    over(4)
    say_present(replace(lead, author=author("9001", Role.AUDITOR)), now=minutes(4))
    assert incident(lead, one).items(PRESENT) == ()
    assert said(5) == said(6) == [("07", 0)]
    take_step(lead, one, S.MANUAL, now=minutes(7))
    start_draft(lead, {"summary": "水费"}, now=minutes(8))
    assert said(8) == [("07", 0)]
    over(9)
    assert said(10) == [("07", 0), ("07", 1)]


def test_not_of_what_nobody_wrote_by_hand_for(lead: Store) -> None:
    one = report_fault(lead, symptom="空调坏了", now=NOW).incident
    take_step(lead, one, S.CONFIRMED, now=minutes(1), values={"scope": "all", "incident_category": "air"})
    take_step(lead, one, S.RECOVERED, now=minutes(2), values={"recovery_confirmed_by": "物业"})
    say_present(lead, now=minutes(3))
    assert incident(lead, one).items(PRESENT) == ()
