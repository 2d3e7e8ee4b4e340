"""Slots as ``keys.json`` holds them: a store's data key, wrapped for one person, for a code, or for a site.

Apart from the wrapping (key_slots), whose libraries nobody needs before a PIN is typed.
"""

from __future__ import annotations

from dataclasses import dataclass

KEY_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: memory in KiB, passes over it, lanes."""

    memory_kib: int
    passes: int
    lanes: int


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
    one_time: bool = False


@dataclass(frozen=True, slots=True)
class RecoverySlot:
    """The data key as wrapped for the recovery code, whose 160 bits need no costly derivation."""

    salt: str
    nonce: str
    wrapped: str


@dataclass(frozen=True, slots=True)
class SiteRecovery:
    """The data key as wrapped for the site's recovery key (age, X25519), whose holder opens every store."""

    recipient: str
    wrapped: str


Recovery = RecoverySlot | SiteRecovery
