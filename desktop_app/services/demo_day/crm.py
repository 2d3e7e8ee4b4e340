"""What the CRM holds when it is back: what clerks entered from the records, and much else besides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from desktop_app.domain.phones import phone_of
from desktop_app.services.demo_day.calls import DayCall
from desktop_app.services.demo_day.matters import Matter, any_matter
from desktop_app.services.demo_day.notes import Note
from desktop_app.services.demo_day.people import Person, homophone, people
from desktop_app.services.demo_day.plan import Plan
from desktop_app.services.demo_day.slips import full_name, other_name, slip

_NUMBER_TEXTS = ("手工单号{}", "（应急登记 {}）", "补录，原编号：{}；", "[{}]")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the CRM. ``note`` is the key of the record it was entered from, if any.

    ``differs`` are the fields in which it means something else than the record: another number, name or home,
    whichever side is right. Spelling, a title for a name, other words and an empty side are no difference.
    """

    created_at: datetime
    occurred_at: datetime | None
    caller_name: str
    phone: str
    address: str
    crm_type: str
    summary: str
    detail: str
    id: str = ""
    number: str = ""
    note: int | None = None
    outside: bool = False
    differs: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()


def rows_of(plan: Plan, calls: list[DayCall], notes: list[Note], numbers: Mapping[int, str]) -> list[Row]:
    """Return the rows by the time they were created; ``numbers`` are the record numbers by note key."""
    random = plan.stream("crm")
    clerk = _Clerk(plan, notes, numbers, random)
    found = [row for note in notes for row in clerk.entered(note)]
    found += _live(plan, calls, random)
    found += _unknown(plan, notes, random)
    found += _older(plan, notes, random)
    found.sort(key=lambda row: row.created_at)
    return [
        replace(row, id=f"GD{row.created_at + timedelta(hours=8):%y%m%d}{place:05d}")
        for place, row in enumerate(found, start=1)
    ]


class _Clerk:
    """Back-office people typing records into the CRM after it came back."""

    def __init__(self, plan: Plan, notes: list[Note], numbers: Mapping[int, str], random: Random) -> None:
        self._plan, self._rates, self._numbers, self._random = plan, plan.rates, numbers, random
        self._doubled = {note.original for note in notes if note.original is not None}
        self._places = list(range(len(notes)))
        random.shuffle(self._places)
        self._pasted = ""

    def entered(self, note: Note) -> Iterator[Row]:
        """Yield the row of a record, or nothing where it was forgotten or is entered from its double."""
        random, rates = self._random, self._rates
        if note.original is not None or "twin_left" in note.tags:
            return
        created = self._plan.end + timedelta(seconds=900 + 37 * self._places[note.key] + random.randrange(30))
        if "twin_entered" in note.tags:
            yield _copy(note, created, None, frozenset({"twin_namesakes"}))
            return
        if random.random() < rates.to_backfill:
            return
        occurred = note.received_at.replace(second=0) if random.random() < rates.occurred_column else None
        row = _copy(note, created, occurred, frozenset({"backfill_time"}))
        if random.random() < rates.from_customer_master:
            row = _from_master(row, note)
        if random.random() < 0.5:
            reworded = random.choice(note.matter.wordings)
            tags = frozenset({"reworded"}) if reworded != row.summary else frozenset()
            row = replace(row, summary=reworded, tags=row.tags | tags)
        if random.random() < rates.differs:
            row = _altered(row, note, random)
        yield self._numbered(_judged(row, note), note)

    def _numbered(self, row: Row, note: Note) -> Row:
        random, rates, number = self._random, self._rates, self._numbers[note.key]
        # Without its number nothing tells of which of two entries of one matter a row was typed.
        known = note.key not in self._doubled and _speaks_for_itself(row, note)
        draw = random.random()
        if draw < rates.number_typo and known:
            digit = str((int(number[-1]) + random.randint(1, 9)) % 10)
            return _misnumbered(row, number[:-1] + digit, "number_typo")
        if draw < rates.number_typo + rates.number_pasted and self._pasted and known:
            return _misnumbered(row, self._pasted, "number_pasted")
        draw = random.random()
        if draw < rates.number_column:
            self._pasted = number
            return replace(row, number=number, tags=row.tags | {"number_column"})
        if draw < rates.number_column + rates.number_in_text or not known:
            told = random.choice(_NUMBER_TEXTS).format(number)
            detail = told + row.detail if random.random() < 0.5 else row.detail + told
            return replace(row, detail=detail, tags=row.tags | {"number_in_text"})
        return replace(row, tags=row.tags | {"no_number"})


def _misnumbered(row: Row, number: str, tag: str) -> Row:
    return replace(row, number=number, differs=row.differs | {"number"}, tags=row.tags | {tag})


