"""Types of incident of a site pack, each from its file in ``incident_types``."""

from __future__ import annotations

from desktop_app.domain.fields import FIELDS
from desktop_app.domain.incident_events import StateEvent
from desktop_app.domain.incident_types import (
    KEPT_BY_PROGRAM,
    Alarm,
    Asked,
    CheckItem,
    IncidentType,
    Option,
    OwnField,
    OwnFieldKind,
)
from desktop_app.domain.outage_options import AffectedSystem
from desktop_app.domain.site_text import Version
from desktop_app.exchange.pack_parts import code, role, version
from desktop_app.exchange.pack_table import LONG, PackTable, told_once

TYPE_KEYS = (
    "number",
    "version",
    "approved_by",
    "title",
    "category",
    "symptoms",
    "numbers",
    "note",
    "card",
    "check_list",
    "fields",
    "affected",
    "outage",
)
ITEM_KEYS = ("key", "title", "say", "ring")
FIELD_KEYS = ("key", "kind", "title", "needed", "asked", "options", "alarm", "begins", "source")
OPTION_KEYS = ("code", "title")
ASKED_KEYS = ("field", "codes", "over", "or")
ALARM_KEYS = ("at_least", "event")
MOST_FIELDS = 40
MOST_ITEMS = 40
_MOST_SYMPTOMS = 24
_MOST_NUMBERS = 8
_MOST_OPTIONS = 30
_CHOSEN = (OwnFieldKind.CHOICE, OwnFieldKind.CHOICES)
_TICKED = (OwnFieldKind.YES_NO, OwnFieldKind.TICK)
_COUNTED = (OwnFieldKind.NUMBER, OwnFieldKind.MONEY)
_DATED = (OwnFieldKind.MOMENT, OwnFieldKind.STAMP)
_YES_NO = ("yes", "no")
_STATE_EVENTS = frozenset(event.value for event in StateEvent)


def incident_type(table: PackTable, key: str, pack: Version, roles: frozenset[str]) -> IncidentType:
    """Return a type of incident; raises KnownError."""
    return IncidentType(
        key=key,
        version=version(table, pack),
        title=table.words("title", needed=True),
        category=table.text("category"),
        symptoms=table.all_words("symptoms", _MOST_SYMPTOMS),
        numbers=tuple(role(table, "numbers", one, roles) for one in table.texts("numbers", _MOST_NUMBERS)),
        note=table.words("note", most=LONG),
        card=table.tick("card"),
        check_list=check_list(table, roles),
        fields=_fields(table),
        affected=tuple(
            table.chosen(one, "affected", AffectedSystem)
            for one in table.texts("affected", len(AffectedSystem))
        ),
        outage=table.tick("outage"),
    )


def check_list(table: PackTable, roles: frozenset[str]) -> tuple[CheckItem, ...]:
    """Return the check-list of a table, in its order; raises KnownError."""
    tables = table.tables("check_list", ITEM_KEYS, MOST_ITEMS)
    found = tuple(
        CheckItem(
            key=code(one, "key"),
            title=one.words("title", needed=True),
            say=one.words("say", most=LONG),
            ring=role(one, "ring", one.text("ring"), roles) if one.has("ring") else "",
        )
        for one in tables
    )
    told_once((at, "key", item.key) for at, item in zip(tables, found, strict=True))
    return found


def _fields(table: PackTable) -> tuple[OwnField, ...]:
    tables = table.tables("fields", FIELD_KEYS, MOST_FIELDS)
    plain = [_field(one) for one in tables]
    told_once((at, "key", field.key) for at, field in zip(tables, plain, strict=True))
    by_key = {field.key: field for field in plain}
    for at, field in zip(tables, plain, strict=True):
        if field.asked.field:
            _check_asked(at, field, field.asked, by_key)
        if field.asked.either is not None:
            _check_asked(at, field, field.asked.either, by_key)
    return tuple(plain)


def _field(table: PackTable) -> OwnField:
    key, kind = code(table, "key"), table.choice("kind", OwnFieldKind)
    if key in FIELDS or key in KEPT_BY_PROGRAM:
        raise table.wrong("own_field", "key", told=key)
    for only, kinds in (("options", _CHOSEN), ("alarm", _COUNTED), ("begins", _DATED)):
        if table.has(only) and kind not in kinds:
            raise table.wrong("not_here", only, told=kind.value, known=", ".join(kinds))
    return OwnField(
        key=key,
        kind=kind,
        title=table.words("title", needed=True),
        needed=table.tick("needed"),
        asked=_asked(table),
        options=_options(table, needed=kind in _CHOSEN),
        alarm=_alarm(table),
        begins=_begun(table, "begins", needed=False),
        source=table.text("source"),
    )


def _options(table: PackTable, *, needed: bool) -> tuple[Option, ...]:
    tables = table.tables("options", OPTION_KEYS, _MOST_OPTIONS)
    if needed and not tables:
        raise table.wrong("text_missing", "options")
    found = tuple(Option(code(one, "code"), one.words("title", needed=True)) for one in tables)
    told_once((at, "code", option.code) for at, option in zip(tables, found, strict=True))
    return found


def _asked(table: PackTable) -> Asked:
    told = table.table("asked", ASKED_KEYS)
    return _condition(table, told, "asked") if told is not None else Asked()


def _condition(table: PackTable, told: PackTable, key: str) -> Asked:
    """Return a condition; the one beside it has none beside itself."""
    second = told.table("or", ASKED_KEYS[:-1]) if key == "asked" else None
    either = _condition(told, second, "or") if second is not None else None
    found = Asked(code(told, "field"), told.texts("codes", _MOST_OPTIONS), told.number("over"), either)
    if bool(found.codes) == (found.over is not None):
        raise table.wrong("asked", key)
    return found


def _check_asked(table: PackTable, field: OwnField, asked: Asked, by_key: dict[str, OwnField]) -> None:
    """Raise KnownError where a condition names no other field, or what that field cannot hold."""
    place = "asked · field"
    other = by_key.get(asked.field)
    if other is None or other is field:
        others = ", ".join(key for key in by_key if key != field.key)
        raise table.wrong("option", place, told=asked.field, known=others)
    kinds = _COUNTED if asked.over is not None else (*_CHOSEN, *_TICKED)
    if other.kind not in kinds:
        raise table.wrong("not_here", place, told=other.kind.value, known=", ".join(kinds))
    known = _YES_NO if other.kind in _TICKED else tuple(option.code for option in other.options)
    for one in asked.codes:
        if one not in known:
            raise table.wrong("option", "asked · codes", told=one, known=", ".join(known))


def _alarm(table: PackTable) -> Alarm | None:
    told = table.table("alarm", ALARM_KEYS)
    if told is None:
        return None
    at_least = told.number("at_least")
    if at_least is None:
        raise told.wrong("text_missing", "at_least")
    return Alarm(at_least, _begun(told, "event", needed=True))


def _begun(table: PackTable, key: str, *, needed: bool) -> str:
    """Return the event that a field begins: one of the pack's own, or one that a person notes anyway."""
    told = code(table, key, needed=needed)
    if told in _STATE_EVENTS:
        raise table.wrong("event_taken", key, told=told)
    return told
