"""What the clock ladders come to for an incident at a moment: ahead, due, done or not needed any more.

Nothing of this is stored. It follows from the events and the evidence in the journal, in whatever order, how
often and from how many stations these arrived, so that it is the same after a restart and after every merge
(procedures, readings 1 and 2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from desktop_app.domain.incident_events import StateEvent
from desktop_app.domain.ladders import Ladder, Rung, RungKind

BEFORE_RELAPSE = frozenset({StateEvent.REPORTED, StateEvent.CONFIRMED, StateEvent.MANUAL})
"""Steps that a relapse does not take again: what they start, it starts anew (states 4.5)."""
_APART = timedelta(minutes=2)
"""So far the clocks of two PCs may be apart without anybody having set one of them wrong."""
_NEVER = datetime.min.replace(tzinfo=UTC)


class Stage(StrEnum):
    """How a rung stands."""

    AHEAD = "ahead"
    DUE = "due"
    DONE = "done"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, by the code under which ladders name it."""

    code: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """Evidence of a ``TELL`` rung: ``at`` is when somebody was told, however late it was typed."""

    ladder: str
    rung: str
    role: str
    name: str
    at: datetime | None
    channel: str
    reached: bool = True

    @property
    def counts(self) -> bool:
        """Whether it ends the being due: somebody was reached, and name, time and channel are given."""
        return self.reached and self.at is not None and bool(self.name.strip() and self.channel.strip())


