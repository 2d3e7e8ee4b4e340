"""What is wrong with a store's files, found before anything can write to them (safety.md, refusals seen).

SQLite takes an empty file for a new database, opens a main file that lost its ``-wal`` without a word, and on
closing folds any ``-wal`` it finds into the main file, a foreign one too. Hence this look, which only reads.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from desktop_app.domain.errors import Damaged, KnownError
from desktop_app.storage.database import APPLICATION_ID, failure_of, keyed
from desktop_app.storage.lying import companions
from desktop_app.storage.schema import VERSION

_WAL_HEADER = 32
_LEAST_ROOM = 1 << 16


def check_database(file: Path, key: bytes | bytearray) -> None:
    """Raise Damaged or KnownError where ``file`` cannot be used with its right ``key``; writes nothing."""
    wal = companions(file)[1]
    unfinished = wal.exists() and wal.stat().st_size > _WAL_HEADER
    problem = _look(file, key, "mode=ro", whole=unfinished)
    if problem is None:
        return
    if unfinished and _look(file, key, "mode=ro&immutable=1", whole=False) is None:
        raise Damaged("opening.foreign_wal", file=wal)
    raise problem


def _look(file: Path, key: bytes | bytearray, mode: str, *, whole: bool) -> KnownError | None:
    try:
        connection = keyed(file, key, mode)
    except sqlcipher.Error as error:
        return failure_of(error) or KnownError("store.cannot_open")
    try:
        return _judge(connection, whole=whole)
    except sqlcipher.Error as error:
        known = failure_of(error) or Damaged("store.damaged")
        # A full disk has no room for the shared-memory index, which SQLite tells as an I/O error.
        full = known.code == "store.disk_failed" and shutil.disk_usage(file.parent).free < _LEAST_ROOM
        return KnownError("store.disk_full") if full else known
    finally:
        connection.close()


def _judge(connection: Any, *, whole: bool) -> KnownError | None:
    def one(statement: str) -> Any:
        return connection.execute(statement).fetchone()[0]

    if one("SELECT count(*) FROM sqlite_schema") == 0:
        return Damaged("opening.without_wal")
    if one("PRAGMA application_id") != APPLICATION_ID:
        return Damaged("store.not_ours")
    if (found := one("PRAGMA user_version")) > VERSION:
        return KnownError("store.newer", found=found, known=VERSION)
    if whole and one("PRAGMA quick_check") != "ok":
        return Damaged("store.damaged")
    return None
