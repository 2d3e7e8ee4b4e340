"""Chinese identity numbers in running text, recognised and masked (4, "no ID number stored").

GB 11643: six digits of the place, the birthday, three of order, a check digit of ISO 7064 MOD 11-2; the older
form of fifteen has a birthday of two-digit year and no check digit.

What is masked is gone for good, and other systems number by place and day too: fifteen digits, or a day of
the last year, are taken for an identity number only in a text that speaks of a card.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)} | {0xFF38: 0x58, 0xFF58: 0x78}
_LONG = re.compile(r"(?<![0-9A-Za-z])[1-9](?:[ -]?[0-9]){16}[ -]?[0-9Xx](?![0-9A-Za-z])")
_OLD = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{14}(?![0-9A-Za-z])")
_CARD = re.compile(r"(?<![凭保验])证|身份|identity|(?<![a-z])id[ -]?(?:card|number|no)", re.IGNORECASE)
_RECENT = timedelta(days=366)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
# The first two digits: provinces, the special regions, and cards of people from there or from abroad.
_PLACES = frozenset(
    f"{code}"
    for code in (
        *range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66),
        71, 81, 82, 83, *range(91, 100),
    )
)  # fmt: skip
_KEPT_BEFORE, _KEPT_AFTER = 6, 2


@dataclass(frozen=True, slots=True)
class IdNumber:
    """Where an identity number stands in a text: ``text[start:end]``, blanks between its digits included."""

    start: int
    end: int


def find_id_numbers(text: str, today: date) -> tuple[IdNumber, ...]:
    """Return the identity numbers in ``text``, from left to right; full-width digits count."""
    if sum(map(str.isdecimal, text)) < 15:
        return ()
    plain = text.translate(_FULL_WIDTH)
    card = _CARD.search(plain) is not None
    latest = today if card else today - _RECENT
    found = [IdNumber(*one.span()) for one in _LONG.finditer(plain) if _is_long(_bare(one[0]), latest)]
    if card:
        found += [IdNumber(*one.span()) for one in _OLD.finditer(plain) if _is_old(one[0], today)]
    return tuple(sorted(found, key=lambda one: one.start))


def mask_id_numbers(text: str, today: date) -> str:
    """Return ``text`` with all but the first six and the last two digits of each number as asterisks."""
    for one in reversed(find_id_numbers(text, today)):
        text = text[: one.start] + _masked(text[one.start : one.end]) + text[one.end :]
    return text


def _masked(number: str) -> str:
    digits = [at for at, sign in enumerate(number) if sign not in " -"]
    hidden = set(digits[_KEPT_BEFORE:-_KEPT_AFTER])
    return "".join("*" if at in hidden else sign for at, sign in enumerate(number))


def _bare(number: str) -> str:
    return number.replace(" ", "").replace("-", "").upper()


def _is_long(number: str, latest: date) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True))
    return (
        number[:2] in _PLACES
        and _is_birthday(number[6:14], latest)
        and _CHECK[total % len(_CHECK)] == number[17]
    )


def _is_old(number: str, today: date) -> bool:
    return number[:2] in _PLACES and _is_birthday(f"19{number[6:12]}", today)


def _is_birthday(digits: str, latest: date) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return date(1900, 1, 1) <= day <= latest
