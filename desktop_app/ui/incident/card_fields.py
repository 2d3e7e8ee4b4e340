"""What a card asks beside the type's own fields, and what it hands on: a false alarm, a media record."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.domain.entries import Value
from desktop_app.domain.incident_types import IncidentType, Option, OwnField, OwnFieldKind
from desktop_app.domain.kinds import Kind
from desktop_app.domain.site_text import Bilingual
from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.incident.incident_words import IncidentWords

MEDIA = "media"
"""The type whose card also begins a record of form 3.5."""
_MANAGER = "centre_manager"
_NOT_REAL = ("false_alarm", "test")
"""Choices of a type's own field that say there was nothing: the card then offers to end it (A§5.1)."""


def card_fields(kind: IncidentType, words: IncidentWords) -> tuple[OwnField, ...]:
    """Return what was noticed, the type's fields, and what happens where it has nothing long to write."""
    symptoms = tuple(Option(one.told(words.language), one) for one in kind.symptoms)
    noticed = OwnField("symptom", OwnFieldKind.CHOICE, Bilingual(words.say("card.symptom")), options=symptoms)
    course = OwnField("course", OwnFieldKind.LONG_TEXT, Bilingual(words.say("card.course")))
    long = any(one.kind is OwnFieldKind.LONG_TEXT for one in kind.fields)
    return (*((noticed,) if symptoms else ()), *kind.fields, *(() if long else (course,)))


def nothing_there(kind: IncidentType | None, values: Mapping[str, Value], language: str) -> str:
    """Return the words of the choice that says there was nothing, "" where none does."""
    for field in kind.fields if kind is not None else ():
        for option in field.options:
            if option.code in _NOT_REAL and values.get(field.key) == option.code:
                return option.title.told(language)
    return ""


def media_record(view: IncidentView, values: Mapping[str, Value], words: IncidentWords) -> dict[str, Value]:
    """Return the record that a media card begins: it names the incident, and when the manager was told."""
    told = [one.at for one in view.told if one.role == _MANAGER and one.reached and one.at is not None]
    record: dict[str, Value] = {
        "kind": Kind.MEDIA.value,
        "incident": view.head,
        "outlet": values.get("media_outlet"),
        "caller_name": values.get("media_person"),
        "position": values.get("media_position"),
        "phone": values.get("media_contact"),
        "detail": values.get("media_topic"),
        "manager_told_at": words.moment(min(told)) if told else None,
    }
    return {key: value for key, value in record.items() if value is not None}
