"""When a pair may be matched without a person, and when it is worth showing to one.

Never a wrong automatic match: the score alone does not suffice. Somebody must be identified (number, phone,
customer number, full name with the door), the matter must be the same one (call time, words that few others
wrote) and nothing may speak strongly against it. What fails this is left to a person.
"""

from __future__ import annotations

from desktop_app.matching.addresses import AddressLevel
from desktop_app.matching.comparison import CodeLevel, Comparison, NumberLevel, TimeLevel
from desktop_app.matching.names import NameLevel
from desktop_app.matching.phones import NEAR, PhoneLevel
from desktop_app.matching.scoring import Scored
from desktop_app.matching.texts import NEARLY_EQUAL, TextLevel

_LEAST_PHONE_BITS = 5.0
_LEAST_NAME_BITS = 5.0
_LEAST_TEXT_BITS = 6.0
_FEW = 3

_MINUTES_10 = frozenset({TimeLevel.MINUTES_2, TimeLevel.MINUTES_10, TimeLevel.CREATED_CLOSE})
_CALL_10 = frozenset({TimeLevel.MINUTES_2, TimeLevel.MINUTES_10})
_MINUTES_30 = _MINUTES_10 | {TimeLevel.MINUTES_30}
_NOT_THIS_CALL = frozenset({TimeLevel.FAR, TimeLevel.CREATED_BEFORE})
_OTHER_HOUR = frozenset({TimeLevel.HOURS_2, TimeLevel.HOURS_12})
_FULL_NAME = frozenset({NameLevel.SAME, NameLevel.SOUNDS})
_FITTING_NAME = _FULL_NAME | {NameLevel.PART, NameLevel.CLOSE}
_OTHER_NAME = frozenset({NameLevel.SURNAME, NameLevel.DIFFERENT})
_ALIKE = frozenset({TextLevel.SPECIFIC, TextLevel.ALIKE})


def certain(scored: Scored) -> bool:
    """Whether the pair may be matched without a person, rivals apart."""
    pair = scored.pair
    if pair.number is NumberLevel.OTHER:
        return False
    if pair.number is NumberLevel.SAME:
        return _by_number(scored)
    if pair.time in _NOT_THIS_CALL or pair.made_before:
        return False
    if pair.name in _OTHER_NAME or pair.customer is CodeLevel.DIFFERENT:
        return False
    by_phone = _by_phone(scored) or _by_near_phone(scored)
    return by_phone or _by_door(pair) or _by_words(scored) or _by_customer(pair)


def differences(pair: Comparison) -> int:
    """How many fields say that it is somebody or something else."""
    return (
        (pair.phone in (PhoneLevel.DIFFERENT, PhoneLevel.TAIL))
        + (pair.name in _OTHER_NAME)
        + (pair.customer is CodeLevel.DIFFERENT)
        + (pair.address is AddressLevel.DIFFERENT)
        + (pair.time in _NOT_THIS_CALL)
    )


def plausible(scored: Scored) -> bool:
    """Whether the pair is worth a person's look: it may be the same person, and time does not exclude it."""
    pair = scored.pair
    if named(pair):
        return True
    if pair.made_before or (pair.time in _NOT_THIS_CALL and pair.text.level is not TextLevel.SPECIFIC):
        return False
    if pair.time in _OTHER_HOUR and pair.text.level not in (*_ALIKE, TextLevel.MISSING):
        return False
    fits = pair.name in _FITTING_NAME
    if pair.phone is PhoneLevel.SAME or pair.customer is CodeLevel.SAME or pair.door:
        return True
    if pair.phone is PhoneLevel.TWO_DIGITS and pair.address is AddressLevel.DIFFERENT:
        return False
    if pair.phone in NEAR or pair.phone is PhoneLevel.TWO_DIGITS:
        return fits or (pair.phone in NEAR and pair.name is NameLevel.MISSING)
    if pair.phone is PhoneLevel.MISSING or pair.text.level is TextLevel.SPECIFIC:
        same_words = pair.text.dice >= NEARLY_EQUAL and differences(pair) == 0
        same_words = same_words and pair.number is not NumberLevel.OTHER
        return pair.name in _FULL_NAME or (fits and pair.time in _MINUTES_30) or same_words
    return False


