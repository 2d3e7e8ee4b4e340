"""The day's calls: who calls when and why, and how the queue of a small call centre serves them."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

from desktop_app.domain.reconciliation import CallOutcome
from desktop_app.services.demo_day.matters import Matter, any_matter, shared_matter
from desktop_app.services.demo_day.people import Person, people
from desktop_app.services.demo_day.plan import Plan

QUEUE_PLACES = 8
QUEUE_TIMEOUT = 150
"""Seconds after which the queue gives a caller up."""
HOTLINE, URGENT_LINE, DEAD_LINE = "4008100001", "4008100002", "4008100004"
_MOST_MATTERS = 4


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody dials: ``at`` in seconds from the start of the outage."""

    at: int
    person: Person
    matters: tuple[Matter, ...]
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DayCall:
    """A call as it truly went. ``way`` says through what part of the switchboard it left."""

    index: int
    person: Person
    matters: tuple[Matter, ...]
    caller: str
    line: str
    started_at: datetime
    outcome: CallOutcome
    way: str
    wait: int
    talk: int = 0
    station: int = -1
    outside: bool = False
    tags: frozenset[str] = frozenset()

    @property
    def answered_at(self) -> datetime:
        """When an agent took it; only meaningful where one did."""
        return self.started_at + timedelta(seconds=self.wait)

    @property
    def ended_at(self) -> datetime:
        """When the caller was gone."""
        return self.started_at + timedelta(seconds=self.wait + self.talk)

    @property
    def uniqueid(self) -> str:
        """The switchboard's id: start in epoch seconds and a running count of channels."""
        return f"{int(self.started_at.timestamp())}.{100 + 7 * self.index}"

    @property
    def answered(self) -> bool:
        """Whether an agent talked."""
        return self.outcome is CallOutcome.ANSWERED


def calls_of(plan: Plan) -> list[DayCall]:
    """Return the inbound calls in the order of their start: the outage's, and some before and after it."""
    random = plan.stream("calls")
    attempts = _attempts(plan, random)
    inside = list(_served(plan, attempts, random))
    around = [
        _around(plan, attempt, random)
        for attempt in _attempts(plan, random)[: round(plan.calls * plan.rates.outside)]
    ]
    ordered = sorted(inside + around, key=lambda call: call.started_at)
    return _anonymous_pairs(plan, [replace(call, index=index) for index, call in enumerate(ordered)], random)


def _attempts(plan: Plan, random: Random) -> list[Attempt]:
    known = people(plan)
    length = int(plan.length.total_seconds())
    # A quiet edge keeps it beyond doubt on which side of the outage a call lies.
    first, last = 300, length - 3300
    found: list[Attempt] = []
    # What a phone was used for: nobody calls twice about one thing, or the two records would be one matter.
    used: defaultdict[str, set[Matter]] = defaultdict(set)
    place = 0
    while len(found) < plan.calls:
        draw, place = random.random(), place % len(known)
        person, new = known[place], []
        if draw < plan.rates.neighbours / 6:
            crowd = known[place : place + random.randint(3, 9)]
            new = _neighbours(crowd, used, random, first, last)
            place += len(crowd)
        elif found and draw < plan.rates.neighbours / 6 + plan.rates.repeat_caller:
            before = random.choice(found)
            if len(used[before.person.phone]) < _MOST_MATTERS:
                new = [_again(before, used, random, last)]
        if not new:
            place += 1
            matters = [any_matter(random, used[person.phone])]
            if random.random() < plan.rates.second_matter:
                matters.append(any_matter(random, used[person.phone] | {matters[0]}))
            new = [Attempt(_moment(random, first, last), person, tuple(matters))]
        for attempt in new:
            used[attempt.person.phone].update(attempt.matters)
        found += new
    return sorted(found[: plan.calls], key=lambda attempt: attempt.at)


def _moment(random: Random, first: int, last: int) -> int:
    """Return a moment; most people call in the first half of an outage."""
    return first + int((last - first) * random.betavariate(1.4, 1.9))


def _neighbours(
    crowd: list[Person], used: Mapping[str, set[Matter]], random: Random, first: int, last: int
) -> list[Attempt]:
    matter, begin = shared_matter(random), _moment(random, first, last)
    found: dict[str, Attempt] = {}
    for number, person in enumerate(crowd):
        room = f"{random.randint(1, 24)}{number % 4 + 1:02d}"
        home = replace(crowd[0].home, unit=random.randint(1, 3), room=room)
        at = min(last, begin + int(random.expovariate(1 / 420)))
        if person.phone not in found and matter not in used.get(person.phone, ()):
            moved = replace(person, home=home)
            found[person.phone] = Attempt(at, moved, (matter,), frozenset({"neighbours"}))
    return list(found.values())


def _again(before: Attempt, used: Mapping[str, set[Matter]], random: Random, last: int) -> Attempt:
    at = before.at + random.choice((240, 900, 3600)) + random.randrange(600)
    if at > last:
        at = random.randint(0, last)
    matter = any_matter(random, used[before.person.phone])
    return Attempt(at, before.person, (matter,), frozenset({"repeat_caller"}))


