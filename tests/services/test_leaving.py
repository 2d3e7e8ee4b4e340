"""Whoever closes the program while an incident is open says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.roles import Role
from desktop_app.services.incident_acts import take_step
from desktop_app.services.incidents import incident, report_fault
from desktop_app.services.leaving import LEFT, incident_to_leave, note_leaving
from desktop_app.storage.store import Store
from tests.stores import author

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
S = IncidentState


def test_only_an_open_incident_asks_and_the_reason_is_in_its_log(store: Store) -> None:
    assert incident_to_leave(store) is None
    report_fault(store, symptom="CRM 打不开", now=NOW)
    told = incident_to_leave(store)
    assert told is not None
    assert told.symptom == "CRM 打不开"
    assert told.number
    with pytest.raises(KnownError, match=r"leaving\.reason_needed"):
        note_leaving(store, told.id, "  ", now=NOW)
    note_leaving(store, told.id, "下班，已交班", now=NOW + timedelta(minutes=3))
    seen = incident(store, told.id)
    assert [item.text("station") for item in seen.items(LEFT)] == ["07"]
    last = seen.log[-1]
    assert (last.code, last.reason, last.at) == ("left", "下班，已交班", NOW + timedelta(minutes=3))


def test_an_incident_that_waits_for_its_review_and_an_auditor_are_not_asked(lead: Store) -> None:
    one = report_fault(lead, symptom="CRM 打不开", now=NOW).incident
    assert incident_to_leave(replace(lead, author=author("9001", Role.AUDITOR))) is None
    take_step(lead, one, S.CONFIRMED, now=NOW, values={"scope": "all", "incident_category": "crm"})
    take_step(lead, one, S.RECOVERED, now=NOW, values={"recovery_confirmed_by": "赵运维"})
    assert incident_to_leave(lead) is not None
    take_step(lead, one, S.REVIEW, now=NOW)
    assert incident_to_leave(lead) is None
