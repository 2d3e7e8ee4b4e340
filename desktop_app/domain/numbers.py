"""The number read to a caller: station, sequence and a check digit; minted offline, never changed.

``07-00042-9``: a station code of one width per site (two to four digits), a sequence that never restarts and
a Damm digit over both, which finds every single wrong digit and every swap of neighbours. Drill stores put a
``D`` before it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
SEQUENCE_WIDTH = 5
_SHAPE = re.compile(r"(?P<drill>D?)(?P<station>\d{2,4})-(?P<sequence>\d{5,9})-(?P<check>\d)")
_IN_TEXT = re.compile(rf"(?<![0-9A-Za-z]){_SHAPE.pattern}(?![0-9])")


def check_digit(digits: str) -> int:
    """Return the Damm check digit of a string of ASCII digits."""
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return interim


@dataclass(frozen=True, slots=True, order=True)
class Number:
    """A record number; ``sequence`` counts from 1 at each station."""

    station: str
    sequence: int
    drill: bool = False

    def __str__(self) -> str:
        sequence = f"{self.sequence:0{SEQUENCE_WIDTH}d}"
        drill = "D" if self.drill else ""
        return f"{drill}{self.station}-{sequence}-{check_digit(self.station + sequence)}"


def valid_station(code: str) -> bool:
    """Whether ``code`` is a station code: two to four ASCII digits."""
    return re.fullmatch(r"[0-9]{2,4}", code) is not None


def parse_number(text: str) -> Number | None:
    """Return the number written in ``text`` (full-width digits allowed), or None where the check fails."""
    found = _SHAPE.fullmatch(unicodedata.normalize("NFKC", text).strip().upper())
    return _checked(found) if found else None


def numbers_in(text: str) -> list[Number]:
    """Return every valid number found inside free text, in the order of appearance."""
    plain = unicodedata.normalize("NFKC", text).upper()
    found = (_checked(match) for match in _IN_TEXT.finditer(plain))
    return [number for number in found if number is not None]


def _checked(found: re.Match[str]) -> Number | None:
    station, sequence = found["station"], found["sequence"]
    number = Number(station, int(sequence), bool(found["drill"]))
    # A sequence is zero-padded to five digits and no further, so that one number has one spelling.
    well_formed = sequence == f"{number.sequence:0{SEQUENCE_WIDTH}d}" and number.sequence > 0
    right = str(check_digit(station + sequence)) == found["check"]
    return number if well_formed and right else None
