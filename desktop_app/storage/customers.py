"""``customers.db`` as it is read: a copy of whom the CRM knew, swapped whole by each import (DESIGN §3).

It lies beside the store under the same key and is never in a backup, a bundle or a hash. A copy that cannot
be read is no reason to stop anybody: nothing is found then, and ``problem`` says why.
"""

from __future__ import annotations

import os
import stat
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from desktop_app.domain.customers import Customer, MatchedBy, Snapshot
from desktop_app.domain.entries import moment_of
from desktop_app.domain.errors import Damaged, KnownError
from desktop_app.storage.customers_schema import connection_to, problem_of
from desktop_app.storage.database import failure_of

CUSTOMERS_FILE = "customers.db"
LOOK_SECONDS = 0.05
"""How long one look may take: whoever types goes on typing."""
_CACHE_KIB = 32_768
_STEPS_BETWEEN_LOOKS_AT_THE_CLOCK = 10_000
_COLUMNS = "place, customer_no, name, phones, address, estate, vip, note, sounds"
Row = tuple[int, str, str, str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Starts:
    """With which letters customer numbers begin, and with which Latin ones names and words of any kind do.

    Most texts are neither, and need not be looked for then. ``common`` are the terms of the index that one
    customer in ten has.
    """

    numbers: frozenset[str] = frozenset()
    latin_names: frozenset[str] = frozenset()
    latin_words: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()

    def may_be(self, by: MatchedBy, text: str) -> bool:
        """Whether anything that is found this way may begin with ``text``."""
        if by is MatchedBy.CUSTOMER_NO:
            return text[0] in self.numbers
        if by is MatchedBy.ADDRESS:
            return not text[0].isalpha() or not text[0].isascii() or text[0] in self.latin_words
        return by is not MatchedBy.NAME or not text[0].isascii() or text[0] in self.latin_names


class SnapshotFile:
    """The snapshot of one open store, for one thread at a time; ``close`` drops it with its key.

    A file that another program swapped in is noticed at the next look.
    """

    def __init__(self) -> None:
        self.problem: KnownError | None = None
        self.starts = Starts()
        self._lock = threading.Lock()
        self._connection: Any = None
        self._stamp: tuple[int, ...] = ()
        self._folder: Path | None = None
        self._path = ""
        self._until = 0.0
        self._closed = False

    @contextmanager
    def reading(self, folder: Path, key: bytes | bytearray) -> Iterator[Any]:
        """Give a connection to the snapshot in ``folder``, None where there is none that can be read.

        What runs longer than ``LOOK_SECONDS`` is interrupted, which is no problem of the file.
        """
        with self._lock:
            self._follow(folder, key)
            self._until = time.monotonic() + LOOK_SECONDS
            try:
                yield self._connection
            except sqlcipher.Error as error:
                if getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT":
                    return
                if failure_of(error) is None:
                    raise
                self._fail(Damaged("customers.damaged"))

    @contextmanager
    def released(self) -> Iterator[None]:
        """Keep the file closed meanwhile: Windows replaces no file that somebody reads."""
        with self._lock:
            self._drop()
            yield

    def close(self) -> None:
        """Close the file for good; a second time does nothing."""
        with self._lock:
            self._drop()
            self._closed = True

    def _follow(self, folder: Path, key: bytes | bytearray) -> None:
        """Open the file where it is another one than before; a bad one is not tried twice."""
        if folder is not self._folder:
            self._folder, self._path = folder, str(folder / CUSTOMERS_FILE)
        stamp = () if self._closed else _stamp(self._path)
        if stamp == self._stamp:
            return
        self._drop()
        self._stamp = stamp
        if not stamp:
            return
        connection = None
        try:
            # Nobody ever writes to a file under this name: no lock is needed and no change looked for.
            connection = connection_to(Path(self._path), key, "mode=ro&immutable=1")
            problem = problem_of(connection)
            starts = Starts() if problem else _starts(connection)
        except sqlcipher.Error:
            if connection is not None:
                connection.close()
            self._fail(Damaged("customers.damaged"))
            return
        self._connection, self.starts = connection, starts
        if problem is not None:
            self._fail(problem)
            return
        connection.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
        connection.set_progress_handler(self._is_over, _STEPS_BETWEEN_LOOKS_AT_THE_CLOCK)

    def _is_over(self) -> bool:
        return time.monotonic() > self._until

    def _fail(self, problem: KnownError) -> None:
        stamp = self._stamp
        self._drop()
        self._stamp, self.problem = stamp, problem

    def _drop(self) -> None:
        if self._connection is not None:
            with suppress(sqlcipher.Error):
                self._connection.close()
        self._connection, self.problem, self._stamp = None, None, ()


def snapshot_in(connection: Any) -> Snapshot:
    """Return what the snapshot says of itself."""
    about = dict(connection.execute("SELECT name, value FROM about"))
    return Snapshot(
        about["file"],
        int(about["customers"]),
        moment_of(about["as_of"]),
        moment_of(about["imported_at"]),
        about["imported_by"],
    )


def _starts(connection: Any) -> Starts:
    told = dict(connection.execute("SELECT name, value FROM about"))
    return Starts(
        frozenset(told["start_no"]),
        frozenset(told["start_name"]),
        frozenset(told["start_word"]),
        frozenset(told.get("common", "").split()),
    )


def rows_at(connection: Any, places: Sequence[int]) -> list[Row]:
    """Return the rows of customers with the sounds of their names, in no order; some may be missing."""
    if not places:
        return []
    marks = ",".join("?" * len(places))
    statement = f"SELECT {_COLUMNS} FROM customers WHERE place IN ({marks})"  # noqa: S608 (question marks)
    rows: list[Row] = connection.execute(statement, places).fetchall()
    return rows


def customer_of(row: Row) -> Customer:
    """Return the customer of a row."""
    place, number, name, phones, address, estate, vip, note, _ = row
    return Customer(
        place, number, name, tuple(phones.split("\n")) if phones else (), address, estate, vip, note
    )


def _stamp(path: str) -> tuple[int, ...]:
    try:
        told = os.stat(path)  # noqa: PTH116 (asked at every key: a Path costs as much again)
    except OSError:
        return ()
    if stat.S_ISFIFO(told.st_mode):
        return ()  # SQLite would wait in it for ever, and closing the store for SQLite
    return told.st_ino, told.st_size, told.st_mtime_ns
