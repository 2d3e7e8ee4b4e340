"""One incident that was reported several times: what its joined subjects come to together.

Each report that nobody knew of another makes a subject of its own; a lead joins them (JOURNAL, joins). Those
that somebody has confirmed lead, the others are reports; what is told of the incident as a whole is folded
from all of them, never stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from desktop_app.domain.entries import Value
from desktop_app.domain.folding import State, canonical
from desktop_app.domain.incident_events import StateEvent
from desktop_app.domain.incident_steps import ENDED, INCIDENTS, IncidentState
from desktop_app.domain.steps import current
from desktop_app.domain.times import parse_iso

JOINED_WITH = "joined_with"
"""The list on an incident that names the incidents it is one with."""
EVENTS = "events"
"""The list of what happened and when: steps, judgements, what the site's types name."""

_OF_EACH = frozenset(
    {
        "state",
        "incident_no",
        "first_noticed_at",
        "noticed_by",
        "noticed_seat",
        "symptom",
        "manual_from",
        "manual_to",
        "recovered_at",
        "plan_version",
    }
)
"""What each joined one says for itself: that several say different things is no conflict."""
_EARLIEST = frozenset({"first_noticed_at", "manual_from"})

_STATES = tuple(IncidentState)
_REPORTED, _MANUAL, _RELAPSED, _RECOVERED = "reported", "manual", "relapsed", "recovered"
_AFTER_REPORT = frozenset({StateEvent.CONFIRMED, StateEvent.MANUAL, StateEvent.FALSE_ALARM})
_ONCE = frozenset({_REPORTED, "confirmed"})
_NOT_THEIRS = frozenset(StateEvent) - {StateEvent.REPORTED}
"""Steps that count only of those that lead."""


