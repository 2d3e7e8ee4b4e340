"""Which pairs are matched without a person, and what is left to one.

Rounds: assign the open pairs one to one, settle those that are certain, above the threshold and clearly ahead
of every rival on both sides, take them out, begin again. What is settled is no rival any more.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.matching.assignment import assign
from desktop_app.matching.claims import Claims
from desktop_app.matching.duplicates import Twins
from desktop_app.matching.rules import certain, differences, likely_same_person, named, plausible
from desktop_app.matching.scoring import Scored

# A pair above the threshold is right about a thousand times more often than not, a rival behind by the margin
# a hundred times less likely.
_SURE_BITS = 10.0
_UNSURE_BITS = 12.0
MARGIN = 6.5
MATTER_MARGIN = 5.0
_MATTER = ("time", "text", "category", "number")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Scores in bits: at or above ``upper`` matched, from ``lower`` shown to a person."""

    upper: float
    lower: float


@dataclass(frozen=True, slots=True)
class Settled:
    """Record → its pair where that is settled, and record → the pairs left to a person, best first."""

    matches: Mapping[int, Scored]
    open: Mapping[int, Sequence[Scored]]

    def rows(self) -> dict[int, int]:
        """Return record → row of what is settled."""
        return {record: pair.pair.row for record, pair in self.matches.items()}


def thresholds(rows: int) -> Thresholds:
    """Return the thresholds: the more rows there are, the more a pair has to show."""
    upper = round(math.log2(max(rows, 2)) + _SURE_BITS, 1)
    return Thresholds(upper, round(upper - _UNSURE_BITS, 1))


def _no_step() -> None:
    """Nobody asked to be told."""


def settle(
    scored: Sequence[Scored],
    limits: Thresholds,
    twins: Twins,
    claims: Claims,
    step: Callable[[], None] = _no_step,
) -> Settled:
    """Return what is settled and what is open; what a person said is taken out first.

    ``step`` is called before each round, and may raise to end the work.

    A record with a number that the export lacks gets no other row, yet it may be its row by mistyping: it
    stays as a rival.
    """
    said = {twin for record in claims.rows for twin in twins.group(record)}
    taken = set(claims.rows.values()) | set(claims.disputed.values())
    matches: dict[int, Scored] = {}
    pool = [pair for pair in scored if pair.pair.record not in said and pair.pair.row not in taken]
    barred = claims.absent | claims.disputed.keys()
    while pool:
        step()
        found = [pair for pair in _round(pool, limits, twins) if pair.pair.record not in barred]
        if not found:
            break
        matches.update({pair.pair.record: pair for pair in found})
        records, rows = {pair.pair.record for pair in found}, {pair.pair.row for pair in found}
        done = records | {twin for record in records for twin in twins.group(record)}
        pool = [pair for pair in pool if pair.pair.record not in done and pair.pair.row not in rows]
    left: dict[int, list[Scored]] = defaultdict(list)
    for pair in pool:
        shown = plausible(pair) and (pair.score >= limits.lower or named(pair.pair))
        if shown and pair.pair.record not in barred:
            left[pair.pair.record].append(pair)
    for pairs in left.values():
        pairs.sort(key=lambda pair: (-pair.score, pair.pair.row))
    return Settled(matches, left)


def _round(pool: Sequence[Scored], limits: Thresholds, twins: Twins) -> list[Scored]:
    by_record: dict[int, list[Scored]] = defaultdict(list)
    by_row: dict[int, list[Scored]] = defaultdict(list)
    for pair in pool:
        by_record[pair.pair.record].append(pair)
        by_row[pair.pair.row].append(pair)
    best = assign({(pair.pair.record, pair.pair.row): pair.score for pair in pool})
    found: list[Scored] = []
    for pair in pool:
        record, row = pair.pair.record, pair.pair.row
        if best.get(record) != row or pair.score < limits.upper or not certain(pair):
            continue
        group = twins.group(record)
        rivals = [other for other in by_record[record] if other.pair.row != row]
        rivals += [other for other in by_row[row] if other.pair.record not in group]
        if all(_clear(pair, rival) for rival in rivals):
            found.append(pair)
    return found


def _clear(pair: Scored, rival: Scored) -> bool:
    """Whether the pair is clearly ahead. Between two of one person only what tells the matter counts.

    What the rival does not tell says nothing against it then: a record without time may be of any time.
    """
    if not likely_same_person(rival.pair):
        return pair.score - rival.score >= MARGIN * (2 if differences(pair.pair) else 1)
    told = [field for field in _MATTER if field in rival.bits or pair.bits.get(field, 0.0) < 0]
    lead = sum(pair.bits.get(field, 0.0) - rival.bits.get(field, 0.0) for field in told)
    return lead >= MATTER_MARGIN * (2 if differences(pair.pair) else 1)
