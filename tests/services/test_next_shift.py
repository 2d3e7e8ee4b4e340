"""Seats needed less those rostered and those who agreed to overtime, at a real store with a roster."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from desktop_app.services.incident_people import call_in
from desktop_app.services.incidents import incident, report_fault
from desktop_app.services.next_shift import next_shift
from desktop_app.services.roster import look_at, take_in
from desktop_app.storage.store import Store

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ROSTER = (
    "日期,时间,姓名,工号\n2026-03-02,08:00-16:00,李娜,8021\n"
    "2026-03-02,16:00-23:00,王芳,8022\n2026-03-02,16:00-23:00,陈刚,8024\n2026-03-02,18:00-23:00,周敏,8025\n"
)


def test_the_gap_shrinks_with_those_who_agreed(lead: Store, tmp_path: Path) -> None:
    path = tmp_path / "值班.csv"
    path.write_text(ROSTER, "utf-8")
    take_in(lead, look_at(path), now=NOW)
    found = next_shift(lead, None, needed=5, now=NOW)
    assert ([one.name for one in found.rostered], found.gap) == (["王芳", "陈刚"], 3)
    assert found.begins == datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    one = report_fault(lead, symptom="来电激增", now=NOW).incident
    call_in(lead, one, name="李娜", overtime=True, agreed=True, now=NOW)
    call_in(lead, one, name="赵敏", overtime=True, agreed=False, reply="要接孩子", now=NOW)
    call_in(lead, one, name="钱备班", level="level_2", now=NOW)
    found = next_shift(lead, incident(lead, one), needed=5, now=NOW)
    assert [(who.name, who.agreed) for who in found.overtime] == [("李娜", True), ("赵敏", False)]
    assert found.gap == 2
    assert next_shift(lead, incident(lead, one), needed=1, now=NOW).gap == 0


def test_nobody_rostered_leaves_every_seat_empty(lead: Store) -> None:
    found = next_shift(lead, None, needed=4, now=NOW)
    assert (found.begins, found.rostered, found.gap) == (None, (), 4)
