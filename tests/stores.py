"""A real encrypted store for tests, with a random key and without people's keys.

The tables are made once in a process; every store is a copy of that file with a key and identity of its own.
"""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from desktop_app.domain.entries import GENESIS
from desktop_app.domain.identity import user_id
from desktop_app.domain.roles import Role
from desktop_app.settings import Settings
from desktop_app.storage.database import Database, create_file
from desktop_app.storage.lives import Life, begin_life
from desktop_app.storage.lying import STORE_FILE
from desktop_app.storage.mark_files import MarkFile
from desktop_app.storage.schema import ensure_schema
from desktop_app.storage.store import Store, StoreMarks
from desktop_app.storage.turns import TURN_FILE
from desktop_app.storage.unit_of_work import Author


def author(staff_number: str = "8021", role: Role = Role.AGENT) -> Author:
    return Author(user_id(staff_number), staff_number, role)


def new_store(folder: Path, *, station: str = "07", drill: bool = False, key: bytes | None = None) -> Store:
    folder.mkdir(parents=True, exist_ok=True)
    create_file(folder / STORE_FILE)
    key = key or secrets.token_bytes(32)
    _lay_tables(folder / STORE_FILE, key)
    database = Database(folder / STORE_FILE, key, turns=folder / TURN_FILE)
    with database.change() as connection:
        begin_life(connection, Life(secrets.token_hex(16), station, drill, secrets.token_hex(16)), GENESIS)
    marks = StoreMarks(MarkFile(folder.parent / "data", station, drill=drill), folder)
    return Store(folder, database, author(), marks, Settings(), bytearray(key))


@cache
def _tables() -> tuple[bytes, bytes]:
    """Return a file that has every table and no row of anybody's, and the key that it is under."""
    key = secrets.token_bytes(32)
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / STORE_FILE
        create_file(file)
        database = Database(file, key)
        ensure_schema(database)
        database.checkpoint()
        database.close()
        return file.read_bytes(), key


def _lay_tables(file: Path, key: bytes) -> None:
    content, earlier = _tables()
    file.write_bytes(content)
    database = Database(file, earlier)
    raw = database.writer.raw_connection()
    raw.cursor().execute(f"PRAGMA rekey=\"x'{key.hex()}'\"")
    raw.close()
    database.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = new_store(tmp_path / "store")
    yield opened
    opened.close()
