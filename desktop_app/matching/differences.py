"""The fields of a matched pair whose values mean different things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from desktop_app.domain.phones import phone_of
from desktop_app.domain.reconciliation import CrmRow, Difference, HandRecord
from desktop_app.matching.addresses import AddressLevel, address_of, compare_addresses
from desktop_app.matching.comparison import CodeLevel, compare_codes
from desktop_app.matching.features import comparable_code, comparable_number
from desktop_app.matching.names import NameLevel, compare_names, name_of
from desktop_app.matching.phones import PhoneLevel, compare_phones

_HOUR = timedelta(hours=1)
_SAME_NAME = (NameLevel.SAME, NameLevel.PART, NameLevel.MISSING)


def find_differences(
    record: HandRecord,
    row: CrmRow,
    category_words: Mapping[str, str],
    offset: timedelta,
    *,
    dates_only: bool = False,
) -> tuple[Difference, ...]:
    """Return the differing fields, where both sides have a value.

    Formats of numbers, titles and spellings of addresses are no difference, nor is one matter told in two
    people's words; a category differs only where ``category_words`` maps the CRM's word; ``offset`` is added
    to the row's times.
    """
    found = [
        *_of_phones(record, row),
        *_of_words(record, row, category_words),
        *_of_amounts(record, row),
    ]
    occurred = row.occurred_at if row.occurred_at != row.created_at and not dates_only else None
    if record.received_at and occurred and abs(record.received_at - occurred - offset) > _HOUR:
        found.append(Difference("received_at", _told(record.received_at), _told(occurred + offset)))
    return tuple(found)


def _of_phones(record: HandRecord, row: CrmRow) -> Iterator[Difference]:
    mine = {phone_of(text).digits for text in (record.phone, record.callback_phone)} - {""}
    theirs = {phone_of(text).digits for text in (row.phone, row.callback_phone)} - {""}
    for field in ("phone", "callback_phone"):
        one, other = getattr(record, field), getattr(row, field)
        digits, others = phone_of(one).digits, phone_of(other).digits
        if not digits or not others or compare_phones(digits, others) is PhoneLevel.SAME:
            continue
        # The same two numbers in each other's fields are no difference.
        if digits in theirs and others in mine:
            continue
        yield Difference(field, one, other)


def _of_words(record: HandRecord, row: CrmRow, category_words: Mapping[str, str]) -> Iterator[Difference]:
    if compare_names(name_of(record.caller_name), name_of(row.caller_name)) not in _SAME_NAME:
        yield Difference("caller_name", record.caller_name, row.caller_name)
    number, other = comparable_number(record.number), comparable_number(row.number)
    if compare_codes(number, other) is CodeLevel.DIFFERENT:
        yield Difference("number", record.number, row.number)
    customer = compare_codes(comparable_code(record.customer_no), comparable_code(row.customer_no))
    if customer is CodeLevel.DIFFERENT:
        yield Difference("customer_no", record.customer_no, row.customer_no)
    level = compare_addresses(address_of(record.address), address_of(row.address))
    if level is AddressLevel.DIFFERENT:
        yield Difference("address", record.address, row.address)
    mapped = category_words.get(row.category, "")
    if compare_codes(record.category, category_words.get(record.category, record.category)) and mapped:
        ours = category_words.get(record.category, record.category)
        if compare_codes(ours, mapped) is CodeLevel.DIFFERENT:
            yield Difference("category", record.category, row.category)


def _of_amounts(record: HandRecord, row: CrmRow) -> Iterator[Difference]:
    """A payment that a record tells of has to be the CRM's; what the CRM bills besides is its own."""
    if record.amount and row.amount and record.amount != row.amount:
        yield Difference("amount_taken", record.amount, row.amount)


def _told(at: object) -> str:
    return str(at)[:16]
