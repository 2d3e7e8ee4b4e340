"""The duty roster of the site: taken in from a spreadsheet, and asked who is on (1.2.1, 1.2.5, 1.3, B§3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from desktop_app.domain.contacts import STANDBY
from desktop_app.domain.entries import Value
from desktop_app.domain.errors import KnownError
from desktop_app.domain.identity import Subject, SubjectKind, roster_id, user_id
from desktop_app.domain.roster import (
    AHEAD_DAYS,
    Cover,
    OnDuty,
    Shift,
    cover,
    fields_of,
    months,
    on_duty,
    shifts_of,
)
from desktop_app.domain.roster_doubts import Doubt, doubts_of
from desktop_app.domain.times import zone_of
from desktop_app.exchange.roster_file import RosterFile, Standby, read_roster
from desktop_app.services.contacts import add_in
from desktop_app.services.decisions import Made, check_person
from desktop_app.services.records import write
from desktop_app.storage.folded import states_by_id
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import View


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in: days and shifts that are new or other than before, people on standby."""

    days: int
    shifts: int
    standby: int
    made: Made


@dataclass(frozen=True, slots=True)
class Trained:
    """When somebody on the roster was last trained for writing by hand, None where nobody says so."""

    staff_number: str
    name: str
    on: date | None
    in_time: bool


@dataclass(frozen=True, slots=True)
class Duty:
    """Who is on, how far the roster reaches, and when the people on it were trained."""

    on: OnDuty
    cover: Cover
    trained: tuple[Trained, ...]
    empty: bool

    @property
    def untrained(self) -> tuple[Trained, ...]:
        """Who on it was never trained for writing by hand, or too long ago."""
        return tuple(one for one in self.trained if not one.in_time)


def look_at(path: Path) -> RosterFile:
    """Read a roster file; nothing is kept. Raises KnownError."""
    return read_roster(path)


def doubts(store: Store, found: RosterFile) -> tuple[Doubt, ...]:
    """Return the rows of a file to look at: names beside those of the people here, and phones."""
    numbers = {line.staff_number for line in found.lines if line.staff_number}
    with store.read() as view:
        states = states_by_id(view.connection, SubjectKind.USER, [user_id(one) for one in numbers])
    ids = ((one, user_id(one)) for one in numbers)
    return doubts_of(found.lines, {one: states[key].text("name") for one, key in ids if key in states})


def standby_of(found: RosterFile) -> tuple[Standby, ...]:
    """Return the people on standby a file names; of two rows with one staff number the last counts."""
    return tuple({_key(one, found.standby): one for one in found.standby}.values())


def take_in(store: Store, found: RosterFile, *, now: datetime) -> Taken:
    """Keep the shifts of a file: each day it names is then as it says, other days stay.

    People on standby go into the contact book. All of it is taken in, or nothing. Raises KnownError
    ``roster.empty`` and what a lead alone may.
    """
    check_person(store)
    if not (found.shifts or found.standby):
        raise KnownError("roster.empty", file=found.file)
    told = fields_of(found.shifts)
    made: list[tuple[Subject, str]] = []
    days = shifts = 0
    with store.change() as unit:
        for month in months(told):
            subject = Subject(SubjectKind.ROSTER, roster_id(month))
            state = unit.state(subject)
            values: dict[str, Value] = {
                day.isoformat(): text
                for day, text in told.items()
                if f"{day:%Y-%m}" == month and state.value(day.isoformat()) != text
            }
            if values:
                days += len(values)
                shifts += sum(str(text).count("\n") + 1 for text in values.values())
                made += write(unit, subject, {"month": month, **values}, now)
        standby = standby_of(found)
        for one in standby:
            told_of = {"name": one.name, "role": STANDBY, "phone": one.phone, "skills": one.skills}
            made += add_in(store, unit, _key(one, found.standby), told_of, now)
    return Taken(days, shifts, len(standby), Made(tuple(made)))


def duty(store: Store, *, now: datetime) -> Duty:
    """Return who is on now and next, whether thirty days ahead are covered, and who is not trained (1.3)."""
    zone = zone_of(store.settings.zone)
    today = now.astimezone(zone).date()
    with store.read() as view:
        shifts = _between(view, today - timedelta(days=1), today + timedelta(days=AHEAD_DAYS))
        trained = _trained(
            view, (one for one in shifts if one.day >= today), today, store.settings.training_max_age_days
        )
    return Duty(
        on_duty(shifts, now, zone),
        cover((one for one in shifts if one.day >= today), today),
        tuple(trained),
        not shifts,
    )


def shifts_around(store: Store, now: datetime) -> tuple[Shift, ...]:
    """Return the shifts of yesterday, whose night may last, until those of a week ahead."""
    today = now.astimezone(zone_of(store.settings.zone)).date()
    return shifts_between(store, today - timedelta(days=1), today + timedelta(days=7))


def shifts_between(store: Store, first: date, last: date) -> tuple[Shift, ...]:
    """Return the shifts of some days, both included, in order."""
    with store.read() as view:
        return _between(view, first, last)


def note_training(store: Store, staff_number: str, on: date, *, now: datetime) -> Made:
    """Write down when somebody was trained for writing by hand (1.3)."""
    check_person(store)
    if not staff_number.strip():
        raise KnownError("roster.staff_number_needed")
    if on > now.astimezone(zone_of(store.settings.zone)).date():
        raise KnownError("incidents.ahead")
    with store.change() as unit:
        subject = Subject(SubjectKind.USER, user_id(staff_number))
        told: dict[str, Value] = {"trained_on": on.isoformat()}
        if not unit.state(subject).candidates("staff_number"):
            told["staff_number"] = staff_number.strip()
        return Made(tuple(write(unit, subject, told, now)))


def _between(view: View, first: date, last: date) -> tuple[Shift, ...]:
    wanted = [roster_id(month) for month in months(_days(first, last))]
    states = states_by_id(view.connection, SubjectKind.ROSTER, wanted)
    found = (
        shift
        for state in states.values()
        for shift in shifts_of({name: state.value(name) for name in state.fields})
    )
    return tuple(sorted(one for one in found if first <= one.day <= last))


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))


def _trained(view: View, shifts: Iterable[Shift], today: date, most_days: int) -> list[Trained]:
    people = {one.staff_number: one.name for one in shifts if one.staff_number}
    ids = {user_id(number): number for number in people}
    states = states_by_id(view.connection, SubjectKind.USER, list(ids))
    found = []
    for one, number in sorted(ids.items(), key=lambda pair: pair[1]):
        told = states[one].text("trained_on") if one in states else ""
        try:
            on = date.fromisoformat(told) if told else None
        except ValueError:
            on = None
        in_time = on is not None and (today - on).days <= most_days
        found.append(Trained(number, people[number], on, in_time))
    return found


def _key(one: Standby, standby: Sequence[Standby]) -> str:
    """Return the key of somebody in the contact book; of two with one name the numbers tell them apart."""
    alike = {each.phone for each in standby if not each.staff_number and each.name == one.name}
    return f"{STANDBY}-{one.staff_number or (f'{one.name}-{one.phone}' if len(alike) > 1 else one.name)}"
