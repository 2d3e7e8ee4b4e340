"""How much each level of agreement says, in bits: how much more often true pairs show it (Fellegi–Sunter).

``m`` is the share of true pairs on a level, ``u`` that of pairs at random; the weight is log2(m/u). Both
start from the priors below, which count as much as some hundred pairs, and move with the data: ``u`` is
counted over pairs at random, ``m`` comes from expectation-maximisation over the plausible pairs. So ten
records are judged by the priors and ten thousand by themselves.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

Levels = Mapping[str, str]
Table = dict[str, dict[str, float]]

M_PRIOR: Table = {
    "number": {"same": 0.85, "text": 0.12, "other": 0.03},
    "phone": {
        "same": 0.82,
        "swapped": 0.02,
        "one_digit": 0.05,
        "one_missing": 0.02,
        "two_digits": 0.02,
        "tail": 0.02,
        "different": 0.05,
    },
    "name": {"same": 0.72, "sounds": 0.08, "part": 0.12, "close": 0.03, "surname": 0.02, "different": 0.03},
    "customer": {"same": 0.95, "different": 0.05},
    "address": {"door": 0.5, "same": 0.2, "part": 0.2, "different": 0.1},
    "text": {"specific": 0.35, "alike": 0.35, "some": 0.2, "none": 0.1},
    "category": {"same": 0.8, "different": 0.2},
    "time": {
        "minutes_2": 0.5,
        "minutes_10": 0.28,
        "minutes_30": 0.11,
        "hours_2": 0.06,
        "hours_12": 0.03,
        "far": 0.02,
    },
    "created": {"created_close": 0.2, "created_after": 0.76, "created_late": 0.03, "created_before": 0.01},
    "day": {"same_day": 1.0},
}
U_PRIOR: Table = {
    "number": {"same": 1e-6, "text": 1e-4, "other": 0.5},
    "phone": {
        "same": 1e-5,
        "swapped": 1e-3,
        "one_digit": 2e-3,
        "one_missing": 1e-3,
        "two_digits": 0.02,
        "tail": 1e-3,
        "different": 0.97,
    },
    "name": {"same": 2e-3, "sounds": 4e-3, "part": 0.03, "close": 0.01, "surname": 0.06, "different": 0.89},
    "customer": {"same": 1e-5, "different": 1.0},
    "address": {"door": 5e-4, "same": 0.01, "part": 0.05, "different": 0.94},
    "text": {"specific": 0.005, "alike": 0.05, "some": 0.25, "none": 0.69},
    "category": {"same": 0.3, "different": 0.7},
    "time": {
        "minutes_2": 0.01,
        "minutes_10": 0.04,
        "minutes_30": 0.08,
        "hours_2": 0.25,
        "hours_12": 0.5,
        "far": 0.12,
    },
    "created": {"created_close": 0.03, "created_after": 0.6, "created_late": 0.1, "created_before": 0.27},
    "day": {"same_day": 0.5},
}
_PRIOR_PAIRS = 300.0
_ROUNDS = 8
# Candidates agree on something already: the bits that this takes.
_SELECTED_BITS = 12.0

Pair = tuple[int, int]


class Weights:
    """The weights in use: priors, or priors moved by the data."""

    def __init__(self, m: Table, u: Table) -> None:
        self._m = m
        self._u = u

    def bits(self, field: str, level: str) -> float:
        """Return what a level says, in bits; nothing where the field is missing on a side."""
        table = table_of(field, level)
        m = self._m[table].get(level)
        return math.log2(m / self._u[table][level]) if m else 0.0

    def share(self, field: str, level: str) -> float:
        """Return the share of true pairs on the level (``m``)."""
        return self._m[table_of(field, level)].get(level, 1.0)


def table_of(field: str, level: str) -> str:
    """Return the table that keeps a level: what time says depends on which time is known."""
    if field != "time":
        return field
    if level.startswith("created"):
        return "created"
    return "day" if level == "same_day" else "time"


def estimate(candidates: Sequence[tuple[Pair, Levels]], random: Iterable[Levels]) -> Weights:
    """Return weights moved by the data: candidate pairs with their levels, and the levels of pairs at random.

    Only pairs that are each other's best teach ``m``: the same person's other matters are candidates too, and
    would teach that true pairs differ in time and words.
    """
    u = _blend(U_PRIOR, _count((levels, 1.0) for levels in random))
    patterns = Counter(tuple(sorted(levels.items())) for levels in _mutual(candidates, Weights(M_PRIOR, u)))
    m = M_PRIOR
    for _ in range(_ROUNDS):
        weights = Weights(m, u)
        believed = []
        for pattern, times in patterns.items():
            bits = sum(weights.bits(field, level) for field, level in pattern)
            odds = 2.0 ** max(min(bits - _SELECTED_BITS, 60.0), -60.0)
            believed.append((dict(pattern), times * odds / (1 + odds)))
        m = _blend(M_PRIOR, _count(believed))
    return Weights(m, u)


def _mutual(candidates: Sequence[tuple[Pair, Levels]], weights: Weights) -> list[Levels]:
    """The candidates that neither their record nor their row has a better or an equal partner for."""
    scored = [
        (sum(weights.bits(field, level) for field, level in levels.items()), pair, levels)
        for pair, levels in candidates
    ]
    best: dict[tuple[str, int], list[float]] = {}
    for score, (record, row), _ in scored:
        for side in (("record", record), ("row", row)):
            best[side] = sorted((*best.get(side, []), score), reverse=True)[:2]
    return [
        levels
        for score, (record, row), levels in scored
        if all(best[side] == [score] or best[side][1] < score for side in (("record", record), ("row", row)))
        and best["record", record][0] == score == best["row", row][0]
    ]


def _count(weighted: Iterable[tuple[Levels, float]]) -> Table:
    counts: Table = {}
    for levels, weight in weighted:
        for field, level in levels.items():
            table = counts.setdefault(table_of(field, level), {})
            table[level] = table.get(level, 0.0) + weight
    return counts


def _blend(prior: Table, counts: Table) -> Table:
    blended: Table = {}
    for field, shares in prior.items():
        seen = {level: counts.get(field, {}).get(level, 0.0) for level in shares}
        total = sum(seen.values()) + _PRIOR_PAIRS
        blended[field] = {
            level: (share * _PRIOR_PAIRS + seen[level]) / total for level, share in shares.items()
        }
    return blended
