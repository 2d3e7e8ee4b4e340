"""What somebody typed, as the keys of customers that it may be the beginning of."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from desktop_app.domain.phones import beginnings, phone_of
from desktop_app.storage.letter_pairs import folded

LONGEST = 80
"""Letters that are looked at: nobody types more of a name, a number or an address before looking up."""
FEWEST_LAST_DIGITS = 4
_HAN = r"\u3400-\u9fff"
_DIALLED = re.compile(
    r"[-+()\s\d.#/*]+(?:(?:转|轉|分机|ext\.?|extension|x)[\s\d]*)?", re.ASCII | re.IGNORECASE
)
_EXTENSION = re.compile(r"转|轉|分机|ext|x|#", re.IGNORECASE)
_HALF_COMPOSED = re.compile(rf"([{_HAN}]+)([a-z]+)")
_WORD = re.compile(rf"\d+[{_HAN}]?|[^\W\d{_HAN}]+|[{_HAN}]+")
_LONGEST_ROOM = 5
"""Digits of one word from which on dialled digits are a phone and no room of an address."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The same text as each of the things it may be; empty for what it cannot be.

    ``phone`` is a whole number's digits, ``beginnings`` what one may begin with. ``sounds`` are letters of
    pinyin or initials; ``written`` the characters before them that an input method has set already. ``words``
    stand in a name or an address in this order.
    """

    phone: str = ""
    beginnings: tuple[str, ...] = ()
    ending: str = ""
    number: str = ""
    name: str = ""
    sounds: str = ""
    written: str = ""
    words: tuple[str, ...] = ()


def asked(text: str) -> Asked:
    """Return what a text may be; any text will do, the composing letters of an input method included."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST].encode("utf-8", "ignore").decode()).strip()[:LONGEST]
    whole = folded(plain)
    if not whole:
        return Asked()
    if _DIALLED.fullmatch(plain):
        return _dialled(plain, whole)
    sounds = whole.replace("ü", "v")
    is_latin = sounds.isascii() and sounds.isalpha()
    half = _HALF_COMPOSED.fullmatch(sounds)
    return Asked(
        number=whole if whole.isascii() else "",
        name=whole,
        sounds=sounds if is_latin else half[2] if half else "",
        written=half[1] if half else "",
        words=_words(whole),
    )


def _dialled(plain: str, whole: str) -> Asked:
    digits = phone_of(plain).digits
    # Of a number with an extension only the number itself is compared.
    own = plain if _EXTENSION.search(plain) is None else digits
    words = tuple(re.findall(r"\d+", plain))
    longest = max(map(len, words))
    rooms = len(words) > 1 and not plain.startswith("+") and 1 < longest <= _LONGEST_ROOM
    return Asked(
        phone=digits,
        beginnings=beginnings(own),
        ending=digits[::-1] if len(digits) >= FEWEST_LAST_DIGITS else "",
        number=whole,
        words=words if rooms else (),
    )


def _words(whole: str) -> tuple[str, ...]:
    """Return the words of an address: 和平新村1602 stands in 和平新村12幢2单元1602室.

    Where none has two letters, which an index needs, the text is one word as it stands: A座.
    """
    words = tuple(_WORD.findall(whole))
    if max(map(len, words), default=0) > 1:
        return words
    return (whole,) if len(whole) > 1 else ()
