"""The encrypted file: one writer connection, a few readers, every pragma in one place.

The SQLCipher key is the raw 32-byte data key, so that opening a connection costs no derivation.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from desktop_app.domain.errors import Closed, Damaged, KnownError
from desktop_app.storage.sharing import open_file
from desktop_app.storage.turns import Turns

APPLICATION_ID = 0x46424B44
"""Written in the file's header, so that no other program's file is taken for a store."""
KEY_BYTES = 32
LOG_PAGES = 4_000
"""Pages in the write-ahead log from which on a COMMIT moves them (``relieve`` does so before)."""
CACHE_KIB = 16 * 1024
"""Memory for pages of the writer: what a merge touches in one transaction is written once."""
BUSY_SECONDS = 15
"""How long a write waits for another process; a save takes milliseconds, a merge writes in short batches."""

_POLL = 0.002
"""Seconds between two tries to begin a write."""
_KNOWN_FAILURES = {
    "SQLITE_BUSY": "store.busy",
    "SQLITE_LOCKED": "store.busy",
    "SQLITE_FULL": "store.disk_full",
    "SQLITE_IOERR": "store.disk_failed",
    "SQLITE_READONLY": "store.read_only",
    "SQLITE_PERM": "store.read_only",
    "SQLITE_CANTOPEN": "store.cannot_open",
}
_DAMAGE = ("SQLITE_NOTADB", "SQLITE_CORRUPT")


class Database:
    """An open store file. ``close`` drops every connection and with it the key."""

    def __init__(self, path: Path, key: bytes | bytearray, *, turns: Path | None = None) -> None:
        """Prepare connections to ``path``; nothing is opened or created before the first use.

        ``turns`` is a lock file beside a store that several programs write to at once (``turns.py``).
        """
        if len(key) != KEY_BYTES:
            raise ValueError("the data key has 32 bytes")
        self.path = path
        self._closed = False
        self._turns = Turns(turns)
        self.writer = _engine(path, key, read_only=False)
        self.reader = _engine(path, key, read_only=True)

    @contextmanager
    def change(self) -> Iterator[Connection]:
        """Open a write transaction; commits at the end, rolls back on any exception.

        Raises KnownError ``store.busy``, ``store.disk_full``, ``store.disk_failed``, ``store.read_only``,
        ``store.cannot_open`` or ``store.closed``, and Damaged ``store.damaged``.
        """
        with self._told(KnownError), ExitStack() as held:
            with self._turns.taken(BUSY_SECONDS):
                connection = held.enter_context(self.writer.begin())
            yield connection

    def is_wanted(self) -> bool:
        """Whether somebody, in any program, waits to write: long work in a transaction commits then."""
        return self._turns.are_wanted()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a read transaction: one unchanging view that never waits for a writer.

        Raises as ``change`` does, but ``Closed`` once the store is closed.
        """
        with self._told(Closed), self.reader.begin() as connection:
            yield connection

    def relieve(self) -> None:
        """Move the write-ahead log into the main file as far as nobody waits for it.

        Long work calls it between its transactions: otherwise the next save of any program would do it.
        """
        with self._told(Closed):
            raw = self.reader.raw_connection()
            try:
                raw.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            finally:
                raw.close()

    def checkpoint(self) -> None:
        """Move everything from the write-ahead log into the main file, so that erased bytes are gone too."""
        with self._told(Closed):
            raw = self.writer.raw_connection()
            try:
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                raw.close()

    def close(self) -> None:
        """Close every connection; the last one of all processes folds the write-ahead log in."""
        self._closed = True
        self.reader.dispose()
        self.writer.dispose()

    @contextmanager
    def _told(self, closed: type[KnownError]) -> Iterator[None]:
        """Turn what the disk or another process does to us into failures with a sentence.

        Whoever is late must not connect again: the key is forgotten by then, and with a key of zeros every
        store looks damaged.
        """
        if self._closed:
            raise closed("store.closed")
        try:
            yield
        except DBAPIError as problem:
            if self._closed:
                raise closed("store.closed") from problem
            failure = failure_of(problem.orig)
            if failure is None:
                raise
            raise failure from problem


