"""What a site pack holds for the outage room: types of incident, clock ladders, lists for each level.

They name each other, the roles of contacts and events; what names nothing is told with its file and place.
"""

from __future__ import annotations

from desktop_app.domain.errors import KnownError
from desktop_app.domain.incident_events import EVENTS
from desktop_app.domain.incident_types import IncidentType, LevelList, OwnFieldKind
from desktop_app.domain.ladders import Ladder
from desktop_app.domain.outage_options import IncidentLevel, SurgeLevel
from desktop_app.domain.site_text import Version
from desktop_app.exchange import pack_incident_types as types_of
from desktop_app.exchange.pack_files import PackFiles, files_in, toml_file
from desktop_app.exchange.pack_ladders import LADDER_KEYS, Around, ladder
from desktop_app.exchange.pack_parts import NAME, version
from desktop_app.exchange.pack_table import PackTable, tables_of, told_once

TYPES_FOLDER = "incident_types"
LEVEL_KEYS = ("level", "number", "version", "approved_by", "title", "check_list")
LEVELS = (*(level.value for level in IncidentLevel), *(level.value for level in SurgeLevel))
MOST_TYPES = 100
MOST_LADDERS = 60


def incident_types(files: PackFiles, pack: Version, roles: frozenset[str]) -> tuple[IncidentType, ...]:
    """Return the types of ``incident_types/*.toml`` by file name; raises KnownError."""
    found: list[IncidentType] = []
    seen: dict[str, tuple[OwnFieldKind, str]] = {}
    for path in files_in(files, TYPES_FOLDER, ".toml", MOST_TYPES):
        name = str(path)
        table = PackTable(toml_file(files, name), name, types_of.TYPE_KEYS)
        one = types_of.incident_type(table, _key_of(path.stem, name), pack, roles)
        tables = table.tables("fields", types_of.FIELD_KEYS, types_of.MOST_FIELDS)
        for at, field in zip(tables, one.fields, strict=True):
            kind, other = seen.setdefault(field.key, (field.kind, name))
            if kind is not field.kind:
                raise at.wrong("other_kind", "kind", told=field.key, other=other, known=kind.value)
        found.append(one)
    return tuple(found)


def ladders(
    files: PackFiles, pack: Version, roles: frozenset[str], types: tuple[IncidentType, ...]
) -> tuple[Ladder, ...]:
    """Return the ladders of ``ladders.toml`` in its order; raises KnownError."""
    around = Around(roles, {one.key: EVENTS | _begun_by(one) for one in types})
    tables = tables_of(files, "ladders", LADDER_KEYS, MOST_LADDERS)
    found = tuple(ladder(table, pack, around) for table in tables)
    told_once((at, "key", one.key) for at, one in zip(tables, found, strict=True))
    return found


def level_lists(
    files: PackFiles, pack: Version, roles: frozenset[str], types: tuple[IncidentType, ...]
) -> tuple[LevelList, ...]:
    """Return the lists of ``levels.toml``, at most one for each level; raises KnownError."""
    tables = tables_of(files, "levels", LEVEL_KEYS, len(LEVELS))
    found = tuple(_level_list(table, pack, roles) for table in tables)
    told_once((at, "level", one.level) for at, one in zip(tables, found, strict=True))
    taken = {
        item.key: f"{TYPES_FOLDER}/{one.key}.toml · {item.key}" for one in types for item in one.check_list
    }
    for table, one in zip(tables, found, strict=True):
        items = table.tables("check_list", types_of.ITEM_KEYS, types_of.MOST_ITEMS)
        for at, item in zip(items, one.check_list, strict=True):
            if item.key in taken:
                raise at.wrong("twice", "key", told=item.key, other=taken[item.key])
            taken[item.key] = at.place
    return found


def _key_of(stem: str, name: str) -> str:
    """Return the key of a type, which is the name of its file and what journals keep."""
    if not NAME.fullmatch(stem):
        raise KnownError("pack.file_name", file=name)
    return stem


def _level_list(table: PackTable, pack: Version, roles: frozenset[str]) -> LevelList:
    level = table.text("level", needed=True)
    if level not in LEVELS:
        raise table.wrong("option", "level", told=level, known=", ".join(LEVELS))
    return LevelList(
        level=level,
        version=version(table, pack),
        title=table.words("title", needed=True),
        check_list=types_of.check_list(table, roles),
    )


def _begun_by(one: IncidentType) -> frozenset[str]:
    """Return the events that the own fields of a type begin."""
    alarms = (field.alarm.event for field in one.fields if field.alarm is not None)
    return frozenset((*alarms, *(field.begins for field in one.fields if field.begins)))