def named(pair: Comparison) -> bool:
    """Whether the row names the record, its matter, its household or its moment.

    To call such a record missing may double it in the CRM, however little else is known.
    """
    if pair.number in (NumberLevel.SAME, NumberLevel.TEXT):
        return True
    if pair.phone is PhoneLevel.SAME and pair.door and pair.time not in _NOT_THIS_CALL:
        # Another matter of the household is told in quite other words.
        return not pair.made_before and pair.text.level is not TextLevel.NONE
    nobody = pair.phone is PhoneLevel.MISSING and pair.name is NameLevel.MISSING
    if nobody and pair.time in _MINUTES_10 and pair.text.level in _ALIKE:
        return pair.address is not AddressLevel.DIFFERENT and pair.number is not NumberLevel.OTHER
    if pair.phone is PhoneLevel.SAME and pair.time in _CALL_10:
        return True
    return 0 < pair.title <= _FEW and not pair.made_before


def likely_same_person(pair: Comparison) -> bool:
    """Whether a rival pair may well be the same person, what is missing and when it was left aside."""
    if pair.name in _OTHER_NAME:
        return False
    nobody = pair.phone is PhoneLevel.MISSING and pair.name is NameLevel.MISSING
    if nobody and pair.time in _MINUTES_30 and pair.text.level in _ALIKE:
        return pair.address is not AddressLevel.DIFFERENT
    if pair.phone is PhoneLevel.DIFFERENT and not pair.door and pair.customer is not CodeLevel.SAME:
        return False
    return (
        pair.phone is PhoneLevel.SAME
        or pair.phone in NEAR
        or pair.customer is CodeLevel.SAME
        or pair.name in _FULL_NAME
        or pair.door
    )


def _by_number(scored: Scored) -> bool:
    pair = scored.pair
    strong = (
        (pair.phone is PhoneLevel.SAME or pair.phone in NEAR)
        + (pair.name in _FULL_NAME)
        + (pair.door or pair.address is AddressLevel.SAME)
        + (pair.customer is CodeLevel.SAME)
        + (pair.time in _MINUTES_10)
        + (pair.text.level is TextLevel.SPECIFIC)
    )
    weak = (
        (pair.name is NameLevel.PART or pair.name is NameLevel.CLOSE)
        + (pair.address is AddressLevel.PART)
        + (pair.text.level is TextLevel.ALIKE)
        + (pair.time is TimeLevel.MINUTES_30 or pair.time is TimeLevel.SAME_DAY)
        + (pair.phone is PhoneLevel.TWO_DIGITS)
    )
    against = differences(pair) + (pair.text.level is TextLevel.NONE)
    if against == 0:
        return strong >= 1 or weak >= 2
    return against == 1 and strong >= 2


