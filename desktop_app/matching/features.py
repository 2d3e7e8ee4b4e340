"""Records and CRM rows in comparable form: made once, compared many times."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desktop_app.domain.numbers import numbers_in, parse_number
from desktop_app.domain.phones import phone_of
from desktop_app.domain.reconciliation import CrmRow, HandRecord
from desktop_app.matching.addresses import Address, AddressLevel, address_of, compare_addresses
from desktop_app.matching.characters import plain, with_arabic_numerals
from desktop_app.matching.names import Name, name_of
from desktop_app.matching.texts import without_html

_DOOR = re.compile("[0-9]{1,3}(?:号楼|幢|栋)[0-9]{1,2}单元[0-9]{3,4}")
_SPACES = re.compile(r"\s+")
_TOKEN = re.compile(r"[0-9a-z][0-9a-z_/-]*[0-9a-z]", re.IGNORECASE)
_DATE = re.compile(r"(?:[0-9]{1,4}[-/_]){1,2}[0-9]{1,4}")
_TITLE_NUMBER = re.compile(r"[0-9]{3}")
_LEAST_NUMBER = 4
_LEAST_TELLING = 5


@dataclass(frozen=True, slots=True)
class Side:
    """What can be compared of a record or a CRM row.

    ``numbers`` are record numbers: a record's own, or all that a row mentions; ``own_number`` is the one of
    its number field. ``occurred`` is when the call came (UTC), ``created`` when a CRM row was made. ``title``
    is a summary that names a number, else empty.
    """

    key: str
    numbers: frozenset[str]
    own_number: str
    phones: tuple[str, ...]
    name: Name
    customer: str
    address: Address
    text: str
    category: str
    occurred: datetime | None
    created: datetime | None = None
    by_call: bool = False
    title: str = ""


def record_side(record: HandRecord, *, caller: str = "") -> Side:
    """Return what can be compared of a record; ``caller`` is the number the call log gives for its call."""
    phones = _phones(record.phone, record.callback_phone)
    logged = _phones(caller)
    number = comparable_number(record.number)
    return Side(
        key=record.key,
        numbers=frozenset({number} if number else ()),
        own_number=number,
        phones=(*phones, *(digits for digits in logged if digits not in phones)),
        name=name_of(record.caller_name),
        customer=comparable_code(record.customer_no),
        address=_address(record.address, record.summary),
        text=f"{record.summary} {record.detail}".strip(),
        category=record.category,
        occurred=record.received_at,
        by_call=bool(logged) and logged[0] not in phones,
        title=telling_title(record.summary),
    )


def row_side(row: CrmRow, known: Mapping[str, str], offset: timedelta) -> Side:
    """Return what can be compared of a CRM row.

    ``known`` gives the records' numbers by spellings that are told from other text only so: those of another
    shape than ours (a template may hold any text), and ours without dashes. ``offset`` is added to its times.
    """
    mentioned = {
        str(number)
        for text in {row.number, row.summary, row.detail, *row.texts}
        if "-" in text or "－" in text
        for number in numbers_in(text)
    }
    own = comparable_number(row.number)
    if own:
        mentioned.add(own)
    foreign = {
        known[token]
        for text in ((row.summary, row.detail, *row.texts) if known else ())
        for token in _tokens(text)
        if token in known
    }
    return Side(
        key=row.id,
        numbers=frozenset(mentioned | foreign),
        own_number=own,
        phones=_phones(row.phone, row.callback_phone),
        name=name_of(row.caller_name),
        customer=comparable_code(row.customer_no),
        address=_address(row.address, row.summary),
        text=f"{row.summary} {row.detail}".strip(),
        category=row.category,
        occurred=row.occurred_at + offset if row.occurred_at else None,
        created=row.created_at + offset if row.created_at else None,
        title=telling_title(row.summary),
    )


def comparable_number(text: str) -> str:
    """Return a record number in one spelling, whatever its shape; empty where it is too short to say much."""
    number = parse_number(text)
    if number is not None:
        return str(number)
    bare = _SPACES.sub("", plain(text)).lstrip("#")
    return bare if len(bare) >= _LEAST_NUMBER and any(character.isdigit() for character in bare) else ""


def telling(number: str) -> bool:
    """Whether a number of another shape than ours can be found in text without being a room or a date."""
    return len(number) >= _LEAST_TELLING and not number.isdigit() and not _DATE.fullmatch(number)


def telling_title(summary: str) -> str:
    """Return a summary in one spelling where it names a number; 停水 is anybody's, 停水补录 20100 is not."""
    title = _SPACES.sub(" ", plain(without_html(summary))).strip()
    return title if _TITLE_NUMBER.search(title) else ""


def spellings(numbers: Iterable[str]) -> dict[str, str]:
    """Return what ``row_side`` looks for in running text, each with the record number it stands for."""
    found: dict[str, str] = {}
    for number in numbers:
        if parse_number(number) is not None:
            found[number.replace("-", "").lower()] = number
        elif telling(number):
            found[number] = number
    return found


def comparable_code(text: str) -> str:
    """Return a customer or CRM number in one spelling: no spaces, no ``#``, no ``.0`` of a spreadsheet."""
    bare = _SPACES.sub("", plain(text)).lstrip("#")
    return bare[:-2] if bare.endswith(".0") and bare[:-2].isdigit() else bare


def _address(text: str, summary: str) -> Address:
    """The address; a door that only the summary names (3幢2单元1602漏水) fills it up."""
    told = address_of(text)
    found = None if told.specific else _DOOR.search(with_arabic_numerals(plain(summary)))
    if found is None:
        return told
    door = address_of(found[0])
    fits = door.specific and compare_addresses(told, door) is not AddressLevel.DIFFERENT
    return replace(door, place=told.place) if fits else told


def _phones(*texts: str) -> tuple[str, ...]:
    found = (phone_of(text).digits for text in texts if text)
    return tuple(dict.fromkeys(digits for digits in found if digits))


def _tokens(text: str) -> list[str]:
    return [token for token in _TOKEN.findall(plain(text)) if len(token) >= _LEAST_NUMBER] if text else []
