"""The equations of DESIGN §2.3 as numbers: what was counted, and whether it adds up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop_app.domain.reconciliation import CallOutcome, CallStatus, CrmStatus, Reconciliation, RecordStatus
from desktop_app.exchange.worksheets.journal import NumbersIssued


@dataclass(frozen=True, slots=True)
class Sum:
    """One equation: ``total`` counted on its own, the parts by code. Without parts it cannot be checked.

    ``name`` is a code of ``workbook.equation``; a part's words are ``status.<code>`` or
    ``workbook.term.<code>``. ``needs`` is the code of what is missing.
    """

    name: str
    total: int = 0
    parts: Mapping[str, int] | None = None
    needs: str = ""

    @property
    def holds(self) -> bool:
        """Whether the parts come to the total."""
        return self.parts is not None and self.total == sum(self.parts.values())


def sums(found: Reconciliation, numbers: NumbersIssued | None) -> Iterator[Sum]:
    """Yield the equations in the order of the workbook's front sheet."""
    if numbers is None:
        yield Sum("numbers", needs="needs_store")
    else:
        names = ("records", "void", "drafts", "reserved", "unaccounted")
        yield Sum("numbers", numbers.issued, {name: getattr(numbers, name) for name in names})
    records = [one.status for one in found.records]
    yield Sum("records", len(records), {status.value: records.count(status) for status in RecordStatus})
    if found.calls_read:
        inside = [one for one in found.calls if one.status is not CallStatus.OUTSIDE]
        outcomes = [one.call.outcome for one in inside]
        counts = {outcome.value: outcomes.count(outcome) for outcome in CallOutcome}
        yield Sum("calls", len(inside), counts)
        statuses = [one.status for one in inside]
        told = (CallStatus.RECORDED, CallStatus.NOT_RECORDED)
        yield Sum("answered", counts["answered"], {one.value: statuses.count(one) for one in told})
    else:
        yield Sum("calls", needs="needs_calls")
        yield Sum("answered", needs="needs_calls")
    if found.crm_read:
        crm = [one.status for one in found.crm]
        yield Sum("crm", len(crm), {status.value: crm.count(status) for status in CrmStatus})
    else:
        yield Sum("crm", needs="needs_crm")
