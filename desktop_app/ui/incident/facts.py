"""What is asked of an incident and typed by hand: form 3.6's own fields, and those of its type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop_app.domain.entries import Value
from desktop_app.domain.incident_types import Asked, IncidentType, OwnFieldKind
from desktop_app.domain.outage_options import AffectedSystem, RepairMode, Scope
from desktop_app.domain.typed import read_money
from desktop_app.words import Words

_K = OwnFieldKind
_OPTIONS: Mapping[str, tuple[str, Iterable[str]]] = {
    "scope": ("scope", tuple(Scope)),
    "systems": ("affected_system", tuple(AffectedSystem)),
    "repair_mode": ("repair_mode", tuple(RepairMode)),
}
HANDLING: tuple[tuple[str, OwnFieldKind], ...] = (
    ("scope", _K.CHOICE),
    ("systems", _K.CHOICES),
    ("seats_hit", _K.NUMBER),
    ("repair_mode", _K.CHOICE),
    ("vendor", _K.TEXT),
    ("customers_told_at", _K.MOMENT),
)
"""Fields of form 3.6 that are filled while an incident lasts."""
CLOSING: tuple[tuple[str, OwnFieldKind], ...] = (
    ("cause", _K.LONG_TEXT),
    ("course", _K.LONG_TEXT),
    ("measures", _K.LONG_TEXT),
    ("result", _K.LONG_TEXT),
    ("filled_by", _K.TEXT),
    ("approved_by", _K.TEXT),
)
"""Fields of form 3.6 that its review asks for (1.6.5)."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One field with its words; ``options`` are codes with their words."""

    key: str
    kind: OwnFieldKind
    title: str
    options: tuple[tuple[str, str], ...] = ()
    needed: bool = False
    asked: Asked = Asked()

    def names(self) -> tuple[str, ...]:
        """Return the fields of the journal it is kept in: each of several choices is one (JOURNAL, fold)."""
        if self.kind is _K.CHOICES:
            return tuple(f"{self.key}.{code}" for code, _ in self.options)
        return (self.key,)


def of_form(
    words: Words, fields: Iterable[tuple[str, OwnFieldKind]], needed: Iterable[str] = ()
) -> list[Fact]:
    """Return some fields of form 3.6 in the words of a language."""
    wanted = frozenset(needed)
    found = []
    for key, kind in fields:
        section, codes = _OPTIONS.get(key, ("", ()))
        options = tuple((str(code), words.say(f"option.{section}.{code}")) for code in codes)
        found.append(Fact(key, kind, words.say(f"field.{key}"), options, key in wanted))
    return found


def of_type(kind: IncidentType | None, language: str) -> list[Fact]:
    """Return the fields of a type in a language."""
    return [
        Fact(
            one.key,
            one.kind,
            one.title.told(language),
            tuple((option.code, option.title.told(language)) for option in one.options),
            one.needed,
            one.asked,
        )
        for one in (kind.fields if kind is not None else ())
    ]


def is_asked(fact: Fact, values: Mapping[str, Value]) -> bool:
    """Whether a field is asked for, by what others hold."""
    asked = fact.asked
    if not asked.field:
        return True
    if asked.over is not None:
        return _amount(values.get(asked.field)) > asked.over
    held = values.get(asked.field)
    said = {True: "yes", False: "no"}.get(held, held) if isinstance(held, bool) else held
    return said in asked.codes or any(values.get(f"{asked.field}.{code}") is True for code in asked.codes)


def _amount(value: Value) -> float:
    if isinstance(value, bool) or value is None:
        return 0.0
    if isinstance(value, int | float):
        return float(value)
    return float(read_money(str(value)) or 0)