@dataclass(frozen=True, slots=True)
class Decided:
    """Evidence of the other rungs: what was chosen and why, what was found, or that it was seen."""

    ladder: str
    rung: str
    code: str
    at: datetime | None
    reason: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the journal holds of one incident, everything of those joined to it included."""

    type_key: str
    events: tuple[Event, ...] = ()
    told: tuple[Told, ...] = ()
    decided: tuple[Decided, ...] = ()


@dataclass(frozen=True, slots=True)
class RungStanding:
    """One rung for one role in one round.

    Attributes:
        role: who is to be told; "" for a rung that tells nobody in particular.
        round: 1 for the first time the ladder ran, 2 after a relapse.
        evidence: the earliest that counts, of this round.
        late: from due to evidence, or to now while it is due; zero where it is neither late nor due.
    """

    ladder: Ladder
    rung: Rung
    role: str
    round: int
    started: datetime
    due: datetime
    stage: Stage
    evidence: Told | Decided | None = None
    late: timedelta = timedelta()

    @property
    def done_at(self) -> datetime | None:
        """When it was done, by the evidence; None while it is not."""
        return None if self.evidence is None else self.evidence.at

    @property
    def key(self) -> tuple[str, str, str, int]:
        """What tells it from every other of its incident: ladder, rung, role and round."""
        return self.ladder.key, self.rung.key, self.role, self.round


@dataclass(frozen=True, slots=True)
class _Round:
    """One run of a ladder; what happened from ``since`` until before ``until`` belongs to it."""

    number: int
    started: datetime
    ended: datetime | None = None
    since: datetime = _NEVER
    until: datetime | None = None

    def holds(self, at: datetime) -> bool:
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class _Indexed:
    """The same facts by what asks for them: this is counted every second, also of an incident of a day."""

    events: Mapping[str, Sequence[datetime]]
    told: Mapping[tuple[str, str], Sequence[Told]]
    decided: Mapping[tuple[str, str], Sequence[Decided]]

    @classmethod
    def of(cls, facts: Facts) -> _Indexed:
        events: dict[str, list[datetime]] = {}
        told: dict[tuple[str, str], list[Told]] = {}
        decided: dict[tuple[str, str], list[Decided]] = {}
        for event in facts.events:
            events.setdefault(event.code, []).append(event.at)
        for one in facts.told:
            told.setdefault((one.ladder, one.rung), []).append(one)
        for each in facts.decided:
            decided.setdefault((each.ladder, each.rung), []).append(each)
        return cls(events, told, decided)


def standing(ladders: Iterable[Ladder], facts: Facts, now: datetime) -> tuple[RungStanding, ...]:
    """Return how every rung stands at ``now``: by ladder, then by round, then from first to last.

    A ladder runs from its first starting event on. The same event again is another report of what is running
    already, and the earliest counts; once an ending event came between, it is a relapse and a further round.
    """
    indexed = _Indexed.of(facts)
    return tuple(
        _stands(ladder, rung, role, one, indexed, now)
        for ladder in ladders
        if not ladder.types or facts.type_key in ladder.types
        for one in _rounds(ladder, facts.events)
        for rung in ladder.rungs
        for role in _roles(rung)
    )


def known_at(facts: Facts, now: datetime) -> Facts:
    """Return the facts as they can be known at ``now``: what is known was reported by then.

    Where the PC that reported it goes ahead, its clocks would be quiet for as long; they run from now on.
    """
    told = (
        replace(one, at=now) if one.code == StateEvent.REPORTED and one.at > now + _APART else one
        for one in facts.events
    )
    return replace(facts, events=tuple(told))


def due_now(standings: Iterable[RungStanding]) -> list[RungStanding]:
    """Return what is due and not done, what is longest due first."""
    return sorted((one for one in standings if one.stage is Stage.DUE), key=_by_due)


def next_due(standings: Iterable[RungStanding]) -> RungStanding | None:
    """Return what comes due next; None where nothing does."""
    return min((one for one in standings if one.stage is Stage.AHEAD), key=_by_due, default=None)


def newly_due(before: Iterable[RungStanding], after: Iterable[RungStanding]) -> list[RungStanding]:
    """Return what is due ``after`` and was not ``before``: what rings now, and will not when asked again."""
    known = {one.key for one in before if one.stage is Stage.DUE}
    return [one for one in due_now(after) if one.key not in known]


def _by_due(one: RungStanding) -> datetime:
    return one.due


def _roles(rung: Rung) -> Sequence[str]:
    return rung.tells if rung.does is RungKind.TELL and rung.tells else ("",)


def _rounds(ladder: Ladder, events: Iterable[Event]) -> list[_Round]:
    held = set(events)
    starts = {one.at for one in held if _starts(ladder, one.code)}
    ends = {one.at for one in held if one.code in ladder.ends_on}
    rounds: list[_Round] = []
    for at in sorted(starts | ends):
        # What ends and starts at one moment was over and is back, or was back and is over: by what was.
        runs = bool(rounds) and rounds[-1].ended is None
        for is_start in (False, True) if runs else (True, False):
            if is_start and at in starts and (not rounds or rounds[-1].ended is not None):
                rounds.append(_next_round(rounds, at))
            elif not is_start and at in ends and rounds and rounds[-1].ended is None:
                rounds[-1] = replace(rounds[-1], ended=at)
    return rounds


def _next_round(rounds: list[_Round], at: datetime) -> _Round:
    if not rounds:
        return _Round(1, at)  # takes what came before its start too
    rounds[-1] = replace(rounds[-1], until=at)
    return _Round(len(rounds) + 1, at, since=at)


def _starts(ladder: Ladder, code: str) -> bool:
    return code == ladder.starts_on or (code == StateEvent.RELAPSED and ladder.starts_on in BEFORE_RELAPSE)


def _stands(
    ladder: Ladder, rung: Rung, role: str, one: _Round, facts: _Indexed, now: datetime
) -> RungStanding:
    due = _due(rung, one, facts.events.get(rung.at_once_on, ()) if rung.at_once_on else ())
    evidence = _evidence(ladder, rung, role, one, facts)
    begun = RungStanding(ladder, rung, role, one.number, one.started, due, Stage.AHEAD, evidence)
    done_at = begun.done_at
    if done_at is not None:
        return replace(begun, stage=Stage.DONE, late=max(done_at - due, timedelta()))
    if one.ended is not None and one.ended < due:
        return replace(begun, stage=Stage.NOT_NEEDED)
    return replace(begun, stage=Stage.DUE, late=now - due) if due <= now else begun


def _due(rung: Rung, one: _Round, judged: Iterable[datetime]) -> datetime:
    """The judgement that it cannot be done in time makes a rung due early, but not before anything began."""
    early = (max(at, one.started) for at in judged if one.holds(at))
    return min([one.started + timedelta(minutes=rung.minutes), *early])


def _evidence(ladder: Ladder, rung: Rung, role: str, one: _Round, facts: _Indexed) -> Told | Decided | None:
    """The earliest that counts; which of two at one moment does not depend on what came first."""
    asked = ladder.key, rung.key
    tells = rung.does is RungKind.TELL
    pieces: Iterable[Told | Decided] = facts.told.get(asked, ()) if tells else facts.decided.get(asked, ())
    found = [
        (piece.at, piece)
        for piece in pieces
        if piece.at is not None and one.holds(piece.at) and _settles(rung, role, piece)
    ]
    return min(found, key=lambda held: (held[0], repr(held[1])))[1] if found else None


def _settles(rung: Rung, role: str, piece: Told | Decided) -> bool:
    """A decision has a choice and a reason; a check was ticked, a reminder seen."""
    if isinstance(piece, Told):
        return piece.counts and role in ("", piece.role)
    return rung.does is not RungKind.DECIDE or bool(piece.code.strip() and piece.reason.strip())
