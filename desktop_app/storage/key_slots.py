"""Slots: the store's data key as wrapped for one person, for the recovery code, or for the site's key.

PIN → Argon2id → HKDF with this PC's device secret → AES-256-GCM around the 32-byte data key. What a slot says
about its person (staff number, role, cost, store) is authenticated with it (DESIGN §6, safety.md §4).
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from dataclasses import asdict, dataclass, field, replace

import pyrage
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop_app.domain.errors import Damaged, KnownError
from desktop_app.domain.roles import Role
from desktop_app.storage.pins import plain
from desktop_app.storage.slots import KEY_LENGTH, Cost, Recovery, RecoverySlot, SiteRecovery, Slot

_SCOPE_FORMAT = 1
IDENTITY_PREFIX = "AGE-SECRET-KEY-1"


COST = Cost(memory_kib=65536, passes=3, lanes=4)
"""The second set of RFC 9106 §4. Any other set in a file is refused: a lower one is an attack, a higher one
fills the memory of whoever opens a foreign file."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who is to be able to unlock the store; a ``one_time`` PIN has to be changed at once."""

    staff_number: str
    role: Role
    pin: str = field(repr=False)
    one_time: bool = False


def wrap_for(store_id: str, person: NewPerson, key: bytearray, device: bytes | None) -> Slot:
    """Return the slot that opens with the person's PIN and this device's secret (None: without one)."""
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    slot = Slot(
        staff_number=person.staff_number.strip(),
        role=person.role.value,
        cost=COST,
        device=device_name(device) if device else "",
        salt=salt.hex(),
        nonce=nonce.hex(),
        wrapped="",
        one_time=person.one_time,
    )
    wrapping = _wrapping_key(person.pin, COST, salt, device)
    kept = AESGCM(wrapping).encrypt(nonce, bytes(key), _scope(store_id, slot))
    return replace(slot, wrapped=kept.hex())


def unwrap(store_id: str, slot: Slot, pin: str, device: bytes | None) -> bytes:
    """Return the data key; raises KnownError for a wrong PIN, and what ``check_slot`` raises."""
    check_slot(slot, device)
    wrapping = _wrapping_key(pin, slot.cost, bytes.fromhex(slot.salt), device if slot.device else None)
    try:
        return AESGCM(wrapping).decrypt(
            bytes.fromhex(slot.nonce), bytes.fromhex(slot.wrapped), _scope(store_id, slot)
        )
    except InvalidTag as problem:
        raise KnownError("keys.wrong_pin") from problem


def check_slot(slot: Slot, device: bytes | None) -> None:
    """Raise what keeps even the right PIN from opening a slot: another cost, or another PC's secret."""
    if slot.cost != COST:
        raise Damaged("keys.weakened")
    if slot.device and (device is None or device_name(device) != slot.device):
        raise KnownError("keys.other_device")


def wrap_for_code(store_id: str, key: bytearray) -> tuple[RecoverySlot, str]:
    """Return the slot of a new recovery code, and the code, which is kept nowhere."""
    code = _grouped(base64.b32encode(secrets.token_bytes(20)).decode())
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    kept = AESGCM(_recovery_key(code, salt)).encrypt(nonce, bytes(key), _recovery_scope(store_id))
    return RecoverySlot(salt.hex(), nonce.hex(), kept.hex()), code


def wrap_for_site(store_id: str, key: bytearray, recipient: str) -> SiteRecovery:
    """Return the data key as wrapped for the site's recovery key; raises KnownError where it is none."""
    recipient = recipient.strip()
    try:
        to = pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as problem:
        raise KnownError("keys.bad_recipient", recipient=ascii(recipient[:80])) from problem
    told = _canonical(["fallback-desk site recovery", store_id, bytes(key).hex()])
    return SiteRecovery(recipient, base64.b64encode(pyrage.encrypt(told, [to])).decode())


def unwrap_recovery(store_id: str, held: Recovery, given: str) -> bytes:
    """Return the data key by recovery code, or by the text of the site's identity file; raises KnownError."""
    if isinstance(held, SiteRecovery):
        return _unwrap_site(store_id, held, given)
    try:
        return AESGCM(_recovery_key(given, bytes.fromhex(held.salt))).decrypt(
            bytes.fromhex(held.nonce), bytes.fromhex(held.wrapped), _recovery_scope(store_id)
        )
    except InvalidTag as problem:
        raise KnownError("keys.wrong_recovery") from problem


def _unwrap_site(store_id: str, held: SiteRecovery, given: str) -> bytes:
    lines = [line.strip() for line in given.splitlines()]
    identity = next((line for line in lines if line.startswith(IDENTITY_PREFIX)), None)
    if identity is None:
        raise KnownError("keys.needs_identity")
    try:
        told = json.loads(
            pyrage.decrypt(base64.b64decode(held.wrapped), [pyrage.x25519.Identity.from_str(identity)])
        )
        purpose, store, key = told
        if (purpose, store) != ("fallback-desk site recovery", store_id):
            raise ValueError("another store's")
        return bytes.fromhex(key)
    except (pyrage.DecryptError, pyrage.IdentityError, ValueError, TypeError) as problem:
        raise KnownError("keys.wrong_identity") from problem


def device_name(device: bytes) -> str:
    """Return a name for a device secret from which it cannot be guessed."""
    return hmac.digest(device, b"fallback-desk device", "sha256")[:8].hex()


def derive(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    """Return a key for one purpose."""
    return HKDF(SHA256(), KEY_LENGTH, salt, purpose).derive(secret)


def _canonical(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


_SLOT_SCOPE = ("staff_number", "role", "cost", "device", "salt")


def _scope(store_id: str, slot: Slot) -> bytes:
    said = {name: getattr(slot, name) for name in _SLOT_SCOPE} | {"cost": asdict(slot.cost)}
    # Slots of the first format know no one-time PINs: theirs is the scope of every slot that is none.
    once = {"one_time": True} if slot.one_time else {}
    return _canonical(["fallback-desk slot", _SCOPE_FORMAT, store_id, said | once])


def _recovery_scope(store_id: str) -> bytes:
    return _canonical(["fallback-desk recovery", _SCOPE_FORMAT, store_id])


def _wrapping_key(pin: str, cost: Cost, salt: bytes, device: bytes | None) -> bytes:
    stretched = hash_secret_raw(
        plain(pin).encode("utf-8", "surrogatepass"),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=KEY_LENGTH,
        type=Type.ID,
    )
    return derive(stretched, device or b"", b"fallback-desk wrapping key")


def _recovery_key(code: str, salt: bytes) -> bytes:
    return derive(plain_code(code).encode(), salt, b"fallback-desk recovery key")


def plain_code(code: str) -> str:
    """Return a recovery code as it is compared: letters that base32 does not know as those they look like."""
    letters = "".join(letter for letter in plain(code).upper() if letter.isalnum())
    return letters.translate(str.maketrans("018", "OIB"))


def _grouped(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
