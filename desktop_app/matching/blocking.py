"""Pairs worth comparing: sides that share a key. Work grows with plausible pairs, not with N × M."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from desktop_app.matching.features import Side
from desktop_app.matching.phones import deletions

_TAIL = 7
_LEAST_DIGITS = 7
_BUCKET = 1800
# A block of more pairs than this is split by a second key.
_MOST_PAIRS = 4_000

Key = tuple[str, ...]


def candidate_pairs(records: Sequence[Side], rows: Sequence[Side]) -> list[tuple[int, int]]:
    """Return (record, row) index pairs that share a key, sorted, each once."""
    wanted = [keys(side) | _of_nobody(side, "record", "row") for side in records]
    blocks: dict[Key, tuple[list[int], list[int]]] = {}
    for index, mine in enumerate(wanted):
        for key in mine:
            blocks.setdefault(key, ([], []))[0].append(index)
    for index, side in enumerate(rows):
        for key in keys(side) | _of_nobody(side, "row", "record"):
            block = blocks.get(key)
            if block is not None:
                block[1].append(index)
    pairs: set[tuple[int, int]] = set()
    for left, right in blocks.values():
        if len(left) * len(right) <= _MOST_PAIRS:
            pairs.update((record, row) for record in left for row in right)
        else:
            pairs.update(_split(records, rows, left, right))
    return sorted(pairs)


def keys(side: Side) -> set[Key]:
    """Return the keys of a side; each stands for a way in which true pairs agree."""
    found: set[Key] = {("number", number) for number in side.numbers}
    for digits in side.phones:
        found.add(("phone", digits))
        if len(digits) >= _LEAST_DIGITS:
            found.add(("tail", digits[-_TAIL:]))
            found.update(("slip", rest) for rest in deletions(digits))
            found.add(("slip", digits))
        if len(digits) >= 4:
            found.add(("last", digits[-4:], side.name.surname_sounds[:1]))
    if side.title:
        found.add(("title", side.title))
    if side.customer:
        found.add(("customer", side.customer))
    if side.address.specific:
        found.add(("door", side.address.door))
    if side.name:
        if side.name.full:
            found.add(("name", side.name.letters))
        initials = "".join(sorted(sound[0] for sound in side.name.sounds if sound))
        for bucket in _buckets(side.occurred or side.created):
            found.add(("initials", initials, bucket))
            found.add(("surname", side.name.surname_sounds, bucket))
    return found


def _of_nobody(side: Side, mine: str, theirs: str) -> set[Key]:
    """Keys by which sides meet that neither phone nor name can compare: they may be rivals of a match."""
    found: set[Key] = set()
    for bucket in _buckets(side.occurred):
        if not side.phones:
            found.add((f"{mine} without phone", bucket))
        if not side.name:
            found.add((f"{theirs} without phone", bucket))
        found.add((f"{theirs} without both", bucket))
        if not side.phones and not side.name:
            found.add((f"{mine} without both", bucket))
    return found


def _buckets(at: datetime | None) -> Iterator[str]:
    """Half hours, each time in its own and the nearer neighbour, so that no border parts a pair."""
    if at is None:
        return
    half = int(at.timestamp()) // (_BUCKET // 2)
    yield str(half // 2)
    yield str((half + (1 if half % 2 else -1)) // 2)


def _split(
    records: Sequence[Side], rows: Sequence[Side], left: Sequence[int], right: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Pairs of a huge block that share something more; what shares a rarer key is found by that anyway."""
    finer: dict[Key, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, (indexes, sides) in enumerate(((left, records), (right, rows))):
        for index in indexes:
            for key in _finer(sides[index]):
                finer[key][side].append(index)
    for mine, theirs in finer.values():
        if len(mine) * len(theirs) <= _MOST_PAIRS:
            for record in mine:
                for row in theirs:
                    yield record, row


def _finer(side: Side) -> set[Key]:
    found: set[Key] = {("last", digits[-4:]) for digits in side.phones}
    if side.name:
        found.update(("name", side.name.surname_sounds, bucket) for bucket in _buckets(side.occurred))
        if side.name.full:
            found.add(("name", side.name.letters))
    found.update(("time", bucket) for bucket in _buckets(side.occurred))
    if side.address.specific:
        found.add(("door", side.address.door))
    return found