def create_file(path: Path) -> None:
    """Create the empty file readable by its owner only; raises KnownError where it exists or cannot be."""
    try:
        os.close(open_file(path, os.O_CREAT | os.O_EXCL | os.O_RDWR))
    except FileExistsError:
        raise KnownError("store.exists", folder=path.parent) from None
    except OSError as problem:
        raise KnownError("store.cannot_open") from problem


def _engine(path: Path, key: bytes | bytearray, *, read_only: bool) -> Engine:
    def connect() -> Any:
        # A missing file must be an error: SQLite would silently begin an empty store.
        connection = sqlcipher.connect(
            f"{path.resolve().as_uri()}?mode=rw",
            uri=True,
            isolation_level=None,
            timeout=BUSY_SECONDS,
            check_same_thread=False,
        )
        try:
            _configure(connection, key, read_only=read_only)
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine(
        "sqlite://",
        creator=connect,
        module=sqlcipher,
        poolclass=QueuePool,
        pool_size=2 if read_only else 1,
        max_overflow=2 if read_only else 0,
        pool_timeout=BUSY_SECONDS,
        execution_options={"read_only": read_only},
        hide_parameters=True,
    )
    engine.dialect.statement_compiler = _WithHints
    event.listen(engine, "begin", _begin)
    return engine


class _WithHints(SQLiteCompiler):
    """SQLAlchemy leaves ``with_hint`` out for SQLite, which then walks through everything by time."""

    def get_from_hint_text(self, table: Any, text: str | None) -> str | None:
        return text


def _configure(connection: Any, key: bytes | bytearray, *, read_only: bool) -> None:
    run = connection.execute
    run("PRAGMA cipher_log_level=NONE")
    run(f"PRAGMA key=\"x'{key.hex()}'\"")
    run("SELECT count(*) FROM sqlite_schema").fetchone()
    run("PRAGMA journal_mode=WAL").fetchone()
    run("PRAGMA synchronous=FULL")
    # macOS acknowledges an ordinary fsync before the disk has the bytes.
    run("PRAGMA fullfsync=ON")
    run("PRAGMA checkpoint_fullfsync=ON")
    run("PRAGMA foreign_keys=ON")
    run("PRAGMA secure_delete=ON").fetchone()
    run("PRAGMA trusted_schema=OFF")
    run("PRAGMA temp_store=MEMORY")
    if read_only:
        run("PRAGMA query_only=ON")
        return
    run(f"PRAGMA wal_autocheckpoint={LOG_PAGES}")
    run(f"PRAGMA cache_size=-{CACHE_KIB}")


def _begin(connection: Connection) -> None:
    run = connection.exec_driver_sql
    if connection.get_execution_options().get("read_only"):
        run("BEGIN DEFERRED")
        return
    # SQLite itself asks less and less often, at last ten times a second.
    until = time.monotonic() + BUSY_SECONDS
    run("PRAGMA busy_timeout=0")
    try:
        while not _began(connection, last=time.monotonic() > until):
            time.sleep(_POLL)
    finally:
        run(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")


def _began(connection: Connection, *, last: bool) -> bool:
    """Try to begin to write; false where another process does, which is raised at the ``last`` try."""
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except DBAPIError as problem:
        if last or not _name_of(problem.orig).startswith("SQLITE_BUSY"):
            raise
        return False
    return True


def keyed(file: Path, key: bytes | bytearray, mode: str) -> Any:
    """Return a plain connection to ``file`` outside the engine's pools, for one thread at a time.

    Raises ``sqlcipher.Error``.
    """
    connection = sqlcipher.connect(
        f"{file.resolve().as_uri()}?{mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA cipher_log_level=NONE")
    connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    return connection


def failure_of(error: BaseException | None) -> KnownError | None:
    """Return what an SQLite error means to a person, None where it is a fault of this program."""
    name = _name_of(error)
    if name.startswith(_DAMAGE):
        return Damaged("store.damaged")
    return next(
        (KnownError(code) for prefix, code in _KNOWN_FAILURES.items() if name.startswith(prefix)), None
    )


def _name_of(error: BaseException | None) -> str:
    return getattr(error, "sqlite_errorname", "") or ""
