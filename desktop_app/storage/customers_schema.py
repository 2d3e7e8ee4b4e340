"""The shape of ``customers.db``: what is kept of a customer and by what customers are found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.domain.errors import Damaged, KnownError
from desktop_app.domain.phones import phone_of
from desktop_app.storage.database import APPLICATION_ID, keyed
from desktop_app.storage.letter_pairs import folded, terms

VERSION = 1
"""Number of this shape, in the file's ``user_version``; a file of another one is imported again."""
PHONE_BITS = 4
MOST_PHONES = 1 << PHONE_BITS
"""How many numbers of one customer are kept: a phone's id is its customer's place and its own within it."""

TABLES = (
    "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE imports (file TEXT NOT NULL, sha256 TEXT NOT NULL, customers INTEGER NOT NULL, "
    "as_of TEXT NOT NULL, imported_at TEXT NOT NULL, imported_by TEXT NOT NULL)",
    "CREATE TABLE customers (place INTEGER PRIMARY KEY, customer_no TEXT NOT NULL, name TEXT NOT NULL, "
    "phones TEXT NOT NULL, address TEXT NOT NULL, estate TEXT NOT NULL, vip TEXT NOT NULL, "
    "note TEXT NOT NULL, sounds TEXT NOT NULL, no_key TEXT NOT NULL, name_key TEXT NOT NULL, "
    "initials TEXT NOT NULL)",
    "CREATE TABLE phones (id INTEGER PRIMARY KEY, digits TEXT NOT NULL, reversed TEXT NOT NULL)",
    "CREATE VIRTUAL TABLE search USING fts5(terms, content='', detail=none, columnsize=0)",
)
INDEXES = (
    "CREATE INDEX by_no ON customers (no_key) WHERE no_key <> ''",
    "CREATE INDEX by_digits ON phones (digits)",
    "CREATE INDEX by_ending ON phones (reversed)",
    "CREATE INDEX by_name ON customers (name_key)",
    "CREATE INDEX by_sounds ON customers (replace(sounds, ' ', ''))",
    "CREATE INDEX by_initials ON customers (initials)",
)
ADD_CUSTOMER = "INSERT INTO customers VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"
ADD_PHONE = "INSERT INTO phones VALUES (?,?,?)"
ADD_TERMS = "INSERT INTO search (rowid, terms) VALUES (?,?)"


@dataclass(frozen=True, slots=True)
class NewCustomer:
    """A customer as the import hands it over; ``sounds`` are the syllables and words of the name."""

    customer_no: str
    name: str
    phones: tuple[str, ...]
    address: str
    estate: str
    vip: str
    note: str
    sounds: tuple[str, ...]


def connection_to(file: Path, key: bytes | bytearray, mode: str) -> Any:
    """Return a connection for one thread at a time; raises ``sqlcipher.Error``."""
    connection = keyed(file, key, mode)
    for pragma in ("temp_store=MEMORY", "trusted_schema=OFF"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def mark(connection: Any) -> None:
    """Write into the file that it is one of ours, of this shape."""
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={VERSION}")


def problem_of(connection: Any) -> KnownError | None:
    """Return why customers cannot be looked up in a file, None where they can; raises ``sqlcipher.Error``."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        return Damaged("customers.damaged")
    if connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
        return KnownError("customers.other_shape")
    return None


def customer_row(place: int, one: NewCustomer) -> tuple[int | str, ...]:
    """Return the row of a customer with the keys it is found by."""
    return (
        place,
        one.customer_no,
        one.name,
        "\n".join(one.phones),
        one.address,
        one.estate,
        one.vip,
        one.note,
        " ".join(one.sounds),
        folded(one.customer_no),
        folded(one.name),
        "".join(sound[0] for sound in one.sounds),
    )


def phone_rows(place: int, phones: Sequence[str]) -> list[tuple[int, str, str]]:
    """Return the rows by which a customer's phones are found, from the front and from the end."""
    digits = dict.fromkeys(phone_of(phone).digits for phone in phones[:MOST_PHONES])
    return [((place << PHONE_BITS) + at, one, one[::-1]) for at, one in enumerate(filter(None, digits))]


def search_terms(name: str, address: str, estate: str) -> str:
    """Return the terms under which words of a customer's name and address are found."""
    return terms(f"{folded(name)}\n{folded(address)}\n{folded(estate)}")
