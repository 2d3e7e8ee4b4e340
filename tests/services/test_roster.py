"""A roster out of real spreadsheets into a real store, and who is on then."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop_app.domain.errors import KnownError
from desktop_app.domain.identity import Subject, SubjectKind, user_id
from desktop_app.domain.roles import Role
from desktop_app.domain.roster import MOST_SHIFTS
from desktop_app.domain.roster_doubts import Doubt, DoubtKind
from desktop_app.domain.site_pack import EMPTY_PACK
from desktop_app.exchange.roster_file import Standby
from desktop_app.services.contacts import contact_book
from desktop_app.services.incident_acts import undo
from desktop_app.services.roster import (
    doubts,
    duty,
    look_at,
    note_training,
    shifts_between,
    standby_of,
    take_in,
)
from desktop_app.storage.store import Store
from tests.stores import author

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
MONDAY = date(2026, 3, 2)


@pytest.fixture
def lead(store: Store) -> Store:
    return replace(store, author=author("6001", Role.LEAD))


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["三月值班表"])
    page.append(["日期", "时间", "姓名", "工号", "岗位", "电话"])
    page.append([date(2026, 3, 2), "08:00-16:00", "李娜", "8021", "电话", "13123450001"])
    page.append([date(2026, 3, 2), "16:00～24:00", "王芳", "8022", "应急", ""])
    page.append([date(2026, 3, 3), "8:00-16:00", "陈刚", "8024", "在线", ""])
    page.append([date(2026, 3, 4), "全天", "没有时间", "8025", "", ""])
    page.append([None, "", "赵工", "9001", "备班", "13123450009"])
    path = tmp_path / "值班.xlsx"
    book.save(path)
    return path


def test_a_sheet_is_read_row_by_row(sheet: Path) -> None:
    found = look_at(sheet)
    assert [(one.name, one.begins, one.ends, one.duty) for one in found.shifts] == [
        ("李娜", time(8), time(16), "phone"),
        ("王芳", time(16), time(0), "urgent"),
        ("陈刚", time(8), time(16), "online"),
    ]
    assert [(one.name, one.phone) for one in found.standby] == [("赵工", "13123450009")]
    assert found.unread == (6,)


def test_what_nobody_can_read_of_a_row_is_named(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text(
        "日期,时间,姓名\n2026-11-31,08:00-20:00,李娜\n2026-11-25,八点到二十点,刘洋\n2026-11-26,08:00-20:00,\n"
        ",08:00-20:00,李娜\n",
        "utf-8",
    )
    assert look_at(path).lacks == {2: "day", 3: "hours", 4: "name", 5: "day"}


def test_two_columns_of_hours_in_english(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("Date,Start,End,Name,Phone\n2026-03-02,08:00,20:00,Li Na,13123450001\n", "utf-8")
    (shift,) = look_at(path).shifts
    assert (shift.day, shift.begins, shift.ends, shift.name) == (MONDAY, time(8), time(20), "Li Na")


def test_who_is_on_and_that_the_month_is_not_covered(lead: Store, sheet: Path) -> None:
    assert duty(lead, now=NOW).empty
    taken = take_in(lead, look_at(sheet), now=NOW)
    assert (taken.days, taken.shifts, taken.standby) == (2, 3, 1)
    found = duty(lead, now=NOW)
    assert [one.name for one in found.on.now] == ["李娜"]
    assert [one.name for one in found.on.next] == ["王芳"]
    assert (found.cover.days, found.cover.enough) == (2, False)
    assert [one.contact.name.zh for one in contact_book(lead, EMPTY_PACK)] == ["赵工"]
    undo(lead, taken.made, now=NOW)
    assert duty(lead, now=NOW).empty
    assert contact_book(lead, EMPTY_PACK) == ()


def test_a_second_sheet_changes_only_the_days_it_names(lead: Store, sheet: Path, tmp_path: Path) -> None:
    take_in(lead, look_at(sheet), now=NOW)
    path = tmp_path / "again.csv"
    path.write_text("日期,开始,结束,姓名\n2026-03-03,08:00,16:00,换了人\n", "utf-8")
    assert take_in(lead, look_at(path), now=NOW).days == 1
    assert take_in(lead, look_at(path), now=NOW).days == 0, "the same again changes nothing"
    assert [one.name for one in shifts_between(lead, MONDAY, date(2026, 3, 3))] == ["李娜", "王芳", "换了人"]


def test_who_was_not_trained_is_named(lead: Store, sheet: Path) -> None:
    take_in(lead, look_at(sheet), now=NOW)
    assert [one.staff_number for one in duty(lead, now=NOW).untrained] == ["8021", "8022", "8024"]
    note_training(lead, "8021", date(2026, 1, 10), now=NOW)
    note_training(lead, "8022", date(2024, 1, 10), now=NOW)
    found = duty(lead, now=NOW).untrained
    assert [(one.staff_number, one.on) for one in found] == [("8022", date(2024, 1, 10)), ("8024", None)]
    stricter = replace(lead, settings=replace(lead.settings, training_max_age_days=30))
    assert [one.staff_number for one in duty(stricter, now=NOW).untrained] == ["8021", "8022", "8024"]
    with pytest.raises(KnownError, match=r"incidents\.ahead"):
        note_training(lead, "8021", date(2026, 3, 3), now=NOW)


@pytest.mark.parametrize(
    ("text", "code"),
    [("甲,乙\n1,2\n", "no_columns"), ("姓名,日期\n李娜,2026-03-02\n", "empty")],
)
def test_a_sheet_that_is_no_roster_says_why(lead: Store, tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(KnownError, match=rf"roster\.{code}"):
        take_in(lead, look_at(path), now=NOW)


def test_agents_do_not_change_the_roster(store: Store, sheet: Path) -> None:
    with pytest.raises(KnownError):
        take_in(store, look_at(sheet), now=NOW)


def test_a_row_nobody_can_be_rung_by_is_named_and_the_rest_is_taken_in(lead: Store, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text(
        "日期,时间,姓名,工号,岗位,电话\n2026-03-02,8:00-16:00,李娜,8021,电话,\n,,赵工,9001,备班,无\n"
        f",,{'长' * 500},9002,备班,13123450009\n",
        "utf-8",
    )
    found = look_at(path)
    assert (found.unread, found.lacks) == ((3, 4), {})
    assert (take_in(lead, found, now=NOW).shifts, contact_book(lead, EMPTY_PACK)) == (1, ())


def test_what_cannot_be_taken_in_whole_is_not_taken_in_at_all(lead: Store, sheet: Path) -> None:
    found = look_at(sheet)
    wrong = replace(found, standby=(*found.standby, Standby("周工", "无")))
    with pytest.raises(KnownError, match=r"contacts\.no_number"):
        take_in(lead, wrong, now=NOW)
    assert duty(lead, now=NOW).empty
    assert contact_book(lead, EMPTY_PACK) == ()


def test_what_no_day_can_hold_is_named_and_not_dropped(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    rows = (f"2026-03-02,8:00-16:00,人{place}\n" for place in range(MOST_SHIFTS + 2))
    path.write_text("日期,时间,姓名\n" + "".join(rows), "utf-8")
    found = look_at(path)
    assert (len(found.shifts), found.unread) == (MOST_SHIFTS, (MOST_SHIFTS + 2, MOST_SHIFTS + 3))


def test_two_people_with_one_name_are_two(lead: Store, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("姓名,电话\n王芳,13123450001\n王芳,13123450002\n李娜,13123450003\n", "utf-8")
    take_in(lead, look_at(path), now=NOW)
    take_in(lead, look_at(path), now=NOW)
    held = sorted((one.contact.name.zh, one.contact.phone) for one in contact_book(lead, EMPTY_PACK))
    assert held == [("李娜", "13123450003"), ("王芳", "13123450001"), ("王芳", "13123450002")]


def test_a_row_that_stands_there_twice_counts_once_and_is_named(lead: Store, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text(
        "日期,时间,姓名,工号,岗位,电话\n2026-03-02,8:00-16:00,李娜,8021,,\n2026-03-02,08:00-16:00,李娜,8021,,\n"
        "2026-03-02,16:00-24:00,王芳,8022,,\n,,赵工,9001,备班,13123450009\n,,赵工,9001,备班,13123450009\n",
        "utf-8",
    )
    found = look_at(path)
    assert found.doubled == {3: 2, 6: 5}
    taken = take_in(lead, found, now=NOW)
    assert (taken.shifts, taken.standby) == (len(found.shifts), len(standby_of(found))) == (2, 1)


def test_a_name_is_held_against_the_people_of_the_centre(lead: Store, tmp_path: Path) -> None:
    person = Subject(SubjectKind.USER, user_id("8021"))
    with lead.change() as unit:
        unit.change(person, {"staff_number": "8021", "name": "李娜"}, at=NOW)
    path = tmp_path / "r.csv"
    path.write_text(
        "日期,时间,姓名,工号,电话\n2026-03-02,8:00-16:00,李哪,8021,1312345\n2026-03-03,8:00-16:00,李娜,8021,\n",
        "utf-8",
    )
    assert doubts(lead, look_at(path)) == (
        Doubt(2, DoubtKind.NAME, "李哪", "8021", "李娜"),
        Doubt(2, DoubtKind.PHONE, "1312345"),
    )
