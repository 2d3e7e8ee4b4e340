"""What an entry can be about, and how its id is made."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum

_NAMESPACE = uuid.UUID("6f1d8a52-3c0e-5b7a-9a54-0d6f3a1c7e21")


class SubjectKind(StrEnum):
    """Kinds of things whose history the journal keeps (JOURNAL, subjects and their ids)."""

    RECORD = "record"
    PROMISE = "promise"
    INCIDENT = "incident"
    NOTIFICATION = "notification"
    ANNOUNCEMENT = "announcement"
    ACCEPTANCE_FORM = "acceptance_form"
    HANDOVER = "handover"
    PRINT = "print"
    NUMBER_BLOCK = "number_block"
    NUMBER_WAIVER = "number_waiver"
    MATCH_DECISION = "match_decision"
    USER = "user"
    CONTACT = "contact"
    ROSTER = "roster"


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """One thing with a history: its kind and UUID."""

    kind: SubjectKind
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


def uuid7(at_ms: int, entropy: bytes) -> str:
    """Return a UUIDv7 from milliseconds since 1970 UTC and ten random bytes (Python 3.11 has none)."""
    if len(entropy) != 10:
        raise ValueError("ten random bytes are needed")
    value = (at_ms & (2**48 - 1)) << 80 | int.from_bytes(entropy, "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def user_id(staff_number: str) -> str:
    """Return the id of a person; the ``actor`` of an entry is this id."""
    return str(uuid.uuid5(_NAMESPACE, f"user\0{staff_number.strip()}"))


def promise_id(record_id: str, place: int) -> str:
    """Return the id of a record's promise, counted from 1; the same wherever it is opened.

    Two stations that set a call-back time apart open one promise, whose times are a conflict.
    """
    return str(uuid.uuid5(_NAMESPACE, f"promise\0{record_id}\0{place}"))


def number_waiver_id(number: str) -> str:
    """Return the id of the waiver of a number that no record accounts for."""
    return str(uuid.uuid5(_NAMESPACE, f"number\0{number}"))


def match_decision_id(record_id: str, profile: str, row_id: str) -> str:
    """Return the id of the decision about one record and one CRM row; the same on every lead's machine."""
    return str(uuid.uuid5(_NAMESPACE, f"match\0{record_id}\0{profile}\0{row_id}"))


def contact_id(key: str) -> str:
    """Return the id of a contact: the same for every store, also for one that the site pack brought."""
    return str(uuid.uuid5(_NAMESPACE, f"contact\0{key}"))


def roster_id(month: str) -> str:
    """Return the id of the duty roster of a month (``2026-11``), whoever imported it."""
    return str(uuid.uuid5(_NAMESPACE, f"roster\0{month}"))
