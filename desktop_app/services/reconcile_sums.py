"""The equations of DESIGN §2.3 as numbers: what was counted, and whether it adds up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

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


def counted(codes: Iterable[StrEnum]) -> Callable[[StrEnum], int]:
    """Return how often each code comes; ten thousand are counted in a millisecond."""
    # Members are single objects, and their own hash is slow.
    counts = Counter(map(id, codes))
    return lambda code: counts[id(code)]


def sums(found: Reconciliation, numbers: NumbersIssued | None) -> Iterator[Sum]:
    """Yield the equations in the order of the workbook's front sheet."""
    if numbers is None:
        yield Sum("numbers", needs="needs_store")
    else:
        names = ("records", "void", "drafts", "reserved", "unaccounted")
        yield Sum("numbers", numbers.issued, {name: getattr(numbers, name) for name in names})
    records = counted(one.status for one in found.records)
    yield Sum("records", len(found.records), {status.value: records(status) for status in RecordStatus})
    if found.calls_read:
        inside = [one for one in found.calls if one.status is not CallStatus.OUTSIDE]
        outcomes = counted(one.call.outcome for one in inside)
        yield Sum("calls", len(inside), {outcome.value: outcomes(outcome) for outcome in CallOutcome})
        statuses = counted(one.status for one in inside)
        told = (CallStatus.RECORDED, CallStatus.NOT_RECORDED)
        yield Sum("answered", outcomes(CallOutcome.ANSWERED), {one.value: statuses(one) for one in told})
    else:
        yield Sum("calls", needs="needs_calls")
        yield Sum("answered", needs="needs_calls")
    if found.crm_read:
        crm = counted(one.status for one in found.crm)
        yield Sum("crm", len(found.crm), {status.value: crm(status) for status in CrmStatus})
    else:
        yield Sum("crm", needs="needs_crm")
