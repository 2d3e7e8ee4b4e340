"""Records, rows and calls for the tests of matching; every moment is minutes after the start."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from desktop_app.domain.numbers import Number
from desktop_app.domain.reconciliation import Call, CallOutcome, CrmRow, HandRecord, Source

START = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
DETAIL = "厨房水管爆裂漏到楼下邻居客厅"


def minutes(count: float) -> datetime:
    return START + timedelta(minutes=count)


def record(key: int, at: float = 0, **fields: object) -> HandRecord:
    values: dict[str, object] = {
        "number": str(Number("07", key)),
        "channel": "phone",
        "received_at": minutes(at),
        "caller_name": "李丽",
        "phone": "13123450001",
        "summary": DETAIL,
        "agent": "8021",
        "station": "07",
    }
    return HandRecord(f"r{key}", Source("records.csv", key), **(values | fields))


def row(key: int, at: float | None = 0, made: float | None = 600, **fields: object) -> CrmRow:
    values: dict[str, object] = {
        "occurred_at": None if at is None else minutes(at),
        "created_at": None if made is None else minutes(made),
        "caller_name": "李丽",
        "phone": "13123450001",
        "summary": DETAIL,
    }
    return CrmRow(f"c{key}", Source("crm.csv", key), **(values | fields))


def call(key: int, at: float = 0, talked: float = 3, **fields: object) -> Call:
    values: dict[str, object] = {
        "started_at": minutes(at),
        "outcome": CallOutcome.ANSWERED,
        "answered_at": minutes(at),
        "ended_at": minutes(at + talked),
        "caller": "13123450001",
        "agent": "SIP/8021",
    }
    return Call(f"k{key}", Source("calls.csv", key), **(values | fields))
