"""Identity numbers never reach the journal of a site that does not keep them (4, row 89).

Every entry that a person's act leads to is masked here, its reason, its values and the items of its lists; a
draft holds what was typed until it is saved.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desktop_app.domain.entries import Change, Payload, Value
from desktop_app.domain.fields import FIELDS
from desktop_app.domain.form_fields import FieldType
from desktop_app.domain.id_numbers import mask_id_numbers
from desktop_app.domain.times import zone_of
from desktop_app.settings import Settings

_OF_OTHERS = frozenset({"crm_id", "paper_serial", "recording"})
"""Numbers that another system or a printed sheet gave: changed, they would find nothing any more."""
_WRITTEN = frozenset(
    {
        FieldType.TEXT,
        FieldType.LONG_TEXT,
        FieldType.LIST,
        FieldType.PHONE,
        FieldType.REFERENCE,
        FieldType.CHOICE,
    }
)
_FREE = frozenset({"text", "reason", "for_whom"})
"""What is no field of a record and written by people all the same."""


def masked_text(settings: Settings, text: str, now: datetime) -> str:
    """Return any text of a person as it is saved."""
    if settings.keep_id_numbers:
        return text
    return mask_id_numbers(text, now.astimezone(zone_of(settings.zone)).date())


def masked_value(settings: Settings, key: str, value: Value, now: datetime) -> Value:
    """Return a value, or an item of a list, as it is saved under a key."""
    if key in _OF_OTHERS:
        return value
    if isinstance(value, dict):
        return {name: masked_value(settings, name, told, now) for name, told in value.items()}
    return masked_text(settings, value, now) if isinstance(value, str) and is_written(key) else value


def is_written(key: str) -> bool:
    """Whether people write what stands under a key, so that it may hold an identity number."""
    known = key in FIELDS and FIELDS[key].type in _WRITTEN and key not in _OF_OTHERS
    return known or key in _FREE


def masked_payload(settings: Settings, payload: Payload, now: datetime) -> Payload:
    """Return what an entry says as it is saved."""
    if settings.keep_id_numbers:
        return payload
    changes = {
        name: Change(change.seen, masked_value(settings, name, change.value, now))
        for name, change in payload.changes.items()
    }
    return replace(payload, changes=changes, reason=masked_text(settings, payload.reason, now))
