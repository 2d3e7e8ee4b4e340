"""Which call of the log a record was written of: a call may have several records, a record has one call.

The phone decides, then the nearest call in time. A number that is missing or mistyped is made good by agent
and time only where exactly one call and one record are left for each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desktop_app.domain.phones import phone_of
from desktop_app.domain.reconciliation import Call, CallOutcome, HandRecord
from desktop_app.matching.agents import Agents
from desktop_app.matching.characters import plain
from desktop_app.matching.phones import NEAR, PhoneLevel, compare_phones, deletions

_PHONE_CHANNELS = frozenset({"", "phone", "telephone", "call", "电话", "来电"})
_MISHEARD = NEAR | {PhoneLevel.TWO_DIGITS}
_LOCAL = 7
_WIDE = timedelta(hours=1)
_LONE = timedelta(hours=12)
_NEAR = timedelta(minutes=10)
_CLOSE = timedelta(minutes=5)
_EARLY = timedelta(minutes=2)
_TIE = timedelta(minutes=2)
_APART = timedelta(minutes=30)
_NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class Link:
    """The call of a record; ``sure`` where the phone says so, ``alone`` where no other call can be meant."""

    call: int
    sure: bool
    alone: bool = False


def expected_in_log(record: HandRecord) -> bool:
    """Whether the record should have a call: only channel *phone* (and unknown) is expected in a log."""
    return plain(record.channel) in _PHONE_CHANNELS


def link_calls(records: Sequence[HandRecord], calls: Sequence[Call], offset: timedelta) -> dict[int, Link]:
    """Return record index → its call, as far as it is clear; ``offset`` is added to the log's times."""
    log = _Log(calls, offset)
    waiting = [
        index
        for index, record in enumerate(records)
        if record.received_at is not None and expected_in_log(record)
    ]
    links = _by_phone(records, waiting, log)
    agents = Agents((records[index].agent, calls[link.call].agent) for index, link in links.items())
    for finder in (_near_partners, _agent_partners, _lone_partners):
        taken = {link.call for link in links.values()}
        open_records = [index for index in waiting if index not in links]
        partners = {
            index: [call for call in finder(records[index], log, agents) if call not in taken]
            for index in open_records
        }
        wanted = Counter(call for found in partners.values() for call in found)
        for index, found in partners.items():
            if len(found) == 1 and wanted[found[0]] == 1:
                links[index] = Link(found[0], sure=False)
    return links


class _Log:
    """The answered calls, found by the last digits, by a slip of one digit and by time."""

    def __init__(self, calls: Sequence[Call], offset: timedelta) -> None:
        self.calls = calls
        self.offset = offset
        self.phones = [phone_of(call.caller).digits for call in calls]
        self._withheld = [
            call
            for call, digits in zip(calls, self.phones, strict=True)
            if not digits and call.outcome is CallOutcome.ANSWERED
        ]
        self._by_tail: dict[str, list[int]] = defaultdict(list)
        self._by_slip: dict[str, set[int]] = defaultdict(set)
        self._by_quarter: dict[int, list[int]] = defaultdict(list)
        for index, call in enumerate(calls):
            if call.outcome is not CallOutcome.ANSWERED:
                continue
            digits = self.phones[index]
            if digits:
                self._by_tail[digits[-_LOCAL:]].append(index)
            if len(digits) >= _LOCAL:
                for rest in (digits, *deletions(digits)):
                    self._by_slip[rest].add(index)
            first, last = self.span(index)
            for quarter in range(_quarter(first - _NEAR), _quarter(last + _NEAR) + 1):
                self._by_quarter[quarter].append(index)

    def span(self, call: int) -> tuple[datetime, datetime]:
        found = self.calls[call]
        end = found.ended_at or (found.answered_at or found.started_at) + timedelta(
            seconds=found.talk_seconds
        )
        return found.started_at + self.offset, max(end, found.started_at) + self.offset

    def gap(self, at: datetime, call: int) -> timedelta:
        """How far a record's time lies from the call; nothing while it lasted."""
        start, end = self.span(call)
        if at < start:
            return start - at
        return max(at - end, _NOTHING)

    def of_phone(self, digits: str) -> list[int]:
        return [
            call
            for call in self._by_tail.get(digits[-_LOCAL:], ())
            if compare_phones(digits, self.phones[call]) is PhoneLevel.SAME
        ]

    def slips(self, digits: str) -> set[int]:
        found: set[int] = set()
        if len(digits) >= _LOCAL:
            for rest in (digits, *deletions(digits)):
                found |= self._by_slip.get(rest, set())
        return found

    def in_reach(self, record: HandRecord, call: int) -> bool:
        """Whether the record may have been written of the call: hardly before it, an hour after at most."""
        start, end = self.span(call)
        at = record.received_at
        if at is None or not start - _NEAR <= at <= end + _WIDE:
            return False
        return self.gap(at, call) <= _NEAR or not self.misheard_then(record)

    def misheard_then(self, record: HandRecord) -> bool:
        """Whether a call just then came from a number a slip or two away: it is the one meant."""
        at, digits = record.received_at, phone_of(record.phone).digits
        return at is not None and any(
            self.gap(at, call) <= _EARLY and compare_phones(digits, self.phones[call]) in _MISHEARD
            for call in self.at(at)
        )

    def withheld_about(self, record: HandRecord, agents: Agents) -> bool:
        """Whether the record's own agent had a call without a number about then: it may be of that."""
        at = record.received_at
        for call in self._withheld if at else ():
            same = agents.same(record.agent, call.agent)
            apart = abs(at - call.started_at - self.offset) if at else _NOTHING
            if apart <= (_NEAR if same else _EARLY) and same is not False:
                return True
        return False

    def at(self, at: datetime) -> Iterable[int]:
        return self._by_quarter.get(_quarter(at), ())


