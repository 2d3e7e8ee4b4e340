"""What each agent wrote down of the day, with all that goes wrong while it is busy."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from random import Random

from desktop_app.domain.kinds import Channel
from desktop_app.services.demo_day.calls import DayCall
from desktop_app.services.demo_day.matters import Matter, any_matter
from desktop_app.services.demo_day.people import Person
from desktop_app.services.demo_day.plan import Plan
from desktop_app.services.demo_day.slips import spelled_phone, written_address, written_name, written_phone

LOCAL = timezone(timedelta(hours=8))
_BLURS = frozenset(
    {"wrong_digit", "swapped", "digit_missing", "no_phone", "homophone", "title_only", "no_name"}
)
_OTHER_CHANNELS = (Channel.WALK_IN, Channel.MAIL, Channel.WEB, Channel.SMS)


@dataclass(frozen=True, slots=True)
class Note:
    """A record as written. ``key`` names it in the plan, ``original`` the note that it doubles.

    ``received_at`` is what the agent gave as the time of the call, ``written_at`` when the key was pressed.
    """

    key: int
    station: int
    person: Person
    matter: Matter
    call: DayCall | None
    channel: Channel
    received_at: datetime
    written_at: datetime
    caller_name: str
    phone: str
    address: str
    summary: str
    detail: str
    paper_serial: str = ""
    callback_due: datetime | None = None
    original: int | None = None
    tags: frozenset[str] = frozenset()

    def values(self) -> dict[str, str]:
        """Return what the agent keys into the template columns."""
        return {
            "kind": self.matter.kind.value,
            "channel": self.channel.value,
            "received_at": self.received_at.astimezone(LOCAL).isoformat(timespec="seconds"),
            "caller_name": self.caller_name,
            "phone": self.phone,
            "address": self.address,
            "category": self.matter.category.value,
            "summary": self.summary,
            "detail": self.detail,
            "callback_due": (
                self.callback_due.astimezone(LOCAL).isoformat(timespec="seconds") if self.callback_due else ""
            ),
            "paper_serial": self.paper_serial,
        }


def notes_of(plan: Plan, calls: list[DayCall]) -> list[Note]:
    """Return the records in the order in which they were written."""
    random = plan.stream("notes")
    desk = _Desk(plan, calls, random)
    found = [note for call in calls if not call.outside and call.answered for note in desk.of_call(call)]
    found = _twins(plan, found, random)
    found += [double for note in found for double in _double(plan, note, random)]
    found += desk.other_channels(found)
    found.sort(key=lambda note: (note.written_at, note.station))
    keys = {note.key: place for place, note in enumerate(found) if note.original is None}
    return [
        replace(note, key=place, original=None if note.original is None else keys[note.original])
        for place, note in enumerate(found)
    ]


class _Desk:
    """The agents at work."""

    def __init__(self, plan: Plan, calls: list[DayCall], random: Random) -> None:
        self._plan, self._rates, self._random = plan, plan.rates, random
        self._answered = Counter(call.person.phone for call in calls if call.answered)
        self._taken = frozenset(call.person.phone for call in calls)
        # Clocks of stations are a little off, one of them a lot.
        self._skews = [random.randint(-40, 50) for _ in range(plan.stations)]
        self._skews[random.randrange(plan.stations)] += random.choice((0, 210))
        self._serial = 0
        self._made = 0

    def of_call(self, call: DayCall) -> Iterator[Note]:
        """Yield the records of one answered call: one for every matter, or none."""
        if "twin_unwritten" in call.tags:
            return
        if "twin_written" not in call.tags and self._random.random() < self._rates.not_recorded:
            return
        for number, matter in enumerate(call.matters):
            note = self._timed(call, self._written(call.person, matter, call, Channel.PHONE))
            if number:
                note = replace(note, tags=note.tags | {"second_matter"})
            yield note

    def other_channels(self, notes: list[Note]) -> list[Note]:
        """Return records of people who came, wrote or sent a message; all of them also called today."""
        known: defaultdict[str, set[Matter]] = defaultdict(set)
        for note in notes:
            known[note.person.phone].update({note.matter, *(note.call.matters if note.call else ())})
        found = []
        for _ in range(round(len(notes) * self._rates.other_channel)):
            person = self._random.choice(notes).person
            matter = any_matter(self._random, known[person.phone])
            known[person.phone].add(matter)
            note = self._written(person, matter, None, self._random.choice(_OTHER_CHANNELS))
            found.append(replace(note, tags=note.tags | {"other_channel"}))
        return found

    def _written(self, person: Person, matter: Matter, call: DayCall | None, channel: Channel) -> Note:
        random, rates = self._random, self._rates
        phone, phone_tags = written_phone(person, rates, self._taken, random)
        name, name_tags = written_name(person, rates, random)
        address, address_tags = written_address(person.home, rates, random)
        length = self._plan.length.total_seconds()
        at = self._plan.start + timedelta(seconds=int(random.uniform(300, length - 1800)))
        self._made += 1
        return Note(
            key=self._made,
            station=call.station if call else random.randrange(self._plan.stations),
            person=person,
            matter=matter,
            call=call,
            channel=channel,
            received_at=at,
            written_at=at + timedelta(seconds=60),
            caller_name=name,
            phone=phone,
            address=address,
            summary=random.choice(matter.wordings),
            detail=random.choice((*matter.details, "")),
            callback_due=self._plan.end + timedelta(hours=2) if random.random() < 0.15 else None,
            tags=phone_tags | name_tags | address_tags,
        )

    def _timed(self, call: DayCall, note: Note) -> Note:
        random, rates = self._random, self._rates
        draw = random.random()
        talked = call.answered_at + timedelta(seconds=self._skews[call.station] + random.randint(0, 30))
        written = call.ended_at + timedelta(seconds=random.randint(5, 90))
        if self._answered[call.person.phone] > 1:
            # Who called twice is told apart by the time, so it has to be right.
            received = call.answered_at + timedelta(seconds=random.randint(5, 30))
            return replace(note, received_at=received, written_at=written)
        if "twin_written" in call.tags:
            late = call.ended_at + timedelta(seconds=random.randint(900, 1200))
            tags = note.tags | {"twin_anonymous", "late", "no_phone"}
            return replace(note, phone="", received_at=late, written_at=late, tags=tags)
        if draw < rates.late:
            late = written + timedelta(seconds=random.randint(240, 1500))
            return replace(note, received_at=late, written_at=late, tags=note.tags | {"late"})
        if draw < rates.late + rates.paper:
            self._serial += 1
            minute = (talked + timedelta(seconds=random.randint(-180, 180))).replace(second=0, microsecond=0)
            keyed_by = call.station if random.random() < 0.5 else random.randrange(self._plan.stations)
            return replace(
                note,
                station=keyed_by,
                received_at=minute,
                written_at=written + timedelta(seconds=random.randint(1800, 7200)),
                paper_serial=f"P{self._serial:04d}",
                tags=note.tags | {"paper"},
            )
        return replace(note, received_at=talked, written_at=written)


def _twins(plan: Plan, notes: list[Note], random: Random) -> list[Note]:
    """Make pairs of records that nobody can tell apart: same name, same matter, nothing else."""
    found = list(notes)
    plain = [place for place, note in enumerate(found) if not note.tags & {"twin_anonymous", "second_matter"}]
    single = Counter(note.call.index for note in found if note.call)
    plain = [place for place in plain if (call := found[place].call) and single[call.index] == 1]
    wanted = round(len(found) * plan.rates.twin_namesakes)
    for _ in range(wanted):
        if len(plain) < 20:
            break
        first = plain.pop(random.randrange(len(plain) // 2))
        later = [
            place
            for place in plain
            if found[place].received_at - found[first].received_at > timedelta(minutes=40)
        ]
        if not later:
            continue
        second = random.choice(later)
        plain.remove(second)
        model = found[first]
        for place, tag in ((first, "twin_entered"), (second, "twin_left")):
            found[place] = replace(
                found[place],
                matter=model.matter,
                caller_name=model.person.name,
                phone="",
                address="",
                summary=model.matter.wordings[0],
                detail="",
                paper_serial="",
                tags=frozenset({"twin_namesakes", tag, "no_phone"}),
            )
    return found


def _double(plan: Plan, note: Note, random: Random) -> Iterator[Note]:
    """Yield the record once more, as entered twice or keyed at another desk too."""
    if (
        note.tags & (_BLURS | {"second_matter", "twin_namesakes"})
        or len(note.call.matters if note.call else ()) > 1
    ):
        return
    draw = random.random()
    here = draw < plan.rates.double_here
    elsewhere = not here and draw < plan.rates.double_here + plan.rates.double_elsewhere
    if not here and not (elsewhere and plan.stations > 1):
        return
    phone = note.phone if random.random() < 0.5 else spelled_phone(note.person.phone, random)[0]
    stations = [station for station in range(plan.stations) if station != note.station]
    reworded = random.random() < 0.2
    wording = random.choice(note.matter.wordings) if reworded else note.summary
    detail = random.choice((*note.matter.details, "")) if reworded else note.detail
    address, _ = written_address(note.person.home, plan.rates, random)
    yield replace(
        note,
        original=note.key,
        station=note.station if here else random.choice(stations),
        received_at=note.received_at + timedelta(seconds=random.randint(1, 180)),
        written_at=note.written_at + timedelta(seconds=random.randint(60, 1500)),
        phone=phone,
        address=address,
        summary=wording,
        detail=detail,
        callback_due=None,
        tags=frozenset({"double_here" if here else "double_elsewhere"})
        | (frozenset({"reworded"}) if (wording, detail) != (note.summary, note.detail) else frozenset()),
    )
