"""Which call of the log a record was written of: a call may have several records, a record has one call.

The phone decides, then the nearest call in time. A number that is missing or mistyped is made good by agent
and time only where exactly one call and one record are left for each other.

A wrong link hides a caller whom nobody wrote down, so doubt leaves the record without a call: nobody writes
before the caller rings, a withheld number may be anybody's, and who writes late writes during other calls.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop_app.domain.phones import phone_of
from desktop_app.domain.reconciliation import Call, CallOutcome, HandRecord
from desktop_app.matching.agents import Agents
from desktop_app.matching.characters import plain
from desktop_app.matching.phones import NEAR, PhoneLevel, compare_phones, deletions

_PHONE_CHANNELS = frozenset({"", "phone", "telephone", "call", "电话", "来电"})
_LOCAL = 7
_WIDE = timedelta(hours=1)
_LONE = timedelta(hours=12)
_NEAR = timedelta(minutes=10)
_CLOSE = timedelta(minutes=2)
_EARLY = timedelta(minutes=2)
_AT_ONCE = timedelta(seconds=30)
_CLOCKS = timedelta(minutes=5)
_LATE = timedelta(minutes=30)
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
    for finder in (_near_partners, _agent_partners):
        while found := _lone_partners(records, waiting, links, log, agents, finder):
            links |= {index: Link(call, sure=False) for index, call in found.items()}
    return links


def _lone_partners(
    records: Sequence[HandRecord],
    waiting: Sequence[int],
    links: Mapping[int, Link],
    log: _Log,
    agents: Agents,
    finder: Callable[[HandRecord, _Log, Agents, _Taken], list[tuple[int, bool]]],
) -> dict[int, int]:
    """Return record → call where ``finder`` leaves a record one call, and the call one record."""
    taken = _Taken({(link.call, records[index].agent) for index, link in links.items()})
    partners = {index: finder(records[index], log, agents, taken) for index in waiting if index not in links}
    wanted = Counter(call for found in partners.values() for call, close in found if close)
    return {
        index: found[0][0]
        for index, found in partners.items()
        if len(found) == 1 and found[0][1] and wanted[found[0][0]] == 1 and found[0][0] not in taken.calls
    }


class _Taken:
    """The calls that have a record, and whose records those are."""

    def __init__(self, written: Set[tuple[int, str]]) -> None:
        self.calls = frozenset(call for call, _ in written)
        self._written = written

    def by(self, agent: str, call: int) -> bool:
        """Whether this agent wrote the call down: a record of somebody else may be a double of it."""
        return (call, agent) in self._written


class _Log:
    """The answered calls, found by the last digits, by a slip of one digit and by time."""

    def __init__(self, calls: Sequence[Call], offset: timedelta) -> None:
        self.calls = calls
        self.offset = offset
        self.phones = [phone_of(call.caller).digits for call in calls]
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
            for quarter in range(_quarter(first - _NEAR), _quarter(last + _LATE) + 1):
                self._by_quarter[quarter].append(index)

    def span(self, call: int) -> tuple[datetime, datetime]:
        found = self.calls[call]
        end = found.ended_at or (found.answered_at or found.started_at) + timedelta(
            seconds=found.talk_seconds
        )
        return found.started_at + self.offset, max(end, found.started_at) + self.offset

    def answered(self, call: int) -> datetime:
        found = self.calls[call]
        return (found.answered_at or found.started_at) + self.offset

    def gap(self, at: datetime, call: int) -> timedelta | None:
        """How far a record's time lies from the call: nothing while it lasted, None where it began too late.

        A call that began after the record needs clocks that are apart, so it counts three times as far.
        """
        start, end = self.span(call)
        if start - _AT_ONCE <= at <= end:
            return _NOTHING
        if at < start:
            return (start - at) * 3 if start - at <= _CLOCKS else None
        return max(at - end, _NOTHING)

    def came_after(self, record: HandRecord, call: int) -> bool:
        """Whether the call began after the record's time."""
        return record.received_at is not None and record.received_at < self.span(call)[0] - _AT_ONCE

    def withheld_rival(self, record: HandRecord, gap: timedelta, agents: Agents, *, begun: bool) -> bool:
        """Whether a call without a number fits the record's time better than ``gap`` and its agent too.

        ``begun``: only a call that somebody had taken by then.
        """
        at = record.received_at
        for other in self.at(at) if at else ():
            rival = None if self.phones[other] or not at else self.gap(at, other)
            if rival is None or rival >= gap or (begun and at and at < self.answered(other)):
                continue
            if record.paper_serial or agents.same(record.agent, self.calls[other].agent) is not False:
                return True
        return False

    def of_phone(self, digits: str) -> list[int]:
        if not digits:
            return []
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

    def at(self, at: datetime) -> Iterable[int]:
        return self._by_quarter.get(_quarter(at), ())


