"""Finding customers while somebody types: a few short walks along indexes, whatever is typed.

Each way of finding shows the first few customers of its index. Where several ways find any, none of them
takes all the places: the last four digits of a number are found although many numbers begin with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from desktop_app.domain.customers import CustomerMatch, MatchedBy
from desktop_app.storage.customers import Row, Starts, customer_of, rows_at
from desktop_app.storage.customers_asked import Asked, asked
from desktop_app.storage.customers_matched import matched, span_of
from desktop_app.storage.customers_schema import MOST_PHONES, PHONE_BITS
from desktop_app.storage.letter_pairs import folded, match
from desktop_app.storage.store import Store

_LIKELIEST = tuple(MatchedBy)
_END = "\U0010ffff"
_MOST_CHECKED = 200
"""Rows that an index proposed and that are read to see whether they fit; a rare text finds its own first."""
_BY_DIGITS = "SELECT id, digits FROM phones WHERE digits >= ? AND digits < ? ORDER BY digits LIMIT ?"
_BY_ENDING = "SELECT id, reversed FROM phones WHERE reversed >= ? AND reversed < ? ORDER BY reversed LIMIT ?"
_BY_NO = (
    "SELECT place FROM customers WHERE no_key <> '' AND no_key >= ? AND no_key < ? ORDER BY no_key LIMIT ?"
)
_BY_NAME = "SELECT place FROM customers WHERE name_key >= ? AND name_key < ? ORDER BY name_key LIMIT ?"
_BY_SOUNDS = (
    "SELECT place FROM customers WHERE replace(sounds, ' ', '') >= ? AND replace(sounds, ' ', '') < ? "
    "ORDER BY replace(sounds, ' ', '') LIMIT ?"
)
_BY_INITIALS = "SELECT place FROM customers WHERE initials >= ? AND initials < ? ORDER BY initials LIMIT ?"
_BY_TERMS = "SELECT rowid FROM search WHERE search MATCH ? LIMIT ?"


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
        search = _Search(connection, store.snapshot.starts, limit)
        try:
            search.run(question)
        except sqlcipher.OperationalError as error:
            # Out of time: what the likelier ways have found is shown.
            if getattr(error, "sqlite_errorname", "") != "SQLITE_INTERRUPT":
                raise
        found.extend(search.matches())
    return tuple(found)


class _Search:
    """One look-up: which places each way found, none of them twice."""

    def __init__(self, connection: Any, starts: Starts, limit: int) -> None:
        self._connection = connection
        self._starts = starts
        self._limit = limit
        self._exact = False
        self._ways: list[tuple[MatchedBy, str, list[int]]] = []
        self._rows: dict[int, Row] = {}
        self._taken: set[int] = set()

    def run(self, question: Asked) -> None:
        """Walk along every index that may hold what was asked."""
        for beginning in question.beginnings:
            self._phone(MatchedBy.PHONE, beginning, _BY_DIGITS, beginning, question.phone)
        if question.ending:
            self._phone(MatchedBy.LAST_DIGITS, question.ending[::-1], _BY_ENDING, question.ending)
        sounds = "" if question.written else question.sounds
        for by, text, statement in (
            (MatchedBy.CUSTOMER_NO, question.number, _BY_NO),
            (MatchedBy.NAME, question.name, _BY_NAME),
            (MatchedBy.PINYIN, sounds, _BY_SOUNDS),
            (MatchedBy.INITIALS, sounds, _BY_INITIALS),
        ):
            if text and self._starts.may_be(by, text):
                self._take(by, text, self._places(statement, *_range(text)))
        if question.written:
            self._half_composed(question.written, question.sounds)
        if question.words and len(self._taken) < self._limit:
            self._containing(question.words)

    def matches(self) -> Iterator[CustomerMatch]:
        """Yield what was found, each way's in its order, no way with more than its share."""
        # A word inside a name is looked for last, and is likelier meant than what only sounds like it.
        self._ways.sort(key=lambda way: _LIKELIEST.index(way[0]))
        ways = [
            (by, text, places[:share])
            for (by, text, places), share in zip(self._ways, self._shares(), strict=True)
        ]
        self._read({place for _, _, places in ways for place in places})
        for by, text, places in ways:
            rows = [self._rows[place] for place in places if place in self._rows]
            for row in sorted(rows, key=lambda row: (row[8], row[2], row[0])):
                yield CustomerMatch(customer_of(row), by, matched(by, text, row))

    def _shares(self) -> list[int]:
        """Return how many places each way gets: those with the very number all, the others their share."""
        room = self._limit
        counts = [len(places) for _, _, places in self._ways]
        if sum(counts) <= room:
            return counts
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

    def _phone(self, by: MatchedBy, digits: str, statement: str, begin: str, whole: str = "") -> None:
        """Take whose number begins so; those whose number is ``whole`` are a way of their own, the first."""
        run, most = self._connection.execute, self._enough()
        found = run(statement, (*_range(begin), most)).fetchall()
        if len(found) == most and len({id_ >> PHONE_BITS for id_, _ in found} - self._taken) < self._limit:
            # Nobody has more numbers than these, so that enough customers are among so many.
            found = run(statement, (*_range(begin), most * MOST_PHONES)).fetchall()
        if found and found[0][1] == whole:
            self._take(by, digits, (id_ >> PHONE_BITS for id_, told in found if told == whole))
            self._exact = True
        self._take(by, digits, (id_ >> PHONE_BITS for id_, told in found))

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

    def _enough(self) -> int:
        """Return how many places of an index hold as many new ones as are shown."""
        return self._limit + len(self._taken)

    def _places(self, statement: str, *bounds: str, most: int = 0) -> list[int]:
        found = self._connection.execute(statement, (*bounds, most or self._enough()))
        return [place for (place,) in found.fetchall()]

    def _read(self, places: Iterable[int]) -> None:
        wanted = [place for place in places if place not in self._rows]
        self._rows.update((row[0], row) for row in rows_at(self._connection, wanted))

    def _half_composed(self, written: str, letters: str) -> None:
        """Find 王小明 by 王xm or 王xiao: characters that are set, letters that are still being composed."""
        first = self._places(_BY_NAME, *_range(written), most=1)
        self._read(first)
        if not first or first[0] not in self._rows:
            return
        sounds = self._rows[first[0]][8].split()[: len(written)]
        for by, begin, statement in (
            (MatchedBy.PINYIN, "".join(sounds) + letters, _BY_SOUNDS),
            (MatchedBy.INITIALS, "".join(sound[0] for sound in sounds) + letters, _BY_INITIALS),
        ):
            places = self._places(statement, *_range(begin), most=_MOST_CHECKED)
            self._take(by, begin, self._checked(places, lambda row: folded(row[2]).startswith(written)))

    def _containing(self, words: tuple[str, ...]) -> None:
        """Find those in whose name or address the words stand one after another."""
        long = [word for word in words if len(word) > 1]
        if not all(self._starts.may_be(MatchedBy.ADDRESS, word) for word in long):
            return
        most = _MOST_CHECKED + len(self._taken)
        # To walk along what one in ten has takes longer than to read the few that have the rest.
        places = self._places(_BY_TERMS, match(long, self._starts.common), most=most)
        if len(places) == most:
            places = self._places(_BY_TERMS, match(long), most=most)
        text = " ".join(words)

        def lives_there(row: Row) -> bool:
            return bool(span_of(words, folded(row[4])) or span_of(words, folded(row[5])))

        named = self._checked(places, lambda row: bool(span_of(words, folded(row[2]))))
        self._take(MatchedBy.NAME, text, named)
        self._take(MatchedBy.ADDRESS, text, self._checked(places, lives_there))

    def _checked(self, places: list[int], fits: Callable[[Row], bool]) -> Iterator[int]:
        """Yield those of the places whose rows fit, read a few at a time."""
        for at in range(0, len(places), self._limit):
            some = places[at : at + self._limit]
            self._read(some)
            yield from (place for place in some if place in self._rows and fits(self._rows[place]))


def _range(begin: str) -> tuple[str, str]:
    return begin, begin + _END
