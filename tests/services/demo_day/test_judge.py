"""The judge must see every false answer, or a passed demo would prove nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from desktop_app.domain.reconciliation import (
    CallResult,
    CallStatus,
    CrmResult,
    CrmStatus,
    Difference,
    Reconciliation,
    RecordResult,
    RecordStatus,
)
from desktop_app.services.demo_day.judge import Verdict, judge
from desktop_app.services.demo_day.plan import Plan
from desktop_app.services.demo_day.truth import Truth
from desktop_app.services.demo_day.world import Day, day_of
from tests.services.demo_day.objects import crm_rows, hand_records, log_calls

PLAN = Plan(calls=200, stations=3, seed=5)


def true_answer(day: Day) -> tuple[Reconciliation, Truth]:
    """What somebody who knows the truth would find."""
    numbers = day.numbers()
    after = day.aftermath(numbers)
    truth = after.truth
    records = hand_records(day, numbers)
    keys = {record.number: record.key for record in records}
    results = []
    for record in records:
        planted = truth.records[record.number]
        linked = planted.status in (RecordStatus.MATCHED, RecordStatus.DIFFERS)
        original = min(
            planted.matter_numbers, key=lambda n: truth.records[n].status is RecordStatus.DUPLICATE
        )
        results.append(
            RecordResult(
                record,
                planted.status,
                planted.crm_id if linked else "",
                (planted.call_id,) if planted.call_id and not planted.undecidable_call else (),
                duplicate_of=keys[original] if planted.status is RecordStatus.DUPLICATE else "",
                differences=tuple(Difference(field, "a", "b") for field in planted.differs),
            )
        )
    rows = [
        CrmResult(
            row,
            CrmStatus.CRM_ONLY if "twin_namesakes" in truth.crm[row.id].tags else truth.crm[row.id].status,
        )
        for row in crm_rows(after.rows)
    ]
    calls = []
    for call in log_calls(day):
        planted_call = truth.calls[call.id]
        undecided = "twin_written" in planted_call.tags
        calls.append(CallResult(call, CallStatus.NOT_RECORDED if undecided else planted_call.status))
    return Reconciliation(tuple(results), tuple(rows), tuple(calls), crm_read=True, calls_read=True), truth


def changed(found: Reconciliation, place: int, **changes: object) -> Reconciliation:
    results = list(found.records)
    results[place] = replace(results[place], **changes)
    return replace(found, records=tuple(results))


@pytest.fixture(scope="module")
def answer() -> tuple[Reconciliation, Truth]:
    return true_answer(day_of(PLAN))


def test_the_truth_passes(answer: tuple[Reconciliation, Truth]) -> None:
    judgement = judge(*answer)
    assert judgement.of(Verdict.WRONG) == []
    assert judgement.of(Verdict.MISSED) == []
    assert judgement.passed
    # What nobody can decide, and nothing else, is left to a person.
    twins = {"twin_namesakes", "twin_anonymous", "twin_written"}
    assert judgement.of(Verdict.PERSON)
    assert all(case.tags & twins for case in judgement.of(Verdict.PERSON))
    assert judgement.person_share < 0.03


def places(answer: tuple[Reconciliation, Truth], status: RecordStatus) -> list[int]:
    found, _ = answer
    return [place for place, result in enumerate(found.records) if result.status is status]


@pytest.mark.parametrize("status", [RecordStatus.MATCHED, RecordStatus.TO_BACKFILL, RecordStatus.AMBIGUOUS])
def test_a_foreign_row_is_wrong(answer: tuple[Reconciliation, Truth], status: RecordStatus) -> None:
    found, truth = answer
    place = places(answer, status)[0]
    foreign = next(
        row.row.id
        for row in found.crm
        if row.row.id != truth.records[found.records[place].record.number].crm_id
    )
    bad = judge(changed(found, place, status=RecordStatus.MATCHED, crm_id=foreign), truth)
    assert len(bad.of(Verdict.WRONG)) == 1


@pytest.mark.parametrize("status", [RecordStatus.MATCHED, RecordStatus.DUPLICATE, RecordStatus.DIFFERS])
def test_what_is_given_up_is_missed(answer: tuple[Reconciliation, Truth], status: RecordStatus) -> None:
    found, truth = answer
    place = places(answer, status)[0]
    bad = judge(changed(found, place, status=RecordStatus.TO_BACKFILL, crm_id="", duplicate_of=""), truth)
    assert not bad.of(Verdict.WRONG)
    assert len(bad.of(Verdict.MISSED)) == 1


def test_leaving_a_match_to_a_person_is_neither_wrong_nor_missed(
    answer: tuple[Reconciliation, Truth],
) -> None:
    found, truth = answer
    place = places(answer, RecordStatus.MATCHED)[0]
    good = judge(changed(found, place, status=RecordStatus.AMBIGUOUS, crm_id=""), truth)
    assert good.passed
    assert good.person_share > judge(found, truth).person_share


def test_a_sure_omission_left_to_a_person_is_missed(answer: tuple[Reconciliation, Truth]) -> None:
    found, truth = answer
    place = next(
        place
        for place in places(answer, RecordStatus.TO_BACKFILL)
        if truth.records[found.records[place].record.number].sure
    )
    bad = judge(changed(found, place, status=RecordStatus.AMBIGUOUS), truth)
    assert len(bad.of(Verdict.MISSED)) == 1


def test_the_later_of_two_entries_is_the_double(answer: tuple[Reconciliation, Truth]) -> None:
    found, truth = answer
    second = places(answer, RecordStatus.DUPLICATE)[0]
    double = found.records[second]
    first = next(p for p, result in enumerate(found.records) if result.record.key == double.duplicate_of)
    head = found.records[first]
    swapped = changed(
        changed(
            found,
            first,
            status=RecordStatus.DUPLICATE,
            crm_id="",
            duplicate_of=double.record.key,
            differences=(),
        ),
        second,
        status=head.status,
        crm_id=head.crm_id,
        duplicate_of="",
        differences=head.differences,
    )
    bad = judge(swapped, truth)
    assert not bad.of(Verdict.WRONG)
    assert {case.id for case in bad.of(Verdict.MISSED)} == {head.record.number, double.record.number}


def test_another_automatic_status_is_missed(answer: tuple[Reconciliation, Truth]) -> None:
    found, truth = answer
    matched, differing = places(answer, RecordStatus.MATCHED)[0], places(answer, RecordStatus.DIFFERS)[0]
    name = (Difference("caller_name", "a", "b"),)
    for place, status, differences in (
        (matched, RecordStatus.DIFFERS, name),
        (matched, RecordStatus.DIFFERS, ()),
        (matched, RecordStatus.MATCHED, name),
        (differing, RecordStatus.MATCHED, ()),
        (differing, RecordStatus.DIFFERS, (Difference("summary", "a", "b"),)),
    ):
        told = {difference.field for difference in differences}
        planted = truth.records[found.records[place].record.number]
        assert (status, told) != (planted.status, set(planted.differs))
        bad = judge(changed(found, place, status=status, differences=differences), truth)
        assert [case.id for case in bad.of(Verdict.MISSED)] == [planted.number]


def test_the_counts_of_each_status_add_up(answer: tuple[Reconciliation, Truth]) -> None:
    found, truth = answer
    counts = judge(found, truth).by_status()
    planted = Counter(f"record.{record.status}" for record in truth.records.values())
    planted += Counter(f"crm.{row.status}" for row in truth.crm.values())
    planted += Counter(f"call.{call.status}" for call in truth.calls.values())
    for name, number in planted.items():
        assert counts[name]["planted"] == number
        assert sum(counts[name][verdict] for verdict in Verdict) == number


def test_a_double_of_a_stranger_is_wrong(answer: tuple[Reconciliation, Truth]) -> None:
    found, truth = answer
    first, second = places(answer, RecordStatus.MATCHED)[:2]
    bad = judge(
        changed(
            found,
            first,
            status=RecordStatus.DUPLICATE,
            duplicate_of=found.records[second].record.key,
            crm_id="",
        ),
        truth,
    )
    assert bad.of(Verdict.WRONG)


def test_a_foreign_call_is_wrong(answer: tuple[Reconciliation, Truth]) -> None:
    found, truth = answer
    for place, result in enumerate(found.records):
        other = next(call.call.id for call in found.calls if call.call.id not in result.call_ids)
        planted = truth.records[result.record.number]
        if other != planted.call_id:
            assert judge(changed(found, place, call_ids=(other,)), truth).of(Verdict.WRONG)
            break


def test_a_call_that_nobody_wrote_down_must_be_found(answer: tuple[Reconciliation, Truth]) -> None:
    found, truth = answer
    calls = list(found.calls)
    place = next(
        place
        for place, result in enumerate(calls)
        if result.status is CallStatus.NOT_RECORDED and "twin_written" not in truth.calls[result.call.id].tags
    )
    calls[place] = replace(calls[place], status=CallStatus.RECORDED)
    assert len(judge(replace(found, calls=tuple(calls)), truth).of(Verdict.MISSED)) == 1


@pytest.mark.parametrize("read", [0, 2])
def test_a_call_read_twice_or_not_at_all_is_missed(answer: tuple[Reconciliation, Truth], read: int) -> None:
    found, truth = answer
    bad = judge(replace(found, calls=found.calls[1:] + found.calls[:1] * read), truth)
    assert len(bad.of(Verdict.MISSED)) == 1
