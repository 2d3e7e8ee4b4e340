"""``policy.toml``: what a site's IT sets for a whole PC. Defaults hold where it is silent. No Qt.

It lies where every account reads it and only an administrator writes it; ``init --policy`` reads one that
lies elsewhere.
"""

from __future__ import annotations

import os
import re
import sys
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from desktop_app.domain.errors import KnownError

POLICY_VARIABLE = "FALLBACK_DESK_POLICY"
"""Environment variable that names another policy file (tests, trying one out)."""
DEFAULT_ZONE = "Asia/Shanghai"
DEFAULT_LOCK_MINUTES = 3
_LONGEST_LOCK = 240
DEFAULT_CUSTOMERS_DAYS = 7
DEFAULT_CONTACT_DAYS = 90
DEFAULT_BACKUP_DAYS = 7
DEFAULT_TRAINING_DAYS = 365
_MOST_DAYS = 3650
DEFAULT_SAME_CALLS, DEFAULT_SAME_MINUTES = 3, 30
DEFAULT_PROBE_SECONDS = 60
_LEAST_PROBE_SECONDS, _MOST_PROBE_SECONDS = 15, 3600
_MOST_SAME_CALLS, _MOST_SAME_MINUTES = 100, 240
_LARGEST_FILE = 1 << 20
_RECIPIENT = "age1[02-9ac-hj-np-z]{58}"
_LANGUAGES = ("", "zh", "en")
_MOST_LEADS = 100


@dataclass(frozen=True, slots=True)
class Policy:
    """What a site sets for a PC.

    ``zone``: IANA name in which times without an offset are read. ``data_folder``: where stores and marks
    lie (None: the account's own). ``shared_pc``: all accounts of this PC use one data folder and a secret in
    it. ``recovery_key``: the site's age public key, to which data keys are wrapped instead of a recovery code
    ("": none). ``lock_minutes``: idle time after which the window locks. ``language``: zh, en or "" (the
    system's). ``leads``: key files of leads' stores that every store of this PC accepts. ``handin_folder``:
    where stations and leads exchange bundles (None: the person says). ``keep_id_numbers``: identity numbers
    in a record are saved as typed, not masked. ``customers_max_age_days``: age in days from which on a
    customer snapshot is warned of; ``contact_max_age_days``, ``backup_max_age_days`` and
    ``training_max_age_days``: age in days beyond which a number has to be checked again, a backup is too old
    and training for writing by hand has to be repeated. ``same_symptom_calls``, ``same_symptom_minutes``: so
    many callers who tell of one thing within so many minutes suggest an incident. ``crm_probe``: an address
    at which it is looked every ``crm_probe_seconds`` whether the CRM answers ("": nowhere).
    """

    zone: str = DEFAULT_ZONE
    data_folder: Path | None = None
    shared_pc: bool = False
    recovery_key: str = ""
    lock_minutes: int = DEFAULT_LOCK_MINUTES
    language: str = ""
    leads: tuple[Path, ...] = ()
    handin_folder: Path | None = None
    keep_id_numbers: bool = False
    customers_max_age_days: int = DEFAULT_CUSTOMERS_DAYS
    contact_max_age_days: int = DEFAULT_CONTACT_DAYS
    backup_max_age_days: int = DEFAULT_BACKUP_DAYS
    training_max_age_days: int = DEFAULT_TRAINING_DAYS
    same_symptom_calls: int = DEFAULT_SAME_CALLS
    same_symptom_minutes: int = DEFAULT_SAME_MINUTES
    crm_probe: str = ""
    crm_probe_seconds: int = DEFAULT_PROBE_SECONDS


def machine_folder() -> Path:
    """Return the folder of this PC that all accounts may read: the policy's, and a shared PC's data."""
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "fallback-desk"
    if sys.platform == "darwin":
        return Path("/Library/Application Support/fallback-desk")
    return Path("/etc/fallback-desk")


def machine_data_folder() -> Path:
    """Return the data folder of a shared PC whose policy names none."""
    if sys.platform in ("win32", "darwin"):
        return machine_folder() / "data"
    return Path("/var/lib/fallback-desk")


def machine_policy() -> Policy:
    """Return the policy of this PC, the defaults where it has none; raises KnownError for a bad one."""
    named = os.environ.get(POLICY_VARIABLE)
    if named:
        return read_policy(Path(named))
    file = machine_folder() / "policy.toml"
    return read_policy(file) if file.exists() else Policy()


def read_policy(file: Path) -> Policy:
    """Return the policy in ``file``; raises KnownError, also for a name that no policy knows."""
    from desktop_app.domain.times import zone_of  # most PCs have no policy

    try:
        told = tomllib.loads(text_of(file))
    except tomllib.TOMLDecodeError as problem:
        raise KnownError("policy.not_toml", file=file) from problem
    unknown = sorted(told.keys() - {field.name for field in fields(Policy)})
    if unknown:
        raise KnownError("policy.unknown", file=file, names=", ".join(unknown))
    if "zone" in told:
        zone_of(str(told["zone"]))
    for name, value in told.items():
        if not _fits(name, value):
            raise KnownError("policy.value", file=file, name=name, value=str(value)[:80])
    for name in ("data_folder", "handin_folder"):
        if name in told:
            told[name] = Path(told[name])
    told["leads"] = tuple(map(Path, told.get("leads", ())))
    return Policy(**told)


def text_of(file: Path) -> str:
    """Return the text of a small file, without the mark that Windows editors write before UTF-8.

    Raises KnownError.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(_LARGEST_FILE + 1)
        if len(content) > _LARGEST_FILE:
            raise KnownError("stores.unreadable", file=file)
        return content.decode("utf-8-sig")
    except FileNotFoundError as problem:
        raise KnownError("stores.no_file", file=file) from problem
    except (OSError, UnicodeDecodeError) as problem:
        raise KnownError("stores.unreadable", file=file) from problem


def _fits(name: str, value: object) -> bool:
    match name:
        case "shared_pc" | "keep_id_numbers":
            return isinstance(value, bool)
        case "lock_minutes":
            return type(value) is int and 1 <= value <= _LONGEST_LOCK
        case (
            "customers_max_age_days"
            | "contact_max_age_days"
            | "backup_max_age_days"
            | "training_max_age_days"
        ):
            return type(value) is int and 1 <= value <= _MOST_DAYS
        case "same_symptom_calls":
            return type(value) is int and 2 <= value <= _MOST_SAME_CALLS
        case "crm_probe_seconds":
            return type(value) is int and _LEAST_PROBE_SECONDS <= value <= _MOST_PROBE_SECONDS
        case "crm_probe":
            return isinstance(value, str) and _is_probed(value)
        case "same_symptom_minutes":
            return type(value) is int and 1 <= value <= _MOST_SAME_MINUTES
        case "data_folder" | "handin_folder":
            return _is_absolute(value)
        case "leads":
            return isinstance(value, list) and len(value) <= _MOST_LEADS and all(map(_is_absolute, value))
        case "recovery_key":
            return isinstance(value, str) and re.fullmatch(_RECIPIENT, value) is not None
        case "language":
            return value in _LANGUAGES
        case _:
            return isinstance(value, str)


def _is_probed(address: str) -> bool:
    from desktop_app.domain.crm_probe import target_of  # few policies have one

    try:
        return not address or bool(target_of(address))
    except KnownError:
        return False


def _is_absolute(value: object) -> bool:
    return isinstance(value, str) and Path(value).is_absolute()
