"""``*.fdbackup``: the database and the ``keys.json`` of one moment in one file, verified before it is named.

A backup is as encrypted as its store. Reading one is reading foreign input: nothing of it is believed before
its checksum, its keys' seal, its pages and its chains hold.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import sqlcipher3.dbapi2 as sqlcipher

from desktop_app.domain.errors import Damaged, KnownError
from desktop_app.storage.atomic_file import sync_folder
from desktop_app.storage.checks import check_journal, file_problems
from desktop_app.storage.database import Database, failure_of, keyed
from desktop_app.storage.disk import told_by_disk
from desktop_app.storage.key_file import KEYS_FILE, KeyFile, keys_from_bytes, keys_to_bytes, read_keys
from desktop_app.storage.lives import current_life
from desktop_app.storage.lying import BACKUP_SUFFIX, companions
from desktop_app.storage.probe import check_database
from desktop_app.storage.sharing import make_folder, open_file
from desktop_app.storage.store import Store

_MAGIC = b"fallback-desk backup 1\n"
_LONGEST_KEYS = 1 << 20
_CHUNK = 1 << 20


def make_backup(store: Store, out: Path, now: datetime) -> Path:
    """Write a verified backup into the folder ``out`` and return its file, named by station and UTC time.

    Others may write meanwhile: the copy is of one moment. Raises Damaged where the copy does not hold, which
    means that the store itself is damaged; no file is left then.
    """
    with told_by_disk(out):
        make_folder(out)
        with store.read() as view:
            name = f"{view.life.station}-{now:%Y%m%dT%H%M%SZ}"
        keys = read_keys(store.folder / KEYS_FILE)
        with passing(out, ".db") as copy, passing(out, ".pack") as pack, passing(out, ".db") as again:
            _copy_database(store, copy)
            _pack(keys, copy, pack)
            verify(unpack(pack, again), again, store.key_now())
            return _named(pack, out / name)


def unpack(pack: Path, into: Path) -> KeyFile:
    """Write the database of a backup to ``into`` and return its keys; raises KnownError for a bad backup.

    ``into`` is believed only after ``verify``. Raises OSError where it cannot be written.
    """
    try:
        source = pack.open("rb")
    except OSError as problem:
        raise KnownError("backup.unreadable", file=pack) from problem
    with source, _new_file(into) as target:
        size = os.fstat(source.fileno()).st_size
        whole = hashlib.sha256()
        if _read(source, len(_MAGIC), whole) != _MAGIC:
            raise KnownError("backup.not_one", file=pack)
        length = int.from_bytes(_read(source, 8, whole), "big")
        left = size - len(_MAGIC) - 8 - length - whole.digest_size
        if length > _LONGEST_KEYS or left < 0:
            raise KnownError("backup.damaged", file=pack)
        stored_keys = _read(source, length, whole)
        while left > 0 and (chunk := _read(source, min(left, _CHUNK), whole)):
            target.write(chunk)
            left -= len(chunk)
        if left or source.read(whole.digest_size) != whole.digest():
            raise KnownError("backup.damaged", file=pack)
        target.flush()
        os.fsync(target.fileno())
    try:
        return keys_from_bytes(stored_keys)
    except Damaged as problem:
        raise KnownError("backup.damaged", file=pack) from problem


def verify(keys: KeyFile, copy: Path, key: bytes | bytearray) -> int:
    """Check every page, chain and folded row of an unpacked database; returns the number of entries.

    Raises Damaged ``backup.not_verified``.
    """
    database = Database(copy, key)
    try:
        check_database(copy, key)
        checked = check_journal(database)
        problems = [*file_problems(database, key), *checked.problems]
        with database.read() as connection:
            store = current_life(connection).store
    except KnownError as problem:
        raise Damaged("backup.not_verified") from problem
    finally:
        database.close()
    if problems or store != keys.store_id:
        raise Damaged("backup.not_verified")
    return checked.entries


@contextmanager
def passing(folder: Path, suffix: str) -> Iterator[Path]:
    """Give the path of a file, beside the one it will become, that is gone afterwards."""
    path = folder / f".{secrets.token_hex(8)}{suffix}"
    try:
        yield path
    finally:
        for part in companions(path):
            with suppress(FileNotFoundError):
                part.unlink()


def _new_file(path: Path) -> BinaryIO:
    return os.fdopen(open_file(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "wb")


def _copy_database(store: Store, copy: Path) -> None:
    _new_file(copy).close()
    target = keyed(copy, store.key_now(), "mode=rw")
    source = store.database.reader.raw_connection()
    try:
        source.driver_connection.backup(target)  # type: ignore[union-attr]
        target.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlcipher.DatabaseError as problem:
        known = failure_of(problem)
        if known is None or isinstance(known, Damaged):
            raise Damaged("backup.not_verified") from problem
        raise known from problem
    finally:
        source.close()
        target.close()


def _pack(keys: KeyFile, copy: Path, pack: Path) -> None:
    stored_keys, whole = keys_to_bytes(keys), hashlib.sha256()
    with _new_file(pack) as target, copy.open("rb") as source:
        for part in (_MAGIC, len(stored_keys).to_bytes(8, "big"), stored_keys):
            whole.update(part)
            target.write(part)
        while chunk := source.read(_CHUNK):
            whole.update(chunk)
            target.write(chunk)
        target.write(whole.digest())
        target.flush()
        os.fsync(target.fileno())


def _named(pack: Path, stem: Path) -> Path:
    for turn in range(1, 1000):
        file = stem.with_name(f"{stem.name}{f'-{turn}' if turn > 1 else ''}{BACKUP_SUFFIX}")
        try:
            os.close(open_file(file, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            continue
        pack.replace(file)
        sync_folder(file.parent)
        return file
    raise KnownError("backup.too_many", folder=stem.parent)


def _read(source: BinaryIO, count: int, whole: hashlib._Hash) -> bytes:
    part = source.read(count)
    whole.update(part)
    return part
