"""What a person is told of identity numbers, and what IT says of them today (4, row 89).

Where they are masked, and what is never masked, is ``storage/id_numbers.py``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, tzinfo

from desktop_app.domain.id_numbers import find_id_numbers
from desktop_app.policy import Policy
from desktop_app.settings import Settings
from desktop_app.storage.id_numbers import is_written
from desktop_app.storage.store import Store


def under_policy(store: Store, policy: Policy) -> Store:
    """Return an unlocked store that keeps to what IT says today."""
    told = replace(
        store.settings,
        keep_id_numbers=policy.keep_id_numbers,
        customers_max_age_days=policy.customers_max_age_days,
        contact_max_age_days=policy.contact_max_age_days,
        backup_max_age_days=policy.backup_max_age_days,
        training_max_age_days=policy.training_max_age_days,
        same_symptom_calls=policy.same_symptom_calls,
        same_symptom_minutes=policy.same_symptom_minutes,
        crm_probe=policy.crm_probe,
        crm_probe_seconds=policy.crm_probe_seconds,
    )
    return replace(store, settings=told)


def is_told(settings: Settings, key: str, text: str, zone: tzinfo, now: datetime) -> bool:
    """Whether a person is told that ``text`` of a field is masked on saving."""
    if settings.keep_id_numbers or not is_written(key):
        return False
    return bool(find_id_numbers(text, now.astimezone(zone).date()))
