"""What people type for a time, a count, an amount, a yes."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.entries import Value, moment_text
from desktop_app.domain.fields import FIELDS, RECORD_FIELDS, to_correct, unreadable
from desktop_app.domain.typed import holds, moment_shown, read_integer, read_moment, read_money, typed

ZONE = ZoneInfo("Asia/Shanghai")
EVENING = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "past", "ahead"),
    [
        ("17:30", "2026-03-02 17:30", "2026-03-02 17:30"),
        ("14:05", "2026-03-02 14:05", "2026-03-03 14:05"),
        ("１４：０５", "2026-03-02 14:05", "2026-03-03 14:05"),
        ("1405", "2026-03-02 14:05", "2026-03-03 14:05"),
        ("23:50", "2026-03-01 23:50", "2026-03-02 23:50"),
        ("下午3点半", "2026-03-02 15:30", "2026-03-03 15:30"),
        ("明天 9:00", "2026-03-03 09:00", "2026-03-03 09:00"),
        ("明天下午3点", "2026-03-03 15:00", "2026-03-03 15:00"),
        ("昨天 9:00", "2026-03-01 09:00", "2026-03-01 09:00"),
        ("3-5 14:00", "2026-03-05 14:00", "2026-03-05 14:00"),
        ("3月5日 14:00", "2026-03-05 14:00", "2026-03-05 14:00"),
        ("2026/3/5 14:00", "2026-03-05 14:00", "2026-03-05 14:00"),
        ("+30", "2026-03-02 18:30", "2026-03-02 18:30"),
        ("2小时后", "2026-03-02 20:00", "2026-03-02 20:00"),
        ("t", "2026-03-02 18:00", "2026-03-02 18:00"),
        ("3点", "2026-03-02 03:00", None),
        ("11点", "2026-03-02 11:00", None),
        ("晚饭后", None, None),
        ("明天", None, None),
        ("25:00", None, None),
        ("12345", None, None),
        ("+", None, None),
    ],
)
def test_a_time_as_it_is_typed(text: str, past: str | None, ahead: str | None) -> None:
    for asked, expected in ((False, past), (True, ahead)):
        moment = read_moment(text, ZONE, EVENING, ahead=asked)
        assert (moment and moment_shown(moment, ZONE)) == expected


@pytest.mark.parametrize(
    ("now", "text", "shown"),
    [
        ("2028-01-01 00:20", "12-31 23:50", "2027-12-31 23:50"),
        ("2027-12-31 23:50", "1-3 9:00", "2028-01-03 09:00"),
        ("2027-12-31 23:50", "2月29日 9:00", "2028-02-29 09:00"),
        ("2027-03-01 00:10", "2-29 9:00", None),
        ("2028-03-01 00:10", "2-29 23:50", "2028-02-29 23:50"),
        ("2027-06-20 12:00", "11-30 9:00", "2027-11-30 09:00"),
    ],
)
def test_a_day_at_the_turn_of_a_year_is_the_nearest(now: str, text: str, shown: str | None) -> None:
    moment = read_moment(text, ZONE, datetime.fromisoformat(now).replace(tzinfo=ZONE))
    assert (moment and moment_shown(moment, ZONE)) == shown


@pytest.mark.parametrize(
    ("text", "count"), [("３", 3), ("12 人", 12), ("两", None), ("-1", None), ("", None)]
)
def test_a_count(text: str, count: int | None) -> None:
    assert read_integer(text) == count


@pytest.mark.parametrize(
    ("text", "amount"),
    [("12.5", "12.50"), ("￥1,200", "1200.00"), ("３００元", "300.00"), ("很多", None), ("1.234", None)],
)
def test_an_amount(text: str, amount: str | None) -> None:
    assert read_money(text) == amount


def test_what_is_no_value_of_its_field_is_to_correct() -> None:
    values: dict[str, Value] = {
        "kind": "enquiry",
        "channel": "phone",
        "received_at": moment_text(EVENING),
        "caller_name": "李娜",
        "phone": "13123450001",
        "category": "电梯",
        "detail": "停水",
        "outcome": "answered",
    }
    assert to_correct(values) == ()
    bad: dict[str, Value] = {
        "callback_due": "晚饭后",
        "amount_taken": "很多",
        "mood": "气愤极了",
        "important": "也许",
    }
    assert set(unreadable({**values, **bad})) == bad.keys()
    assert set(to_correct({**values, **bad})) == bad.keys()
    assert to_correct({**values, "kind": "抱怨"}) == ("kind",)
    assert to_correct({}) == (
        "kind",
        "channel",
        "received_at",
        "caller_name",
        "category",
        "detail",
        "outcome",
    )


@given(st.text(), st.sampled_from(sorted(RECORD_FIELDS)))
def test_no_text_breaks_reading_or_showing(text: str, key: str) -> None:
    for ahead in (False, True):
        assert read_moment(text, ZONE, EVENING, ahead=ahead) is None or text
    read_integer(text), read_money(text), holds(FIELDS[key], text)
    assert typed(FIELDS[key], text, ZONE) or not text
