"""``keys.json`` as bytes: one spelling, a seal keyed by the data key, and a plain checksum.

The seal covers the whole file; the checksum tells accident from a wrong PIN. The second format tells of
one-time PINs and of a site's recovery key; the first is read, and written anew when something changes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from desktop_app.domain.errors import Damaged, KnownError
from desktop_app.storage.atomic_file import write_atomic
from desktop_app.storage.slots import KEY_LENGTH, Cost, Recovery, RecoverySlot, SiteRecovery, Slot

KEYS_FILE = "keys.json"
FORMAT = 2
_LARGEST_FILE = 1 << 20
_LONGEST_SITE_WRAP = 4096


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What ``keys.json`` says; ``seal`` is checked by whoever unlocks."""

    store_id: str
    slots: tuple[Slot, ...]
    recovery: Recovery
    seal: str
    format: int = FORMAT

    def find(self, staff_number: str) -> Slot | None:
        """Return the slot of a person, or None where there is none."""
        wanted = staff_number.strip()
        return next((slot for slot in self.slots if slot.staff_number == wanted), None)

    def slot(self, staff_number: str) -> Slot:
        """Return the slot of a person; raises KnownError where there is none."""
        if (found := self.find(staff_number)) is None:
            raise KnownError("keys.unknown_user", user=staff_number.strip())
        return found


def sealed(store_id: str, slots: Iterable[Slot], recovery: Recovery, key: bytes | bytearray) -> KeyFile:
    """Return the key file of these slots, in the newest format."""
    unsealed = KeyFile(store_id, tuple(slots), recovery, "")
    return KeyFile(store_id, unsealed.slots, recovery, _seal(key, unsealed))


def check_seal(keys: KeyFile, key: bytes | bytearray) -> None:
    """Raise Damaged where the file was altered by somebody who does not hold the data key."""
    if not hmac.compare_digest(_seal(key, keys), keys.seal):
        raise Damaged("keys.altered")


def write_keys(path: Path, keys: KeyFile) -> None:
    """Write the key file in one step, readable by its owner only; raises OSError."""
    write_atomic(path, keys_to_bytes(keys))


def read_keys(path: Path) -> KeyFile:
    """Return the key file at ``path``; raises Damaged where it is missing or is not one."""
    try:
        with path.open("rb") as file:
            stored = file.read(_LARGEST_FILE + 1)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as problem:
        raise Damaged("keys.missing", file=path) from problem
    except OSError as problem:
        raise KnownError("opening.unreadable", file=path) from problem
    return keys_from_bytes(stored)


def keys_to_bytes(keys: KeyFile) -> bytes:
    """Return the one spelling of a key file."""
    body = _body(keys) | {"seal": keys.seal}
    return (
        json.dumps(body | {"sum": _sum(body)}, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
    )


def keys_from_bytes(stored: bytes) -> KeyFile:
    """Return the key file written in ``stored``; raises Damaged where a byte is not ours."""
    try:
        if len(stored) > _LARGEST_FILE:
            raise ValueError("too large")
        body = json.loads(stored)
        if isinstance(body.get("format"), int) and body["format"] > FORMAT:
            raise KnownError("keys.newer")
        keys = _keys_of(body)
        _check_shape(keys)
        canonical = keys_to_bytes(keys) == stored
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise Damaged("keys.damaged") from problem
    if not canonical:
        raise Damaged("keys.damaged")
    return keys


def _keys_of(body: Mapping[str, Any]) -> KeyFile:
    found = int(body["format"])
    slots = tuple(_slot_of(slot, found) for slot in body["slots"])
    held = body["recovery"]
    shape = SiteRecovery if "recipient" in held and found > 1 else RecoverySlot
    recovery: Recovery = shape(**_texts(held, shape))
    return KeyFile(str(body["store"]), slots, recovery, str(body["seal"]), found)


def _slot_of(held: Mapping[str, Any], found: int) -> Slot:
    once = held["one_time"] if found > 1 else False
    if not isinstance(once, bool):
        raise TypeError("one_time")
    return Slot(
        **(
            _texts({"one_time": once, **held} if found == 1 else held, Slot, "cost", "one_time")
            | {"cost": Cost(**held["cost"])}
        )
    )


def _texts(held: Mapping[str, Any], shape: type, *others: str) -> dict[str, Any]:
    """Return the members of ``shape`` that are text; anything else that ``held`` says is an error."""
    named = {member.name for member in fields(shape)}
    if held.keys() != named or not all(isinstance(held[name], str) for name in named - set(others)):
        raise ValueError("members")
    return dict(held)


def _check_shape(keys: KeyFile) -> None:
    wrapped: list[Slot | RecoverySlot] = list(keys.slots)
    if isinstance(keys.recovery, RecoverySlot):
        wrapped.append(keys.recovery)
    elif len(base64.b64decode(keys.recovery.wrapped, validate=True)) > _LONGEST_SITE_WRAP:
        raise ValueError("lengths")
    for held in wrapped:
        lengths = [len(bytes.fromhex(text)) for text in (held.salt, held.nonce, held.wrapped)]
        if lengths != [16, 12, KEY_LENGTH + 16]:
            raise ValueError("lengths")
    numbers = [slot.staff_number for slot in keys.slots]
    if len(set(numbers)) != len(numbers):
        raise ValueError("two slots of one person")


def _body(keys: KeyFile) -> dict[str, Any]:
    slots = [asdict(slot) for slot in keys.slots]
    if keys.format == 1:
        for slot in slots:
            del slot["one_time"]
    return {
        "format": keys.format,
        "store": keys.store_id,
        "slots": slots,
        "recovery": asdict(keys.recovery),
    }


def _canonical(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _sum(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(_canonical(body)).hexdigest()


def _seal(key: bytes | bytearray, keys: KeyFile) -> str:
    from desktop_app.storage.key_slots import derive  # not needed to look at a file

    sealing = derive(bytes(key), b"", b"fallback-desk keys.json seal")
    return hmac.digest(sealing, _canonical(_body(keys)), "sha256").hex()
