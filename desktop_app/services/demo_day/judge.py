"""Found against planted: is every automatic match true, and was everything planted found?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.reconciliation import (
    CallStatus,
    CrmResult,
    CrmStatus,
    Reconciliation,
    RecordResult,
    RecordStatus,
)
from desktop_app.services.demo_day.truth import RecordTruth, Truth

_LINKED = frozenset({RecordStatus.MATCHED, RecordStatus.DIFFERS})


class Verdict(StrEnum):
    """How a finding stands to the truth; ``person`` was left to a person, which is never false."""

    RIGHT = "right"
    PERSON = "person"
    MISSED = "missed"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Case:
    """One judged thing: which side, its number or id, what was planted, what was found."""

    side: str
    id: str
    planted: str
    found: str
    verdict: Verdict
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Judgement:
    """All cases of a day. ``passed``: nothing matched wrongly, nothing planted was missed."""

    cases: tuple[Case, ...]

    @property
    def passed(self) -> bool:
        """Whether what was found equals what was planted."""
        return not self.of(Verdict.WRONG) and not self.of(Verdict.MISSED)

    def of(self, verdict: Verdict) -> list[Case]:
        """Return the cases with this verdict."""
        return [case for case in self.cases if case.verdict is verdict]

    @property
    def person_share(self) -> float:
        """The share of all cases that was left to a person."""
        return len(self.of(Verdict.PERSON)) / max(1, len(self.cases))

    def by_status(self) -> dict[str, dict[str, int]]:
        """Return for each planted status how many cases had which verdict."""
        return _tally((f"{case.side}.{case.planted}", case.verdict) for case in self.cases)

    def by_class(self) -> dict[str, dict[str, int]]:
        """Return for each planted peculiarity how many cases had which verdict."""
        return _tally((tag, case.verdict) for case in self.cases for tag in case.tags)


def judge(found: Reconciliation, truth: Truth) -> Judgement:
    """Return how every record, record-call link, CRM row and call was found."""
    numbers = {result.record.key: result.record.number for result in found.records}
    results = {result.record.number: result for result in found.records}
    cases = [*_strangers(found, truth)]
    for number, planted in truth.records.items():
        if number not in results:
            cases.append(Case("record", number, planted.status, "absent", Verdict.MISSED, planted.tags))
    cases += [
        _record(result, truth.records[result.record.number], truth, numbers)
        for result in results.values()
        if result.record.number in truth.records
    ]
    cases += [case for result in found.records for case in _links(result, truth)]
    cases += [case for row in found.crm for case in _rows(row, truth, results)]
    cases += _calls(found, truth)
    return Judgement(tuple(sorted(cases, key=lambda case: (case.side, case.id))))


def _record(result: RecordResult, planted: RecordTruth, truth: Truth, numbers: dict[str, str]) -> Case:
    told = str(result.status)
    if result.status is RecordStatus.DUPLICATE:
        of = numbers.get(result.duplicate_of, result.duplicate_of)
        told = f"{told} of {of}"
        true = of in planted.matter_numbers - {planted.number}
        verdict = _same(result, planted) if true else Verdict.WRONG
    elif result.status is RecordStatus.AMBIGUOUS:
        verdict = _left_open(planted, truth)
    elif result.crm_id or result.status in _LINKED:
        fields = {difference.field for difference in result.differences}
        told = " ".join((told, result.crm_id, *sorted(fields)))
        rows = {truth.records[number].crm_id for number in planted.matter_numbers} - {""}
        verdict = _same(result, planted) if fields == planted.differs else Verdict.MISSED
        if planted.undecidable or result.crm_id not in rows:
            verdict = Verdict.WRONG
    else:
        verdict = _same(result, planted)
    return Case("record", planted.number, planted.status, told, verdict, planted.tags)


def _same(result: RecordResult, planted: RecordTruth) -> Verdict:
    return Verdict.RIGHT if result.status is planted.status else Verdict.MISSED


def _left_open(planted: RecordTruth, truth: Truth) -> Verdict:
    """Judge what was left to a person: never false, but a sure omission or double has to be found."""
    if planted.status is RecordStatus.TO_BACKFILL:
        return Verdict.MISSED if planted.sure else Verdict.PERSON
    if planted.status is RecordStatus.DUPLICATE:
        sure = all(truth.records[number].sure for number in planted.matter_numbers)
        return Verdict.MISSED if sure else Verdict.PERSON
    return Verdict.PERSON


def _links(result: RecordResult, truth: Truth) -> Iterator[Case]:
    """Judge the calls that a record was linked to."""
    planted = truth.records.get(result.record.number)
    if planted is None:
        return
    allowed = {truth.records[number].call_id for number in planted.matter_numbers} - {""}
    allowed |= planted.seeming_calls
    expected = CallStatus.RECORDED if planted.call_id else CallStatus.NOT_RECORDED
    for call_id in result.call_ids:
        wrong = planted.undecidable_call or call_id not in allowed
        verdict = Verdict.WRONG if wrong else Verdict.RIGHT
        told = f"{call_id} for {planted.call_id}"
        yield Case("link", planted.number, expected, told, verdict, planted.tags)
    if not result.call_ids:
        # A call without a record shows on the list of calls, where it is judged.
        verdict = Verdict.PERSON if planted.call_id else Verdict.RIGHT
        yield Case("link", planted.number, expected, "none", verdict, planted.tags)


def _rows(result: CrmResult, truth: Truth, results: dict[str, RecordResult]) -> Iterator[Case]:
    planted = truth.crm.get(result.row.id)
    if planted is None:
        return
    verdict = Verdict.RIGHT if result.status is planted.status else Verdict.MISSED
    if planted.status is CrmStatus.HAS_RECORD and result.status is CrmStatus.CRM_ONLY:
        open_ones = [results[number] for number in planted.records if number in results]
        if any(record.status is RecordStatus.AMBIGUOUS for record in open_ones):
            verdict = Verdict.PERSON
    yield Case("crm", planted.id, planted.status, result.status, verdict, planted.tags)


def _calls(found: Reconciliation, truth: Truth) -> Iterator[Case]:
    seen = {result.call.id: result for result in found.calls}
    for planted in truth.calls.values():
        result = seen.get(planted.id)
        status = result.status.value if result else "absent"
        verdict = Verdict.RIGHT if status == planted.status else Verdict.MISSED
        talked = (CallStatus.RECORDED, CallStatus.NOT_RECORDED)
        if planted.status in talked and status in talked and verdict is Verdict.MISSED and not planted.sure:
            verdict = Verdict.PERSON
        yield Case("call", planted.id, planted.status, status, verdict, planted.tags)


def _strangers(found: Reconciliation, truth: Truth) -> Iterator[Case]:
    """Yield what was read though nobody planted it, such as an outbound leg taken for a call."""
    sides = (
        ("record", [result.record.number for result in found.records], truth.records),
        ("crm", [result.row.id for result in found.crm], truth.crm),
        ("call", [result.call.id for result in found.calls], truth.calls),
    )
    for side, ids, planted in sides:
        counts = Counter(ids)
        for name in counts:
            if name not in planted or counts[name] > 1:
                yield Case(side, name, "nothing", f"read {counts[name]} times", Verdict.MISSED)


def _tally(pairs: Iterable[tuple[str, Verdict]]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for name, verdict in pairs:
        line = counts.setdefault(name, {"planted": 0, **{each.value: 0 for each in Verdict}})
        line["planted"] += 1
        line[verdict.value] += 1
    return dict(sorted(counts.items()))
