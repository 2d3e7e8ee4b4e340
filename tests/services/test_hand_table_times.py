"""Times of day without a date: read where the table says of which day, and left alone where it does not."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from desktop_app.domain.times import parse_iso
from desktop_app.services.hand_table import Judged, judge, look_at
from desktop_app.services.hand_table_import import take_in
from desktop_app.services.hand_template import make_sheet
from desktop_app.services.progress import Progress
from desktop_app.storage.store import Store
from desktop_app.words import Words
from tests.services.test_hand_table import fill, foreign

MADE = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
BACK = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
"""09:00 and 16:00 of one day in Shanghai."""


@pytest.fixture
def sheet(store: Store, tmp_path: Path) -> Path:
    path = tmp_path / "sheet.xlsx"
    make_sheet(store, path, 8, Words("zh"), for_whom="前台", now=MADE)
    return path


def judged(store: Store, path: Path, now: datetime = BACK) -> Judged:
    return judge(store, look_at(store, path, path.parent, Progress()), Progress(), now=now)


def times(found: Judged, name: str = "received_at") -> list[str]:
    """Return the local times that were read; what was not as it was written."""
    shown = []
    for row in found.rows:
        text = str(row.values.get(name, ""))
        moment = parse_iso(text, UTC)
        shown.append(f"{moment.astimezone(UTC) + timedelta(hours=8):%d %H:%M}" if moment else text)
    return shown


def calls(*received: object) -> list[dict[str, object]]:
    return [{"received_at": one, "detail": f"第{at}件"} for at, one in enumerate(received)]


def test_a_sheet_made_and_brought_back_on_one_day_holds_that_days_calls(store: Store, sheet: Path) -> None:
    fill(sheet, *calls("09:30", time(14, 5), "1505", "下午3点半", "16:30", "2:05", "昨天下午"))
    found = judged(store, sheet)
    read = ["22 09:30", "22 14:05", "22 15:05", "22 15:30"]
    assert times(found) == [*read, "16:30", "2:05", "昨天下午"], "not yet come, either half, no time"
    assert ["received_at" in row.missing for row in found.rows] == [False] * 4 + [True] * 3
    assert [[one.code for one in row.remarks] for row in found.rows] == [[]] * 4 + [["table.time_kept"]] * 3


def test_one_that_comes_back_later_says_nothing_of_the_day(store: Store, sheet: Path) -> None:
    fill(sheet, *calls("09:30", "14:05"))
    assert times(judged(store, sheet, BACK + timedelta(days=1))) == ["09:30", "14:05"]


def test_a_date_stands_for_the_rows_below_until_the_clock_goes_back(store: Store, tmp_path: Path) -> None:
    received = (
        "08:00",
        "2026-11-20 21:00",
        "21:10",
        "20:50",
        "23:40",
        "00:10",
        "00:30",
        "2026-11-21 07:00",
        "7:30",
    )
    rows = [f"{at},{one},周先生,1312345{at:04},漏水" for at, one in enumerate(received)]
    found = judged(store, foreign(tmp_path / "other.csv", *rows))
    evening = ["20 21:00", "20 21:10", "20 20:50", "20 23:40"]
    assert times(found) == ["08:00", *evening, "00:10", "00:30", "21 07:00", "21 07:30"]


def test_end_and_call_back_follow_the_beginning(store: Store, sheet: Path) -> None:
    fill(
        sheet,
        {"received_at": "2026-11-20 23:50", "ended_at": "00:10", "callback_due": "09:00", "detail": "停水"},
        {"received_at": "2026-11-20 09:00", "ended_at": "09:04", "callback_due": "15:00", "detail": "停电"},
        {"received_at": "2026-11-20 14:00", "ended_at": "", "callback_due": "3:00", "detail": "漏水"},
        {"received_at": "不详", "ended_at": "09:04", "callback_due": "15:00", "detail": "异味"},
    )
    found = judged(store, sheet, BACK + timedelta(days=3))
    assert times(found, "ended_at") == ["21 00:10", "20 09:04", "", "09:04"]
    assert times(found, "callback_due") == ["21 09:00", "20 15:00", "3:00", "15:00"]


def test_the_same_file_another_day_is_still_known(store: Store, sheet: Path) -> None:
    fill(sheet, *calls("09:30", "14:05"))
    take_in(store, judged(store, sheet), now=BACK, progress=Progress())
    again = judged(store, sheet, BACK + timedelta(days=2))
    assert [row.standing.value for row in again.rows] == ["known", "known"]
