"""Identity numbers never reach the journal of a site that does not keep them (4, row 89).

A draft holds what was typed until it is saved; what is saved is masked, wherever it came from.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, tzinfo

from desktop_app.domain.entries import Value
from desktop_app.domain.fields import FIELDS
from desktop_app.domain.form_fields import FieldType
from desktop_app.domain.id_numbers import find_id_numbers, mask_id_numbers
from desktop_app.domain.times import zone_of
from desktop_app.policy import Policy
from desktop_app.services.record_form import FormValues
from desktop_app.settings import Settings
from desktop_app.storage.store import Store

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


def under_policy(store: Store, policy: Policy) -> Store:
    """Return an unlocked store that keeps to what IT says today."""
    told = replace(
        store.settings,
        keep_id_numbers=policy.keep_id_numbers,
        customers_max_age_days=policy.customers_max_age_days,
        same_symptom_calls=policy.same_symptom_calls,
        same_symptom_minutes=policy.same_symptom_minutes,
        crm_probe=policy.crm_probe,
        crm_probe_seconds=policy.crm_probe_seconds,
    )
    return replace(store, settings=told)


def is_told(settings: Settings, key: str, text: str, zone: tzinfo, now: datetime) -> bool:
    """Whether a person is told that ``text`` of a field is masked on saving."""
    if settings.keep_id_numbers or not _is_looked_at(key):
        return False
    return bool(find_id_numbers(text, now.astimezone(zone).date()))


def masked(settings: Settings, form: FormValues, now: datetime) -> FormValues:
    """Return a form as it is saved; the same one where nothing of it is to be masked."""
    if settings.keep_id_numbers:
        return form
    values = {key: masked_value(settings, key, value, now) for key, value in form.values.items()}
    lists = {
        key: tuple(str(masked_value(settings, key, item, now)) for item in items)
        for key, items in form.lists.items()
    }
    return replace(form, values=values, lists=lists)


def masked_value(settings: Settings, key: str, value: Value, now: datetime) -> Value:
    """Return a field's value as it is saved."""
    if settings.keep_id_numbers or not isinstance(value, str) or not _is_looked_at(key):
        return value
    return masked_text(settings, value, now)


def masked_text(settings: Settings, text: str, now: datetime) -> str:
    """Return any text of a person as it is saved."""
    if settings.keep_id_numbers:
        return text
    return mask_id_numbers(text, now.astimezone(zone_of(settings.zone)).date())


def _is_looked_at(key: str) -> bool:
    return key not in _OF_OTHERS and (key not in FIELDS or FIELDS[key].type in _WRITTEN)
