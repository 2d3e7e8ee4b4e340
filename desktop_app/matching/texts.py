"""Summaries and details compared by the pairs of characters they share, told apart by how rare those are.

That two people both wrote 停水 on the day the water failed says nothing; a sentence of one's own does.
"""

from __future__ import annotations

import html
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.remembered import remembered
from desktop_app.matching.characters import is_han, plain, with_arabic_numerals

_TAG = re.compile(r"<[a-z/!][^<>]{0,200}>", re.IGNORECASE)
# Where it is is compared as an address; in the text it would make neighbours' matters alike.
_DOOR = re.compile(r"(?:[0-9]+(?:号楼|幢|栋|座|单元|室|层|弄|号(?=[0-9])))+[0-9]*|[0-9]+-[0-9]+-[0-9]+")
_RUN = re.compile(r"[0-9]+|[a-z\u00c0-\u024f]+|[\u3400-\u4dbf\u4e00-\u9fff]+")
_ASSUMED_TEXTS = 60
_RAREST = 3
NEARLY_EQUAL = 0.9


class TextLevel(StrEnum):
    """How far two texts agree, best first; ``specific`` is alike in words that few others wrote."""

    SPECIFIC = "specific"
    ALIKE = "alike"
    SOME = "some"
    NONE = "none"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two texts compare: level, share of both that is common (Dice, 0–1), rarity of that in bits."""

    level: TextLevel
    dice: float = 0.0
    bits: float = 0.0


def without_html(text: str) -> str:
    """Return ``text`` without tags and entities; text that only looks like a comparison sign stays."""
    return html.unescape(_TAG.sub(" ", text)) if "<" in text or "&" in text else text


@remembered(8_192)
def grams(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring Chinese characters, the words and the numbers of a text."""
    found: set[str] = set()
    for run in _RUN.findall(_DOOR.sub(" ", with_arabic_numerals(plain(without_html(text))))):
        if not is_han(run[0]) or len(run) == 1:
            found.add(run)
        else:
            found.update(run[place : place + 2] for place in range(len(run) - 1))
    return frozenset(found)


def _other_numbers(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both name numbers (amounts, rooms, orders) and none of them is the same."""
    mine, theirs = ({gram for gram in side if gram.isdigit() and len(gram) >= 2} for side in (one, other))
    return bool(mine) and bool(theirs) and not mine & theirs


class Corpus:
    """How many texts of both sides hold each gram."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._count: Counter[str] = Counter()
        self._texts = 0
        for text in texts:
            if found := grams(text):
                self._texts += 1
                self._count.update(found)

    def bits(self, gram: str) -> float:
        """Return how much it says that two texts share the gram; a small set counts as sixty more texts."""
        others = max(self._count[gram] - 2, 0)
        return math.log2((self._texts + _ASSUMED_TEXTS) / (others + 1))

    def compare(self, text: str, other_text: str) -> Likeness:
        """Return how two texts compare."""
        one, other = grams(text), grams(other_text)
        if not one or not other:
            return Likeness(TextLevel.MISSING)
        shared = one & other
        if not shared:
            return Likeness(TextLevel.NONE)
        weight = {gram: self.bits(gram) for gram in shared}
        mass = sum(weight.values())
        mine, theirs = (sum(self.bits(gram) for gram in side) for side in (one, other))
        share = mass / min(mine, theirs)
        dice = 2 * mass / (mine + theirs)
        # One rare word of a reworded text may be chance; of texts that are all but equal it is not.
        count = 1 if dice >= NEARLY_EQUAL else _RAREST
        bits = sum(sorted(weight.values(), reverse=True)[:count]) / count
        if dice < 0.45 and not (share >= 0.8 and dice >= 0.2 and len(shared) >= 3):
            return Likeness(TextLevel.SOME, dice, bits)
        if _other_numbers(one, other):
            return Likeness(TextLevel.SOME, dice, bits)
        specific = len(shared) >= 5 and bits >= 5.0
        return Likeness(TextLevel.SPECIFIC if specific else TextLevel.ALIKE, dice, bits)
