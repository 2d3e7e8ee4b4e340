"""Which lines of the palette fit what is typed, best first: by words, and by the initials of their pinyin.

Pure: no Qt and no store. Every word typed has to be found in a line, wherever it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from desktop_app.domain.initials import initials

_WHOLE, _BEGINS, _WORD_BEGINS, _INITIALS, _INSIDE, _INITIALS_INSIDE = 100, 80, 60, 50, 30, 20
_OF_OTHER_WORDS = 0.8
_BETWEEN = re.compile(r"[\s,，。、;；:：·/()（）\[\]-]+")
_LONGEST = 100
_KEPT = 4_096


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the palette.

    ``group`` is the code of its heading, ``thing`` what Enter acts on, ``hint`` what stands at the right (the
    keys, a number), ``detail`` what explains the title, ``also`` other words it is found by.
    """

    group: str
    thing: object
    title: str
    hint: str = ""
    detail: str = ""
    also: tuple[str, ...] = ()


def words_of(text: str) -> tuple[str, ...]:
    """Return the words asked for, as they are compared."""
    return tuple(word for word in _BETWEEN.split(_fold(text[:_LONGEST])) if word)


def ranked(entries: Iterable[Entry], words: Sequence[str], limit: int) -> list[Entry]:
    """Return at most ``limit`` entries that have every word, best first; all in their order without words."""
    scored = [(score, entry) for entry in entries if (score := _score(entry, words)) > 0]
    if words:
        scored.sort(key=lambda pair: -pair[0])
    return [entry for _, entry in scored[:limit]]


def _score(entry: Entry, words: Sequence[str]) -> float:
    total = 1.0
    for word in words:
        others = (_fit(word, text) * _OF_OTHER_WORDS for text in (*entry.also, entry.detail) if text)
        best = max(_fit(word, entry.title), *others, 0)
        if not best:
            return 0
        total += best
    return total


def _fit(word: str, text: str) -> int:
    """Return how well a word fits a text, 0 for not at all."""
    folded, letters = _forms(text)
    if folded == word:
        return _WHOLE
    if folded.startswith(word):
        return _BEGINS
    if any(part.startswith(word) for part in _BETWEEN.split(folded)):
        return _WORD_BEGINS
    by_letters = word.isascii() and word.isalpha()
    if by_letters and any(form.startswith(word) for form in letters):
        return _INITIALS
    if word in folded:
        return _INSIDE
    return _INITIALS_INSIDE if by_letters and len(word) > 1 and any(word in form for form in letters) else 0


@lru_cache(maxsize=_KEPT)
def _forms(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text as it is compared, and the letters that stand for it."""
    folded = _fold(text)
    of_words = "".join(part[0] for part in _BETWEEN.split(folded) if part)
    return folded, (initials("".join(_BETWEEN.split(folded))), initials(of_words))


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
