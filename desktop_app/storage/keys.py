"""Making, opening and changing ``keys.json``: the data key, wrapped for every person and once to recover.

How a slot wraps is ``key_slots.py``, how the file is spelled and sealed ``key_file.py``.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from pathlib import Path

from desktop_app.domain.errors import KnownError
from desktop_app.domain.roles import Role
from desktop_app.storage.key_file import KEYS_FILE, KeyFile, check_seal, read_keys, sealed, write_keys
from desktop_app.storage.key_slots import (
    NewPerson,
    unwrap,
    unwrap_recovery,
    wrap_for,
    wrap_for_code,
    wrap_for_site,
)
from desktop_app.storage.lock import file_lock
from desktop_app.storage.pins import check_pin
from desktop_app.storage.slots import KEY_LENGTH, Recovery, SiteRecovery, Slot
from desktop_app.storage.this_pc import DeviceSecret


def new_keys(
    store_id: str, people: Iterable[NewPerson], device: DeviceSecret, recipient: str = ""
) -> tuple[KeyFile, bytearray, str]:
    """Return the key file of a new store, its data key, and the recovery code, which is kept nowhere.

    With ``recipient``, the site's recovery key, the data key is wrapped to that and the code is "". Raises
    KnownError for a PIN that is too short for what ``device`` adds.
    """
    key = bytearray(secrets.token_bytes(KEY_LENGTH))
    recovery: Recovery
    if recipient:
        recovery, code = wrap_for_site(store_id, key, recipient), ""
    else:
        recovery, code = wrap_for_code(store_id, key)
    slots = [_checked(store_id, person, key, device) for person in people]
    return sealed(store_id, slots, recovery, key), key, code


def unlock_with_pin(
    keys: KeyFile, staff_number: str, pin: str, device: bytes | None
) -> tuple[bytearray, Role]:
    """Return the data key and the person's role; raises KnownError for a wrong PIN, Damaged for altered keys.

    Lock-out is the caller's affair (``lockout.py``).
    """
    slot = keys.slot(staff_number)
    key = unwrap(keys.store_id, slot, pin, device)
    check_seal(keys, key)
    return bytearray(key), Role(slot.role)


def unlock_with_recovery(keys: KeyFile, code: str) -> bytearray:
    """Return the data key by recovery code or by the site's identity; raises as ``unlock_with_pin``."""
    key = unwrap_recovery(keys.store_id, keys.recovery, code)
    check_seal(keys, key)
    return bytearray(key)


def with_slots(keys: KeyFile, people: Iterable[NewPerson], key: bytearray, device: DeviceSecret) -> KeyFile:
    """Return the key file in which these people have new slots; a person's earlier slot opens no more."""
    check_seal(keys, key)
    fresh = {person.staff_number: person for person in people}
    made = {number: _checked(keys.store_id, person, key, device) for number, person in fresh.items()}
    kept = [made.pop(slot.staff_number, slot) for slot in keys.slots]
    return sealed(keys.store_id, [*kept, *made.values()], keys.recovery, key)


def with_new_code(keys: KeyFile, key: bytearray) -> tuple[KeyFile, str]:
    """Return the key file under a new recovery code, and the code; the earlier one opens no more.

    Raises KnownError where the site's recovery key serves instead.
    """
    check_seal(keys, key)
    if isinstance(keys.recovery, SiteRecovery):
        raise KnownError("keys.needs_identity")
    recovery, code = wrap_for_code(keys.store_id, key)
    return sealed(keys.store_id, keys.slots, recovery, key), code


def rewrite(folder: Path, change: Callable[[KeyFile], KeyFile]) -> None:
    """Replace the key file of a store in one step by what ``change`` makes of it; nobody else does meanwhile.

    Raises KnownError ``keys.held`` where another process keeps the file, Damaged, and OSError.
    """
    with file_lock(folder / f"{KEYS_FILE}.lock") as taken:
        if not taken:
            raise KnownError("keys.held", folder=folder)
        write_keys(folder / KEYS_FILE, change(read_keys(folder / KEYS_FILE)))


def _checked(store_id: str, person: NewPerson, key: bytearray, device: DeviceSecret) -> Slot:
    check_pin(person.pin, with_device=device.apart)
    return wrap_for(store_id, person, key, device.secret)
