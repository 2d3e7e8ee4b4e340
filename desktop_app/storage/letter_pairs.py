"""Text cut into pairs of neighbours, so that an index finds two-letter Chinese words too.

A text is folded to letters and digits; each of its lines is cut into pairs, digits into fours as well. The
index says which texts hold all the pairs that were asked for; the folded text itself decides.
"""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

_DIGITS = re.compile(r"[0-9]{4,}")
_BETWEEN = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Return the letters and digits of a text in one spelling: width, case and punctuation do not count."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return plain if plain.isalnum() else _BETWEEN.sub("", plain)


def match(wanted: Iterable[str], common: Collection[str] = ()) -> str:
    """Return the question to the index for folded texts, without ``common`` terms where others are left."""
    terms = dict.fromkeys(term for part in wanted for term in _asked_terms(part))
    return " ".join([term for term in terms if term.strip('"') not in common] or terms)


def terms(text: str) -> str:
    """Return the terms of a text, as they are put into the index and taken out again."""
    found: set[str] = set()
    for line in text.split("\n"):
        found.update(map(operator.add, line, line[1:]))
        found.add(line[-1:])
        for run in _DIGITS.findall(line):
            found.update(run[at : at + 4] for at in range(len(run) - 3))
    return " ".join(sorted(found))


def _asked_terms(part: str) -> Iterator[str]:
    if len(part) == 1:
        yield f'"{part}" *'
        return
    fours = [run[at : at + 4] for run in _DIGITS.findall(part) for at in range(len(run) - 3)]
    yield from (f'"{four}"' for four in fours)
    if not _DIGITS.fullmatch(part):
        yield from (f'"{part[at : at + 2]}"' for at in range(len(part) - 1))
