"""Who was called in and came, and who was moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.services.incident_acts import undo
from desktop_app.services.incident_people import call_in, came, move_staff
from desktop_app.services.incidents import incident, report_fault
from desktop_app.storage.store import Store

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def minutes(count: float) -> datetime:
    return NOW + timedelta(minutes=count)


def test_who_was_called_said_yes_and_came(lead: Store) -> None:
    one = report_fault(lead, symptom="来电激增", now=NOW).incident
    with pytest.raises(KnownError, match=r"incidents\.name_needed"):
        call_in(lead, one, name="", now=NOW)
    made = call_in(lead, one, name="孙备班", contact="standby-1", level="level_2", reply="20 分钟到", now=NOW)
    call_in(lead, one, name="钱备班", level="level_2", reached=False, now=minutes(1))
    ((_, entry),) = made.entries
    there = came(lead, one, entry, at=minutes(20), now=minutes(25))
    told = incident(lead, one).called_in
    assert [(who.name, who.reached, who.came_at) for who in told] == [
        ("孙备班", True, minutes(20)),
        ("钱备班", False, None),
    ]
    assert (told[0].reply, told[0].contact, told[0].at) == ("20 分钟到", "standby-1", NOW)
    undo(lead, there, now=minutes(26))
    assert incident(lead, one).called_in[0].came_at is None


def test_who_was_moved_where(lead: Store) -> None:
    one = report_fault(lead, symptom="来电激增", now=NOW).incident
    with pytest.raises(KnownError, match=r"incidents\.text_needed"):
        move_staff(lead, one, " ", now=NOW)
    move_staff(lead, one, "外呼组 3 人转呼入", at=minutes(2), now=minutes(5))
    seen = incident(lead, one)
    assert [item.text("text") for item in seen.items("staffing_moves")] == ["外呼组 3 人转呼入"]
    assert [(line.code, line.at, line.late) for line in seen.log][-1] == ("staffing", minutes(2), True)
