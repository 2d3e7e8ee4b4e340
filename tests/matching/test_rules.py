"""The cases in which a matcher is tempted to be wrong, and those in which it must not be shy."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.domain.numbers import Number
from desktop_app.domain.reconciliation import (
    Call,
    CallStatus,
    CrmRow,
    CrmStatus,
    Decision,
    HandRecord,
    Reconciliation,
    RecordStatus,
    Window,
)
from desktop_app.matching.pipeline import reconcile
from tests.matching.objects import call, minutes, record, row

S = RecordStatus
MATCHED = (S.MATCHED, S.DIFFERS)
PLAIN = [("王芳", "路灯不亮"), ("陈杰", "快递柜打不开"), ("赵敏", "门禁卡失灵"), ("周强", "发票开错抬头")]


def plain(index: int, name: str, what: str) -> tuple[HandRecord, CrmRow]:
    fields = {"caller_name": name, "phone": f"1312345{7000 + 37 * index}", "summary": f"{what}{index}号"}
    return record(90 + index, 11 * index, **fields), row(90 + index, 11 * index, **fields)


OTHERS = [plain(index, name, what) for index, (name, what) in enumerate(PLAIN)]


def run(
    records: list[HandRecord], rows: list[CrmRow], calls: list[Call] | None = None, **more: object
) -> Reconciliation:
    """Reconcile in the company of four plain pairs, which must come out right beside anything."""
    found = reconcile(
        [*records, *(one for one, _ in OTHERS)],
        [*rows, *(other for _, other in OTHERS)],
        calls or [],
        crm_read=True,
        calls_read=calls is not None,
        **more,
    )
    plain = found.records[len(records) :]
    assert [result.crm_id for result in plain] == [other.id for _, other in OTHERS]
    assert all(result.status is S.MATCHED for result in plain)
    return found


def statuses(found: Reconciliation, count: int) -> list[RecordStatus]:
    return [result.status for result in found.records[:count]]


@pytest.mark.parametrize(
    "changed",
    [
        {"phone": "１３１２３４５０００１"},
        {"phone": "+86 131 2345 0001"},
        {"phone": "13123450010"},
        {"phone": "13123450007"},
        {"phone": "1312345001"},
        {"phone": "13123450077", "address": "3-2-1602"},
        {"phone": "", "address": "三幢二单元1602"},
        {"caller_name": "李莉"},
        {"caller_name": "李女士"},
        {"caller_name": ""},
        {"occurred_at": minutes(8)},
        {"occurred_at": None},
        {"summary": "<p>厨房水管爆裂漏到楼下邻居客厅</p>"},
        {"summary": "客户反映厨房水管爆裂漏到邻居客厅"},
        {"phone": "", "occurred_at": None, "texts": (f"手工单{Number('07', 1)}补录",)},
    ],
)
def test_a_slip_does_not_hide_a_match(changed: dict[str, object]) -> None:
    found = run([record(1, address="3号楼2单元1602室")], [replace(row(1, address="3-2-1602"), **changed)])
    assert found.records[0].status in MATCHED
    assert found.records[0].crm_id == "c1"
    assert found.records[0].reasons


def test_times_eight_hours_off_are_moved() -> None:
    rows = [replace(other, occurred_at=minutes(11 * index - 480)) for index, (_, other) in enumerate(OTHERS)]
    found = reconcile([one for one, _ in OTHERS], rows, [], crm_read=True, calls_read=False)
    assert found.crm_offset_hours == 8
    assert all(result.status is S.MATCHED for result in found.records)
    fixed = reconcile(
        [one for one, _ in OTHERS], rows, [], crm_read=True, calls_read=False, crm_zone_fixed=True
    )
    assert fixed.crm_offset_hours == 0


def test_two_records_of_a_caller_and_one_row_that_may_be_either() -> None:
    found = run([record(1, 0), record(2, 20)], [row(1, 10)])
    assert not set(statuses(found, 2)) & set(MATCHED)


def test_two_matters_of_a_caller_find_their_own_rows() -> None:
    records = [record(1, 0), record(2, 120, summary="要求补开三月份增值税发票")]
    rows = [row(2, 121, summary="要求补开三月份增值税发票"), row(1, 1)]
    found = run(records, rows)
    assert [result.crm_id for result in found.records[:2]] == ["c1", "c2"]


def test_one_row_of_two_matters_leaves_the_other_to_back_fill() -> None:
    found = run([record(1, 0), record(2, 120, summary="要求补开三月份增值税发票")], [row(1, 1)])
    assert statuses(found, 2) == [S.MATCHED, S.TO_BACKFILL]


@pytest.mark.parametrize("days", [-3, -1, 2])
def test_a_row_of_another_day_is_not_this_call(days: int) -> None:
    found = run([record(1, summary="停水")], [row(1, days * 1440, days * 1440 + 5, summary="停水")])
    assert found.records[0].status not in MATCHED


def test_a_household_shares_a_phone() -> None:
    found = run([record(1, summary="停水")], [row(1, 2, caller_name="王强", summary="停水")])
    assert found.records[0].status not in MATCHED


def test_a_household_shares_phone_door_hour_and_words() -> None:
    found = run([record(1, address="3-2-1602")], [row(1, 1, caller_name="王强", address="3-2-1602")])
    assert found.records[0].status is S.AMBIGUOUS


def test_a_near_phone_that_is_somebody_elses_is_not_trusted() -> None:
    near = row(1, 1, phone="13123450002")
    assert run([record(1)], [near]).records[0].status is S.DIFFERS
    holder = record(2, 300, phone="13123450002", caller_name="王强", summary="电梯困人")
    assert run([record(1), holder], [near]).records[0].status is S.AMBIGUOUS


def test_a_number_does_not_outweigh_two_contradictions() -> None:
    mine = record(1, address="3-2-1602")
    other = row(1, 1, number=mine.number, phone="13123459876", caller_name="王强", address="3-2-1602")
    assert run([mine], [other]).records[0].status is S.AMBIGUOUS


def test_two_of_one_name_are_two() -> None:
    found = run([record(1, summary="停水")], [row(1, 1, phone="13123459876", summary="停水")])
    assert found.records[0].status not in MATCHED


def test_neighbours_report_one_outage() -> None:
    found = run(
        [record(1, address="3-2-1602", phone="", caller_name="")],
        [row(1, 1, address="3-2-1502", phone="13123450002", caller_name="张伟")],
    )
    assert found.records[0].status is S.TO_BACKFILL


def test_a_number_one_digit_off_that_exists_itself() -> None:
    records = [record(1), record(2, 3, phone="13123450002")]
    found = run(records, [row(2, 3, phone="13123450002")])
    assert found.records[0].crm_id == ""
    assert found.records[1].crm_id in ("", "c2")


def test_a_record_number_written_into_another_row() -> None:
    mine = str(Number("07", 1))
    found = run(
        [record(1)],
        [row(2, 55, number=mine, caller_name="赵伟", phone="13123459876", summary="电梯困人")],
    )
    assert found.records[0].status is S.AMBIGUOUS


def test_a_row_that_names_another_record_is_not_taken() -> None:
    found = run([record(1)], [row(1, number=str(Number("08", 77)))])
    assert found.records[0].status is S.AMBIGUOUS


def test_dozens_of_one_word_find_their_own_by_phone_and_time() -> None:
    people = [(index, f"1312345{index * 137 % 10_000:04d}") for index in range(1, 31)]
    names = "伟芳娜敏静丽强磊军洋"
    records = [
        record(index, index * 5, phone=phone, caller_name=f"王{names[index % 10]}", summary="停水")
        for index, phone in people
    ]
    rows = [
        row(index, index * 5 + 1, phone=phone, caller_name=f"王{names[index % 10]}", summary="停水")
        for index, phone in people
    ]
    found = run(records, rows)
    matched = [result for result in found.records[:30] if result.status in MATCHED]
    assert len(matched) >= 27
    assert all(result.crm_id == f"c{result.record.key[1:]}" for result in matched)


def test_the_same_row_twice_in_the_crm_goes_to_a_person() -> None:
    found = run([record(1)], [row(1), row(2)])
    assert found.records[0].status is S.AMBIGUOUS
    assert {candidate.crm_id for candidate in found.records[0].candidates} == {"c1", "c2"}


def test_a_written_crm_number_binds_and_is_compared() -> None:
    found = run([record(1, crm_id="c1"), record(2, 200, crm_id="c404")], [row(1, address="3-2-1602")])
    assert statuses(found, 2) == [S.MATCHED, S.BACKFILLED]
    found = run([record(1, crm_id="c1", address="3-2-1502")], [row(1, address="3-2-1602")])
    assert found.records[0].status is S.DIFFERS
    assert [difference.field for difference in found.records[0].differences] == ["address"]


def test_one_row_is_never_given_to_two_records() -> None:
    records = [
        record(1, crm_id="c1"),
        record(2, 200, crm_id="c1", phone="13123454444", caller_name="王伟", summary="停电"),
    ]
    found = run(records, [row(1)])
    assert statuses(found, 2) == [S.MATCHED, S.AMBIGUOUS]
    assert found.crm[0].record == "r1"
    assert found.records[1].reasons[0].code == "claimed_twice"


def test_a_person_decides() -> None:
    records, rows = [record(1, 0), record(2, 20)], [row(1, 10)]
    decided = run(records, rows, decisions={"r2": Decision(crm_id="c1"), "r1": Decision(waived="测试来电")})
    assert statuses(decided, 2) == [S.WAIVED, S.MATCHED]
    rejected = run([record(1)], [row(1)], decisions={"r1": Decision(rejected=frozenset({"c1"}))})
    assert rejected.records[0].status is S.TO_BACKFILL
    assert rejected.crm[0].status is CrmStatus.CRM_ONLY


def test_what_lies_outside_the_window_is_not_judged() -> None:
    window = Window(minutes(-10), minutes(100))
    found = run([record(1, -60), record(2, 5)], [row(9, -600, -590, phone="13123459999")], window=window)
    assert statuses(found, 2) == [S.OUTSIDE, S.TO_BACKFILL]
    assert found.crm[0].status is CrmStatus.OUTSIDE


def test_without_an_export_nothing_is_in_it() -> None:
    found = reconcile([record(1), record(2, 200, crm_id="c2")], [], [], crm_read=False, calls_read=False)
    assert statuses(found, 2) == [S.TO_BACKFILL, S.BACKFILLED]


def test_a_category_differs_only_where_the_profile_says_so() -> None:
    found = run([record(1, category="报修")], [row(1, category="Leak")], category_words={"Leak": "报修"})
    assert found.records[0].status is S.MATCHED
    found = run([record(1, category="查询")], [row(1, category="Leak")], category_words={"Leak": "报修"})
    assert [difference.field for difference in found.records[0].differences] == ["category"]
    found = run([record(1, category="查询")], [row(1, category="Leak")])
    assert found.records[0].status is S.MATCHED


def test_the_crm_row_gives_the_number_to_find_the_call_by() -> None:
    log = [call(90 + index, 11 * index, caller=one.phone) for index, (one, _) in enumerate(OTHERS)]
    mine = record(1, 24, phone="", agent="8029")
    others = [call(1, agent="SIP/8029"), call(2, 23, caller="13123458888", agent="SIP/8029")]
    found = run([mine], [row(1, number=mine.number)], [*others, *log])
    assert found.records[0].call_ids == ("k1",)
    assert found.calls[1].status is CallStatus.NOT_RECORDED


def test_the_call_log_gives_a_missing_number() -> None:
    log = [call(90 + index, 11 * index, caller=one.phone) for index, (one, _) in enumerate(OTHERS)]
    found = run([record(1, 1, phone="")], [row(1)], [call(1), *log])
    assert found.records[0].status is S.MATCHED
    assert found.records[0].call_ids == ("k1",)
