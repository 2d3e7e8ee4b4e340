"""Which part of a customer fits what was typed, in the spelling in which it is shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_app.domain.customers import MatchedBy
from desktop_app.storage.customers import Row
from desktop_app.storage.letter_pairs import folded

_UNITS = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")


def matched(by: MatchedBy, text: str, row: Row) -> str:
    """Return the part of a customer that fits, as ``CustomerMatch`` tells it; ``text`` is folded."""
    match by:
        case MatchedBy.PHONE | MatchedBy.LAST_DIGITS:
            return text
        case MatchedBy.CUSTOMER_NO:
            return _part(row[1], text)
        case MatchedBy.NAME:
            return _part(row[2], text)
        case MatchedBy.PINYIN | MatchedBy.INITIALS:
            return _sounding(by, text, row)
        case MatchedBy.ADDRESS:
            address = row[4] if _part(row[4], text) else row[5]
            return _part(address, text)


def span_of(words: Sequence[str], text: str) -> tuple[int, int] | None:
    """Return from where to where words stand in a text one after another, None where they do not."""
    # Not a pattern: with many words that nearly fit it would try every way to place them.
    first, end = -1, 0
    for word in words:
        at = text.find(word, end)
        if at < 0:
            return None
        first, end = at if first < 0 else first, at + len(word)
    return (first, end) if end else None


def _part(written: str, text: str) -> str:
    """Return the part of ``written`` from the first word of ``text`` to the last; "" where there is none."""
    if written.startswith(text):
        return text
    letters: list[str] = []
    places: list[int] = []
    for at, character in enumerate(written):
        for letter in folded(character):
            letters.append(letter)
            places.append(at)
    found = span_of(text.split(), "".join(letters))
    return written[places[found[0]] : places[found[1] - 1] + 1] if found else ""


def _sounding(by: MatchedBy, text: str, row: Row) -> str:
    """Return the characters of a name whose sounds or initials were typed."""
    sounds = row[8].split()
    count, letters = 0, 0
    while count < len(sounds) and letters < len(text):
        letters += 1 if by is MatchedBy.INITIALS else len(sounds[count])
        count += 1
    if len(sounds) == len(row[2]):
        return row[2][:count]
    units = list(_UNITS.finditer(row[2]))
    if not count or len(units) != len(sounds):
        return row[2]
    return row[2][units[0].start() : units[count - 1].end()]
