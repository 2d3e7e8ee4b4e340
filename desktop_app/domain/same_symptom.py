"""Calls that tell of one thing: several within a while suggest that something is broken (A§7.1, 3.8).

A call tells of a symptom where an agent marked it so, or where its text holds the symptom's words. What no
symptom of the site says is the same where category and words are.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop_app.domain.incident_types import IncidentType
from desktop_app.domain.site_text import Bilingual

MOST_CALLS = 500
"""So many calls are looked at, the newest: whoever has more in half an hour knows of it."""
_LONGEST_OWN = 30
"""Characters of a text that may be compared whole; a longer one is a story of its own."""
_SHORTEST_OWN = 3


@dataclass(frozen=True, slots=True)
class Call:
    """What is looked at of a call: ``caller`` is a number's digits, empty where nobody knows it.

    ``explained``: it is of an incident already.
    """

    id: str
    at: datetime
    caller: str
    category: str
    text: str
    tag: str = ""
    explained: bool = False


@dataclass(frozen=True, slots=True)
class Symptom:
    """A symptom as it is told, and the key of the type of incident it belongs to ("" for none)."""

    text: Bilingual
    type: str = ""


@dataclass(frozen=True, slots=True)
class Repeated:
    """A symptom that several callers told of: how many, and when the first of them did."""

    symptom: Symptom
    callers: int
    first: datetime

    @property
    def key(self) -> str:
        """What it is known by as long as calls go on telling of it."""
        return f"{self.symptom.type}/{folded(self.symptom.text.zh)}"


def symptoms_of(types: Iterable[IncidentType]) -> tuple[Symptom, ...]:
    """Return the symptoms of a site's types of incident, without those that have a card of their own.

    Of a fire or a theft nobody learns by counting calls.
    """
    return tuple(Symptom(text, one.key) for one in types if not one.card for text in one.symptoms)


def symptom_in(text: str, symptoms: Sequence[Symptom]) -> Symptom | None:
    """Return the symptom whose words a text holds, the longest of several; None where it holds none."""
    told = folded(text)
    found = [
        (len(words), -place, one)
        for place, one in enumerate(symptoms)
        for words in _words(one)
        if words and words in told
    ]
    return max(found, key=lambda one: one[:2])[2] if found else None


def repeated(
    calls: Iterable[Call],
    symptoms: Sequence[Symptom],
    now: datetime,
    *,
    least: int,
    within: timedelta,
) -> tuple[Repeated, ...]:
    """Return what at least ``least`` callers told of in the time before ``now``, most callers first.

    One caller who rings three times is one; whose number nobody knows counts each time. Calls that are of an
    incident already are left out.
    """
    found: dict[str, tuple[Symptom, set[str], datetime]] = {}
    for call in calls:
        if call.explained or not now - within <= call.at <= now:
            continue
        one = _told_of(call, symptoms)
        if one is None:
            continue
        key = f"{one.type}/{call.category if not one.type else ''}/{folded(one.text.zh)}"
        symptom, callers, first = found.setdefault(key, (one, set(), call.at))
        callers.add(call.caller or f"#{call.id}")
        found[key] = (symptom, callers, min(first, call.at))
    told = [
        Repeated(symptom, len(callers), first)
        for symptom, callers, first in found.values()
        if len(callers) >= least
    ]
    return tuple(sorted(told, key=lambda one: (-one.callers, one.first, one.key)))


def worth_telling(found: Iterable[Repeated], told: Mapping[str, int], *, least: int) -> tuple[Repeated, ...]:
    """Return what nobody was told of yet, or what ``least`` more callers tell of since.

    ``told`` has how many callers there were when it was told last.
    """
    return tuple(one for one in found if one.key not in told or one.callers >= told[one.key] + least)


def folded(text: str) -> str:
    """Return a text without case, width, blanks and punctuation, to compare."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in plain if char.isalnum())


def _told_of(call: Call, symptoms: Sequence[Symptom]) -> Symptom | None:
    if call.tag:
        marked = folded(call.tag)
        known = next((one for one in symptoms if marked in _words(one)), None)
        return known or (Symptom(Bilingual(call.tag, call.tag)) if marked else None)
    if (known := symptom_in(call.text, symptoms)) is not None:
        return known
    own = folded(call.text)
    if not _SHORTEST_OWN <= len(own) <= _LONGEST_OWN:
        return None
    text = " ".join(call.text.split())
    return Symptom(Bilingual(text, text))


def _words(one: Symptom) -> tuple[str, str]:
    return folded(one.text.zh), folded(one.text.en)


def likely(text: str, symptoms: Sequence[Symptom], most: int) -> tuple[Symptom, ...]:
    """Return the symptoms to offer for a text, those that share most with it first.

    Where none shares anything the first of each type come, then the second ones.
    """
    told = _pairs(folded(text))
    turns: dict[str, int] = {}
    ranked = []
    for place, one in enumerate(symptoms):
        turn = turns[one.type] = turns.get(one.type, 0) + 1
        shared = max(len(told & _pairs(words)) / max(len(words) - 1, 1) for words in _words(one))
        ranked.append((-shared, turn, place, one))
    return tuple(one for *_, one in sorted(ranked, key=lambda row: row[:3])[:most])


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
