"""How old a snapshot is, in the words of people."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from desktop_app.domain.customers import Snapshot
from desktop_app.ui.customers.age_words import snapshot_told
from desktop_app.words import Language, Words

NOW = datetime(2026, 3, 20, 2, 0, tzinfo=UTC)
"""10:00 in Shanghai."""


@pytest.mark.parametrize(
    ("language", "ago", "told"),
    [
        ("zh", timedelta(hours=2), "客户快照：今天 08:00"),
        ("zh", timedelta(hours=11), "客户快照：昨天 23:00"),
        ("zh", timedelta(days=3), "客户快照：03-17，3 天前"),
        ("zh", timedelta(days=9), "客户快照：03-11，9 天前，可能过时"),
        ("en", timedelta(hours=2), "Customer snapshot of 08:00 today"),
        ("en", timedelta(hours=11), "Customer snapshot of 23:00 yesterday"),
        ("en", timedelta(days=3), "Customer snapshot of 03-17, 3 days ago"),
    ],
)
def test_a_snapshot_is_as_old_as_people_say(language: Language, ago: timedelta, told: str) -> None:
    snapshot = Snapshot("customers.csv", 4, NOW - ago, NOW, "8021")
    assert snapshot_told(Words(language), snapshot, ZoneInfo("Asia/Shanghai"), 7, NOW) == told
