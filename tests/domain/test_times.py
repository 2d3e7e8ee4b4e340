"""Every spelling of a moment that exports and typed tables were seen to use."""

from datetime import UTC, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.errors import KnownError
from desktop_app.domain.times import day_first, parse_iso, parse_moment, zone_of

SHANGHAI = ZoneInfo("Asia/Shanghai")


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01 08:00:05", utc(2026, 3, 1, 0, 0, 5)),
        ("2026-03-01T08:00:05", utc(2026, 3, 1, 0, 0, 5)),
        ("2026-03-01T08:00:05Z", utc(2026, 3, 1, 8, 0, 5)),
        ("2026-03-01T08:00:05+09:00", utc(2026, 2, 28, 23, 0, 5)),
        ("2026-03-01T08:00:05.250-0500", utc(2026, 3, 1, 13, 0, 5, 250000)),
        ("2016-07-28 20:44:08 +0800", utc(2016, 7, 28, 12, 44, 8)),
        ("2026-03-01 08:00", utc(2026, 3, 1, 0, 0)),
        ("2026/3/1 8:07", utc(2026, 3, 1, 0, 7)),
        ("2026.3.1 8:07:09", utc(2026, 3, 1, 0, 7, 9)),
        ("2026年3月1日 8时9分", utc(2026, 3, 1, 0, 9)),
        ("2026年03月01日8时9分30秒", utc(2026, 3, 1, 0, 9, 30)),
        ("2026年3月1日 下午3点", utc(2026, 3, 1, 7)),
        ("2026年3月1日 下午3点半", utc(2026, 3, 1, 7, 30)),
        ("2026/3/1 上午 8:07", utc(2026, 3, 1, 0, 7)),
        ("2026/3/1 上午 12:07", utc(2026, 2, 28, 16, 7)),
        ("2026/3/1 中午12:07", utc(2026, 3, 1, 4, 7)),
        ("2026/3/1 晚上 9:30", utc(2026, 3, 1, 13, 30)),
        ("2026/3/1 下午 15:07", utc(2026, 3, 1, 7, 7)),
        ("2026/3/1 星期日 8:07", utc(2026, 3, 1, 0, 7)),
        ("11/22/2026 03:50 AM", utc(2026, 11, 21, 19, 50)),
        ("11/22/2026 12:50 AM", utc(2026, 11, 21, 16, 50)),
        ("11/22/2026 12:50 PM", utc(2026, 11, 22, 4, 50)),
        ("22/11/2026 15:50", utc(2026, 11, 22, 7, 50)),
        ("01.03.2026 08:00", utc(2026, 3, 1)),
        ("3/3/2026 08:00", utc(2026, 3, 3)),
        ("1 Mar 2026 08:00", utc(2026, 3, 1)),
        ("Mar 1, 2026 8:00 AM", utc(2026, 3, 1)),
        ("20260301080005", utc(2026, 3, 1, 0, 0, 5)),
        ("20260301 0800", utc(2026, 3, 1)),
        ("46082.25", utc(2026, 2, 28, 22)),
        ("46082.333391203705", utc(2026, 3, 1, 0, 0, 5)),
        ("1795290074", datetime.fromtimestamp(1795290074, UTC)),
        ("1795290074000", datetime.fromtimestamp(1795290074, UTC)),
        ("2026-03-01 24:00:00", utc(2026, 3, 1, 16)),
    ],
)
def test_spellings(text: str, expected: datetime) -> None:
    assert parse_moment(text, SHANGHAI) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "明天",
        "2026-03-01",
        "2026/3/1",
        "20260301",
        "3/1/2026 08:00",
        "2026-02-30 08:00",
        "2026-13-01 08:00",
        "13123450001",
        "2026-03-01 25:00",
        "2026-03-01 08:61",
        "08:00",
        "WS01-000001",
        "2026-03-01 8",
        "99999999999999",
        "0001-01-01 00:00",
        "2026-03-01 08:00 and more",
        "1" * 500,
        "2026-03-01 上午8:00 PM",
    ],
)
def test_not_a_moment(text: str) -> None:
    assert parse_moment(text, SHANGHAI) is None


def test_ambiguous_days_are_decided_by_the_column() -> None:
    assert day_first(["3/1/2026 08:00", "25/1/2026 08:00"]) is True
    assert day_first(["3/1/2026 08:00", "1/25/2026 08:00"]) is False
    assert day_first(["3/1/2026 08:00", "2026-03-01"]) is None
    assert day_first(["25/1/2026", "1/25/2026"]) is None
    assert parse_moment("3/1/2026 08:00", SHANGHAI, day_first=True) == utc(2026, 1, 3)
    assert parse_moment("3/1/2026 08:00", SHANGHAI, day_first=False) == utc(2026, 3, 1)


def test_a_date_alone_takes_the_time_it_is_given() -> None:
    assert parse_moment("2026-03-01", SHANGHAI, date_at=time(23, 59)) == utc(2026, 3, 1, 15, 59)
    assert parse_moment("2026年3月1日", SHANGHAI, date_at=time(23, 59)) == utc(2026, 3, 1, 15, 59)


def test_iso_is_strict() -> None:
    assert parse_iso("2026-03-01T08:00+08:00", UTC) == utc(2026, 3, 1)
    assert parse_iso("2026-03-01T08:00", SHANGHAI) == utc(2026, 3, 1)
    for text in ("2026/3/1 8:07", "2026-03-01", "1795290074", "", "2026-03-01T08:00+99:00"):
        assert parse_iso(text, SHANGHAI) is None


def test_zones() -> None:
    assert zone_of("Asia/Shanghai") == SHANGHAI
    assert zone_of("+08:00") == timezone(timedelta(hours=8))
    assert zone_of("UTC") is UTC
    for wrong in ("", "Mars/Olympus", "../etc", "+99:00", "Asia"):
        with pytest.raises(KnownError):
            zone_of(wrong)


@given(st.datetimes(datetime(1992, 1, 1), datetime(2090, 1, 1)))  # noqa: DTZ001 - the zone follows
def test_written_and_read_again(moment: datetime) -> None:
    expected = moment.replace(microsecond=0, tzinfo=SHANGHAI).astimezone(UTC)
    chinese = (
        f"{moment.year}年{moment.month}月{moment.day}日 {moment.hour}时{moment.minute}分{moment.second}秒"
    )
    for text in (f"{moment:%Y-%m-%d %H:%M:%S}", f"{moment:%m/%d/%Y %I:%M:%S %p}", chinese):
        assert parse_moment(text, SHANGHAI, day_first=False) == expected


@given(st.text(max_size=80))
def test_no_text_raises(text: str) -> None:
    for found in (parse_moment(text, SHANGHAI, day_first=True, date_at=time()), parse_iso(text, UTC)):
        assert found is None or found.tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-03-02T00:30:01.000001Z", datetime(2026, 3, 2, 0, 30, 1, 1, tzinfo=UTC)),
        ("2026-03-02T24:00:00.000000Z", datetime(2026, 3, 3, tzinfo=UTC)),
        ("2026-03-02T00:30:60.000000Z", datetime(2026, 3, 2, 0, 30, 59, tzinfo=UTC)),
        ("2026-W10-1T00:30:01.000000Z", None),
        ("2026-02-30T00:30:01.000000Z", None),
    ],
)
def test_the_journals_own_spelling_is_read_as_any_other(text: str, read: datetime | None) -> None:
    assert parse_iso(text, UTC) == read
    assert parse_iso(f" {text} ", UTC) == read
