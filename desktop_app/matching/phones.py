"""Phone numbers compared as they are misheard and mistyped."""

from __future__ import annotations

import re
from enum import StrEnum

from rapidfuzz.distance import OSA

_WHOLE = re.compile(
    r"1[3-9][0-9]{9}|0(?:10|[2-9][0-9]{1,2})[0-9]{7,8}|[2-9][0-9]{6,7}|[48]00[0-9]{7}|[0-9]{3,6}"
)
_LOCAL = 7
_TAIL = 4


class PhoneLevel(StrEnum):
    """How far two numbers agree, best first."""

    SAME = "same"
    SWAPPED = "swapped"
    ONE_DIGIT = "one_digit"
    ONE_MISSING = "one_missing"
    TWO_DIGITS = "two_digits"
    TAIL = "tail"
    DIFFERENT = "different"
    MISSING = "missing"


NEAR = frozenset({PhoneLevel.SWAPPED, PhoneLevel.ONE_DIGIT, PhoneLevel.ONE_MISSING})
ORDER = tuple(PhoneLevel)


def compare_phones(one: str, other: str) -> PhoneLevel:
    """Return how far two numbers of comparable digits (``phone_of``) agree.

    A local number and the same with its area code are the same number. Numbers of fewer than seven digits are
    the same or they are not: a slip in an extension leads to a colleague.
    """
    if not one or not other:
        return PhoneLevel.MISSING
    if one == other:
        return PhoneLevel.SAME
    short, long = sorted((one, other), key=len)
    if len(short) < _LOCAL:
        noted_tail = len(short) >= _TAIL and long.endswith(short)
        return PhoneLevel.TAIL if noted_tail else PhoneLevel.DIFFERENT
    area_code = long.startswith("0") and not long.startswith("00") and len(long) - len(short) in (3, 4)
    if area_code and long.endswith(short) and not short.startswith("0"):
        return PhoneLevel.SAME
    distance = OSA.distance(one, other, score_cutoff=2)
    if distance == 1:
        if len(one) != len(other):
            return PhoneLevel.ONE_MISSING
        return PhoneLevel.SWAPPED if sorted(one) == sorted(other) else PhoneLevel.ONE_DIGIT
    if distance == 2:
        return PhoneLevel.TWO_DIGITS
    return PhoneLevel.TAIL if one[-_TAIL:] == other[-_TAIL:] else PhoneLevel.DIFFERENT


def tail_length(one: str, other: str) -> int:
    """Return how many last digits are equal."""
    count = 0
    for mine, theirs in zip(reversed(one), reversed(other), strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def deletions(digits: str) -> set[str]:
    """Return the number with each one digit left out: two numbers one slip apart share one of these.

    A wrong digit, neighbours swapped, a digit missing or too many all leave a common rest.
    """
    return {digits[:place] + digits[place + 1 :] for place in range(len(digits))}


def is_whole(digits: str) -> bool:
    """Whether the number has the shape of a mobile, landline or service number, no digit lost or too many."""
    return _WHOLE.fullmatch(digits) is not None
