"""The same caller and matter written down at two stations: which records, and why it seems so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop_app.domain.joins import groups
from desktop_app.domain.reconciliation import HandRecord, Reason
from desktop_app.matching.comparison import Comparer
from desktop_app.matching.duplicates import find_duplicates
from desktop_app.matching.features import record_side
from desktop_app.matching.scoring import apart_details

_ALIKE = {
    "phone": frozenset({"same", "swapped", "one_digit", "one_missing"}),
    "customer": frozenset({"same"}),
    "address": frozenset({"door", "same"}),
    "name": frozenset({"same", "sounds", "part", "close"}),
    "text": frozenset({"specific", "alike", "some"}),
    "time": frozenset({"minutes_2", "minutes_10", "minutes_30"}),
}
"""What speaks for two records being one matter, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Records that seem to tell one matter, by index, and why; each was written at another station."""

    members: tuple[int, ...]
    reasons: tuple[Reason, ...]


def find_twins(records: Sequence[HandRecord], apart: Callable[[HandRecord, HandRecord], bool]) -> list[Alike]:
    """Return the groups of records of different stations that seem to be one, less those told ``apart``.

    Where not each seems to be one with each, every pair is a group of its own: a chain of near entries may
    join two calls.
    """

    def settled(one: HandRecord, other: HandRecord) -> bool:
        return one.station == other.station or apart(one, other)

    sides = [record_side(record) for record in records]
    comparer = Comparer(sides, (), {})
    found = find_duplicates(records, sides, comparer, {}, settled)
    pairs = {
        (min(one, other), max(one, other))
        for near in (found.groups, found.suspected)
        for one, others in near.items()
        for other in others
        if one != other
    }
    told: list[tuple[int, ...]] = []
    grouped = groups((f"{one:09}", f"{other:09}") for one, other in pairs)
    for members in sorted({tuple(int(member) for member in group) for group in grouped.values()}):
        inside = [pair for pair in sorted(pairs) if pair[0] in members and pair[1] in members]
        whole = len(inside) == len(members) * (len(members) - 1) // 2
        told += [members] if whole else inside
    return [Alike(members, _reasons(comparer, *members[:2])) for members in told]


def _reasons(comparer: Comparer, first: int, second: int) -> tuple[Reason, ...]:
    """Why the first two of a group seem to be one; the others are much the same."""
    one, other = comparer.records[first], comparer.records[second]
    pair = Comparer((one,), (other,), {}).compare(0, 0)
    # How rare common words are is known of all records together only.
    text = comparer.compare_texts(one, other)
    levels = {**pair.levels(), "text": text.level.value}
    return tuple(
        Reason(f"{field}_{levels[field]}", float(len(_ALIKE) - place), apart_details(pair.gap))
        for place, (field, wanted) in enumerate(_ALIKE.items())
        if levels.get(field) in wanted
    )
