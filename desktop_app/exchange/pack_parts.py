"""The parts of a site pack, each from its table; what they may name of a record is checked on the way."""

from __future__ import annotations

import re
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

from desktop_app.domain.fields import FIELDS, RECORD_FIELDS, RESTRICTED, forms_of
from desktop_app.domain.form_fields import Field, FieldType, Need
from desktop_app.domain.kinds import Category, Kind
from desktop_app.domain.paper_forms import NumberedForm, PaperForm
from desktop_app.domain.phrases import CODE
from desktop_app.domain.record_options import AbnormalKind, Mood, UrgentKind
from desktop_app.domain.site_pack import (
    Article,
    Chips,
    Contact,
    Greeting,
    Phrase,
    Playbook,
    QuickRecord,
    Step,
    When,
)
from desktop_app.domain.site_text import PLACEHOLDER, Bilingual, Version
from desktop_app.exchange.pack_table import LONG, PackTable

PLAYBOOK_KEYS = (
    "number",
    "version",
    "approved_by",
    "kinds",
    "title",
    "when",
    "first",
    "last",
    "by_hand",
    "steps",
)
STEP_KEYS = ("key", "title", "say", "ring", "minutes", "stamps")
PHRASE_KEYS = ("code", "title", "text", "situations")
CONTACT_KEYS = (
    "key",
    "role",
    "name",
    "phone",
    "other_phone",
    "hours",
    "serves",
    "verified_on",
    "department",
    "owns",
    "told_by",
    "skills",
    "external",
)
GREETING_KEYS = ("key", "text", "first", "last")
QUICK_KEYS = ("key", "title", "kind", "values", "texts", "weekdays", "until")
CHIPS_KEYS = ("kind", "when", "fills", "texts")
FORM_KEYS = ("key", "number", "version", "approved_by", "title")
ARTICLE_KEYS = ("number", "version", "approved_by", "title", "category", "first", "last")
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
"""What journals keep a type, a field or an item by: never changed once it was used."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SITUATIONS = frozenset(
    code.value for codes in (Kind, Category, Mood, UrgentKind, AbnormalKind) for code in codes
)
"""What a phrase may be made for."""
MOST_STEPS = 9
"""Alt+1 to Alt+9 tick them."""
_TICKS = (FieldType.YES_NO, FieldType.TICK)
_YES_NO = ("yes", "no")
_TEXTS = (FieldType.TEXT, FieldType.LONG_TEXT)
_MOST_MINUTES = 24 * 60
_MOST_WORDS = 100
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_PHONE = re.compile(r"[0-9０-９+＋()（）\-－–—*# 　/转轉]{2,40}")
_KEY = re.compile(r"[A-Za-z0-9_\-]{1,60}")


def playbook(table: PackTable, key: str, pack: Version) -> Playbook:
    """Return a playbook; raises KnownError."""
    kinds = table.choices("kinds", Kind)
    return Playbook(
        key=key,
        version=version(table, pack),
        kinds=kinds,
        title=table.words("title", needed=True),
        steps=tuple(_step(one, kinds) for one in table.tables("steps", STEP_KEYS, MOST_STEPS)),
        when=_when(table, kinds),
        span=table.span(),
        by_hand=table.tick("by_hand"),
    )


def phrase(table: PackTable) -> Phrase:
    """Return a phrase; raises KnownError, also for a placeholder that is no field of a record."""
    code = table.text("code", needed=True)
    if not CODE.fullmatch(code):
        raise table.wrong("phrase_code", "code")
    text = _with_placeholders(table, "text", needed=True)
    situations = table.texts("situations", _MOST_WORDS)
    for situation in situations:
        if situation not in SITUATIONS:
            raise table.wrong("option", "situations", told=situation, known=", ".join(sorted(SITUATIONS)))
    return Phrase(code, table.words("title", needed=True), text, situations)


def contact(table: PackTable) -> Contact:
    """Return a contact; raises KnownError."""
    for key in ("phone", "other_phone"):
        phone = table.text(key, needed=key == "phone")
        if phone and not (_PHONE.fullmatch(phone) and re.search(r"\d", phone)):
            raise table.wrong("phone", key)
    return Contact(
        key=own_key(table),
        role=table.text("role", needed=True),
        name=table.words("name", needed=True),
        phone=table.text("phone"),
        other_phone=table.text("other_phone"),
        hours=table.text("hours"),
        serves=table.texts("serves", _MOST_WORDS),
        verified_on=table.day("verified_on"),
        department=table.words("department"),
        owns=table.words("owns"),
        told_by=table.text("told_by"),
        skills=table.texts("skills", _MOST_WORDS),
        external=table.tick("external"),
    )


def greeting(table: PackTable) -> Greeting:
    """Return a greeting; raises KnownError."""
    return Greeting(own_key(table), table.words("text", needed=True), table.span())


def quick_record(table: PackTable) -> QuickRecord:
    """Return a quick record; raises KnownError."""
    kind = table.choice("kind", Kind)
    days = table.texts("weekdays", len(WEEKDAYS))
    for day in days:
        if day not in WEEKDAYS:
            raise table.wrong("option", "weekdays", told=day, known=", ".join(WEEKDAYS))
    until = table.text("until")
    if (until and not _CLOCK.fullmatch(until)) or (days and not until):
        raise table.wrong("clock", "until")
    return QuickRecord(
        key=own_key(table),
        title=table.words("title", needed=True),
        kind=kind,
        values=MappingProxyType(
            {
                key: _code(table, "values", key, told, (kind,), to_fill=True)
                for key, told in table.items("values")
            }
        ),
        texts=MappingProxyType({key: _text_of(table, key, told, kind) for key, told in table.items("texts")}),
        weekdays=tuple(WEEKDAYS.index(day) for day in days),
        until=until,
    )


def chips(table: PackTable) -> Chips:
    """Return chips; raises KnownError."""
    kind = table.choice("kind", Kind)
    fills = table.text("fills") or "detail"
    _written(table, "fills", fills, kind)
    texts = table.all_words("texts", 12)
    if not texts:
        raise table.wrong("text_missing", "texts")
    return Chips(kind, texts, _when(table, (kind,)), fills)


def article(table: PackTable, path: PurePath, pack: Version, body: Bilingual) -> Article:
    """Return an article from its header and its text; raises KnownError."""
    if not (body.zh or body.en):
        raise table.wrong("text_missing", "+++")
    return Article(
        key=path.stem,
        version=version(table, pack),
        title=table.words("title", needed=True),
        body=body,
        category=table.text("category"),
        span=table.span(),
    )


def numbered_form(table: PackTable, pack: Version) -> NumberedForm:
    """Return how a form is numbered; raises KnownError."""
    form = table.choice("key", PaperForm)
    return NumberedForm(form, table.words("title", needed=True), version(table, pack))


def version(table: PackTable, pack: Version | None = None) -> Version:
    """Return number, version and approver; where a part says nothing of one, the pack's holds."""
    told = {key: table.text(key, needed=pack is None) for key in ("number", "version")}
    told["approved_by"] = table.text("approved_by")
    if pack is None:
        return Version(**told)
    own = told["number"]
    return Version(
        own or pack.number,
        told["version"] or ("" if own else pack.version),
        told["approved_by"] or pack.approved_by,
    )


