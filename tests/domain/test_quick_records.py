"""A quick record is due at the next moment its days and time name."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from desktop_app.domain.kinds import Kind
from desktop_app.domain.quick_records import due, values_of
from desktop_app.domain.site_pack import QuickRecord
from desktop_app.domain.site_text import Bilingual

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
MEETING = QuickRecord("m", Bilingual("会后回复"), Kind.ENQUIRY, weekdays=(0, 2), until="10:30")
DAILY = QuickRecord("d", Bilingual("每天"), Kind.ENQUIRY, until="02:30")


def local(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-11-23T09:45", "2026-11-23T10:30"),  # Monday, during the meeting
        ("2026-11-23T10:29:59", "2026-11-23T10:30"),
        ("2026-11-23T10:30", "2026-11-25T10:30"),
        ("2026-11-23T18:00", "2026-11-25T10:30"),
        ("2026-11-25T10:31", "2026-11-30T10:30"),  # Wednesday, after it
        ("2026-11-22T23:59", "2026-11-23T10:30"),  # Sunday; in UTC it is still afternoon
        ("2026-11-23T00:10", "2026-11-23T10:30"),  # Monday there, Sunday in UTC
    ],
)
def test_the_next_meeting(now: str, then: str) -> None:
    assert due(MEETING, local(now), SHANGHAI) == local(then)


def test_without_days_every_day_counts_and_without_a_time_none() -> None:
    assert due(DAILY, local("2026-11-22T03:00"), SHANGHAI) == local("2026-11-23T02:30")
    nothing = QuickRecord("n", Bilingual("无"), Kind.ENQUIRY)
    assert due(nothing, local("2026-11-22T03:00"), SHANGHAI) is None


def test_a_single_day_comes_again_after_a_week() -> None:
    weekly = QuickRecord("w", Bilingual("周会"), Kind.ENQUIRY, weekdays=(0,), until="10:30")
    assert due(weekly, local("2026-11-23T10:30"), SHANGHAI) == local("2026-11-30T10:30")


def test_when_clocks_change() -> None:
    """02:30 does not exist on the last Sunday of March, and exists twice on that of October."""
    spring = due(DAILY, local("2027-03-28T01:00", BERLIN), BERLIN)
    assert spring == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    autumn = due(DAILY, local("2026-10-25T01:00", BERLIN), BERLIN)
    assert autumn == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_what_the_record_begins_with() -> None:
    quick = QuickRecord(
        "w",
        Bilingual("打错"),
        Kind.ENQUIRY,
        {"category": "other", "callback_needed": "no", "told_about_outage": "yes"},
        {"summary": Bilingual("打错电话", "Wrong number")},
    )
    assert values_of(quick, "en") == {
        "kind": "enquiry",
        "category": "other",
        "callback_needed": False,
        "told_about_outage": True,
        "summary": "Wrong number",
    }
    assert values_of(quick, "zh")["summary"] == "打错电话"
