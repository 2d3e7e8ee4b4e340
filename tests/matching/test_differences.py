"""What differs between a record and its CRM row, by meaning."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop_app.matching.differences import find_differences
from tests.matching.objects import record, row

SAME = timedelta(0)


@pytest.mark.parametrize(
    ("mine", "theirs", "fields"),
    [
        ({"phone": "13123450001"}, {"phone": "+86 131 2345 0001"}, []),
        ({"phone": "13123450001"}, {"phone": "13123450002"}, ["phone"]),
        ({"phone": "13123450001"}, {"phone": ""}, []),
        ({"caller_name": "王伟先生"}, {"caller_name": "王伟"}, []),
        ({"caller_name": "王伟"}, {"caller_name": "李霞"}, ["caller_name"]),
        ({"address": "3-2-1602"}, {"address": "三幢二单元1602"}, []),
        ({"address": "3-2-1602"}, {"address": "3幢2单元1603室"}, ["address"]),
        ({"summary": "整栋楼没有水"}, {"summary": "停水了，问何时恢复"}, []),
        ({"customer_no": "K-17"}, {"customer_no": "K-18"}, ["customer_no"]),
        ({"category": "报修"}, {"category": "维修"}, []),
        ({"amount": "80.50"}, {"amount": "80.50"}, []),
        ({"amount": "80.50"}, {"amount": "8.50"}, ["amount_taken"]),
        ({"amount": "80.50"}, {"amount": "0.00"}, ["amount_taken"]),
        ({"amount": "80.50"}, {"amount": ""}, []),
        ({"amount": ""}, {"amount": "310.00"}, []),
    ],
)
def test_by_meaning(mine: dict[str, str], theirs: dict[str, str], fields: list[str]) -> None:
    one, other = replace(record(1), **mine), replace(row(1), **theirs)
    # Only what the case is about: everything else is made equal or left out.
    for name in ("phone", "caller_name", "address", "customer_no", "category", "summary"):
        if name not in mine:
            one, other = replace(one, **{name: ""}), replace(other, **{name: ""})
    other = replace(other, number="", occurred_at=one.received_at)
    assert [difference.field for difference in find_differences(one, other, {}, SAME)] == fields


def test_a_category_differs_where_the_profile_says_so() -> None:
    one = replace(record(1), category="repair")
    other = replace(row(1), category="投诉单", number="", occurred_at=one.received_at)
    found = find_differences(one, other, {"投诉单": "complaint"}, SAME)
    assert "category" in [difference.field for difference in found]