def _served(plan: Plan, attempts: list[Attempt], random: Random) -> Iterator[DayCall]:
    free = [0] * plan.stations
    waiting: list[int] = []
    # A redial takes the place of a later first call, so that the number of calls stays what was asked for.
    coming = [(attempt.at, order, attempt) for order, attempt in enumerate(attempts)]
    heapq.heapify(coming)
    left, order = len(attempts), len(attempts)
    last = int(plan.length.total_seconds()) - 3000
    hung_up: dict[str, int] = {}
    while coming and left:
        at, _, attempt = heapq.heappop(coming)
        order += 1
        phone = attempt.person.phone
        if hung_up.get(phone, -1) >= at:
            # One phone makes one call at a time; who meant to call a second time does so right after.
            heapq.heappush(coming, (hung_up[phone] + random.randint(30, 240), order, attempt))
            continue
        left -= 1
        call = _serve(plan, at, attempt, free, waiting, random)
        yield call
        hung_up[phone] = at + call.wait + call.talk
        again = hung_up[phone] + random.randint(40, 500)
        if not call.answered and left and again < last and random.random() < plan.rates.redial:
            heapq.heappush(coming, (again, order, replace(attempt, tags=attempt.tags | {"redial"})))


def _serve(
    plan: Plan, at: int, attempt: Attempt, free: list[int], waiting: list[int], random: Random
) -> DayCall:
    call = DayCall(
        0,
        attempt.person,
        attempt.matters,
        _shown(plan, attempt.person, random),
        HOTLINE,
        plan.start + timedelta(seconds=at),
        CallOutcome.ABANDONED,
        "queue",
        0,
        tags=attempt.tags,
    )
    talk = min(900, max(25, int(random.lognormvariate(4.4, 0.5))))
    if random.random() < plan.rates.direct_line:
        return _direct(call, at, talk, free, random)
    waiting[:] = [leaves for leaves in waiting if leaves > at]
    if len(waiting) >= QUEUE_PLACES:
        return replace(call, outcome=CallOutcome.TURNED_AWAY, way="full", wait=1)
    station = min(range(len(free)), key=free.__getitem__)
    wait = max(0, free[station] - at) + random.randint(2, 6)
    patience = max(5, int(random.expovariate(1 / 200)))
    waiting.append(at + min(wait, patience, QUEUE_TIMEOUT))
    if patience < min(wait, QUEUE_TIMEOUT):
        return replace(call, way="gave_up", wait=patience)
    if wait > QUEUE_TIMEOUT:
        return replace(call, outcome=CallOutcome.TURNED_AWAY, way="timeout", wait=QUEUE_TIMEOUT)
    free[station] = at + wait + talk + random.randint(10, 40)
    return replace(call, outcome=CallOutcome.ANSWERED, wait=wait, talk=talk, station=station)


def _direct(call: DayCall, at: int, talk: int, free: list[int], random: Random) -> DayCall:
    """Return a call to a line that rings at one desk, without a queue."""
    call = replace(call, line=URGENT_LINE)
    if random.random() < 0.1:
        return replace(call, line=DEAD_LINE, outcome=CallOutcome.TURNED_AWAY, way="failed", wait=3)
    station = random.randrange(len(free))
    if free[station] > at and random.random() < 0.7:
        station = min(range(len(free)), key=free.__getitem__)
    if free[station] > at:
        return replace(call, outcome=CallOutcome.TURNED_AWAY, way="busy", station=station)
    wait = random.randint(2, 9)
    if random.random() < 0.1:
        return replace(call, way="no_answer", wait=wait + 15, station=station)
    free[station] = at + wait + talk + random.randint(10, 40)
    return replace(call, outcome=CallOutcome.ANSWERED, way="dial", wait=wait, talk=talk, station=station)


def _around(plan: Plan, attempt: Attempt, random: Random) -> DayCall:
    """Return an ordinary answered call well before or after the outage."""
    gap = timedelta(seconds=random.randint(3600, 10800))
    started_at = plan.start - gap if random.random() < 0.5 else plan.end + gap
    call = DayCall(
        0,
        attempt.person,
        attempt.matters[:1],
        _shown(plan, attempt.person, random),
        HOTLINE,
        started_at,
        CallOutcome.ANSWERED,
        "queue",
        4,
        talk=random.randint(40, 300),
        station=random.randrange(plan.stations),
        outside=True,
    )
    return replace(call, tags=frozenset({"outside"}))


def _shown(plan: Plan, person: Person, random: Random) -> str:
    """Return the number as the network shows it."""
    if random.random() < plan.rates.anonymous:
        return random.choice(("anonymous", ""))
    if random.random() < plan.rates.foreign_prefix:
        return f"+86{person.phone.removeprefix('0')}" if random.random() < 0.5 else _with_zero(person.phone)
    return person.phone


def _with_zero(phone: str) -> str:
    return phone if phone.startswith("0") else f"0{phone}"


def _anonymous_pairs(plan: Plan, calls: list[DayCall], random: Random) -> list[DayCall]:
    """Hide the numbers of pairs of calls one agent took in a row, of which one is written down, too late."""
    found = list(calls)
    times = Counter(call.person.phone for call in calls if call.answered)
    plain = [
        call
        for call in calls
        if call.answered and not call.outside and len(call.matters) == 1 and times[call.person.phone] == 1
    ]
    used: set[int] = set()
    pairs = [
        (first, second)
        for station in range(plan.stations)
        for first, second in pairwise([call for call in plain if call.station == station])
        if second.ended_at - first.ended_at < timedelta(seconds=800)
    ]
    random.shuffle(pairs)
    for first, second in pairs:
        if len(used) >= 2 * round(len(calls) * plan.rates.twin_anonymous):
            break
        if not used & {first.index, second.index}:
            used |= {first.index, second.index}
            found[first.index] = replace(first, caller="", tags=first.tags | {"twin_written"})
            found[second.index] = replace(second, caller="", tags=second.tags | {"twin_unwritten"})
    return found