def _by_phone(records: Sequence[HandRecord], waiting: Sequence[int], log: _Log) -> dict[int, Link]:
    """Records whose phone is in the log: first where one call can be meant, then by agent and time."""
    partners: dict[int, list[tuple[timedelta, int]]] = {}
    for index in waiting:
        at = records[index].received_at
        found = _calls_of(records[index], log) if at else []
        if at and found:
            partners[index] = sorted((log.gap(at, call), call) for call in found)
    links: dict[int, Link] = {}
    for index, gaps in partners.items():
        if (len(gaps) == 1 or gaps[1][0] > _APART) and log.in_reach(records[index], gaps[0][1]):
            links[index] = Link(gaps[0][1], sure=True)
    agents = Agents((records[index].agent, log.calls[link.call].agent) for index, link in links.items())
    for index, link in links.items():
        links[index] = replace(link, alone=not log.withheld_about(records[index], agents))
    taken = {link.call for link in links.values()}
    unclear = [(gaps[0][0], index) for index, gaps in partners.items() if index not in links]
    for _, index in sorted(unclear):
        reached = [(gap, call) for gap, call in partners[index] if log.in_reach(records[index], call)]
        if not reached:
            continue
        near = [(gap, call) for gap, call in reached if gap <= _APART]
        own = [pair for pair in near if agents.same(records[index].agent, log.calls[pair[1]].agent)]
        likely = own or near or reached
        tied = [call for gap, call in likely if gap - likely[0][0] <= _TIE]
        call = next((call for call in tied if call not in taken), tied[0])
        links[index] = Link(call, sure=True)
        taken.add(call)
    return links


def _calls_of(record: HandRecord, log: _Log) -> list[int]:
    digits = phone_of(record.phone).digits
    found = log.of_phone(digits) if digits else []
    if not found and record.callback_phone:
        other = phone_of(record.callback_phone).digits
        found = log.of_phone(other) if other else []
    return found


def _near_partners(record: HandRecord, log: _Log, agents: Agents) -> list[int]:
    """Calls from a number one slip away, about then, not taken by another agent."""
    digits, at = phone_of(record.phone).digits, record.received_at
    if not digits or at is None:
        return []
    return [
        call
        for call in log.slips(digits)
        if compare_phones(digits, log.phones[call]) in NEAR
        and log.gap(at, call) <= _NEAR
        and agents.same(record.agent, log.calls[call].agent) is not False
    ]


def _lone_partners(record: HandRecord, log: _Log, _agents: Agents) -> list[int]:
    """Calls of the phone at another hour: a clock was wrong, where that phone has but one call and record."""
    at = record.received_at
    if at is None or log.misheard_then(record):
        return []
    return [call for call in _calls_of(record, log) if log.gap(at, call) <= _LONE]


def _agent_partners(record: HandRecord, log: _Log, agents: Agents) -> list[int]:
    """Calls that the same agent had just then, where the number is missing, withheld or mistyped."""
    at = record.received_at
    if at is None:
        return []
    digits = phone_of(record.phone).digits
    found = []
    for call in log.at(at):
        start, end = log.span(call)
        level = compare_phones(digits, log.phones[call])
        fits = level in (PhoneLevel.MISSING, PhoneLevel.TWO_DIGITS, PhoneLevel.TAIL) or level in NEAR
        then = start - _EARLY <= at <= end + _CLOSE
        if fits and then and agents.same(record.agent, log.calls[call].agent):
            found.append(call)
    return found


def _quarter(at: datetime) -> int:
    return int(at.timestamp()) // 900
