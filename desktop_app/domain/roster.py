"""The duty roster: who is on now, who comes next, and for how many days ahead somebody is (1.2.1, B§3).

A day of the roster is one field of its month's subject, a line for each shift, so that two leads who changed
different days do not contradict each other and a conflict can be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from desktop_app.domain.entries import Value

AHEAD_DAYS = 30
"""So many days ahead a roster has to reach (1.2.1)."""
MOST_SHIFTS = 400
"""On one day; more is no roster."""
_LINE = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d) \| ([^|]*) \| ([^|]*) \| ([^|]*) \| ([^|]*)")


@dataclass(frozen=True, slots=True, order=True)
class Shift:
    """One person's time on one day of the site; it ends on the next day where it does not end later.

    ``duty`` is what they do: phone, online, urgent, or the site's own word.
    """

    day: date
    begins: time
    ends: time
    name: str
    staff_number: str = ""
    duty: str = ""
    phone: str = ""

    def span(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """Return from when until when it lasts."""
        last = self.day if self.ends > self.begins else self.day + timedelta(days=1)
        return (
            datetime.combine(self.day, self.begins, zone),
            datetime.combine(last, self.ends, zone),
        )

    def line(self) -> str:
        """Return it as the journal keeps it."""
        told = (self.name, self.staff_number, self.duty, self.phone)
        parts = (" ".join(part.replace("|", "/").split()) for part in told)
        return f"{self.begins:%H:%M}-{self.ends:%H:%M} | {' | '.join(parts)}"


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Who is on at a moment, and who begins next, all of them at one time."""

    now: tuple[Shift, ...] = ()
    next: tuple[Shift, ...] = ()


@dataclass(frozen=True, slots=True)
class Cover:
    """How far a roster reaches: ``days`` from today on without a gap, and which days have nobody."""

    days: int
    gaps: tuple[date, ...]

    @property
    def enough(self) -> bool:
        """Whether somebody is on every day that was asked for."""
        return not self.gaps


def fields_of(shifts: Iterable[Shift]) -> dict[date, str]:
    """Return the field of each day: its shifts, a line each, in order; what is written alike is one."""
    found: dict[date, set[str]] = {}
    for shift in shifts:
        found.setdefault(shift.day, set()).add(shift.line())
    return {day: "\n".join(sorted(found[day])) for day in sorted(found)}


def shifts_of(fields: Mapping[str, Value]) -> tuple[Shift, ...]:
    """Return the shifts of a month's fields in order; what is no day and no shift is passed over."""
    found: set[Shift] = set()
    for name, value in fields.items():
        try:
            day = date.fromisoformat(name)
        except ValueError:
            continue
        for line in str(value or "").splitlines()[:MOST_SHIFTS]:
            told = _LINE.fullmatch(line)
            if told is None:
                continue
            try:
                begins, ends = time.fromisoformat(told[1]), time.fromisoformat(told[2])
            except ValueError:
                continue
            found.add(Shift(day, begins, ends, told[3], told[4], told[5], told[6]))
    return tuple(sorted(found))


def on_duty(shifts: Iterable[Shift], now: datetime, zone: tzinfo) -> OnDuty:
    """Return who is on at ``now`` and who comes next; a shift's last moment is the next one's first."""
    spans = [(shift.span(zone), shift) for shift in shifts]
    current = tuple(shift for (begins, ends), shift in spans if begins <= now < ends)
    ahead = min((begins for (begins, _), _ in spans if begins > now), default=None)
    return OnDuty(current, tuple(shift for (begins, _), shift in spans if begins == ahead))


def cover(shifts: Iterable[Shift], today: date, days: int = AHEAD_DAYS) -> Cover:
    """Return for how long from today on somebody is on every day, and which of ``days`` have nobody."""
    held = {shift.day for shift in shifts}
    asked = [today + timedelta(days=ahead) for ahead in range(days)]
    gaps = tuple(day for day in asked if day not in held)
    reach = 0
    while today + timedelta(days=reach) in held:
        reach += 1
    return Cover(reach, gaps)


def months(days: Iterable[date]) -> Sequence[str]:
    """Return the months of some days, as their subjects are named (``2026-11``)."""
    return sorted({f"{day:%Y-%m}" for day in days})
