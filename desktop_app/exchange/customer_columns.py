"""Which column of a list of customers says what, and what one row of it says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_app.domain.phones import UNKNOWN_WORDS, phone_of
from desktop_app.domain.texts import clean
from desktop_app.exchange import profiles
from desktop_app.exchange.headers import plain_header
from desktop_app.exchange.profiles import FIELDS

FIELDS_OF_CUSTOMERS = tuple(name for name in FIELDS["customers"] if name != "other")
"""The fields that a column can feed."""
SEVERAL = frozenset({"other_phone", "address", "note"})
"""Fields that more than one column can feed."""
_ONE_OF = ("name", "phone", "other_phone")
_BETWEEN_PHONES = re.compile(r"[、,,;;/|\n]|或|\s{2,}")
_FLOAT = re.compile(r"\d(\.\d+)?e\+?\d+", re.IGNORECASE)
_LEAST_DIGITS, _MOST_DIGITS = 3, 20
_MOST_PHONES = 16
_NOT_SPECIAL = frozenset(
    {
        "否",
        "普通",
        "一般",
        "普通客户",
        "一般客户",
        "非vip",
        "no",
        "n",
        "false",
        "0",
        "normal",
        "standard",
        "regular",
        "ordinary",
    }
)
_SPECIAL = frozenset({"是", "yes", "y", "true", "1", "√", "✓", "v", "x"})
_MOST_BYTES = 2_000
_HAN_AT_END = re.compile(r"[\u3400-\u9fff]$")


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """What a row says of a customer; ``row`` is its number in the file.

    ``no_phones`` are what stood in place of a number and is none; ``as_of`` is the text of that column.
    """

    row: int
    customer_no: str
    name: str
    phones: tuple[str, ...]
    no_phones: tuple[str, ...]
    address: str
    estate: str
    vip: str
    note: str
    as_of: str

    @property
    def is_somebody(self) -> bool:
        """Whether there is anything to find the customer by."""
        return bool(self.name or self.phones)


def guess(columns: Sequence[str]) -> dict[str, str]:
    """Return what each column is taken for by its header: a field, or "" for a column that is not read."""
    known = profiles.shipped(profiles.GENERIC).columns["customers"]
    ranked = {
        plain_header(header): (rank, field)
        for field, headers in reversed(list(known.items()))
        for rank, header in enumerate(headers)
    }
    found = {name: ranked.get(plain_header(name), (0, "")) for name in columns}
    mapping = dict.fromkeys(columns, "")
    # The best header of each field first: 手机 and 固定电话 in one file are the phone and another one.
    for name, (_, field) in sorted(found.items(), key=lambda entry: entry[1][0]):
        if field in SEVERAL or field not in mapping.values():
            mapping[name] = field
        elif field == "phone":
            mapping[name] = "other_phone"
    return mapping


def lacks(mapping: Mapping[str, str]) -> bool:
    """Whether no column says whom it is about."""
    return not any(field in _ONE_OF for field in mapping.values())


class Reading:
    """Reads rows of one table through a mapping of its columns."""

    def __init__(self, columns: Sequence[str], mapping: Mapping[str, str]) -> None:
        places: dict[str, list[int]] = {field: [] for field in FIELDS_OF_CUSTOMERS}
        for at, name in enumerate(columns):
            if field := mapping.get(name, ""):
                places[field].append(at)
        self._one = {field: at[0] if at else -1 for field, at in places.items()}
        self._all = places
        self._phones = [*places["phone"], *places["other_phone"]]
        vip = self._one["vip"]
        self._vip_word = columns[vip] if vip >= 0 else ""

    def row(self, number: int, cells: Sequence[str]) -> CustomerRow:
        """Return what a row says; a row may have fewer cells than the table has columns."""
        one, several = self._text, self._texts
        phones, none = self._numbers(cells)
        return CustomerRow(
            number,
            one(cells, "customer_no"),
            _full_name(one(cells, "name"), one(cells, "given_name")),
            phones,
            none,
            _joined(several(cells, "address")),
            one(cells, "estate"),
            self._vip(one(cells, "vip")),
            "; ".join(several(cells, "note")),
            one(cells, "as_of"),
        )

    def _text(self, cells: Sequence[str], field: str) -> str:
        at = self._one[field]
        return _kept(cells[at]) if 0 <= at < len(cells) else ""

    def _texts(self, cells: Sequence[str], field: str) -> list[str]:
        found = (_kept(cells[at]) for at in self._all[field] if at < len(cells))
        return [text for text in found if text]

    def _numbers(self, cells: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        phones: dict[str, str] = {}
        none: list[str] = []
        for at in self._phones:
            cell = _kept(cells[at]) if at < len(cells) else ""
            for text in filter(None, map(str.strip, _BETWEEN_PHONES.split(cell))) if cell else ():
                digits = "" if _FLOAT.fullmatch(text) else phone_of(text).digits
                if _LEAST_DIGITS <= len(digits) <= _MOST_DIGITS and len(phones) < _MOST_PHONES:
                    phones.setdefault(digits, text)
                elif text.casefold() not in UNKNOWN_WORDS:
                    none.append(text)
        return tuple(phones.values()), tuple(none)

    def _vip(self, word: str) -> str:
        plain = word.casefold()
        if plain in _NOT_SPECIAL:
            return ""
        return self._vip_word if plain in _SPECIAL else word


def _full_name(name: str, given: str) -> str:
    """Return a name whose parts stand in two columns: a Latin surname goes behind the first name."""
    return _joined([name, given] if _HAN_AT_END.search(name) else [given, name])


def _joined(texts: Sequence[str]) -> str:
    """Return texts as one, Chinese ones without a blank between them."""
    told = [text for text in texts if text]
    if len(told) < 2:
        return told[0] if told else ""
    return ("" if _HAN_AT_END.search(told[0]) else " ").join(told)


def _kept(cell: str) -> str:
    text = " ".join(clean(cell, _MOST_BYTES).text.split())
    return "" if text in profiles.shipped(profiles.GENERIC).empty else text
