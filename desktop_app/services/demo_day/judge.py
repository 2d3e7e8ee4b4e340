"""Found against planted: is every automatic match true, and was everything planted found?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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
    for group in {planted.matter_numbers for planted in truth.records.values()}:
        members = [results[number] for number in sorted(group) if number in results]
        cases += _records(members, truth, numbers)
    cases += [case for result in found.records for case in _links(result, truth)]
    cases += [case for row in found.crm for case in _rows(row, truth, results)]
    cases += _calls(found, truth)
    return Judgement(tuple(sorted(cases, key=lambda case: (case.side, case.id))))


def _records(members: Sequence[RecordResult], truth: Truth, numbers: dict[str, str]) -> Iterator[Case]:
    """Judge the records of one matter: one stands for it, the others are its doubles, whichever is which."""
    if not members:
        return
    first = _original(truth.records[members[0].record.number], truth)
    heads = sorted(
        (result for result in members if result.status is not RecordStatus.DUPLICATE),
        key=lambda result: (result.crm_id != first.crm_id, result.record.number != first.number),
    )
    for result in members:
        planted = truth.records[result.record.number]
        verdict, told = _head(result, first)
        if result.status is RecordStatus.DUPLICATE:
            of = numbers.get(result.duplicate_of, result.duplicate_of)
            true = of in planted.matter_numbers and of != planted.number and bool(heads)
            verdict, told = Verdict.RIGHT if true else Verdict.WRONG, f"duplicate of {of}"
        elif result is not heads[0] and verdict is not Verdict.WRONG:
            asked = result.status is RecordStatus.AMBIGUOUS and not all(
                truth.records[number].sure for number in planted.matter_numbers
            )
            verdict = Verdict.PERSON if asked else Verdict.MISSED
        stands = bool(heads) and result is heads[0]
        expected = first.status if stands else RecordStatus.DUPLICATE
        yield Case("record", planted.number, expected, told, verdict, planted.tags)


def _original(planted: RecordTruth, truth: Truth) -> RecordTruth:
    """Return the record of the matter that the others double."""
    group = (truth.records[number] for number in sorted(planted.matter_numbers))
    return min(group, key=lambda record: record.status is RecordStatus.DUPLICATE)


def _head(result: RecordResult, planted: RecordTruth) -> tuple[Verdict, str]:
    told = f"{result.status} {result.crm_id}".strip()
    if result.status in _LINKED or (result.crm_id and result.status is not RecordStatus.AMBIGUOUS):
        if planted.undecidable or result.crm_id != planted.crm_id:
            return Verdict.WRONG, told
        return _differences(result, planted)
    if result.status is RecordStatus.AMBIGUOUS:
        lost = planted.sure and planted.status is RecordStatus.TO_BACKFILL
        return Verdict.MISSED if lost else Verdict.PERSON, told
    right = result.status is planted.status is RecordStatus.TO_BACKFILL
    return Verdict.RIGHT if right else Verdict.MISSED, told


def _differences(result: RecordResult, planted: RecordTruth) -> tuple[Verdict, str]:
    fields = {difference.field for difference in result.differences}
    told = f"{result.status} {','.join(sorted(fields))}".strip()
    # A double may lack the field in which the original differs.
    needed = planted.differs if result.record.number == planted.number else frozenset()
    if not needed <= fields <= planted.differs | planted.may_differ:
        return Verdict.MISSED, told
    expected = RecordStatus.DIFFERS if fields else RecordStatus.MATCHED
    return Verdict.RIGHT if result.status is expected else Verdict.MISSED, told


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
