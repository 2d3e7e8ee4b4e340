"""What of a roster somebody should look at: names that do not fit their numbers, phones cut short (1.2.1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.phones import is_cut_short


class DoubtKind(StrEnum):
    """What looks wrong with a row."""

    NAME = "name"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class RosterLine:
    """Who a row of the file is about; ``row`` counts from 1 as the spreadsheet does."""

    row: int
    name: str
    staff_number: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row to look at: ``said`` is what stands there.

    For a name, ``staff_number`` is whose it should be and ``expected`` what they are called.
    """

    row: int
    kind: DoubtKind
    said: str
    staff_number: str = ""
    expected: str = ""


def doubts_of(lines: Sequence[RosterLine], names: Mapping[str, str]) -> tuple[Doubt, ...]:
    """Return the doubts about rows in their order; ``names`` says by staff number who people here are.

    Of a number nobody here has, the name that most rows give it counts, of two as many the first.
    """
    called = _most_often(lines) | {number: name for number, name in names.items() if name}
    found = []
    for line in lines:
        expected = called.get(line.staff_number, "")
        if line.staff_number and _plain(expected) != _plain(line.name):
            found.append(Doubt(line.row, DoubtKind.NAME, line.name, line.staff_number, expected))
        if is_cut_short(line.phone):
            found.append(Doubt(line.row, DoubtKind.PHONE, line.phone))
    return tuple(found)


def _most_often(lines: Iterable[RosterLine]) -> dict[str, str]:
    counted: dict[str, Counter[str]] = {}
    for line in lines:
        if line.staff_number:
            counted.setdefault(line.staff_number, Counter())[line.name] += 1
    return {number: names.most_common(1)[0][0] for number, names in counted.items()}


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()