def _by_phone(records: Sequence[HandRecord], waiting: Sequence[int], log: _Log) -> dict[int, Link]:
    """Records whose phone is in the log: first where one call can be meant, then by agent and time."""
    partners: dict[int, list[tuple[timedelta, int]]] = {}
    for index in waiting:
        at = records[index].received_at
        found = _calls_of(records[index], log) if at else []
        gaps = sorted((gap, call) for call in found if at and (gap := log.gap(at, call)) is not None)
        if gaps:
            partners[index] = gaps
    writers = Counter(call for found in partners.values() for _, call in found)
    alone: dict[int, int] = {}
    lone: set[int] = set()
    for index, gaps in partners.items():
        nearest, call = gaps[0]
        if len(gaps) == 1 and writers[call] == 1:
            lone.add(index)
        if (len(gaps) == 1 or gaps[1][0] > _APART) and nearest <= (_LONE if index in lone else _WIDE):
            alone[index] = call
    agents = Agents((records[index].agent, log.calls[call].agent) for index, call in alone.items())
    links: dict[int, Link] = {}
    taken: set[int] = set()
    for index in sorted(partners, key=lambda index: (partners[index][0][0], index)):
        nearest, gaps = partners[index][0][0], partners[index]
        meant = alone.get(index)
        if meant is None and nearest <= _WIDE:
            meant = _likeliest(records[index], gaps, log, agents, taken)
        # A call that was written down in its time is not written down again much later, nor before it came.
        again = meant in taken and (nearest > _NEAR or log.came_after(records[index], meant))
        if meant is None or again or _doubted(records[index], meant, log, agents, lone=index in lone):
            continue
        links[index] = Link(meant, sure=True, alone=index in alone)
        taken.add(meant)
    return links


def _doubted(record: HandRecord, call: int, log: _Log, agents: Agents, *, lone: bool) -> bool:
    """Whether the record may be of another call of the same person, made without showing the number.

    ``lone``: the phone has one call and one record, so a late record is likelier than a second call.
    """
    gap = log.gap(record.received_at, call) if record.received_at else None
    if gap is None:
        return True
    own = agents.same(record.agent, log.calls[call].agent)
    elsewhere = own is False and not record.paper_serial
    if elsewhere and not lone and gap > _NEAR:
        return True
    # The agent's own record, written while a withheld call was on the line, may be of that one.
    if own and not record.paper_serial and log.withheld_rival(record, min(gap, _EARLY), agents, begun=True):
        return True
    unlikely = _NOTHING if elsewhere else _APART if lone else _EARLY
    return gap > unlikely and log.withheld_rival(record, gap, agents, begun=False)


def _likeliest(
    record: HandRecord, gaps: Sequence[tuple[timedelta, int]], log: _Log, agents: Agents, taken: set[int]
) -> int | None:
    """Return the call of a phone that called again; None where agent and time point at different calls."""
    near = [(gap, call) for gap, call in gaps if gap <= _APART]
    told = [agents.same(record.agent, log.calls[call].agent) for _, call in near]
    own = [pair for pair, same in zip(near, told, strict=True) if same]
    if own and own[0][0] - gaps[0][0] > _TIE:
        return None
    if len(near) > 1 and all(same is False for same in told):
        # Nobody who had the caller on the line wrote this: a double of either call.
        return None
    likely = own or near or gaps
    tied = [call for gap, call in likely if gap - likely[0][0] <= _TIE]
    return next((call for call in tied if call not in taken), tied[0])


def _calls_of(record: HandRecord, log: _Log) -> list[int]:
    digits = phone_of(record.phone).digits
    found = log.of_phone(digits) if digits else []
    if not found and record.callback_phone:
        other = phone_of(record.callback_phone).digits
        found = log.of_phone(other) if other else []
    return found


def _near_partners(record: HandRecord, log: _Log, agents: Agents, taken: _Taken) -> list[tuple[int, bool]]:
    """Calls from a number one slip away, about then, not taken by another agent; each of them is close.

    A number that itself called was no slip.
    """
    digits, at = phone_of(record.phone).digits, record.received_at
    if not digits or at is None or log.of_phone(digits):
        return []
    return [
        (call, True)
        for call in log.slips(digits)
        if compare_phones(digits, log.phones[call]) in NEAR
        and (gap := log.gap(at, call)) is not None
        and gap <= _NEAR
        and agents.same(record.agent, log.calls[call].agent) is not False
        and not log.withheld_rival(record, min(gap, _EARLY), agents, begun=True)
    ]


def _agent_partners(record: HandRecord, log: _Log, agents: Agents, taken: _Taken) -> list[tuple[int, bool]]:
    """Calls that the agent had then or in the half-hour before, the number missing, withheld or mistyped.

    True with those that were just then. What was keyed from paper says nothing of who took the call.
    """
    at = record.received_at
    digits = phone_of(record.phone).digits
    if at is None or record.paper_serial or log.of_phone(digits):
        return []
    found = []
    during = set()
    for call in log.at(at):
        start, end = log.span(call)
        level = compare_phones(digits, log.phones[call])
        fits = level in (PhoneLevel.MISSING, PhoneLevel.TWO_DIGITS, PhoneLevel.TAIL) or level in NEAR
        if not fits or not start - _EARLY <= at <= end + _LATE:
            continue
        if not agents.same(record.agent, log.calls[call].agent):
            continue
        if start <= at <= end:
            during.add(call)
        if not taken.by(record.agent, call) or level in NEAR:
            found.append((call, start - _AT_ONCE <= at <= end + _CLOSE))
    # Written during a call that has its record it may be that call's second matter.
    return [] if during and during <= taken.calls else found


def _quarter(at: datetime) -> int:
    return int(at.timestamp()) // 900
