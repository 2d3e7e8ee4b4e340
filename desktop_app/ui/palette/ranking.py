"""Which lines of the palette fit what is typed, best first: by words, and by the initials of their pinyin.

Pure: no Qt and no store. Every word typed has to be found in a line, wherever it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop_app.domain.initials import initials
from desktop_app.domain.remembered import remembered

_WHOLE, _BEGINS, _WORD_BEGINS, _INITIALS, _PART, _INSIDE, _INITIALS_INSIDE = 100, 80, 60, 50, 45, 30, 20
_OF_OTHER_NAMES, _OF_MENTIONS = 0.8, 0.5
_FEW = 2
"""So few letters stand in the middle of too many words to mean any of them."""
_BETWEEN = re.compile(r"[\s,，。、;；:：·/()（）\[\]-]+")
_LONGEST = 100
_KEPT = 4_096


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the palette.

    ``group`` is the code of its heading, ``thing`` what Enter acts on, ``hint`` what stands at the right (the
    keys, a number), ``detail`` what explains the title. Letters find the initials of the title and of the
    other names it has (``also``); detail and what it is about (``about``) are found by their words alone.
    """

    group: str
    thing: object
    title: str
    hint: str = ""
    detail: str = ""
    also: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


def words_of(text: str) -> tuple[str, ...]:
    """Return the words asked for, as they are compared."""
    return tuple(word for word in _BETWEEN.split(_fold(text[:_LONGEST])) if word)


def ranked(entries: Iterable[Entry], words: Sequence[str], limit: int) -> list[Entry]:
    """Return at most ``limit`` entries that have every word, best first; all in their order without words."""
    scored = [(score, entry) for entry in entries if (score := fit_of(entry, words)) > 0]
    if words:
        scored.sort(key=lambda pair: -pair[0])
    return [entry for _, entry in scored[:limit]]


def fit_of(entry: Entry, words: Sequence[str]) -> float:
    """Return how well an entry fits: the more, the better, 0 where a word is found nowhere in it."""
    total = 1.0
    for word in words:
        names = (_fit(word, text) * _OF_OTHER_NAMES for text in entry.also if text)
        mentions = (
            _fit(word, text, by_initials=False) * _OF_MENTIONS
            for text in (entry.detail, *entry.about)
            if text
        )
        best = max(_fit(word, entry.title), *names, *mentions, 0)
        if not best:
            return 0
        total += best
    return total


def _fit(word: str, text: str, *, by_initials: bool = True) -> int:
    """Return how well a word fits a text, 0 for not at all."""
    folded, parts, letters = _forms(text)
    if folded == word:
        return _WHOLE
    if folded.startswith(word):
        return _BEGINS
    if any(part.startswith(word) for part in parts):
        return _WORD_BEGINS
    by_letters = word.isascii() and word.isalpha()
    lettered = by_letters and by_initials
    if lettered and any(form.startswith(word) for form in letters):
        return _INITIALS
    if lettered and any(initials(part).startswith(word) for part in parts):
        return _PART
    if word in folded and not (by_letters and len(word) <= _FEW):
        return _INSIDE
    return _INITIALS_INSIDE if lettered and len(word) > 1 and any(word in form for form in letters) else 0


@remembered(_KEPT)
def _forms(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return a text as it is compared, its parts, and the letters that stand for it."""
    folded = _fold(text)
    parts = tuple(part for part in _BETWEEN.split(folded) if part)
    of_words = "".join(part[0] for part in parts)
    return folded, parts, (_hanzi_letters("".join(parts)), initials(of_words))


def _hanzi_letters(text: str) -> str:
    """Return the initials of hanzi; a text without any has none, it is its letters."""
    return "" if text.isascii() else initials(text)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
