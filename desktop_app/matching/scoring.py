"""The score of a pair in bits and why: levels weighted, rare values counting more than common ones."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from desktop_app.domain.reconciliation import Reason
from desktop_app.matching.comparison import Comparison
from desktop_app.matching.features import Side
from desktop_app.matching.names import NameLevel
from desktop_app.matching.phones import PhoneLevel, tail_length
from desktop_app.matching.texts import TextLevel
from desktop_app.matching.weights import Weights

# What a value seen once is taken to be worth before the data speak: pretended sides and their share of it.
_ASSUMED = 50.0
_RARE_PHONE = 1e-5
_RARE_NAME = 2e-3
_RARE_DOOR = 1e-4
_COMMON_SURNAME = 0.04
_MOST_BITS = 20.0
_MOST_TEXT_BITS = 12.0


@dataclass(frozen=True, slots=True)
class Scored:
    """A pair with what each of its fields says, in bits."""

    pair: Comparison
    score: float
    bits: Mapping[str, float]


class Scorer:
    """Scores pairs of one run."""

    def __init__(self, records: Sequence[Side], rows: Sequence[Side], weights: Weights) -> None:
        self._records = records
        self._rows = rows
        self._weights = weights
        sides = (*records, *rows)
        self._sides = len(sides)
        self._names = Counter(side.name.letters for side in sides if side.name.full)
        self._surnames = Counter(side.name.surname_sounds for side in sides if side.name)
        self._doors = Counter(side.address.door for side in sides if side.address.specific)
        self._users = _users(sides)

    def score(self, pair: Comparison) -> Scored:
        """Return the score of a pair: the sum of what each field says."""
        bits = {
            field: round(self._bits(field, level, pair), 1)
            for field, level in pair.levels().items()
            if level != "missing"
        }
        return Scored(pair, round(sum(bits.values()), 1), bits)

    def explain(self, scored: Scored) -> tuple[Reason, ...]:
        """Return why a pair scores as it does, one reason for each field that says something."""
        levels = scored.pair.levels()
        return tuple(
            Reason(f"{field}_{levels[field]}", bits, self._details(field, scored.pair))
            for field, bits in scored.bits.items()
            if bits
        )

    def _bits(self, field: str, level: str, pair: Comparison) -> float:
        one = self._records[pair.record]
        share = math.log2(self._weights.share(field, level))
        if pair.phone is PhoneLevel.SAME and field == "phone":
            return share + self._rarity(self._users[pair.phones[0]], _RARE_PHONE)
        if field == "name" and pair.name in (NameLevel.SAME, NameLevel.SOUNDS):
            return share + self._rarity(self._names[one.name.letters] - 2, _RARE_NAME)
        if field == "name" and pair.name is NameLevel.PART:
            return share + self._rarity(self._surnames[one.name.surname_sounds] - 2, _COMMON_SURNAME)
        if field == "address" and pair.door:
            return share + self._rarity(self._doors[one.address.door] - 2, _RARE_DOOR)
        if field == "text" and pair.text.level is TextLevel.SPECIFIC:
            return share + min(pair.text.bits, _MOST_TEXT_BITS)
        return self._weights.bits(field, level)

    def _rarity(self, others: float, assumed: float) -> float:
        """What sharing a value says that ``others`` sides beyond the pair also have, in bits."""
        share = (max(others, 0.0) + _ASSUMED * assumed) / (self._sides + _ASSUMED)
        return min(-math.log2(share), _MOST_BITS)

    def _details(self, field: str, pair: Comparison) -> dict[str, str]:
        if field == "phone" and pair.phone is PhoneLevel.TAIL:
            return {"digits": str(tail_length(*pair.phones))}
        if field == "number":
            return {"number": self._records[pair.record].own_number}
        if field == "time":
            return apart_details(pair.gap)
        return {}


def apart_details(gap: timedelta | None) -> dict[str, str]:
    """Return how far apart two times are as a reason tells it; nothing where a time is missing."""
    if gap is None:
        return {}
    seconds = abs(int(gap.total_seconds()))
    return {"apart": f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"}


def _users(sides: Iterable[Side]) -> dict[str, float]:
    """How many others use each phone: other people by name, and a little for each mention beyond a few.

    The same caller calling again does not make the phone say less about who called.
    """
    surnames: dict[str, set[str]] = defaultdict(set)
    mentions: Counter[str] = Counter()
    for side in sides:
        for digits in side.phones:
            mentions[digits] += 1
            if side.name:
                surnames[digits].add(side.name.surname_sounds)
    return defaultdict(
        float,
        {
            digits: max(len(surnames[digits]) - 1, 0) + max(times - 6, 0) * 0.2
            for digits, times in mentions.items()
        },
    )
