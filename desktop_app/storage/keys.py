"""``keys.json``: the store's data key, wrapped once for every person and once for the recovery code.

PIN → Argon2id → HKDF with this PC's device secret → AES-256-GCM around the 32-byte data key. What a slot says
about its person (staff number, role, cost, store) is authenticated with it; the seal, keyed by the data key,
covers the whole file, and a plain checksum tells accident from a wrong PIN (DESIGN §6, safety.md §4).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop_app.domain.errors import Damaged, KnownError
from desktop_app.domain.roles import Role
from desktop_app.storage.atomic_file import write_atomic

KEYS_FILE = "keys.json"
KEY_LENGTH = 32
FORMAT = 1
SHORTEST_PIN = 6
SHORTEST_PIN_WITHOUT_DEVICE = 12
_LARGEST_FILE = 1 << 20
_ONE_TIME_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: memory in KiB, passes over it, lanes."""

    memory_kib: int
    passes: int
    lanes: int


COST = Cost(memory_kib=65536, passes=3, lanes=4)
"""The second set of RFC 9106 §4. Any other set in a file is refused: a lower one is an attack, a higher one
fills the memory of whoever opens a foreign file."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who is to be able to unlock the store."""

    staff_number: str
    role: Role
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Slot:
    """The data key as wrapped for one person. ``device`` names the secret that was mixed in, "" for none."""

    staff_number: str
    role: str
    cost: Cost
    device: str
    salt: str
    nonce: str
    wrapped: str


@dataclass(frozen=True, slots=True)
class RecoverySlot:
    """The data key as wrapped for the recovery code, whose 160 bits need no costly derivation."""

    salt: str
    nonce: str
    wrapped: str


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What ``keys.json`` says; ``seal`` is checked by whoever unlocks."""

    store_id: str
    slots: tuple[Slot, ...]
    recovery: RecoverySlot
    seal: str

    def slot(self, staff_number: str) -> Slot:
        """Return the slot of a person; raises KnownError where there is none."""
        wanted = staff_number.strip()
        found = next((slot for slot in self.slots if slot.staff_number == wanted), None)
        if found is None:
            raise KnownError("keys.unknown_user", user=wanted)
        return found


def new_keys(
    store_id: str, people: Iterable[NewPerson], device: bytes | None
) -> tuple[KeyFile, bytearray, str]:
    """Return the key file of a new store, its data key, and the recovery code, which is kept nowhere.

    Raises KnownError for a PIN that is too short where ``device`` is, or is not, there.
    """
    key = bytearray(secrets.token_bytes(KEY_LENGTH))
    slots = tuple(_wrap(store_id, person, key, device) for person in people)
    code = _grouped(base64.b32encode(secrets.token_bytes(20)).decode())
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    kept = AESGCM(_recovery_key(code, salt)).encrypt(nonce, bytes(key), _recovery_scope(store_id))
    recovery = RecoverySlot(salt.hex(), nonce.hex(), kept.hex())
    return KeyFile(store_id, slots, recovery, _seal(key, store_id, slots, recovery)), key, code


def unlock_with_pin(
    keys: KeyFile, staff_number: str, pin: str, device: bytes | None
) -> tuple[bytearray, Role]:
    """Return the data key and the person's role; raises KnownError for a wrong PIN, Damaged for altered keys.

    Lock-out is the caller's affair (``lockout.py``).
    """
    slot = keys.slot(staff_number)
    check_slot(slot, device)
    wrapping = _wrapping_key(pin, slot.cost, bytes.fromhex(slot.salt), device if slot.device else None)
    try:
        key = AESGCM(wrapping).decrypt(
            bytes.fromhex(slot.nonce), bytes.fromhex(slot.wrapped), _scope(keys.store_id, slot)
        )
    except InvalidTag as problem:
        raise KnownError("keys.wrong_pin") from problem
    return _sealed_key(keys, key), Role(slot.role)


def check_slot(slot: Slot, device: bytes | None) -> None:
    """Raise what keeps even the right PIN from opening a slot: another cost, or another PC's secret."""
    if slot.cost != COST:
        raise Damaged("keys.weakened")
    if slot.device and (device is None or device_name(device) != slot.device):
        raise KnownError("keys.other_device")


def unlock_with_recovery(keys: KeyFile, code: str) -> bytearray:
    """Return the data key; raises KnownError for a wrong recovery code, Damaged for altered keys."""
    held = keys.recovery
    try:
        key = AESGCM(_recovery_key(code, bytes.fromhex(held.salt))).decrypt(
            bytes.fromhex(held.nonce), bytes.fromhex(held.wrapped), _recovery_scope(keys.store_id)
        )
    except InvalidTag as problem:
        raise KnownError("keys.wrong_recovery") from problem
    return _sealed_key(keys, key)


def device_name(device: bytes) -> str:
    """Return a name for a device secret from which it cannot be guessed."""
    return hmac.digest(device, b"fallback-desk device", "sha256")[:8].hex()


def one_time_pin() -> str:
    """Return twelve random characters without those that are mistaken for each other."""
    return "".join(secrets.choice(_ONE_TIME_LETTERS) for _ in range(SHORTEST_PIN_WITHOUT_DEVICE))


