"""What is known to be broken, for the call in hand: by its words and its place (3 intro)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.same_symptom import Symptom, folded, symptom_in
from desktop_app.domain.site_text import Bilingual

_BETWEEN = re.compile(r"[、,，;；/\n]+")


@dataclass(frozen=True, slots=True)
class KnownIssue:
    """An open incident as callers are told of it.

    ``areas`` are the places a notice in force is for, empty for all; ``said`` is its wording, empty while
    none is in force; ``expected_at`` (UTC) when it says that it will be over.
    """

    incident: str
    number: str
    symptom: str
    type: str = ""
    since: datetime | None = None
    areas: tuple[str, ...] = ()
    said: Bilingual = Bilingual()
    expected_at: datetime | None = None


def areas_in(named: str) -> tuple[str, ...]:
    """Return the places that a notice names in one line."""
    return tuple(part for part in (one.strip() for one in _BETWEEN.split(named)) if folded(part))


def issue_for(
    issues: Sequence[KnownIssue], text: str, address: str, symptoms: Sequence[Symptom]
) -> KnownIssue | None:
    """Return the issue that a call is most likely of; None where every one is of other places.

    One in whose words the call is told comes first, then one of the same type, then one for the call's own
    place, then the first.
    """
    where, told = folded(address), folded(text)
    found = symptom_in(text, symptoms)
    ranked = [
        (
            not (folded(one.symptom) and folded(one.symptom) in told),
            found is None or found.type != one.type,
            not one.areas,
            place,
        )
        for place, one in enumerate(issues)
        if not one.areas or any(folded(area) in where for area in one.areas)
    ]
    return issues[min(ranked)[-1]] if ranked else None
