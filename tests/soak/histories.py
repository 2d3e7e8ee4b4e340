"""Random histories on three stations, and a judge that knows from the play itself what has to be shown.

The judge never looks at a fold. It keeps for every event the set of events its author held (as a bit mask)
and tells from these sets alone which writes were overwritten by somebody who had them on the screen.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from desktop_app.domain.entries import Action, Change, Entry, Payload, Sealed, Value
from desktop_app.domain.folding import State, canonical, fold, fold_next
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.domain.roles import Role
from desktop_app.domain.state_hash import state_hash
from tests.domain.journals import NOON

SUBJECT = Subject(SubjectKind.RECORD, "00000000-0000-7000-8000-000000000001")
FIELDS = ("category", "owner")
LIST = "progress"
SHORT_VALUES: tuple[Value, ...] = ("yes", "no", None, "maybe", 1)


@dataclass(frozen=True, slots=True)
class Event:
    """What really happened: the entry's id, what was done, and which events its author held then."""

    id: str
    action: Action
    field: str
    value: Value
    target: int
    past: int


class Judge:
    """Tells what must be on the screen of somebody who holds a set of events."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._standing: dict[tuple[str, int], frozenset[int]] = {}

    def effective(self, event: int, held: int) -> bool:
        """Whether no revocation among ``held`` that is itself in effect takes the event back."""
        return not any(
            one.action is Action.REVOKE and one.target == event and self.effective(place, held)
            for place, one in self._among(held)
        )

    def standing(self, name: str, held: int) -> frozenset[int]:
        """Return the writes of a field that nobody among ``held`` overwrote who had them on the screen."""
        known = self._standing.get((name, held))
        if known is None:
            writes = [
                (place, one)
                for place, one in self._among(held)
                if one.action is Action.CHANGE and one.field == name and self.effective(place, held)
            ]
            overwritten = frozenset[int]().union(*(self.standing(name, one.past) for _, one in writes))
            known = frozenset(place for place, _ in writes) - overwritten
            self._standing[name, held] = known
        return known

    def latest(self, name: str) -> frozenset[int]:
        """Return the writes of a field that happened before no other: the same, where nothing was undone."""
        writes = [(place, one) for place, one in enumerate(self.events) if one.action is Action.CHANGE]
        mine = [(place, one) for place, one in writes if one.field == name]
        return frozenset(place for place, _ in mine if not any(one.past >> place & 1 for _, one in mine))

    def items(self, held: int) -> set[str]:
        """Return the ids of the list items that no strike in effect removes."""
        struck = {
            one.target
            for place, one in self._among(held)
            if one.action is Action.STRIKE and self.effective(place, held)
        }
        return {
            one.id
            for place, one in self._among(held)
            if one.action is Action.ADD and place not in struck and self.effective(place, held)
        }

    def _among(self, held: int) -> Iterable[tuple[int, Event]]:
        return ((place, one) for place, one in enumerate(self.events) if held >> place & 1)


@dataclass(slots=True)
class Desk:
    """One station: it folds what it writes and what it is handed, entry by entry."""

    name: str
    held: dict[str, Sealed] = field(default_factory=dict)
    mask: int = 0
    lamport: int = 0
    written: int = 0
    state: State = field(default_factory=lambda: fold(SUBJECT, []))

    def take(self, sealed: Sealed, place: int) -> None:
        self.mask |= 1 << place
        self.lamport = max(self.lamport, sealed.entry.lamport)
        self.held[sealed.entry.id] = sealed
        self.state = fold_next(self.state, sealed) or fold(SUBJECT, self.held.values())

    def write(self, action: Action, payload: Payload) -> Sealed:
        self.written += 1
        entry = Entry(
            self.name, self.written, self.lamport + 1, NOON, "li", Role.AGENT, SUBJECT, action, "", ""
        )
        return Sealed(entry, payload)


@dataclass(slots=True)
class Tally:
    """What a run of histories showed; ``missed``, ``invented`` and ``unequal`` have to stay 0."""

    histories: int = 0
    narrow: int = 0
    entries: int = 0
    shown: int = 0
    missed: int = 0
    invented: int = 0
    unequal: int = 0

    def __str__(self) -> str:
        return (
            f"{self.histories} histories ({self.narrow} over fields of two to five values), "
            f"{self.entries} entries: {self.shown} concurrent writes shown, {self.missed} missed, "
            f"{self.invented} invented, {self.unequal} unequal state hashes"
        )

    @property
    def wrong(self) -> int:
        return self.missed + self.invented + self.unequal


@dataclass(slots=True)
class Play:
    """One history: what happened, what each station holds of it, and the judge."""

    rng: random.Random
    values: tuple[Value, ...]
    undoing: bool
    whole: bool
    judge: Judge = field(default_factory=Judge)
    places: dict[str, int] = field(default_factory=dict)
    entries: dict[str, Sealed] = field(default_factory=dict)
    desks: tuple[Desk, ...] = field(default_factory=lambda: (Desk("aa"), Desk("bb"), Desk("cc")))

    def run(self, steps: int, tally: Tally) -> None:
        for _ in range(steps):
            desk = self.rng.choice(self.desks)
            roll = self.rng.random()
            if roll < 0.45:
                self._change(desk, tally)
            elif roll < 0.55:
                self._put(desk, Action.ADD, LIST, self.rng.choice(("called", "wrote")))
            elif roll < 0.62:
                self._aim(desk, Action.STRIKE)
            elif roll < 0.74 and self.undoing:
                self._aim(desk, Action.REVOKE)
            else:
                self._hand_over(self.rng.choice(self.desks), desk)

    def finish(self, tally: Tally) -> None:
        """Let every station have everything, in an order of its own and some of it twice; then judge."""
        for desk in self.desks:
            rest = [*self.entries, *self.rng.sample(sorted(self.entries), len(self.entries) // 3)]
            self.rng.shuffle(rest)
            for entry_id in rest:
                desk.take(self.entries[entry_id], self.places[entry_id])
        anew = fold(SUBJECT, self.entries.values())
        hashes = {state_hash([state]) for state in (anew, *(desk.state for desk in self.desks))}
        tally.unequal += len(hashes) - 1
        for desk in self.desks:
            self._judge(desk, tally, count=desk is self.desks[0])
        tally.histories += 1
        tally.entries += len(self.entries)

    def _change(self, desk: Desk, tally: Tally) -> None:
        name = self.rng.choice(FIELDS)
        value = self.rng.choice(self.values) if self.values else len(self.entries)
        self._judge(desk, tally, count=False)
        self._put(desk, Action.CHANGE, name, value, seen=desk.state.seen(name))

    def _put(
        self,
        desk: Desk,
        action: Action,
        name: str,
        value: Value,
        seen: tuple[str, ...] = (),
        target: str = "",
    ) -> None:
        changes = {name: Change(seen, value)} if name else {}
        sealed = desk.write(action, Payload(changes, target=target))
        place = len(self.judge.events)
        aimed = self.places[target] if target else -1
        self.judge.events.append(Event(sealed.entry.id, action, name, value, aimed, desk.mask))
        self.places[sealed.entry.id] = place
        self.entries[sealed.entry.id] = sealed
        desk.take(sealed, place)

    def _aim(self, desk: Desk, action: Action) -> None:
        if desk.held:
            self._put(desk, action, "", None, target=self.rng.choice(sorted(desk.held)))

    def _hand_over(self, source: Desk, desk: Desk) -> None:
        """Hand over what one holds, in any order, some of it known already: whole or only a part."""
        bundle = sorted(source.held)
        self.rng.shuffle(bundle)
        if not self.whole:
            bundle = bundle[: self.rng.randint(0, len(bundle))]
        for entry_id in bundle:
            desk.take(self.entries[entry_id], self.places[entry_id])

    def _judge(self, desk: Desk, tally: Tally, *, count: bool) -> None:
        for name in FIELDS:
            due = self.judge.standing(name, desk.mask)
            if count and self.whole and not self.undoing and due != self.judge.latest(name):
                raise AssertionError("the judge contradicts itself")
            values = {canonical(self.judge.events[place].value) for place in due}
            shown = {canonical(value) for value in desk.state.values(name)}
            ids = {self.judge.events[place].id for place in due}
            tally.missed += len(values - shown) + len(ids - set(desk.state.seen(name)))
            tally.invented += len(shown - values) + len(set(desk.state.seen(name)) - ids)
            conflict = name in desk.state.conflicts()
            tally.missed += len(values) > 1 and not conflict
            tally.invented += conflict and len(values) < 2
            if count and len(values) > 1:
                tally.shown += len(due)
        items = {item.entry_id for item in desk.state.lists.get(LIST, ())}
        tally.missed += len(self.judge.items(desk.mask) - items)
        tally.invented += len(items - self.judge.items(desk.mask))


def play(seed: int, tally: Tally) -> Play:
    """Play one history from its seed; every second one over fields of two to five values."""
    rng = random.Random(seed)
    narrow = seed % 2 == 0
    values = SHORT_VALUES[: rng.randint(2, 5)] if narrow else ()
    played = Play(rng, values, undoing=rng.random() < 0.7, whole=rng.random() < 0.5)
    tally.narrow += narrow
    played.run(rng.randint(4, 30), tally)
    played.finish(tally)
    return played


def tampered(played: Play) -> Tally:
    """Judge a finished history again after one write's list of what it saw was changed: a control."""
    tally = Tally()
    writes = [one for one in sorted(played.entries) if played.entries[one].entry.action is Action.CHANGE]
    if not writes:
        return tally
    chosen = played.rng.choice(writes)
    sealed = played.entries[chosen]
    changes = dict(sealed.payload.changes) if sealed.payload else {}
    name, change = next(iter(changes.items()))
    seen = () if change.seen else tuple(writes)
    played.entries[chosen] = replace(sealed, payload=Payload({name: replace(change, seen=seen)}))
    for desk in played.desks:
        desk.held, desk.state = {}, fold(SUBJECT, [])
    played.finish(tally)
    return tally