def _same_matter(pair: Comparison) -> bool:
    """Whether time or words tie the pair to one call, the person being known."""
    if pair.unwritten and pair.time is not TimeLevel.MINUTES_2:
        # The row may be of the call that nobody recorded.
        return False
    if pair.time in _MINUTES_10 and pair.text.level in (*_ALIKE, TextLevel.MISSING):
        return True
    if pair.time is TimeLevel.MINUTES_2 and pair.alone_then and pair.name in _FULL_NAME:
        # One record and one row of that caller about then: other words are a rewording.
        return pair.category is not CodeLevel.DIFFERENT
    if pair.time in _MINUTES_10 and pair.text.level is TextLevel.SOME:
        return pair.lone or pair.phone is not PhoneLevel.SAME
    if pair.time is TimeLevel.MINUTES_30:
        if pair.one_call:
            return pair.text.level in _ALIKE
        return pair.text.level is TextLevel.SPECIFIC and pair.text.dice >= NEARLY_EQUAL
    if pair.time in _MINUTES_10:
        # Told in quite other words: another matter of the call, unless there is nothing else it could be.
        return (
            pair.lone
            and pair.one_call
            and pair.name in _FULL_NAME
            and pair.category is not CodeLevel.DIFFERENT
        )
    if pair.time is TimeLevel.HOURS_12:
        return False
    if pair.time in _OTHER_HOUR:
        # People call again with the same words: there must be nothing else that either could belong to.
        if pair.one_call:
            return pair.text.level in _ALIKE
        return pair.lone and pair.name in _FULL_NAME and pair.text.level is TextLevel.SPECIFIC
    if pair.lone and pair.name in _FULL_NAME and pair.text.dice >= NEARLY_EQUAL:
        return True
    return pair.text.level is TextLevel.SPECIFIC or pair.title == 1


def _by_phone(scored: Scored) -> bool:
    pair = scored.pair
    if (
        pair.phone is not PhoneLevel.SAME
        or scored.bits["phone"] < _LEAST_PHONE_BITS
        or not _same_matter(pair)
    ):
        return False
    fits = pair.name in _FITTING_NAME
    if pair.address is AddressLevel.DIFFERENT and not (
        pair.name in _FULL_NAME and pair.time in _MINUTES_10 and pair.text.level in _ALIKE
    ):
        return False
    place = pair.door or pair.address in (AddressLevel.SAME, AddressLevel.PART)
    if pair.by_call:
        return pair.name in _FULL_NAME or pair.door or (fits and pair.text.level in _ALIKE)
    return fits or place or pair.text.level in _ALIKE or (pair.lone and pair.text.level is TextLevel.MISSING)


def _by_near_phone(scored: Scored) -> bool:
    pair = scored.pair
    if pair.contested or pair.address is AddressLevel.DIFFERENT:
        return False
    known = (
        (pair.name in _FULL_NAME and scored.bits["name"] >= _LEAST_NAME_BITS)
        or pair.door
        or pair.customer is CodeLevel.SAME
    )
    if pair.phone in NEAR:
        near = pair.time in _MINUTES_10 or pair.text.level is TextLevel.SPECIFIC
        return known and near and _same_matter(pair)
    if pair.phone is PhoneLevel.TWO_DIGITS:
        return known and pair.time in _MINUTES_10 and pair.text.level is TextLevel.SPECIFIC
    return False


def _by_door(pair: Comparison) -> bool:
    return (
        pair.name in _FULL_NAME
        and pair.door
        and pair.phone is not PhoneLevel.DIFFERENT
        and _same_matter(pair)
    )


def _by_words(scored: Scored) -> bool:
    """A full name and, within minutes, all but the same rare words, where a side lacks the phone."""
    pair = scored.pair
    return (
        pair.phone is PhoneLevel.MISSING
        and pair.name in _FULL_NAME
        and scored.bits["name"] >= _LEAST_NAME_BITS
        and pair.time in _MINUTES_10
        and pair.text.level is TextLevel.SPECIFIC
        and pair.text.dice >= NEARLY_EQUAL
        and pair.text.bits >= _LEAST_TEXT_BITS
        and pair.address is not AddressLevel.DIFFERENT
    )


def _by_customer(pair: Comparison) -> bool:
    if pair.customer is not CodeLevel.SAME or pair.address is AddressLevel.DIFFERENT:
        return False
    if pair.phone is PhoneLevel.DIFFERENT and pair.name not in _FULL_NAME:
        return False
    person = pair.phone is PhoneLevel.SAME or pair.phone in NEAR or pair.name in _FITTING_NAME or pair.door
    return _same_matter(pair) and (person or pair.text.level in _ALIKE)
