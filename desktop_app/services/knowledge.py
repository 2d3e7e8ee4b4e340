"""Looking for an article while somebody waits on the line (A§2.5, 1.4.6; row 51).

Every word asked for has to be found in an article, in its title or its text; two Chinese characters are a
word like any other. Letters also find titles by the initials of their pinyin. Where nothing has every word,
Chinese is asked for by pairs of characters, because nobody puts blanks between words: 停电怎么办 finds 停电.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from desktop_app.domain.initials import initials
from desktop_app.domain.site_pack import Article, SitePack

LIMIT = 20
_EXCERPT = 90
"""Characters of text shown with a hit."""
_BEFORE = 24
_MOST_WORDS = 8
_LONGEST = 200
_IN_TITLE, _BY_INITIALS, _IN_BODY = 6, 4, 1
_AT_BEGINNING = 2
_BETWEEN = re.compile(r"[\s,，。、;；:：?？!！]+")
_HAN = re.compile("[\u3400-\u9fff]+")
_ASKING = re.compile("怎么办|怎么样|怎么|怎样|如何|什么|请问|多少|[吗呢了的]")


class Mark(NamedTuple):
    """A part of a shown text that was asked for, in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found: its title and a piece of its text as shown, with what was found in them."""

    article: Article
    title: str
    excerpt: str
    title_marks: tuple[Mark, ...] = ()
    excerpt_marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class _Folded:
    """A title and a text as they are compared; a character stands where it stood."""

    title: str
    body: str
    letters: str


class ArticleIndex:
    """The articles of a pack with their folded texts, made once and away from the GUI thread."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.articles = tuple(articles)
        self._folded = {
            language: tuple(
                _Folded(
                    _fold(article.title.told(language)),
                    _fold(article.body.told(language)),
                    initials(article.title.zh),
                )
                for article in self.articles
            )
            for language in ("zh", "en")
        }

    def folded(self, language: str) -> tuple[_Folded, ...]:
        """Return the texts of a language as they are compared, in the order of the articles."""
        return self._folded["en" if language == "en" else "zh"]


def index_of(pack: SitePack) -> ArticleIndex:
    """Return the index of a pack's articles."""
    return ArticleIndex(pack.articles)


def search_articles(
    index: ArticleIndex, text: str, *, today: date, language: str, limit: int = LIMIT
) -> tuple[Hit, ...]:
    """Return the articles valid on a day that have every word asked for, best first.

    Both languages are searched, the one shown counting more. Without a word every valid article comes, in the
    pack's order.
    """
    words = tuple(dict.fromkeys(word for word in _BETWEEN.split(_fold(text[:_LONGEST])) if word))[
        :_MOST_WORDS
    ]
    places = _ranked(index, words, len(words), today, language)
    if not places and (pairs := tuple(_in_pairs(words))):
        words = pairs
        places = _ranked(index, words, (len(words) + 1) // 2, today, language)
    shown = index.folded(language)
    return tuple(_hit(index.articles[place], shown[place], words, language) for place in places[:limit])


def _ranked(
    index: ArticleIndex, words: tuple[str, ...], needed: int, today: date, language: str
) -> list[int]:
    """Return the places of the articles that have so many of the words, best first."""
    shown, others = index.folded(language), index.folded("zh" if language == "en" else "en")
    ranked: list[tuple[int, int]] = []
    for place, article in enumerate(index.articles):
        if not article.span.holds(today):
            continue
        score = _score(shown[place], words, needed) * 2 or _score(others[place], words, needed)
        if score or not words:
            ranked.append((-score, place))
    return [place for _, place in sorted(ranked)]


def _score(folded: _Folded, words: tuple[str, ...], needed: int) -> int:
    """Return how well the words are found; 0 where fewer than ``needed`` of them are."""
    total, missing = 0, len(words) - needed
    for word in words:
        if word in folded.title:
            total += _IN_TITLE + (_AT_BEGINNING if folded.title.startswith(word) else 0)
        elif len(word) > 1 and word.isascii() and word.isalpha() and word in folded.letters:
            total += _BY_INITIALS
        elif word in folded.body:
            total += _IN_BODY
        else:
            missing -= 1
            if missing < 0:
                return 0
    return total


def _in_pairs(words: tuple[str, ...]) -> dict[str, None]:
    """Return the words with Chinese runs as pairs, without what only asks; none where no run is longer."""
    if not any(len(run) > 2 for word in words for run in _HAN.findall(word)):
        return {}
    found: dict[str, None] = {}
    for word in words:
        told = _ASKING.sub(" ", word)
        for run in _HAN.findall(told):
            found.update(dict.fromkeys(run[at : at + 2] for at in range(max(1, len(run) - 1))))
        found.update(dict.fromkeys(_HAN.sub(" ", told).split()))
    return found


def _hit(article: Article, folded: _Folded, words: tuple[str, ...], language: str) -> Hit:
    body = article.body.told(language)
    found = [at for word in words if (at := folded.body.find(word)) >= 0]
    begin = max(0, min(found) - _BEFORE) if found else 0
    # One line: an excerpt is a row of a list.
    excerpt = "".join(" " if one in "\n\t" else one for one in body[begin : begin + _EXCERPT])
    part = folded.body[begin : begin + _EXCERPT]
    return Hit(
        article,
        article.title.told(language),
        excerpt,
        _marks(folded.title, words),
        _marks(part, words),
    )


def _marks(text: str, words: tuple[str, ...]) -> tuple[Mark, ...]:
    """Return every place of the words in a text, from left to right, none over another."""
    found: list[Mark] = []
    for word in sorted(words, key=len, reverse=True):
        at = text.find(word)
        while at >= 0:
            mark = Mark(at, at + len(word))
            if all(mark.end <= other.start or other.end <= mark.start for other in found):
                found.append(mark)
            at = text.find(word, mark.end)
    return tuple(sorted(found))


def _fold(text: str) -> str:
    """Return a text in one width and case; every character stays where it is, so that marks fit."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    if len(folded) == len(text):
        return folded
    return "".join(
        one if len(one) == 1 else char
        for char in text
        for one in (unicodedata.normalize("NFKC", char).casefold(),)
    )
