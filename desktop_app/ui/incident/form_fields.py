"""The fields of form 3.6 that people fill in the room, as the same kind of field that types ask."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.domain.incident_types import Option, OwnField, OwnFieldKind
from desktop_app.domain.outage_options import AffectedSystem, RepairMode, Scope
from desktop_app.domain.site_text import Bilingual
from desktop_app.words import Words

_K = OwnFieldKind


def handling_fields(words: Words) -> tuple[OwnField, ...]:
    """Return what is filled while an incident lasts."""
    return (
        _field(words, "scope", _K.CHOICE, needed=True, options=_options(words, "scope", Scope)),
        _field(
            words,
            "systems",
            _K.CHOICES,
            needed=True,
            options=_options(words, "affected_system", AffectedSystem),
        ),
        _field(words, "seats_hit", _K.NUMBER, needed=True),
        _field(words, "repair_mode", _K.CHOICE, options=_options(words, "repair_mode", RepairMode)),
        _field(words, "vendor", _K.TEXT),
        _field(words, "customers_told_at", _K.MOMENT),
    )


def closing_fields(words: Words) -> tuple[OwnField, ...]:
    """Return what the review asks for (1.6.5)."""
    return (
        _field(words, "cause", _K.LONG_TEXT),
        _field(words, "department", _K.TEXT),
        _field(words, "course", _K.LONG_TEXT, needed=True),
        _field(words, "measures", _K.LONG_TEXT, needed=True),
        _field(words, "result", _K.LONG_TEXT, needed=True),
        _field(words, "filled_by", _K.TEXT, needed=True),
        _field(words, "approved_by", _K.TEXT),
    )


def _field(
    words: Words, key: str, kind: OwnFieldKind, *, needed: bool = False, options: tuple[Option, ...] = ()
) -> OwnField:
    return OwnField(key, kind, Bilingual(words.say(f"field.{key}")), needed, options=options)


def _options(words: Words, section: str, codes: Iterable[str]) -> tuple[Option, ...]:
    return tuple(Option(str(code), Bilingual(words.say(f"option.{section}.{code}"))) for code in codes)