def own_key(table: PackTable) -> str:
    """Return the key by which the program knows a part: letters, digits, - and _."""
    key = table.text("key", needed=True)
    if not _KEY.fullmatch(key):
        raise table.wrong("key", "key")
    return key


def code(table: PackTable, key: str, *, needed: bool = True) -> str:
    """Return a name that journals keep: small letters, digits and _; "" where it is missing."""
    told = table.text(key, needed=needed)
    if told and not NAME.fullmatch(told):
        raise table.wrong("code", key)
    return told


def role(table: PackTable, key: str, told: str, roles: frozenset[str]) -> str:
    """Return a role that somebody of the pack's contacts has."""
    if told not in roles:
        raise table.wrong("no_contact", key, told=told)
    return told


def _step(table: PackTable, kinds: tuple[Kind, ...]) -> Step:
    stamps = table.text("stamps")
    if stamps and not all(_writable(stamps, kind, (FieldType.MOMENT,)) for kind in kinds):
        raise table.wrong("stamps", "stamps", told=stamps)
    return Step(
        key=own_key(table),
        title=table.words("title", needed=True),
        say=_with_placeholders(table, "say"),
        ring=table.text("ring"),
        minutes=table.whole("minutes", _MOST_MINUTES),
        stamps=stamps,
    )


def _with_placeholders(table: PackTable, key: str, *, needed: bool = False) -> Bilingual:
    text = table.words(key, most=LONG, needed=needed)
    for name in PLACEHOLDER.findall(text.zh + text.en):
        if name not in RECORD_FIELDS or name in RESTRICTED:
            raise table.wrong("field", key, told=name)
    return text


def _when(table: PackTable, kinds: tuple[Kind, ...]) -> When:
    found: dict[str, tuple[str, ...]] = {}
    for key, told in table.items("when"):
        wanted = told if isinstance(told, list) else [told]
        if not 0 < len(wanted) <= _MOST_WORDS:
            raise table.wrong("text_missing", f"when.{key}")
        found[key] = tuple(_code(table, "when", key, one, kinds) for one in wanted)
    return MappingProxyType(found)


def _code(
    table: PackTable, within: str, key: str, told: Any, kinds: tuple[Kind, ...], *, to_fill: bool = False
) -> str:
    """Return the code of a choice or *yes* or *no* that a record of these kinds may have in a field."""
    place = f"{within}.{key}"
    field = RECORD_FIELDS.get(key)
    types = (FieldType.CHOICE, *_TICKS)
    fits = field is not None and field.type in types and key != "kind" and _of_kinds(field, kinds)
    if field is None or not fits or (to_fill and not all(_writable(key, kind, types) for kind in kinds)):
        raise table.wrong("field", place, told=key)
    code = ("yes" if told else "no") if isinstance(told, bool) else table.one_text(told, place)
    known = _YES_NO if field.type in _TICKS else tuple(field.options or ())
    if not code or (known and code not in known):
        raise table.wrong("option", place, told=code, known=", ".join(known))
    return code


def _text_of(table: PackTable, key: str, told: Any, kind: Kind) -> Bilingual:
    _written(table, f"texts.{key}", key, kind)
    return table.one_bilingual(told, f"texts.{key}", LONG)


def _written(table: PackTable, place: str, key: str, kind: Kind) -> None:
    if not _writable(key, kind, _TEXTS):
        raise table.wrong("field", place, told=key)


def _writable(key: str, kind: Kind, types: tuple[FieldType, ...]) -> bool:
    """Whether a person at an agent's station writes this field in a record of the kind."""
    field = FIELDS.get(key)
    return (
        field is not None
        and field.type in types
        and not field.restricted
        and any(field.needs.get(form) not in (None, Need.APP) for form in forms_of(kind))
    )


def _of_kinds(field: Field, kinds: tuple[Kind, ...]) -> bool:
    return all(not field.needs.keys().isdisjoint(forms_of(kind)) for kind in kinds)
