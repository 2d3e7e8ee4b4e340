"""A number as a caller quotes it and a person types it while listening.

Parts are left out (``07 42``, ``42``), zeros and dashes differ, a digit was heard wrong. What a text may mean
is told here; which of it exists, the caller of these functions has to find out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from desktop_app.domain.numbers import SEQUENCE_WIDTH, Number, check_digit, parse_number

_DIGITS = re.compile("[0-9]+")
_DRILL = re.compile(r"(?<![A-Z])D[^0-9A-Z]*[0-9]")
_LONGEST_STATION, _LONGEST_SEQUENCE = 4, 9
_NO_STATION, _UNLIKELY, _OTHER_STATION = 2, 3, 5
"""What speaks against a reading: no station typed, cut where no sign stands, meant of another station."""
_MOST_STATIONS = 200
"""Stations among which a sequence without a station is looked for."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a text may mean, likeliest first.

    ``meant``: numbers as they were typed, parts left out filled in; ``slips``: numbers from which a typed one
    whose check digit does not fit is one wrong digit or one swap of neighbours away. ``checked``: a check
    digit was typed and fits the first of ``meant``, which is then the only one.
    """

    meant: tuple[Number, ...] = ()
    slips: tuple[Number, ...] = ()
    checked: bool = False


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to cut the digits into station, sequence and check digit; ``cost`` is how unlikely it is."""

    station: str
    sequence: str
    check: str
    cost: int

    @property
    def parts(self) -> tuple[str, int]:
        return self.station, int(self.sequence)

    @property
    def fits(self) -> bool:
        """Whether the check digit, where there is one, says that all was heard and typed right."""
        right = str(check_digit(self.station + _padded(self.sequence)))
        return self.check in ("", right) and int(self.sequence) > 0

    @property
    def complete(self) -> bool:
        """Whether the last digit was surely meant as the check digit."""
        return self.cost < _NO_STATION or (self.cost == _NO_STATION and len(self.sequence) == SEQUENCE_WIDTH)

    @property
    def whole(self) -> bool:
        """Whether everything was typed that is written, the check digit too."""
        return bool(self.check) and self.cost == 0


def quoted(text: str, *, station: str, drill: bool = False, known: Collection[str] = ()) -> Quoted:
    """Return what ``text`` may mean to somebody at ``station``, in a drill's store or another.

    ``known`` are the codes of other stations, for a number quoted without its station. A text without a
    digit, or with more of them than a number has, means nothing.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    exact = parse_number(plain)
    if exact is not None:
        return Quoted((Number(exact.station, exact.sequence, drill or exact.drill),), (), True)
    drill = drill or _DRILL.search(plain) is not None
    parts = _DIGITS.findall(plain)
    if not 0 < sum(map(len, parts)) <= _LONGEST_STATION + _LONGEST_SEQUENCE + 1:
        return Quoted()
    readings = sorted(_readings(parts, station, known), key=lambda reading: reading.cost)
    fitting = [one for one in readings if one.fits]
    if fitting and fitting[0].whole:
        return Quoted((Number(*fitting[0].parts, drill),), (), True)
    wrong = next((one for one in readings if not one.fits and one.complete), None)
    meant = dict.fromkeys(Number(*one.parts, drill) for one in fitting)
    slips = dict.fromkeys(_slips(wrong, drill)) if wrong is not None else {}
    return Quoted(tuple(meant), tuple(number for number in slips if number not in meant))


def _readings(parts: list[str], own: str, known: Collection[str]) -> Iterator[_Reading]:
    """Yield every way to cut the digits that makes sense, each with what speaks against it."""
    for station, rest, unlikely in _stations(parts, len(own)):
        for sequence, check, cost in _sequences(rest):
            if not 0 < len(sequence) <= _LONGEST_SEQUENCE or not (check or int(sequence)):
                continue
            if station:
                cost += unlikely if len(sequence) != SEQUENCE_WIDTH else 0
                yield _Reading(station, sequence, check, cost)
                continue
            yield _Reading(own, sequence, check, cost + _NO_STATION)
            for code in [code for code in list(known)[:_MOST_STATIONS] if code != own]:
                yield _Reading(code, sequence, check, cost + _OTHER_STATION)


def _stations(parts: list[str], width: int) -> Iterator[tuple[str, list[str], int]]:
    """Yield the station code, "" for none, what is left of the digits, and how unlikely that is."""
    first, *others = parts
    if others and len(first) <= width:
        yield first.zfill(width), others, 0
    elif len(first) > width:
        yield first[:width], [first[width:], *others], _UNLIKELY
    lone = len(others) == 1 and len(others[0]) == 1
    if (not others or lone) and sum(map(len, parts)) <= SEQUENCE_WIDTH + 1:
        yield "", parts, 0


def _sequences(parts: list[str]) -> Iterator[tuple[str, str, int]]:
    """Yield sequence and check digit, "" for none, and how unlikely that is."""
    digits = "".join(parts)
    lone = len(parts) == 2 and len(parts[1]) == 1
    if not lone and (digits[0] != "0" or len(digits) <= SEQUENCE_WIDTH):
        yield digits, "", _cost(digits)
    cut = lone or len(digits) == SEQUENCE_WIDTH + 1
    yield digits[:-1], digits[-1], _cost(digits[:-1]) + (0 if cut else _UNLIKELY)


def _cost(sequence: str) -> int:
    """Return how unlikely it is that a sequence was typed so: other zeros than are written, very many."""
    odd = sequence.startswith("0") and len(sequence) != SEQUENCE_WIDTH
    return 1 if odd or len(sequence) > SEQUENCE_WIDTH else 0


def _slips(reading: _Reading, drill: bool) -> Iterator[Number]:
    """Yield the numbers that differ in one digit or in two neighbours swapped."""
    width = len(reading.station)
    typed = f"{reading.station}{_padded(reading.sequence)}{reading.check}"
    changed = [
        f"{typed[:place]}{typed[place + 1]}{typed[place]}{typed[place + 2 :]}"
        for place in range(len(typed) - 1)
    ]
    changed += [
        f"{typed[:place]}{digit}{typed[place + 1 :]}" for place in range(len(typed)) for digit in "0123456789"
    ]
    for text in changed:
        number = parse_number(f"{text[:width]}-{text[width:-1]}-{text[-1]}")
        if number is not None:
            yield Number(number.station, number.sequence, drill)


def _padded(sequence: str) -> str:
    return f"{int(sequence):0{SEQUENCE_WIDTH}d}"
