"""The controlled documents of a site pack: each with number, version, day and approver (2 cover)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop_app.domain.incident_types import UNNAMED
from desktop_app.domain.site_pack import SitePack
from desktop_app.domain.site_text import Bilingual, Span, Version

SINGLE = ("playbooks", "incident_types", "level_lists", "ladders", "announcements", "articles", "forms")
"""Parts whose members are documents of their own; each of the others is one document as a whole."""
WHOLE = ("phrases", "contacts", "greetings", "quick_records", "chips")


@dataclass(frozen=True, slots=True)
class Document:
    """One plan, script, check-list or article.

    Attributes:
        part: which part of the pack it is of (``pack_changes.PARTS``).
        title: empty for a part that is one document as a whole, which is named by its part.
        span: the days on which it holds; where it names none, from the day of the pack on.
        lines: what it says, a paragraph each; empty where the centre has yet to write it.
        count: how many members a part that is one document has.
    """

    part: str
    title: Bilingual
    version: Version
    span: Span
    lines: tuple[Bilingual, ...]
    count: int = 0

    def overdue(self, today: date) -> bool:
        """Whether it does not hold any more."""
        return self.span.last is not None and self.span.last < today


def documents(pack: SitePack) -> tuple[Document, ...]:
    """Return every document of a pack, by part and in the order of its files."""
    found = []
    for part in SINGLE:
        for one in getattr(pack, part):
            own = getattr(one, "span", Span())
            span = Span(own.first or pack.effective, own.last)
            found.append(Document(part, one.title, one.version, span, tuple(_LINES[part](one))))
    for part in WHOLE:
        if members := getattr(pack, part):
            lines = tuple(line for one in members for line in _LINES[part](one))
            span = Span(pack.effective)
            found.append(Document(part, Bilingual(), pack.version, span, lines, len(members)))
    return tuple(found)


def led_by(pack: SitePack, category: str) -> str:
    """Return number and version of every document an incident of a type is led by (2 cover).

    Its check-list and fields, then its clock ladders; a fault that nobody named has the type it is taken for.
    """
    key = category or UNNAMED
    types = (one.version for one in pack.incident_types if one.key == key)
    ladders = (one.version for one in pack.ladders if not one.types or key in one.types)
    return ", ".join(str(one) for one in (*types, *ladders) if str(one))


def _numbered(items: Iterable[Any]) -> Sequence[Bilingual]:
    """Return steps or items with their place, and with what to say."""
    found = []
    for place, one in enumerate(items, 1):
        zh, en = (
            f"{place}. {one.title.told(language)}"
            + (f"\n    {said}" if (said := one.say.told(language)) else "")
            for language in ("zh", "en")
        )
        found.append(Bilingual(zh, en))
    return found


def _rungs(one: Any) -> Sequence[Bilingual]:
    return [
        Bilingual(*(f"{rung.minutes}′ {rung.title.told(language)}" for language in ("zh", "en")))
        for rung in one.rungs
    ]


def _named(first: str, second: str) -> Callable[[Any], Sequence[Bilingual]]:
    """Return what tells a member in one line by two of its texts."""

    def lines(one: Any) -> Sequence[Bilingual]:
        parts = [getattr(one, name) for name in (first, second) if name]
        zh, en = (
            " · ".join(part.told(language) if isinstance(part, Bilingual) else str(part) for part in parts)
            for language in ("zh", "en")
        )
        return [Bilingual(zh, en)]

    return lines


_LINES: dict[str, Callable[[Any], Sequence[Bilingual]]] = {
    "playbooks": lambda one: _numbered(one.steps),
    "incident_types": lambda one: _numbered(one.check_list),
    "level_lists": lambda one: _numbered(one.check_list),
    "ladders": _rungs,
    "announcements": lambda one: [one.text],
    "articles": lambda one: [one.body],
    "forms": lambda one: [one.title],
    "phrases": _named("title", "text"),
    "contacts": _named("name", "phone"),
    "greetings": _named("text", ""),
    "quick_records": _named("title", ""),
    "chips": lambda one: list(one.texts),
}