def check_pin(pin: str, *, with_device: bool) -> None:
    """Raise KnownError where a PIN is blank, or too short for the protection that this PC can add."""
    if pin and not pin.strip():
        raise KnownError("keys.pin_blank")
    length = len(_plain(pin))
    if not with_device and length < SHORTEST_PIN_WITHOUT_DEVICE:
        raise KnownError("keys.pin_short_without_device", shortest=SHORTEST_PIN_WITHOUT_DEVICE)
    if length < SHORTEST_PIN:
        raise KnownError("keys.pin_short", shortest=SHORTEST_PIN)


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
    body = _body(keys.store_id, keys.slots, keys.recovery) | {"seal": keys.seal}
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
        slots = tuple(
            Slot(**(_texts(slot, Slot, "cost") | {"cost": Cost(**slot["cost"])})) for slot in body["slots"]
        )
        recovery = RecoverySlot(**_texts(body["recovery"], RecoverySlot))
        keys = KeyFile(str(body["store"]), slots, recovery, str(body["seal"]))
        _check_shape(keys)
        canonical = keys_to_bytes(keys) == stored
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise Damaged("keys.damaged") from problem
    if not canonical:
        raise Damaged("keys.damaged")
    return keys


def _texts(held: Mapping[str, Any], shape: type, *others: str) -> dict[str, Any]:
    """Return the members of ``shape`` that are text; anything else that ``held`` says is an error."""
    named = {member.name for member in fields(shape)}
    if held.keys() != named or not all(isinstance(held[name], str) for name in named - set(others)):
        raise ValueError("members")
    return dict(held)


def _check_shape(keys: KeyFile) -> None:
    wrapped: tuple[Slot | RecoverySlot, ...] = (*keys.slots, keys.recovery)
    for held in wrapped:
        lengths = [len(bytes.fromhex(text)) for text in (held.salt, held.nonce, held.wrapped)]
        if lengths != [16, 12, KEY_LENGTH + 16]:
            raise ValueError("lengths")
    numbers = [slot.staff_number for slot in keys.slots]
    if len(set(numbers)) != len(numbers):
        raise ValueError("two slots of one person")


def _body(store_id: str, slots: Iterable[Slot], recovery: RecoverySlot) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "store": store_id,
        "slots": [asdict(slot) for slot in slots],
        "recovery": asdict(recovery),
    }


def _canonical(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _sum(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(_canonical(body)).hexdigest()


def _seal(key: bytes | bytearray, store_id: str, slots: Iterable[Slot], recovery: RecoverySlot) -> str:
    sealing = _derive(bytes(key), b"", b"fallback-desk keys.json seal")
    return hmac.digest(sealing, _canonical(_body(store_id, slots, recovery)), "sha256").hex()


def _sealed_key(keys: KeyFile, key: bytes) -> bytearray:
    if not hmac.compare_digest(_seal(key, keys.store_id, keys.slots, keys.recovery), keys.seal):
        raise Damaged("keys.altered")
    return bytearray(key)


def _wrap(store_id: str, person: NewPerson, key: bytearray, device: bytes | None) -> Slot:
    check_pin(person.pin, with_device=device is not None)
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    slot = Slot(
        staff_number=person.staff_number.strip(),
        role=person.role.value,
        cost=COST,
        device=device_name(device) if device else "",
        salt=salt.hex(),
        nonce=nonce.hex(),
        wrapped="",
    )
    wrapping = _wrapping_key(person.pin, COST, salt, device)
    kept = AESGCM(wrapping).encrypt(nonce, bytes(key), _scope(store_id, slot))
    return replace(slot, wrapped=kept.hex())


_SLOT_SCOPE = ("staff_number", "role", "cost", "device", "salt")


def _scope(store_id: str, slot: Slot) -> bytes:
    said = {name: getattr(slot, name) for name in _SLOT_SCOPE} | {"cost": asdict(slot.cost)}
    return _canonical(["fallback-desk slot", FORMAT, store_id, said])


def _recovery_scope(store_id: str) -> bytes:
    return _canonical(["fallback-desk recovery", FORMAT, store_id])


def _plain(pin: str) -> str:
    """An input method may give full-width digits: they are the same PIN."""
    return unicodedata.normalize("NFKC", pin)


def _wrapping_key(pin: str, cost: Cost, salt: bytes, device: bytes | None) -> bytes:
    stretched = hash_secret_raw(
        _plain(pin).encode("utf-8", "surrogatepass"),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=KEY_LENGTH,
        type=Type.ID,
    )
    return _derive(stretched, device or b"", b"fallback-desk wrapping key")


def _recovery_key(code: str, salt: bytes) -> bytes:
    # Letters that base32 does not know are read as those they look like.
    letters = "".join(letter for letter in _plain(code).upper() if letter.isalnum())
    return _derive(
        letters.translate(str.maketrans("018", "OIB")).encode(), salt, b"fallback-desk recovery key"
    )


def _derive(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), KEY_LENGTH, salt, purpose).derive(secret)


def _grouped(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
