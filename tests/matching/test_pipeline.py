from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.domain.numbers import Number
from desktop_app.domain.reconciliation import (
    Call,
    CallOutcome,
    CallStatus,
    CrmRow,
    CrmStatus,
    HandRecord,
    RecordStatus,
    Source,
)
from desktop_app.matching.pipeline import reconcile
from tests.matching.outage import Knobs, make_day

START = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
HERE = Source("file", 1)
NUMBER = str(Number("07", 42))


def test_a_number_in_the_crm_and_a_call_of_the_phone() -> None:
    record = HandRecord(
        "a", HERE, number=NUMBER, channel="phone", received_at=START, phone="13123450001", caller_name="李丽"
    )
    row = CrmRow("9", HERE, phone="13123450001", texts=(f"补录 {NUMBER}",))
    call = Call("1", HERE, START - timedelta(seconds=20), CallOutcome.ANSWERED, caller="+8613123450001")
    found = reconcile([record], [row], [call], crm_read=True, calls_read=True)
    assert found.records[0].status is RecordStatus.MATCHED
    assert found.crm[0].status is CrmStatus.HAS_RECORD
    assert found.calls[0].status is CallStatus.RECORDED


@pytest.mark.parametrize("seed", range(6))
def test_a_nasty_day_has_no_wrong_match(seed: int) -> None:
    day = make_day(Knobs(seed))
    found = reconcile(day.records, day.crm, day.calls, crm_read=True, calls_read=True)
    twins = {**day.double_of, **{first: second for second, first in day.double_of.items()}}
    matched = [r for r in found.records if r.status in (RecordStatus.MATCHED, RecordStatus.DIFFERS)]
    wrong = [
        r
        for r in matched
        if r.crm_id not in (day.row_of.get(r.record.key), day.row_of.get(twins.get(r.record.key, "")))
    ]
    assert len(matched) > 10
    assert wrong == []