def _copy(note: Note, created: datetime, occurred: datetime | None, tags: frozenset[str]) -> Row:
    return Row(
        created,
        occurred,
        note.caller_name,
        note.phone,
        note.address,
        note.matter.crm_type,
        note.summary,
        note.detail,
        note=note.key,
        tags=tags,
    )


def _from_master(row: Row, note: Note) -> Row:
    """Return the row with the caller picked from the CRM's own customers instead of copied."""
    person = note.person
    return replace(
        row,
        caller_name=person.name,
        phone=person.phone,
        address=str(person.home),
        tags=row.tags | {"from_master"},
    )


def _altered(row: Row, note: Note, random: Random) -> Row:
    """Return the row with one field that says something else."""
    field = random.choice(("phone", "caller_name", "address"))
    if field == "phone" and phone_of(note.phone):
        other = slip(note.person.phone, "wrong_digit", random)
        return replace(row, phone=other, tags=row.tags | {"differs_phone"})
    if field == "caller_name" and full_name(note.caller_name) and full_name(row.caller_name):
        surname = "赵" if note.person.surname != "赵" else "钱"
        return replace(row, caller_name=surname + "国栋", tags=row.tags | {"differs_caller_name"})
    if field == "address" and note.address:
        home = note.person.home
        moved = replace(home, room=f"{int(home.room[:-2]) + 1}{home.room[-2:]}")
        return replace(row, address=str(moved), tags=row.tags | {"differs_address"})
    return row


def _judged(row: Row, note: Note) -> Row:
    """Return the row with the fields in which it differs from its record by meaning."""
    here, there = phone_of(note.phone).digits, phone_of(row.phone).digits
    # The record names the caller's home in whatever spelling, or none.
    same_home = {"", note.address, str(note.person.home)}
    told = {
        "phone": bool(here and there) and here != there,
        "caller_name": other_name(note.caller_name, row.caller_name),
        "address": bool(note.address) and row.address not in same_home,
    }
    return replace(row, differs=frozenset(field for field, other in told.items() if other))


def _speaks_for_itself(row: Row, note: Note) -> bool:
    """Whether a careful reader knows the record without its number: enough is equal and nothing else fits."""
    if "twin_anonymous" in note.tags:
        return False
    phone = bool(phone_of(note.phone)) and "phone" not in row.differs
    name = full_name(note.caller_name) and note.caller_name == row.caller_name
    address = bool(note.address and row.address) and "address" not in row.differs
    timed = row.occurred_at is not None
    return (phone and (name or address or timed)) or (name and address and timed)


def _live(plan: Plan, calls: list[DayCall], random: Random) -> list[Row]:
    """Return the rows agents made while the CRM worked: calls before and after the outage."""
    found = []
    for call in calls:
        if call.outside:
            row = _row(call.person, call.matters[0], call.answered_at + timedelta(seconds=40), random)
            outside = row.created_at < plan.start
            tag = "live_before" if outside else "live_after"
            found.append(replace(row, occurred_at=call.started_at, outside=outside, tags=frozenset({tag})))
    return found


def _unknown(plan: Plan, notes: list[Note], random: Random) -> list[Row]:
    """Return rows of after the outage that no record belongs to: strangers, callers' other matters."""
    callers = [note.person for note in notes]
    strangers = people(plan)[::-1]
    matters: dict[str, list[Matter]] = {}
    for note in notes:
        matters.setdefault(note.person.phone, []).append(note.matter)
    found = []
    for place in range(round(len(notes) * plan.rates.crm_only)):
        known = bool(callers) and random.random() < 0.5
        person = random.choice(callers) if known else strangers[place % len(strangers)]
        at = plan.end + timedelta(seconds=random.randint(600, 14400))
        row = _row(person, any_matter(random, matters.get(person.phone, ())), at, random)
        found.append(replace(row, tags=frozenset({"crm_only_known" if known else "crm_only_stranger"})))
    return found


def _older(plan: Plan, notes: list[Note], random: Random) -> list[Row]:
    """Return rows of other days of today's callers, about anything."""
    found = []
    for note in notes:
        if random.random() < plan.rates.older_rows:
            at = plan.start - timedelta(days=random.randint(1, 90), seconds=random.randrange(36000))
            matter = note.matter if random.random() < 0.3 else any_matter(random)
            row = _row(note.person, matter, at, random)
            found.append(replace(row, outside=True, tags=frozenset({"older_row"})))
    return found


def _row(person: Person, matter: Matter, at: datetime, random: Random) -> Row:
    name = homophone(person.name, random) if random.random() < 0.05 else person.name
    return Row(
        at,
        at - timedelta(seconds=random.randint(20, 200)),
        name,
        person.phone,
        str(person.home),
        matter.crm_type,
        random.choice(matter.wordings),
        random.choice((*matter.details, "")),
    )
