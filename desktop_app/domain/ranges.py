"""Sets of whole numbers as the ranges a person reads: 31, 32, 33 and 40 are (31, 33) and (40, 40).

Sequences of entries and of numbers are long runs with few holes; what a receipt covers and what is absent
are told in ranges.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

Range = tuple[int, int]
"""First and last, both included."""


def ranges(members: Iterable[int]) -> list[Range]:
    """Return whole numbers as ranges, sorted."""
    return joined((member, member) for member in members)


def joined(spans: Iterable[Range]) -> list[Range]:
    """Return the union of spans as sorted ranges that neither touch nor overlap; empty spans are dropped."""
    told: list[Range] = []
    for first, last in sorted(span for span in spans if span[0] <= span[1]):
        if told and first <= told[-1][1] + 1:
            told[-1] = (told[-1][0], max(last, told[-1][1]))
        else:
            told.append((first, last))
    return told


def without(spans: Iterable[Range], others: Iterable[Range]) -> list[Range]:
    """Return what lies in ``spans`` and in none of ``others``."""
    left: list[Range] = []
    taken, place = joined(others), 0
    for first, last in joined(spans):
        while place < len(taken) and taken[place][1] < first:
            place += 1
        # The last one met may reach into the next span as well, so ``place`` stays at it.
        met = place
        while met < len(taken) and taken[met][0] <= last:
            if first < taken[met][0]:
                left.append((first, taken[met][0] - 1))
            first = taken[met][1] + 1
            met += 1
        if first <= last:
            left.append((first, last))
    return left


def covers(spans: Iterable[Range], wanted: Range) -> bool:
    """Whether every member of ``wanted`` lies in ``spans``."""
    return not without([wanted], spans)


def count(spans: Iterable[Range]) -> int:
    """Return how many members ranges that do not overlap have."""
    return sum(last - first + 1 for first, last in spans)


def members(spans: Iterable[Range]) -> Iterator[int]:
    """Yield every member of the ranges, in their order."""
    for first, last in spans:
        yield from range(first, last + 1)
