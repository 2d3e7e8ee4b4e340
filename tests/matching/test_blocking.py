from datetime import timedelta

import pytest

from desktop_app.domain.reconciliation import CrmRow, HandRecord
from desktop_app.matching.blocking import candidate_pairs
from desktop_app.matching.features import record_side, row_side
from tests.matching.objects import record, row

BARE: dict[str, object] = {"caller_name": "", "phone": "", "summary": "停水"}


def pairs(records: list[HandRecord], rows: list[CrmRow]) -> list[tuple[int, int]]:
    return candidate_pairs(
        [record_side(one) for one in records], [row_side(one, frozenset(), timedelta(0)) for one in rows]
    )


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ({"phone": "13123450001"}, {"phone": "+86 131 2345 0001"}),
        ({"phone": "13123450001"}, {"phone": "13123450010"}),
        ({"phone": "13123450001"}, {"phone": "13123950001"}),
        ({"phone": "13123450001"}, {"phone": "1312345001"}),
        ({"phone": "01055501000"}, {"phone": "55501000"}),
        ({"caller_name": "李丽"}, {"caller_name": "李莉女士"}),
        ({"caller_name": "张伟国"}, {"caller_name": "Weiguo Zhang"}),
        ({"customer_no": "C-77"}, {"customer_no": "c-77"}),
        ({"address": "3-2-1602"}, {"address": "三幢二单元1602"}),
    ],
)
def test_each_way_to_agree_is_a_key(mine: dict[str, object], theirs: dict[str, object]) -> None:
    apart = {"received_at": None}
    assert pairs([record(1, **BARE | apart | mine)], [row(1, None, None, **BARE | theirs)]) == [(0, 0)]


def test_what_shares_nothing_is_not_compared() -> None:
    records = [record(index, index * 60, caller_name="", phone=f"1312345{index}000") for index in range(1, 9)]
    rows = [
        row(index, index * 60 + 4000, caller_name="", phone=f"0571555{index}0999") for index in range(1, 9)
    ]
    assert pairs(records, rows) == []


def test_a_huge_block_keeps_unique_evidence() -> None:
    """A switchboard's number on everything: each record still meets the row that names it, few meet all."""
    many = 300
    records = [record(index, index * 40, caller_name="", phone="4008100001") for index in range(1, many)]
    rows = [
        row(index, None, None, caller_name="", phone="4008100001", texts=(records[index - 1].number,))
        for index in range(1, many)
    ]
    found = pairs(records, rows)
    assert {(index, index) for index in range(many - 1)} <= set(found)
    assert len(found) < many * many / 10
