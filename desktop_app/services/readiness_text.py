"""The readiness of a station in words, and on paper: what was looked at, what was found, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.domain.paper import Grid, Paper, Section
from desktop_app.domain.readiness import Check, Grade
from desktop_app.domain.site_text import Bilingual, Version
from desktop_app.domain.times import zone_of
from desktop_app.services.printed import on_paper
from desktop_app.storage.store import Store
from desktop_app.words import Words

FORM = Version("BD-49", "1.0")
"""Number and version of this list as a paper (2 cover)."""
_GB = 1_000_000_000


@dataclass(frozen=True, slots=True)
class CheckText:
    """One check in words; ``do`` is empty where there is nothing to do."""

    name: str
    grade: str
    found: str
    do: str


def text_of(store: Store, words: Words, check: Check) -> CheckText:
    """Return one check in words; times are those of the site."""
    zone = zone_of(store.settings.zone)

    def shown(name: str, value: object) -> object:
        if isinstance(value, datetime):
            return f"{value.astimezone(zone):%Y-%m-%d %H:%M}"
        if isinstance(value, date):
            return f"{value:%Y-%m-%d}"
        if isinstance(value, tuple):
            return words.say("paper.comma").join(
                one.told(words.language) if isinstance(one, Bilingual) else str(one) for one in value
            )
        if name == "free" and isinstance(value, int):
            return f"{value / _GB:.1f} GB"
        return "" if value is None else value

    told = {name: shown(name, value) for name, value in check.details.items()}
    key = f"{check.code}_{check.found}"
    do = f"readiness.do.{key}"
    return CheckText(
        words.say(f"readiness.name.{check.code}"),
        words.say(f"readiness.grade.{check.grade}"),
        words.say(f"readiness.found.{key}", **told),
        words.say(do, **told) if words.has(do) else "",
    )


def to_do(checks: tuple[Check, ...]) -> int:
    """Return how many checks ask for something to be done."""
    return sum(one.grade in (Grade.DO, Grade.URGENT) for one in checks)


def readiness_paper(store: Store, words: Words, checks: tuple[Check, ...], *, now: datetime) -> Paper:
    """Return the checks on paper, with lines for whoever looked."""
    say = words.say
    rows = tuple(
        (one.name, one.grade, one.found, one.do) for one in (text_of(store, words, check) for check in checks)
    )
    head = tuple(say(f"readiness.column.{code}") for code in ("name", "grade", "found", "do"))
    count = to_do(checks)
    subtitle = say("readiness.some", count=count) if count else say("readiness.all")
    section = Section("", (Grid(head, rows, (17, 11, 36, 36)),))
    return on_paper(store, words, say("readiness.title"), (section,), now=now, subtitle=subtitle, form=FORM)
