"""What a store keeps of the policy it was made under."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.policy import (
    DEFAULT_BACKUP_DAYS,
    DEFAULT_CONTACT_DAYS,
    DEFAULT_CUSTOMERS_DAYS,
    DEFAULT_PROBE_SECONDS,
    DEFAULT_SAME_CALLS,
    DEFAULT_SAME_MINUTES,
    DEFAULT_TRAINING_DAYS,
    DEFAULT_ZONE,
)


@dataclass(frozen=True, slots=True)
class Settings:
    """A store's settings. ``zone`` is the IANA name in which times without an offset are read.

    The others are not kept in the store, but what IT says today. ``keep_id_numbers``: identity numbers are
    saved as typed. ``customers_max_age_days``: a customer snapshot this old is warned of;
    ``contact_max_age_days``, ``backup_max_age_days``, ``training_max_age_days``: so long a number that was
    checked, a backup and training for writing by hand count.
    ``same_symptom_calls`` callers within ``same_symptom_minutes`` who tell of one thing suggest an incident.
    ``crm_probe`` is looked at every ``crm_probe_seconds``.
    """

    zone: str = DEFAULT_ZONE
    keep_id_numbers: bool = False
    customers_max_age_days: int = DEFAULT_CUSTOMERS_DAYS
    contact_max_age_days: int = DEFAULT_CONTACT_DAYS
    backup_max_age_days: int = DEFAULT_BACKUP_DAYS
    training_max_age_days: int = DEFAULT_TRAINING_DAYS
    same_symptom_calls: int = DEFAULT_SAME_CALLS
    same_symptom_minutes: int = DEFAULT_SAME_MINUTES
    crm_probe: str = ""
    crm_probe_seconds: int = DEFAULT_PROBE_SECONDS
