"""Who a store is to other stores: its keys, its station and the person it belongs to.

The keys are made with the store (JOURNAL, keys): Ed25519 signs, X25519 receives. A person compares the
eight digits of ``Identity.code`` on two screens, or over the telephone, before anything is trusted.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop_app.domain.errors import KnownError
from desktop_app.domain.numbers import valid_station
from desktop_app.domain.roles import Role

VERSION = 1
LEADS = frozenset({Role.LEAD, Role.SUPERVISOR, Role.OPERATIONS_MANAGER, Role.CENTRE_MANAGER, Role.ADMIN})
"""Roles whose stores receive what stations hand in and may see what agents' stations must not."""
_KEY = re.compile("[0-9a-f]{64}")
_STORE = re.compile("[0-9a-f]{32}")
_RECIPIENT = re.compile("age1[02-9ac-hj-np-z]{58}")
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Keys:
    """The two secret keys of a store: the Ed25519 seed, and the X25519 key as age writes it."""

    sign: bytes = field(repr=False)
    receive: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a store shows of itself: ``sign`` is its Ed25519 public key in hex, ``receive`` its age recipient.

    ``name`` and ``role`` are those of the person the store belongs to.
    """

    store: str
    station: str
    name: str
    role: Role
    sign: str
    receive: str
    drill: bool

    @property
    def leads(self) -> bool:
        """Whether the store is a lead's: hand-ins are encrypted to it."""
        return self.role in LEADS

    @property
    def fingerprint(self) -> str:
        """The SHA-256, in hex, that tells this store with these keys from any other."""
        return hashlib.sha256(f"{self.store}\0{self.sign}\0{self.receive}".encode()).hexdigest()

    @property
    def code(self) -> str:
        """The eight digits two people compare, in two groups: ``4417 2093``."""
        digits = f"{int(self.fingerprint, 16) % 10**8:08d}"
        return f"{digits[:4]} {digits[4:]}"

    def to_json(self) -> dict[str, Any]:
        """Return the members of the file that ``pair --show`` writes (INTERFACES, pair)."""
        return {
            "version": VERSION,
            "store": self.store,
            "station": self.station,
            "name": self.name,
            "role": self.role.value,
            "sign": self.sign,
            "receive": self.receive,
            "drill": self.drill,
        }

    @classmethod
    def from_json(cls, told: object) -> Identity:
        """Return the identity a file tells of; raises KnownError ``pairing.newer`` or ``pairing.not_one``."""
        if not isinstance(told, Mapping):
            raise KnownError("pairing.not_one")
        version = told.get("version")
        if type(version) is not int:
            raise KnownError("pairing.not_one")
        if version > VERSION:
            raise KnownError("pairing.newer")
        texts = {name: told.get(name) for name in ("store", "station", "name", "role", "sign", "receive")}
        if version != VERSION or not all(isinstance(text, str) for text in texts.values()):
            raise KnownError("pairing.not_one")
        store, station, name, role, sign, receive = (str(text) for text in texts.values())
        sound = (
            _STORE.fullmatch(store)
            and valid_station(station)
            and 0 < len(name) <= _LONGEST_NAME
            and name.isprintable()
            and role in list(Role)
            and _KEY.fullmatch(sign)
            and _RECIPIENT.fullmatch(receive)
            and isinstance(told.get("drill"), bool)
        )
        if not sound:
            raise KnownError("pairing.not_one")
        return cls(store, station, name, Role(role), sign, receive, told["drill"])
