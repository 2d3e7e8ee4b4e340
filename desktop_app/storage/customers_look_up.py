"""Finding customers while somebody types: a few short walks along indexes, whatever is typed.

Each way of finding shows the first few customers of its index. Where several ways find any, none of them
takes all the places: the last four digits of a number are found although many numbers begin with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from desktop_app.domain.customers import CustomerMatch, MatchedBy
from desktop_app.storage.customers import Row, customer_of, row_at
from desktop_app.storage.customers_asked import Asked, asked
from desktop_app.storage.customers_schema import PHONE_BITS
from desktop_app.storage.letter_pairs import folded, match
from desktop_app.storage.store import Store

_END = "\U0010ffff"
_MOST_CHECKED = 200
"""Rows that an index proposed and that are read to see whether they fit; a rare text finds its own first."""
_BY_DIGITS = "SELECT id FROM phones WHERE digits >= ? AND digits < ? ORDER BY digits"
_SAME_DIGITS = "SELECT id FROM phones WHERE digits = ?"
_BY_ENDING = "SELECT id FROM phones WHERE reversed >= ? AND reversed < ? ORDER BY reversed"
_BY_NO = "SELECT place FROM customers WHERE no_key <> '' AND no_key >= ? AND no_key < ? ORDER BY no_key"
_BY_NAME = "SELECT place FROM customers WHERE name_key >= ? AND name_key < ? ORDER BY name_key"
_BY_SOUNDS = (
    "SELECT place FROM customers WHERE replace(sounds, ' ', '') >= ? AND replace(sounds, ' ', '') < ? "
    "ORDER BY replace(sounds, ' ', '')"
)
_BY_INITIALS = "SELECT place FROM customers WHERE initials >= ? AND initials < ? ORDER BY initials"
_BY_TERMS = "SELECT rowid FROM search WHERE search MATCH ? LIMIT ?"
_UNITS = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")


def look_up(store: Store, text: str, limit: int) -> tuple[CustomerMatch, ...]:
    """Return at most ``limit`` customers that fit a text: those with the very phone first, then by way.

    Within a way they come in the order of their names as they are read. Nothing is found where there is no
    snapshot that can be read.
    """
    question = asked(text)
    found: list[CustomerMatch] = []
    with store.customers() as connection:
        if connection is None or limit < 1:
            return ()
        search = _Search(connection, limit)
        search.run(question)
        found.extend(search.matches())
    return tuple(found)


class _Search:
    """One look-up: which places each way found, none of them twice."""

    def __init__(self, connection: Any, limit: int) -> None:
        self._connection = connection
        self._limit = limit
        self._exact = False
        self._ways: list[tuple[MatchedBy, str, list[int]]] = []
        self._rows: dict[int, Row] = {}
        self._taken: set[int] = set()

    def run(self, question: Asked) -> None:
        """Walk along every index that may hold what was asked."""
        if question.phone:
            self._phone(MatchedBy.PHONE, question.phone, _SAME_DIGITS, (question.phone,))
            self._exact = bool(self._ways)
        for beginning in question.beginnings:
            self._phone(MatchedBy.PHONE, beginning, _BY_DIGITS, _range(beginning))
        if question.ending:
            self._phone(MatchedBy.LAST_DIGITS, question.ending[::-1], _BY_ENDING, _range(question.ending))
        for by, text, statement in (
            (MatchedBy.CUSTOMER_NO, question.number, _BY_NO),
            (MatchedBy.NAME, question.name, _BY_NAME),
            (MatchedBy.PINYIN, "" if question.written else question.sounds, _BY_SOUNDS),
            (MatchedBy.INITIALS, "" if question.written else question.sounds, _BY_INITIALS),
        ):
            if text:
                self._take(by, text, self._places(statement, _range(text)))
        if question.written:
            self._half_composed(question.written, question.sounds)
        if question.words and len(self._taken) < self._limit:
            self._containing(question.words)

    def matches(self) -> Iterator[CustomerMatch]:
        """Yield what was found, each way's in its order, no way with more than its share."""
        for at, count in enumerate(self._shares()):
            by, text, places = self._ways[at]
            rows = sorted(
                (row for row in map(self._row, places[:count]) if row),
                key=lambda row: (row[8], row[2], row[0]),
            )
            for row in rows:
                yield CustomerMatch(customer_of(row), by, _matched(by, text, row))

    def _shares(self) -> list[int]:
        """Return how many places each way gets: those with the very number all, the others their share."""
        room = self._limit
        counts = [len(places) for _, _, places in self._ways]
        shares = [0] * len(counts)
        if self._exact:
            shares[0] = min(counts[0], room)
            room -= shares[0]
        while room:
            open_ways = [at for at, count in enumerate(counts) if count > shares[at]]
            if not open_ways:
                break
            each = max(1, room // len(open_ways))
            for at in open_ways:
                more = min(each, counts[at] - shares[at], room)
                shares[at] += more
                room -= more
        return shares

    def _phone(self, by: MatchedBy, digits: str, statement: str, bounds: tuple[str, ...]) -> None:
        ids = self._places(statement, bounds)
        self._take(by, digits, (found >> PHONE_BITS for found in ids))

    def _take(self, by: MatchedBy, text: str, places: Iterable[int]) -> None:
        mine: list[int] = []
        for place in places:
            if place not in self._taken:
                self._taken.add(place)
                mine.append(place)
                if len(mine) == self._limit:
                    break
        if mine:
            self._ways.append((by, text, mine))

    def _places(self, statement: str, bounds: tuple[object, ...]) -> Iterator[int]:
        cursor = self._connection.execute(statement, bounds)
        try:
            for (place,) in cursor:
                yield place
        finally:
            cursor.close()

    def _row(self, place: int) -> Row | None:
        if place not in self._rows:
            row = row_at(self._connection, place)
            if row is None:
                return None
            self._rows[place] = row
        return self._rows[place]

    def _half_composed(self, written: str, letters: str) -> None:
        """Find 王小明 by 王xm or 王xiao: characters that are set, letters that are still being composed."""
        first = next(self._places(_BY_NAME, _range(written)), None)
        row = self._row(first) if first is not None else None
        if row is None:
            return
        sounds = row[8].split()[: len(written)]
        for by, begin, statement in (
            (MatchedBy.PINYIN, "".join(sounds) + letters, _BY_SOUNDS),
            (MatchedBy.INITIALS, "".join(sound[0] for sound in sounds) + letters, _BY_INITIALS),
        ):
            places = self._checked(
                self._places(statement, _range(begin)), lambda row: folded(row[2]).startswith(written)
            )
            self._take(by, begin, places)

    def _containing(self, words: tuple[str, ...]) -> None:
        """Find those in whose name or address the words stand one after another."""
        question = match(word for word in words if len(word) > 1)
        fits = re.compile(".*?".join(map(re.escape, words)))
        most = _MOST_CHECKED + len(self._taken)
        named: list[int] = []
        living: list[int] = []
        for place in list(self._places(_BY_TERMS, (question, most))):
            row = self._row(place)
            if row is not None and place not in self._taken:
                if fits.search(folded(row[2])):
                    named.append(place)
                elif fits.search(folded(row[4])) or fits.search(folded(row[5])):
                    living.append(place)
            if self._limit in (len(named), len(living)):
                break
        text = " ".join(words)
        self._take(MatchedBy.NAME, text, named)
        self._take(MatchedBy.ADDRESS, text, living)

    def _checked(self, places: Iterable[int], fits: Any) -> Iterator[int]:
        for checked, place in enumerate(places):
            if checked >= _MOST_CHECKED:
                return
            row = self._row(place)
            if row is not None and fits(row):
                yield place


def _range(begin: str) -> tuple[str, str]:
    return begin, begin + _END


def _matched(by: MatchedBy, text: str, row: Row) -> str:
    match by:
        case MatchedBy.PHONE | MatchedBy.LAST_DIGITS:
            return text
        case MatchedBy.CUSTOMER_NO:
            return _part(row[1], text)
        case MatchedBy.NAME:
            return _part(row[2], text)
        case MatchedBy.PINYIN | MatchedBy.INITIALS:
            return _sounding(by, text, row)
        case MatchedBy.ADDRESS:
            address = row[4] if _part(row[4], text) else row[5]
            return _part(address, text)


def _part(written: str, text: str) -> str:
    """Return the part of ``written`` from the first word of ``text`` to the last; "" where there is none."""
    letters: list[str] = []
    places: list[int] = []
    for at, character in enumerate(written):
        for letter in folded(character):
            letters.append(letter)
            places.append(at)
    found = re.search(".*?".join(map(re.escape, text.split())), "".join(letters))
    return written[places[found.start()] : places[found.end() - 1] + 1] if found and found[0] else ""


def _sounding(by: MatchedBy, text: str, row: Row) -> str:
    """Return the characters of a name whose sounds or initials were typed."""
    units = list(_UNITS.finditer(row[2]))
    sounds = row[8].split()
    if len(units) != len(sounds):
        return row[2]
    count, letters = 0, 0
    while count < len(sounds) and letters < len(text):
        letters += 1 if by is MatchedBy.INITIALS else len(sounds[count])
        count += 1
    return row[2][units[0].start() : units[count - 1].end()] if count else ""
