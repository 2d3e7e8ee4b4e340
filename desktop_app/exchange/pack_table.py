"""One table of a pack's file, read key by key; every mistake is told with its file and its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from desktop_app.domain.errors import KnownError
from desktop_app.domain.site_text import Bilingual, Span
from desktop_app.domain.texts import clean
from desktop_app.exchange.pack_files import PackFiles, toml_file

E = TypeVar("E", bound=StrEnum)

SHORT = 300
LONG = 5_000
"""Characters of a title or name, and of a sentence or article part."""
_LANGUAGES = ("zh", "en")
_SHOWN = 60
_LARGEST = 1e12


class PackTable:
    """A table of a file. ``keys`` are all it may have; ``place`` is where it stands ("" is the file itself).

    Every method raises KnownError ``pack.…`` for a value that is not what it is asked for.
    """

    def __init__(self, told: object, file: str, keys: tuple[str, ...], place: str = "") -> None:
        self.file, self.place = file, place
        if not isinstance(told, dict):
            raise KnownError("pack.table", file=file, place=place)
        self._told: Mapping[str, Any] = told
        if unknown := [key for key in told if key not in keys]:
            raise KnownError("pack.unknown_key", file=file, place=self.at(unknown[0]), known=", ".join(keys))

    def at(self, key: str) -> str:
        """Return the place of a key of this table, as a person finds it."""
        key = key if len(key) <= _SHOWN else f"{key[:_SHOWN]}…"
        return f"{self.place} · {key}" if self.place else key

    def wrong(self, problem: str, key: str, **details: object) -> KnownError:
        """Return the failure ``pack.<problem>`` at a key."""
        return KnownError(f"pack.{problem}", file=self.file, place=self.at(key), **details)

    def text(self, key: str, *, most: int = SHORT, needed: bool = False) -> str:
        """Return a text without blanks at its ends; "" where it is missing and not needed."""
        text = self._plain(self._told.get(key, ""), key, most)
        if needed and not text:
            raise self.wrong("text_missing", key)
        return text

    def words(self, key: str, *, most: int = SHORT, needed: bool = False) -> Bilingual:
        """Return a text in two languages: ``{ zh = "…", en = "…" }``, or one text, which is Chinese."""
        told = self._bilingual(self._told.get(key, ""), key, most)
        if needed and not (told.zh or told.en):
            raise self.wrong("text_missing", key)
        return told

    def day(self, key: str) -> date | None:
        """Return a day, written ``2027-02-06``."""
        told = self._told.get(key)
        if isinstance(told, str) and len(told) == len("2027-02-06"):
            try:
                told = date.fromisoformat(told)
            except ValueError:
                raise self.wrong("day", key) from None
        if told is not None and (isinstance(told, datetime) or not isinstance(told, date)):
            raise self.wrong("day", key)
        return told

    def span(self) -> Span:
        """Return the days on which this holds, from ``first`` and ``last``."""
        first, last = self.day("first"), self.day("last")
        if first and last and last < first:
            raise self.wrong("days_turned", "last")
        return Span(first, last)

    def whole(self, key: str, most: int) -> int:
        """Return a whole number from 0 to ``most``; 0 where it is missing."""
        told = self._told.get(key, 0)
        if type(told) is not int or not 0 <= told <= most:
            raise self.wrong("whole", key, most=most)
        return told

    def tick(self, key: str) -> bool:
        """Return a yes or no; no where it is missing."""
        told = self._told.get(key, False)
        if not isinstance(told, bool):
            raise self.wrong("tick", key)
        return told

    def choice(self, key: str, codes: type[E]) -> E:
        """Return one of the codes; it is needed."""
        return self.chosen(self.text(key, needed=True), key, codes)

    def choices(self, key: str, codes: type[E]) -> tuple[E, ...]:
        """Return one or more of the codes, in the order they stand."""
        found = tuple(self.chosen(text, key, codes) for text in self.texts(key, len(codes)))
        if not found:
            raise self.wrong("text_missing", key)
        return found

    def chosen(self, text: str, key: str, codes: type[E]) -> E:
        """Return the code that a text is."""
        for code in codes:
            if code == text:
                return code
        raise self.wrong("option", key, told=text[:_SHOWN], known=", ".join(codes))

    def texts(self, key: str, most: int) -> tuple[str, ...]:
        """Return a list of texts, or a single text as a list of one; no more than ``most``."""
        told = self._told.get(key, [])
        found = [told] if isinstance(told, str) else told
        if not isinstance(found, list):
            raise self.wrong("texts", key)
        self._count(found, key, most)
        return tuple(text for one in found if (text := self._plain(one, key, SHORT)))

    def all_words(self, key: str, most: int) -> tuple[Bilingual, ...]:
        """Return a list of texts in two languages."""
        told = self._told.get(key, [])
        if not isinstance(told, list):
            raise self.wrong("texts", key)
        self._count(told, key, most)
        found = tuple(self._bilingual(one, key, SHORT) for one in told)
        if not all(one.zh or one.en for one in found):
            raise self.wrong("text_missing", key)
        return found

    def number(self, key: str) -> float | None:
        """Return a number, None where it is missing."""
        told = self._told.get(key)
        if told is None:
            return None
        if isinstance(told, bool) or not isinstance(told, int | float) or not abs(told) < _LARGEST:
            raise self.wrong("number", key)
        return float(told)

    def table(self, key: str, keys: tuple[str, ...]) -> PackTable | None:
        """Return a table inside this one, None where it is missing."""
        return PackTable(self._told[key], self.file, keys, self.at(key)) if key in self._told else None

    def has(self, key: str) -> bool:
        """Whether anything is said of a key."""
        return key in self._told

    def items(self, key: str) -> list[tuple[str, Any]]:
        """Return the names and values of a table inside this one, none where it is missing."""
        told = self._told.get(key, {})
        if not isinstance(told, dict):
            raise self.wrong("table", key)
        return list(told.items())

    def tables(self, key: str, keys: tuple[str, ...], most: int) -> list[PackTable]:
        """Return the tables of a list ``[[key]]``, counted from 1 in what is told of them."""
        told = self._told.get(key, [])
        if not isinstance(told, list):
            raise self.wrong("tables", key)
        self._count(told, key, most)
        return [
            PackTable(one, self.file, keys, self.at(f"[[{key}]] {number}"))
            for number, one in enumerate(told, 1)
        ]

    def one_text(self, value: object, key: str, most: int = SHORT) -> str:
        """Return a value of ``items`` as a text."""
        return self._plain(value, key, most)

    def one_bilingual(self, value: object, key: str, most: int = SHORT) -> Bilingual:
        """Return a value of ``items`` as a text in two languages."""
        return self._bilingual(value, key, most)

    def _count(self, told: list[Any], key: str, most: int) -> None:
        if len(told) > most:
            raise self.wrong("too_many", key, most=most)

    def _bilingual(self, told: object, key: str, most: int) -> Bilingual:
        if not isinstance(told, dict):
            return Bilingual(self._plain(told, key, most))
        if unknown := [language for language in told if language not in _LANGUAGES]:
            raise self.wrong("unknown_key", f"{key}.{unknown[0]}", known=", ".join(_LANGUAGES))
        return Bilingual(
            *(self._plain(told.get(language, ""), f"{key}.{language}", most) for language in _LANGUAGES)
        )

    def _plain(self, told: object, key: str, most: int) -> str:
        if not isinstance(told, str):
            raise self.wrong("text", key)
        text = clean(told).text.strip()
        if len(text) > most:
            raise self.wrong("text_long", key, most=most)
        return text


def tables_of(files: PackFiles, noun: str, keys: tuple[str, ...], most: int) -> list[PackTable]:
    """Return the tables ``[[noun]]`` of ``<noun>.toml``, none where there is no such file."""
    file = f"{noun}.toml"
    try:
        told = toml_file(files, file)
    except KnownError as problem:
        if problem.code == "pack.missing":
            return []
        raise
    return PackTable(told, file, (noun,)).tables(noun, keys, most)


def told_once(told: Iterable[tuple[PackTable, str, str]]) -> None:
    """Raise KnownError where two tables have the same value; each comes with its key and that value."""
    seen: dict[str, PackTable] = {}
    for table, key, value in told:
        if value in seen:
            raise table.wrong("twice", key, told=value, other=seen[value].place or seen[value].file)
        seen[value] = table
