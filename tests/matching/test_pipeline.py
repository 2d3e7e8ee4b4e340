from datetime import UTC, datetime, timedelta

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
