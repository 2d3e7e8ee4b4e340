"""What a record's fields say to a reader: codes in words, in the groups of its forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from desktop_app.domain.fields import FIELDS, RECORD_FIELDS, forms_of
from desktop_app.domain.form_fields import FieldType, Form, Need
from desktop_app.domain.kinds import Kind
from desktop_app.domain.stages import Reached, Stage
from desktop_app.domain.steps_done import read_done
from desktop_app.services.record_form import OWN, code_of, words_section
from desktop_app.services.record_view import RecordDetails
from desktop_app.ui.widgets.pill import Tone
from desktop_app.words import Words

_TOLD_ELSEWHERE = frozenset({"first_handler", "snapshot_as_of"}) | OWN
"""Fields that the head of the page tells, or that only the program reads."""
_FOREMOST = (
    "kind",
    "channel",
    "received_at",
    "caller_name",
    "phone",
    "address",
    "category",
    "summary",
    "detail",
)
"""What is read first, whatever the catalogue's order."""
KIND_TONES: Mapping[str, Tone] = {"complaint": "complaint", "urgent": "urgent"}
STATE_LOOKS: Mapping[str, tuple[Tone, str]] = {
    "draft": ("warn", "draft"),
    "recorded": ("info", "check"),
    "corrected": ("info", "edit"),
    "to_backfill": ("warn", "draft"),
    "void": ("quiet", "void"),
    "purged": ("quiet", "remove"),
}
"""Tone of a kind where it is not that of all, tone and icon of a state where they are not those of done."""


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under one heading, by key."""

    heading: str
    keys: tuple[str, ...]


def kind_of(code: str) -> Kind | None:
    """Return the kind of a code, None where a record has none."""
    return next((kind for kind in Kind if kind == code), None)


def groups(words: Words, details: RecordDetails, keys: Iterable[str]) -> list[Group]:
    """Sort fields into the kind's own form and the call record all kinds have; others come last."""
    kind = kind_of(details.kind)
    own = forms_of(kind)[-1] if kind else Form.CALL
    common: list[str] = []
    special: list[str] = []
    rest: list[str] = []
    for key in sorted(keys, key=_place):
        if key in _TOLD_ELSEWHERE:
            continue
        needs = RECORD_FIELDS[key].needs
        if Form.CALL in needs or Form.HEAD in needs:
            common.append(key)
        else:
            (special if own in needs else rest).append(key)
    found = [(words.say("window.records.group.call"), common)]
    if kind:
        found.append((words.say(f"kind.{kind.value}"), special))
    found.append((words.say("window.records.group.other"), rest))
    return [Group(heading, tuple(listed)) for heading, listed in found if listed]


def typed_keys(details: RecordDetails) -> tuple[str, ...]:
    """Return the fields that a person may correct in a record of this kind."""
    kind = kind_of(details.kind)
    forms = forms_of(kind) if kind else (Form.HEAD, Form.CALL)
    return tuple(
        key
        for key, field in RECORD_FIELDS.items()
        if key not in _TOLD_ELSEWHERE
        and key not in ("incident", "known_issue")
        and not field.restricted
        and field.type not in (FieldType.FILE, FieldType.SIGNATURE)
        and (
            key in details.texts or {need for form, need in field.needs.items() if form in forms} - {Need.APP}
        )
    )


def said(words: Words, key: str, text: str) -> str:
    """Return what a field's text says in words: codes, yes and no; anything else as it stands."""
    field = FIELDS.get(key)
    if field is None:
        return text
    if key == "steps_done":
        return "\n".join(f"{one.at}  {one.title}" for one in read_done(text)) or text
    if field.type in (FieldType.YES_NO, FieldType.TICK) and text in ("yes", "no"):
        return words.say(f"window.records.{text}")
    if field.options is not None and (code := code_of(field, text)):
        return words.say(f"{words_section(field.options)}.{code}")
    return text


def stages_line(words: Words, stages: Mapping[Stage, Reached]) -> str:
    """Return how the steps of a call stand, in one line; what it does not need is left out."""
    return "　".join(
        words.say(
            f"window.records.stage.{reached.value}", stage=words.say(f"window.records.stage.{stage.value}")
        )
        for stage, reached in stages.items()
        if reached is not Reached.NOT_NEEDED
    )


def moment(at: datetime | None, zone: tzinfo) -> str:
    """Return a moment as pages show it."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at else "–"


def _place(key: str) -> tuple[int, int]:
    first = _FOREMOST.index(key) if key in _FOREMOST else len(_FOREMOST)
    return first, list(RECORD_FIELDS).index(key)
