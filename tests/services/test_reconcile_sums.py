"""The equations as numbers: they add up, and say so where they do not."""

from desktop_app.domain.reconciliation import HandRecord, Reconciliation, RecordResult, RecordStatus, Source
from desktop_app.exchange.worksheets.journal import NumbersIssued
from desktop_app.services.reconcile_sums import Sum, sums

RECORD = HandRecord("07-00001-9", Source("store", 1))
NUMBERS = NumbersIssued(issued=5, records=1, void=1, drafts=1, reserved=2, unaccounted=0, names=())


def found(*statuses: RecordStatus) -> Reconciliation:
    return Reconciliation(tuple(RecordResult(RECORD, one) for one in statuses), (), (), False, False)


def test_what_was_not_read_is_not_checkable() -> None:
    told = {one.name: one for one in sums(found(), None)}
    assert {one.needs for one in told.values()} == {"needs_store", "needs_calls", "needs_crm", ""}
    assert [name for name, one in told.items() if one.parts is not None] == ["records"]


def test_numbers_and_records_add_up() -> None:
    statuses = (RecordStatus.MATCHED, RecordStatus.WAIVED, RecordStatus.MATCHED)
    told = {one.name: one for one in sums(found(*statuses), NUMBERS)}
    assert told["numbers"].holds
    assert (told["records"].total, told["records"].parts and told["records"].parts["matched"]) == (3, 2)
    assert told["records"].holds


def test_an_equation_that_fails_says_so() -> None:
    assert not Sum("numbers", 5, {"records": 4}).holds
    assert not Sum("numbers").holds
