"""Who is on at which moment, over midnight too, and how far a roster reaches."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop_app.domain.roster import Shift, cover, fields_of, months, on_duty, shifts_of

ZONE = timezone(timedelta(hours=8))
MONDAY = date(2026, 3, 2)
EARLY = Shift(MONDAY, time(8), time(16), "李娜", "8021", "phone", "13123450001")
LATE = Shift(MONDAY, time(16), time(0), "王芳", "8022", "phone")
NIGHT = Shift(MONDAY, time(22), time(6), "赵敏", "8023", "urgent")
NEXT = Shift(date(2026, 3, 3), time(8), time(16), "陈刚", "8024", "online")
SHIFTS = (EARLY, LATE, NIGHT, NEXT)


@pytest.mark.parametrize(
    ("hour", "now", "after"),
    [
        (7.99, (), ("李娜",)),
        (8, ("李娜",), ("王芳",)),
        (15.99, ("李娜",), ("王芳",)),
        (16, ("王芳",), ("赵敏",)),
        (23, ("王芳", "赵敏"), ("陈刚",)),
        (24, ("赵敏",), ("陈刚",)),
        (30, (), ("陈刚",)),
        (41, (), ()),
    ],
)
def test_who_is_on_and_who_comes_next(hour: float, now: tuple[str, ...], after: tuple[str, ...]) -> None:
    at = datetime(2026, 3, 2, tzinfo=ZONE).astimezone(UTC) + timedelta(hours=hour)
    found = on_duty(SHIFTS, at, ZONE)
    assert tuple(shift.name for shift in found.now) == now
    assert tuple(shift.name for shift in found.next) == after


def test_a_day_without_anybody_is_a_gap() -> None:
    held = [Shift(MONDAY + timedelta(days=ahead), time(8), time(16), "李娜") for ahead in (0, 1, 2, 4)]
    found = cover(held, MONDAY, 5)
    assert (found.days, found.gaps, found.enough) == (3, (MONDAY + timedelta(days=3),), False)
    assert cover(held, MONDAY, 3).enough
    assert cover([], MONDAY, 2).days == 0


def test_a_day_is_read_back_and_what_is_none_is_passed_over() -> None:
    fields = {day.isoformat(): text for day, text in fields_of(SHIFTS).items()}
    assert shifts_of(fields) == tuple(sorted(SHIFTS))
    assert shifts_of({"month": "2026-03", "2026-03-02": "rubbish\n99:00-10:00 | x |  |  | "}) == ()
    assert months(date.fromisoformat(one) for one in fields) == ["2026-03"]


@given(
    st.lists(
        st.builds(
            Shift,
            st.dates(date(2026, 1, 1), date(2026, 12, 31)),
            st.times().map(lambda at: at.replace(second=0, microsecond=0)),
            st.times().map(lambda at: at.replace(second=0, microsecond=0)),
            st.text(st.characters(exclude_categories=("Cs",)), max_size=8),
            duty=st.text(st.characters(exclude_categories=("Cs",)), max_size=8),
        )
    )
)
@example([Shift(MONDAY, time(8), time(16), name) for name in ("0", "0 ", " b", "a")])
def test_whatever_names_hold_every_shift_comes_back(shifts: list[Shift]) -> None:
    fields = {day.isoformat(): text for day, text in fields_of(shifts).items()}
    again = shifts_of(fields)
    assert fields_of(again) == fields_of(shifts)
