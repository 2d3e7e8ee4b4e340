"""The customer snapshot: whom the CRM knew before it failed, and how a caller's words found them.

It is a copy with an age. What it says is offered to the agent and never taken for what the caller said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer of the snapshot.

    ``place`` is its row in this snapshot and means nothing in the next one; ``customer_no`` is the CRM's
    number, "" where the file had none. ``phones`` are as the file wrote them, the first is the main one.
    ``vip`` is the CRM's word for a customer to take special care of ("" for everybody else), ``note`` a
    warning of the CRM that the agent has to see.
    """

    place: int
    customer_no: str
    name: str
    phones: tuple[str, ...]
    address: str
    estate: str = ""
    vip: str = ""
    note: str = ""


class MatchedBy(StrEnum):
    """By what a customer was found, likeliest first."""

    PHONE = "phone"
    LAST_DIGITS = "last_digits"
    CUSTOMER_NO = "customer_no"
    NAME = "name"
    PINYIN = "pinyin"
    INITIALS = "initials"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class CustomerMatch:
    """A customer that fits what was typed.

    ``matched`` is the part that fits: of the customer's number, name or address as the file wrote it; of a
    phone its comparable digits, whatever separates them where it is shown.
    """

    customer: Customer
    by: MatchedBy
    matched: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is known of the snapshot as a whole.

    ``as_of`` is the moment (UTC) of which it is true: what the person who imported it said, else the file's
    own time; ``imported_at`` is UTC.
    """

    file: str
    customers: int
    as_of: datetime
    imported_at: datetime
    imported_by: str

    def age_days(self, now: datetime) -> int:
        """Return how many whole days old it is at ``now``; 0 where the clock says earlier."""
        return max(0, (now - self.as_of).days)
