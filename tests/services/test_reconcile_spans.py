from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from desktop_app.domain.incident_steps import IncidentState
from desktop_app.domain.reconciliation import (
    CallResult,
    CallStatus,
    CrmResult,
    CrmStatus,
    Reconciliation,
    RecordResult,
    RecordStatus,
)
from desktop_app.services.incident_acts import take_step
from desktop_app.services.incidents import report_fault
from desktop_app.services.reconcile_spans import outage_span, spans_apart
from desktop_app.storage.store import Store
from tests.exchange.findings import call, crm_row, hand_record

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def found(
    *, record: tuple[int, ...], calls: tuple[int, ...], crm: tuple[int, ...], hours: int = 0
) -> Reconciliation:
    """Sides whose moments are these steps of three minutes."""
    return Reconciliation(
        tuple(RecordResult(hand_record(step), RecordStatus.TO_BACKFILL) for step in record),
        tuple(CrmResult(crm_row(step), CrmStatus.CRM_ONLY) for step in crm),
        tuple(CallResult(call(step), CallStatus.NOT_RECORDED) for step in calls),
        crm_read=True,
        calls_read=True,
        calls_offset_hours=hours,
    )


@pytest.mark.parametrize(
    ("calls", "hours", "told"),
    [
        ((0, 10), 0, []),
        ((20, 30), 0, []),
        ((0, 30), 0, []),
        ((0, 31), 0, ["calls"]),
        ((21, 25), 0, ["calls"]),
        ((-160, -150), 8, []),
        ((-160, -150), 0, ["calls"]),
        ((), 0, []),
    ],
)
def test_an_hour_is_the_limit_at_either_end(calls: tuple[int, ...], hours: int, told: list[str]) -> None:
    spans = found(record=(0, 10), calls=calls, crm=(), hours=hours)
    assert [reason.details["side"] for reason in spans_apart(spans, ZONE)] == told


def test_rows_made_later_are_no_other_span() -> None:
    made = datetime(2026, 11, 22, tzinfo=UTC)
    rows = (CrmResult(crm_row(1, occurred_at=None, created_at=made), CrmStatus.CRM_ONLY),)
    both = found(record=(0, 10), calls=(), crm=())
    spans = Reconciliation(both.records, rows, (), crm_read=True, calls_read=False)
    assert list(spans_apart(spans, ZONE)) == []


def test_both_spans_are_told_in_the_site_zone() -> None:
    (reason,) = spans_apart(found(record=(0, 10), calls=(), crm=(100, 110)), ZONE)
    assert reason.details["records"] == "2026-11-21 12:00 — 2026-11-21 12:30"
    assert reason.details["other"] == "2026-11-21 17:00 — 2026-11-21 17:30"
    assert timedelta(minutes=300) == 100 * timedelta(minutes=3)


def test_the_last_outage_is_what_is_compared_from_when_it_was_noticed(lead: Store) -> None:
    def minutes(count: float) -> datetime:
        return NOW + timedelta(minutes=count)

    def step(one: str, target: IncidentState, at: float, **values: str) -> None:
        take_step(lead, one, target, now=minutes(at), values=values)

    assert outage_span(lead, now=NOW) is None
    for begun in (0, 1000):
        one = report_fault(lead, symptom="CRM 打不开", now=minutes(begun), new=True).incident
        step(one, IncidentState.CONFIRMED, begun + 2, scope="all", incident_category="crm")
        assert outage_span(lead, now=minutes(begun + 2)) == (None if not begun else (minutes(0), minutes(50)))
        step(one, IncidentState.MANUAL, begun + 3)
        assert outage_span(lead, now=minutes(begun + 9)) == (minutes(begun), minutes(begun + 9))
        step(one, IncidentState.RECOVERED, begun + 30, recovery_confirmed_by="赵运维")
        step(one, IncidentState.MANUAL, begun + 40)
        step(one, IncidentState.RECOVERED, begun + 50, recovery_confirmed_by="赵运维")
        assert outage_span(lead, now=minutes(begun + 90)) == (minutes(begun), minutes(begun + 50))
