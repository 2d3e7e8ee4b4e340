"""What a list of results can show: what is undecided first, then every status of records, calls, CRM rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.reconciliation import (
    CallResult,
    CallStatus,
    CrmResult,
    CrmStatus,
    RecordResult,
    RecordStatus,
)
from desktop_app.exchange.worksheets.journal import NumbersIssued
from desktop_app.services.reconcile_sums import Sum, counted, sums
from desktop_app.services.reconcile_walk import Compared

Result = RecordResult | CrmResult | CallResult
TONES = {
    "undecided": ("reconcile", "warn"),
    "matched": ("check", "ok"),
    "differs": ("warning", "warn"),
    "backfilled": ("check", "ok"),
    "to_backfill": ("edit", "accent"),
    "duplicate": ("copy", "muted"),
    "ambiguous": ("search", "warn"),
    "waived": ("remove", "muted"),
    "outside": ("clock", "muted"),
    "has_record": ("check", "ok"),
    "crm_only": ("info", "accent"),
    "recorded": ("check", "ok"),
    "not_recorded": ("warning", "warn"),
    "abandoned": ("phone", "muted"),
    "turned_away": ("phone", "muted"),
}
"""Icon and colour token of each status; the word stands beside them."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One choice: a side (records, calls, crm) and a status or ``undecided``; without one, a heading."""

    side: str
    status: str
    count: int = 0

    @property
    def key(self) -> tuple[str, str]:
        """What it is known by while counts change."""
        return self.side, self.status


def filters(compared: Compared) -> list[Filter]:
    """Return the choices with their counts; a status nothing has is left out."""
    found: list[Filter] = []
    sides: Sequence[tuple[str, Sequence[Result], type[StrEnum]]] = (
        ("records", compared.found.records, RecordStatus),
        ("calls", compared.found.calls, CallStatus),
        ("crm", compared.found.crm, CrmStatus),
    )
    for side, results, statuses in sides:
        if results:
            found.append(Filter(side, "", len(results)))
        if side == "records":
            found.append(Filter(side, "undecided", sum(map(compared.is_open, compared.found.records))))
        counts = counted(result.status for result in results)
        found += [Filter(side, one.value, counts(one)) for one in statuses if counts(one)]
    return found


@dataclass(frozen=True, slots=True)
class Tally:
    """What a comparison comes to: the choices with their counts, and the equations."""

    filters: tuple[Filter, ...]
    sums: tuple[Sum, ...]


def tally(compared: Compared, numbers: NumbersIssued | None) -> Tally:
    """Count a comparison; of tens of thousands of results that is too long for the thread of the window."""
    return Tally(tuple(filters(compared)), tuple(sums(compared.found, numbers)))


def chosen(compared: Compared, wanted: Filter) -> list[Result]:
    """Return the results of a choice; the undecided ones with the clearest candidate first."""
    if wanted.status == "undecided":
        open_ones = [result for result in compared.found.records if compared.is_open(result)]
        open_ones.sort(key=lambda one: (one.status is RecordStatus.DIFFERS, -one.score))
        return list(open_ones)
    return [result for result in _side(compared, wanted.side) if result.status.value == wanted.status]


def _side(compared: Compared, side: str) -> Iterator[Result]:
    found = compared.found
    yield from found.records if side == "records" else found.calls if side == "calls" else found.crm
