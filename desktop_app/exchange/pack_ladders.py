"""Clock ladders of a site pack, each from its table of ``ladders.toml``."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.ladders import Asks, Choice, Ladder, Rung, RungKind
from desktop_app.domain.outage_options import IncidentLevel, SurgeLevel
from desktop_app.domain.site_text import Version
from desktop_app.exchange.pack_parts import code, role, version
from desktop_app.exchange.pack_table import PackTable, told_once

LADDER_KEYS = (
    "key",
    "number",
    "version",
    "approved_by",
    "title",
    "starts_on",
    "ends_on",
    "types",
    "rungs",
)
RUNG_KEYS = ("key", "minutes", "title", "does", "tells", "at_once_on", "choices", "suggests", "source")
CHOICE_KEYS = ("code", "title", "asks")
SUGGESTIONS = tuple(
    f"{what}:{level.value}"
    for what, levels in (("level", IncidentLevel), ("surge", SurgeLevel))
    for level in levels
)
MOST_RUNGS = 12
_MOST_TOLD = 6
_MOST_CHOICES = 9
_MOST_MINUTES = 366 * 24 * 60


@dataclass(frozen=True, slots=True)
class Around:
    """What a ladder may name: roles of contacts, and the events that each type of incident can have."""

    roles: frozenset[str]
    events: dict[str, frozenset[str]]


def ladder(table: PackTable, pack: Version, around: Around) -> Ladder:
    """Return a ladder; raises KnownError, also for an event that no incident it is for can have."""
    types = table.texts("types", len(around.events) or 1)
    for one in types:
        if one not in around.events:
            raise table.wrong("option", "types", told=one, known=", ".join(around.events))
    events = frozenset[str]().union(*(around.events[one] for one in types or around.events))
    tables = table.tables("rungs", RUNG_KEYS, MOST_RUNGS)
    if not tables:
        raise table.wrong("text_missing", "rungs")
    rungs = tuple(_rung(one, around.roles, events) for one in tables)
    told_once((at, "key", rung.key) for at, rung in zip(tables, rungs, strict=True))
    return Ladder(
        key=code(table, "key"),
        version=version(table, pack),
        title=table.words("title", needed=True),
        starts_on=_event(table, "starts_on", table.text("starts_on", needed=True), events),
        rungs=rungs,
        ends_on=tuple(_event(table, "ends_on", one, events) for one in table.texts("ends_on", len(events))),
        types=types,
    )


def _rung(table: PackTable, roles: frozenset[str], events: frozenset[str]) -> Rung:
    if not table.has("minutes"):
        raise table.wrong("text_missing", "minutes")
    does = table.choice("does", RungKind) if table.has("does") else RungKind.TELL
    for key, only in (("tells", RungKind.TELL), ("choices", RungKind.DECIDE)):
        if table.has(key) and does is not only:
            raise table.wrong("not_here", key, told=does.value, known=only.value)
    tells = tuple(role(table, "tells", one, roles) for one in table.texts("tells", _MOST_TOLD))
    if len(set(tells)) < len(tells):
        raise table.wrong("twice", "tells", told=tells[-1], other="tells")
    choices = _choices(table)
    if does is RungKind.TELL and not tells:
        raise table.wrong("text_missing", "tells")
    if does is RungKind.DECIDE and not choices:
        raise table.wrong("text_missing", "choices")
    at_once, suggests = table.text("at_once_on"), table.text("suggests")
    if suggests and suggests not in SUGGESTIONS:
        raise table.wrong("option", "suggests", told=suggests, known=", ".join(SUGGESTIONS))
    return Rung(
        key=code(table, "key"),
        minutes=table.whole("minutes", _MOST_MINUTES),
        title=table.words("title", needed=True),
        does=does,
        tells=tells,
        at_once_on=_event(table, "at_once_on", at_once, events) if at_once else "",
        choices=choices,
        suggests=suggests,
        source=table.text("source"),
    )


def _choices(table: PackTable) -> tuple[Choice, ...]:
    tables = table.tables("choices", CHOICE_KEYS, _MOST_CHOICES)
    found = tuple(
        Choice(
            code(one, "code"),
            one.words("title", needed=True),
            tuple(one.chosen(ask, "asks", Asks) for ask in one.texts("asks", len(Asks))),
        )
        for one in tables
    )
    told_once((at, "code", choice.code) for at, choice in zip(tables, found, strict=True))
    return found


def _event(table: PackTable, key: str, told: str, events: frozenset[str]) -> str:
    if told not in events:
        raise table.wrong("option", key, told=told, known=", ".join(sorted(events)))
    return told
