"""Canned phrases: recognised behind ``;`` while typing, and filled from the record (DESK §2)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop_app.domain.site_pack import Phrase, SitePack
from desktop_app.domain.site_text import PLACEHOLDER, Bilingual

BLANK = "____"
"""What stands for a field that is empty: seen at once, and typed over."""
CODE = re.compile(r"[a-z0-9]{1,12}")
"""What a code is made of; typed in any width and case."""
_TYPED = re.compile(r"[;；]([0-9A-Za-z０-９Ａ-Ｚａ-ｚ]{1,12})$")
_LONGEST_TYPED = 13


@dataclass(frozen=True, slots=True)
class TypedCode:
    """A code that stands in a text from ``start`` (its semicolon) to ``end`` (behind its last letter)."""

    start: int
    end: int
    code: str


def typed_code(text: str, caret: int) -> TypedCode | None:
    """Return the ``;code`` that ends at the caret, also written with a full-width ``；``; None without one.

    Counts in characters of ``text``. Whether the pack has such a phrase is for ``phrase_of`` to say.
    """
    begin = max(0, caret - _LONGEST_TYPED)
    found = _TYPED.search(text[begin:caret])
    if found is None:
        return None
    return TypedCode(begin + found.start(), caret, unicodedata.normalize("NFKC", found[1]).lower())


def phrase_of(pack: SitePack, code: str) -> Phrase | None:
    """Return the phrase with this code, None where there is none."""
    return next((phrase for phrase in pack.phrases if phrase.code == code), None)


def phrases_for(pack: SitePack, situations: Iterable[str]) -> tuple[Phrase, ...]:
    """Return every phrase, those made for one of the situations (kinds, moods, options) first."""
    wanted = set(situations)
    return tuple(sorted(pack.phrases, key=lambda phrase: wanted.isdisjoint(phrase.situations)))


def expand(phrase: Phrase, shown: Mapping[str, str], language: str) -> str:
    """Return the text of a phrase, filled as ``filled`` says."""
    return filled(phrase.text, shown, language)


def filled(text: Bilingual, shown: Mapping[str, str], language: str) -> str:
    """Return a text of the pack with its placeholders filled from what the form shows, words and not codes.

    A field that is empty or unknown stays a visible blank. What was filled in is never looked at again, so
    nothing that a caller says is taken for a placeholder.
    """
    return PLACEHOLDER.sub(lambda found: shown.get(found[1], "").strip() or BLANK, text.told(language))


def used_line(phrase: Phrase, pack: SitePack, language: str) -> str:
    """Return what a record keeps of a phrase that was used: which, of which edition of the pack (1.6.4)."""
    told, edition = f"{phrase.code} {phrase.title.told(language)}", str(pack.version)
    return f"{told} ({edition})" if edition else told
