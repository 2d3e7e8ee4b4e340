"""From entries to the state of one subject: a pure function, the same whatever arrived first.

A field holds candidates. A change names the candidates its author saw, removes exactly those and adds its
own; more than one distinct value left is a conflict, shown until someone decides (JOURNAL, fold).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from json.encoder import encode_basestring
from types import MappingProxyType

from desktop_app.domain.entries import Action, Entry, Payload, Sealed, Value
from desktop_app.domain.identity import Subject


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that a field may have, and the entry that gave it."""

    entry_id: str
    value: Value


@dataclass(frozen=True, slots=True)
class ListItem:
    """A member of a list field, keyed by the entry that added it."""

    entry_id: str
    value: Value


@dataclass(frozen=True, slots=True)
class State:
    """What a subject is, folded from its entries."""

    subject: Subject
    fields: Mapping[str, tuple[Candidate, ...]] = field(default_factory=lambda: MappingProxyType({}))
    lists: Mapping[str, tuple[ListItem, ...]] = field(default_factory=lambda: MappingProxyType({}))
    tombstone: Mapping[str, Value] | None = None
    newest: tuple[int, str, int] = (0, "", 0)

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Return what the field may be, oldest first; empty where nobody gave it a value."""
        return self.fields.get(name, ())

    def values(self, name: str) -> list[Value]:
        """Return the distinct values of a field, in the order they were given."""
        held = self.candidates(name)
        if len(held) < 2:
            return [candidate.value for candidate in held]
        distinct: dict[str, Value] = {}
        for candidate in held:
            distinct.setdefault(canonical(candidate.value), candidate.value)
        return list(distinct.values())

    def value(self, name: str) -> Value:
        """Return the field's value: the latest candidate where two are in conflict, None where none."""
        held = self.candidates(name)
        return held[-1].value if held else None

    def text(self, name: str) -> str:
        """Return the field's value as text, empty where it has none."""
        value = self.value(name)
        return value if isinstance(value, str) else "" if value is None else str(value)

    def seen(self, name: str) -> tuple[str, ...]:
        """Return the candidate ids that a change made now has to name."""
        return tuple(candidate.entry_id for candidate in self.candidates(name))

    def conflicts(self) -> list[str]:
        """Return the fields with more than one distinct value, by name."""
        return sorted(
            name for name, held in self.fields.items() if len(held) > 1 and len(self.values(name)) > 1
        )


_CANONICAL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def canonical(value: Value) -> str:
    """Return a spelling in which equal values are equal text."""
    # Most values are texts, and a merge spells millions of them.
    return encode_basestring(value) if type(value) is str else _CANONICAL.encode(value)


def fold(subject: Subject, entries: Iterable[Sealed]) -> State:
    """Return the state of ``subject`` after all ``entries`` of its history, in whatever order they come.

    An entry that comes twice counts once, with its payload where one of the two has it. A purge folds to its
    tombstone, whatever else is held; only a lead who reopens the subject revokes it. Of several purges the
    last in order speaks. Erased and withheld payloads change nothing.
    """
    arrived = sorted(entries, key=lambda sealed: (sealed.entry.order, sealed.payload is not None))
    history = list({sealed.entry.id: sealed for sealed in arrived}.values())
    revoked = revoked_ids(history)
    fields: dict[str, tuple[Candidate, ...]] = {}
    lists: dict[str, tuple[ListItem, ...]] = {}
    tombstone: Mapping[str, Value] | None = None
    for sealed in history:
        if sealed.payload is None or sealed.entry.id in revoked:
            continue
        if sealed.entry.action is Action.PURGE:
            tombstone = {name: change.value for name, change in sealed.payload.changes.items()}
        else:
            _apply(fields, lists, sealed.entry, sealed.payload)
    newest = history[-1].entry.order if history else State(subject).newest
    if tombstone is not None:
        return State(subject, tombstone=MappingProxyType(tombstone), newest=newest)
    return State(subject, MappingProxyType(fields), MappingProxyType(lists), None, newest)


def fold_next(state: State, sealed: Sealed) -> State | None:
    """Return the state after one more entry, or None where the subject has to be folded again.

    That is so when the entry does not sort last, and when it revokes or purges.
    """
    entry, payload = sealed.entry, sealed.payload
    if entry.order <= state.newest or payload is None or state.tombstone is not None:
        return None
    if entry.action in (Action.REVOKE, Action.PURGE):
        return None
    fields, lists = dict(state.fields), dict(state.lists)
    _apply(fields, lists, entry, payload)
    return State(state.subject, MappingProxyType(fields), MappingProxyType(lists), None, entry.order)


def revoked_ids(history: Sequence[Sealed]) -> set[str]:
    """Return the ids of ``history`` (in fold order) that have no effect because they were revoked.

    Going backwards, a revocation that is itself revoked does nothing; one entry can be revoked by several
    people who did not see each other, and stays so until each of these revocations is revoked.
    """
    place = {sealed.entry.id: index for index, sealed in enumerate(history)}
    revoked: set[str] = set()
    for index in range(len(history) - 1, -1, -1):
        sealed = history[index]
        if sealed.entry.action is not Action.REVOKE or sealed.payload is None:
            continue
        if sealed.entry.id not in revoked and place.get(sealed.payload.target, index) < index:
            revoked.add(sealed.payload.target)
    return revoked


def _apply(
    fields: dict[str, tuple[Candidate, ...]],
    lists: dict[str, tuple[ListItem, ...]],
    entry: Entry,
    payload: Payload,
) -> None:
    entry_id = entry.id
    if entry.action is Action.CHANGE:
        for name, change in payload.changes.items():
            held = fields.get(name, ())
            left = [one for one in held if one.entry_id not in change.seen] if held else ()
            fields[name] = (*left, Candidate(entry_id, change.value))
    elif entry.action is Action.ADD:
        for name, change in payload.changes.items():
            lists[name] = (*lists.get(name, ()), ListItem(entry_id, change.value))
    elif entry.action is Action.STRIKE:
        for name, items in lists.items():
            lists[name] = tuple(item for item in items if item.entry_id != payload.target)