@dataclass(frozen=True, slots=True)
class Item:
    """A member of a list: the subject and entry it is of, and what it says."""

    subject: str
    entry_id: str
    told: Mapping[str, Any]

    def text(self, name: str) -> str:
        """Return what it says under a name, empty where that is no text."""
        value = self.told.get(name)
        return value if isinstance(value, str) else ""

    def at(self, name: str = "at") -> datetime | None:
        """Return a time it tells (UTC), None where nobody can read it."""
        return parse_iso(self.text(name), UTC)


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened, at its own time (UTC), said by the person with the id ``by``."""

    code: str
    at: datetime
    by: str = ""
    reason: str = ""
    subject: str = ""
    entry_id: str = ""


def members_in_order(members: Iterable[State]) -> tuple[State, ...]:
    """Return them with those that lead first, then by id; what says nothing any more is left out.

    Confirmed ones lead. While none is, suspected ones do; only where all were false alarms do these.
    """
    held = [one for one in members if current(one, INCIDENTS) is not IncidentState.NONE]
    return tuple(sorted(held, key=lambda one: (_rank(one), one.subject.id)))


def leading(ordered: Sequence[State]) -> tuple[State, ...]:
    """Return the first of ``members_in_order`` that stand for the incident."""
    return tuple(one for one in ordered if _rank(one) == _rank(ordered[0]))


def standing(ordered: Sequence[State]) -> IncidentState:
    """Return the state of the whole: the least finished of those that lead."""
    states = [_state(one) for one in leading(ordered)] if ordered else []
    return min(states, key=_STATES.index, default=IncidentState.NONE)


def stepping(ordered: Sequence[State], target: IncidentState) -> tuple[State, ...]:
    """Return the members that take a step of the incident: those that stand where the whole stands.

    A false alarm is one for everybody who reported it.
    """
    whole = standing(ordered)
    told = {whole, IncidentState.SUSPECTED} if target is IncidentState.FALSE_ALARM else {whole}
    return tuple(one for one in ordered if _state(one) in told)


def value_in(ordered: Sequence[State], name: str) -> Value:
    """Return a field of the whole: that of the first member that has one."""
    if name in _EARLIEST:
        return min((text for one in ordered if (text := one.text(name))), default=None)
    return next((value for one in ordered if (value := one.value(name)) is not None), None)


def values_in(ordered: Sequence[State]) -> dict[str, Value]:
    """Return every field of the whole by name."""
    names = dict.fromkeys(name for one in ordered for name in one.fields)
    found = {name: value_in(ordered, name) for name in names if name != "state"}
    return {name: value for name, value in found.items() if value is not None}


def conflicts_in(ordered: Sequence[State]) -> dict[str, tuple[Value, ...]]:
    """Return the fields of which those that lead say different things, with what they say."""
    found: dict[str, dict[str, Value]] = {}
    for one in leading(ordered) if ordered else ():
        for name in one.fields:
            if name not in _OF_EACH or len(one.values(name)) > 1:
                told = found.setdefault(name, {})
                told |= {canonical(value): value for value in one.values(name) if value is not None}
    return {name: tuple(told.values()) for name, told in found.items() if len(told) > 1}


def items_in(ordered: Iterable[State], name: str) -> Iterator[Item]:
    """Yield the members of a list of all subjects that say something; texts come as ``text``."""
    for one in ordered:
        for item in one.lists.get(name, ()):
            if isinstance(item.value, dict):
                yield Item(one.subject.id, item.entry_id, item.value)
            elif isinstance(item.value, str):
                yield Item(one.subject.id, item.entry_id, {"text": item.value})


def said_in(ordered: Iterable[State]) -> tuple[Happened, ...]:
    """Return every event as somebody wrote it, by time."""
    found = [
        Happened(item.text("code"), at, item.text("by"), item.text("reason"), item.subject, item.entry_id)
        for item in items_in(ordered, EVENTS)
        if (at := item.at()) is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.entry_id)))


def happened_in(ordered: Sequence[State]) -> tuple[Happened, ...]:
    """Return what happened to the whole, by time, for the clocks.

    It was reported and confirmed once, whoever joined it later, and gone over to manual mode once before it
    was over; going there again after a recovery is a relapse, whatever it was written down as. Of the steps
    of those that do not lead only the report counts; what was noted in them beside the steps did happen.
    Nobody confirms what was not reported: where the PC that reported it goes ahead, the confirmation counts.
    """
    lead = {one.subject.id for one in leading(ordered)} if ordered else set()
    found: list[Happened] = []
    once: set[str] = set()
    by_hand = over = False
    for one in said_in(ordered):
        if one.code in once or (one.subject not in lead and one.code in _NOT_THEIRS):
            continue
        if one.code in _ONCE:
            once.add(one.code)
        if one.code in (_MANUAL, _RELAPSED):
            if by_hand:
                continue
            by_hand, one = True, replace(one, code=_RELAPSED if over else _MANUAL)
        elif one.code == _RECOVERED:
            by_hand, over = False, True
        found.append(one)
    confirmed = min((one.at for one in found if one.code in _AFTER_REPORT), default=None)
    if confirmed is not None:
        found = [
            replace(one, at=confirmed) if one.code == _REPORTED and one.at > confirmed else one
            for one in found
        ]
    return tuple(sorted(found, key=lambda one: (one.at, one.code != _REPORTED)))


def relapses_in(happened: Iterable[Happened]) -> int:
    """Return how often it came back after it had been over."""
    return sum(one.code == _RELAPSED for one in happened)


def manual_spans(happened: Iterable[Happened]) -> tuple[tuple[datetime, datetime | None], ...]:
    """Return the times in which everybody wrote by hand; the last has no end while they do."""
    spans: list[tuple[datetime, datetime | None]] = []
    for one in happened:
        if one.code in (_MANUAL, _RELAPSED):
            spans.append((one.at, None))
        elif one.code == _RECOVERED and spans and spans[-1][1] is None:
            spans[-1] = (spans[-1][0], one.at)
    return tuple(spans)


def is_open(ordered: Sequence[State]) -> bool:
    """Whether somebody still has something to do; an open promise after closing is not asked for here."""
    return standing(ordered) not in ENDED


def _state(one: State) -> IncidentState:
    return IncidentState(current(one, INCIDENTS))


def _rank(one: State) -> int:
    state = _state(one)
    return {IncidentState.SUSPECTED: 1, IncidentState.FALSE_ALARM: 2, IncidentState.NONE: 3}.get(state, 0)
