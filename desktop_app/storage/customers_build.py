"""Making a new ``customers.db`` beside the old one and putting it in its place, whole or not at all.

Whoever reads goes on with the old file until it opens the new one. A program that is killed meanwhile leaves
a file under a passing name, which the next one removes.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from desktop_app.domain.entries import moment_text
from desktop_app.domain.errors import KnownError
from desktop_app.storage.atomic_file import sync_folder
from desktop_app.storage.customers import CUSTOMERS_FILE
from desktop_app.storage.customers_schema import (
    ADD_CUSTOMER,
    ADD_PHONE,
    ADD_TERMS,
    INDEXES,
    PHONE_BITS,
    TABLES,
    NewCustomer,
    connection_to,
    customer_row,
    mark,
    phone_rows,
    search_terms,
)
from desktop_app.storage.database import failure_of
from desktop_app.storage.disk import told_by_disk
from desktop_app.storage.lock import file_lock
from desktop_app.storage.sharing import open_file
from desktop_app.storage.store import Store

LOCK_FILE = "customers.lock"
MOST_LOGGED = 200
_PASSING = ".customers-"
_STEPS_BETWEEN_CHECKS = 100_000
_SWAP_SECONDS = 10.0
_CACHE_KIB = 65_536
_LATER = (
    "SELECT place, name, phones, address, estate FROM customers AS one WHERE no_key <> '' AND EXISTS "
    "(SELECT 1 FROM customers AS other WHERE other.no_key = one.no_key AND other.place > one.place "
    "AND other.no_key <> '')"
)
_STARTS = (
    "INSERT INTO about SELECT ?, coalesce(group_concat(DISTINCT substr({column}, 1, 1)), '') FROM customers "
    "WHERE {column} <> '' AND {column} < ?"
)
_WORD_STARTS = (
    "INSERT INTO about SELECT 'start_word', coalesce(group_concat(DISTINCT substr(term, 1, 1)), '') "
    "FROM temp.words WHERE term >= 'a' AND term < '{'"
)
_COMMON = (
    "INSERT INTO about SELECT 'common', coalesce(group_concat(term, ' '), '') FROM temp.words WHERE doc > ?"
)
_COMMON_SHARE = 10
"""A term that more than one customer in so many has is asked for only where rarer ones find too many."""
Tell = Callable[[str, int, int], None]
"""Told of each step with how far it is; raises to stop, whatever it raises ends the building."""


@dataclass(frozen=True, slots=True)
class Import:
    """What the log of imports says of one: which bytes, who, when (UTC), of which moment (UTC)."""

    file: str
    sha256: str
    as_of: datetime
    imported_at: datetime
    imported_by: str


class Building:
    """A new snapshot that nobody sees yet."""

    def __init__(self, path: Path, key: bytes | bytearray, tell: Tell) -> None:
        self.path = path
        self.count = 0
        self._tell = tell
        self._stopped: BaseException | None = None
        self._connection = connection_to(path, key, "mode=rw")
        # A file under a passing name is thrown away after a failure, so nothing of it has to be undone.
        for pragma in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{_CACHE_KIB}"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.execute("BEGIN")
        for statement in TABLES:
            self._connection.execute(statement)

    def add(self, customers: Iterable[NewCustomer]) -> None:
        """Add customers in the order of the file."""
        rows, phones, terms = [], [], []
        for place, one in enumerate(customers, start=self.count + 1):
            rows.append(customer_row(place, one))
            phones += phone_rows(place, one.phones)
            terms.append((place, search_terms(one.name, one.address, one.estate)))
        self._connection.executemany(ADD_CUSTOMER, rows)
        self._connection.executemany(ADD_PHONE, phones)
        self._connection.executemany(ADD_TERMS, terms)
        self.count += len(rows)

    def finish(self, told: Import, log: Iterable[tuple[object, ...]]) -> list[int]:
        """Index and seal the file; returns which customers a later one of the same number replaced.

        They are told by their places, from 1 in the order in which they were added.
        """
        self._connection.set_progress_handler(self._is_stopped, _STEPS_BETWEEN_CHECKS)
        replaced: list[int] = []
        for done, statement in enumerate(INDEXES):
            self._tell("indexing", done, len(INDEXES))
            self._connection.execute(statement)
            if "by_no " in statement:
                replaced = self._leave_last()
        customers = self.count - len(replaced)
        row = (
            told.file,
            told.sha256,
            customers,
            moment_text(told.as_of),
            moment_text(told.imported_at),
            told.imported_by,
        )
        run = self._connection.execute
        names = ("file", "sha256", "customers", "as_of", "imported_at", "imported_by")
        for name, value in zip(names, row, strict=True):
            run("INSERT INTO about VALUES (?, ?)", (name, str(value)))
        for name, column in (("start_no", "no_key"), ("start_name", "name_key")):
            # Of names the Latin ones only, which come before all others.
            run(_STARTS.format(column=column), (name, "\x80" if name == "start_name" else "\U0010ffff"))
        # One walk for each term, not one for each of the dozen pieces in which the index was written.
        run("INSERT INTO search (search) VALUES ('optimize')")
        run("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search, row)")
        run(_WORD_STARTS)
        run(_COMMON, (customers // _COMMON_SHARE,))
        for kept in [*log, row][-MOST_LOGGED:]:
            run("INSERT INTO imports VALUES (?, ?, ?, ?, ?, ?)", kept)
        run("COMMIT")
        mark(self._connection)
        self.close()
        return replaced

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def failed(self, error: sqlcipher.Error) -> BaseException:
        """Return what ended the building: the wish of a person, or what the disk did."""
        return self._stopped or failure_of(error) or error

    def _leave_last(self) -> list[int]:
        """Take out every customer whose number comes again further down."""
        run = self._connection.execute
        earlier = run(_LATER).fetchall()
        for place, name, phones, address, estate in earlier:
            run("DELETE FROM customers WHERE place = ?", (place,))
            if phones:
                first = place << PHONE_BITS
                run("DELETE FROM phones WHERE id >= ? AND id < ?", (first, first + (1 << PHONE_BITS)))
            terms = search_terms(name, address, estate)
            run("INSERT INTO search (search, rowid, terms) VALUES ('delete', ?, ?)", (place, terms))
        return sorted(place for place, *_rest in earlier)

    def _is_stopped(self) -> bool:
        try:
            self._tell("indexing", 0, 0)
        except BaseException as stopped:  # raised again by whoever began the building
            self._stopped = stopped
            return True
        return False


@contextmanager
def building(store: Store, tell: Tell) -> Iterator[Building]:
    """Give an empty snapshot under a passing name and put it in the old one's place at the end.

    Raises KnownError ``customers.importing`` where somebody else is at it, ``customers.in_use`` where Windows
    keeps the old file, and what the disk does; the old snapshot stays then.
    """
    folder = store.folder
    with told_by_disk(folder), file_lock(folder / LOCK_FILE, wait=0.0) as alone:
        if not alone:
            raise KnownError("customers.importing")
        _remove_leftovers(folder)
        path = folder / f"{_PASSING}{secrets.token_hex(8)}.db"
        os.close(open_file(path, os.O_CREAT | os.O_EXCL | os.O_RDWR))
        made: Building | None = None
        try:
            made = Building(path, store.key_now(), tell)
            yield made
            made.close()
            _sync(path)
            _swap(store, path)
        except sqlcipher.Error as error:
            raise (made.failed(error) if made else failure_of(error) or error) from error
        finally:
            if made is not None:
                made.close()
            path.unlink(missing_ok=True)


def remove_leftovers(folder: Path) -> None:
    """Remove what a killed import left behind, unless somebody imports at this moment."""
    with suppress(OSError):
        if any(folder.glob(f"{_PASSING}*")):
            with file_lock(folder / LOCK_FILE, wait=0.0) as alone:
                if alone:
                    _remove_leftovers(folder)


def imports_in(connection: Any) -> list[tuple[object, ...]]:
    """Return the log of imports, the oldest first."""
    return list(connection.execute("SELECT * FROM imports ORDER BY rowid"))


def _remove_leftovers(folder: Path) -> None:
    for left in folder.glob(f"{_PASSING}*"):
        left.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _swap(store: Store, path: Path) -> None:
    until = time.monotonic() + _SWAP_SECONDS
    while True:
        try:
            with store.snapshot.released():
                path.replace(store.folder / CUSTOMERS_FILE)
            break
        except PermissionError:
            # Another program of Windows has it open: a window that looks customers up.
            if time.monotonic() > until:
                raise KnownError("customers.in_use", file=CUSTOMERS_FILE) from None
            time.sleep(0.2)
    sync_folder(path.parent)
