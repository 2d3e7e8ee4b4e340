"""The readiness of a station in words, and on paper: what was looked at, what was found, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.domain.paper import Grid, Paper, Section
from desktop_app.domain.pc_versions import Edition, PcVersion, told
from desktop_app.domain.readiness import Check, Grade
from desktop_app.domain.site_text import Bilingual
from desktop_app.domain.times import zone_of
from desktop_app.services.printed import on_paper
from desktop_app.services.readiness import Readiness
from desktop_app.storage.store import Store
from desktop_app.words import Words

PC_COLUMNS = ("pc", "program", "pack", "heard", "stands")
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


@dataclass(frozen=True, slots=True)
class PcText:
    """One PC in words."""

    called: str
    program: str
    pack: str
    heard: str
    stands: str
    edition: Edition


def texts_of(store: Store, words: Words, pcs: tuple[PcVersion, ...]) -> list[PcText]:
    """Return every PC in words, this one first; none where there is no other."""
    zone = zone_of(store.settings.zone)
    say = words.say
    found = []
    for one, stands in told(pcs) if len(pcs) > 1 else ():
        heard = "" if one.heard_at is None else f"{one.heard_at.astimezone(zone):%Y-%m-%d %H:%M}"
        unknown = "" if stands is Edition.UNHEARD else say("readiness.pc.unknown")
        found.append(
            PcText(
                one.called,
                one.program or unknown,
                one.pack or unknown,
                heard,
                say(f"readiness.pc.{stands}"),
                stands,
            )
        )
    return found


def to_do(checks: tuple[Check, ...]) -> int:
    """Return how many checks ask for something to be done."""
    return sum(one.grade in (Grade.DO, Grade.URGENT) for one in checks)


def readiness_paper(store: Store, words: Words, found: Readiness, *, now: datetime) -> Paper:
    """Return the checks on paper, and below them the version of every PC."""
    say = words.say
    rows = tuple(
        (one.name, one.grade, one.found, one.do)
        for one in (text_of(store, words, check) for check in found.checks)
    )
    head = tuple(say(f"readiness.column.{code}") for code in ("name", "grade", "found", "do"))
    count = to_do(found.checks)
    subtitle = say("readiness.some", count=count) if count else say("readiness.all")
    sections = [Section("", (Grid(head, rows, (17, 11, 36, 36)),))]
    if pcs := texts_of(store, words, found.pcs):
        head = tuple(say(f"readiness.column.{code}") for code in PC_COLUMNS)
        rows_of = tuple((one.called, one.program, one.pack, one.heard, one.stands) for one in pcs)
        sections.append(Section(say("readiness.pcs"), (Grid(head, rows_of, (24, 14, 24, 20, 18)),)))
    return on_paper(
        store, words, say("readiness.title"), tuple(sections), now=now, subtitle=subtitle, form=found.form
    )
