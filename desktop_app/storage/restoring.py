"""Putting a backup in a store's place: what was there is moved aside, never deleted."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop_app.domain.errors import Damaged, KnownError
from desktop_app.storage.aside import move_aside
from desktop_app.storage.atomic_file import sync_folder
from desktop_app.storage.backup import unpack, verify
from desktop_app.storage.database import Database
from desktop_app.storage.disk import told_by_disk
from desktop_app.storage.going_on import go_on
from desktop_app.storage.key_file import KEYS_FILE, KeyFile, read_keys, write_keys
from desktop_app.storage.lives import current_life
from desktop_app.storage.lock import LOCK_FILE, store_lock
from desktop_app.storage.lockout import ATTEMPTS_FILE
from desktop_app.storage.lying import STORE_FILE, companions
from desktop_app.storage.mark_files import MarkFile
from desktop_app.storage.opening import Credentials, kept_settings, unlock_keys
from desktop_app.storage.probe import check_database
from desktop_app.storage.sharing import make_folder
from desktop_app.storage.store import Store, StoreMarks
from desktop_app.storage.unit_of_work import Author

_PASSING = ".restore-"


@dataclass(frozen=True, slots=True)
class Restored:
    """How many entries came back, and where what was there before lies now (None where nothing was)."""

    entries: int
    aside: Path | None


def restore_store(
    folder: Path,
    pack: Path,
    credentials: Credentials,
    *,
    data_folder: Path,
    now: datetime,
    clock: Callable[[], float] = time.monotonic,
) -> Restored:
    """Put the backup ``pack`` in the place of the store in ``folder``, which is made where it is missing.

    Today's ``keys.json`` stays where its data key opens the backup, so that a changed PIN stays changed. The
    store comes back as a new life of its writer. Raises KnownError for a bad backup, a backup of another
    store and a store in use; nothing was touched then, and nothing is left where nothing was.
    """
    if folder.exists() and not folder.is_dir():
        raise KnownError("opening.not_a_folder", folder=folder)
    with told_by_disk(folder), _leaving_nothing(folder), ExitStack() as held:
        make_folder(folder)
        held.enter_context(store_lock(folder, exclusive=True))
        for left in folder.glob(f"{_PASSING}*"):
            left.unlink()  # of a restore that was killed; nobody else is here
        fresh = folder / f"{_PASSING}{secrets.token_hex(8)}.db"
        held.callback(_remove, fresh)
        theirs = unpack(pack, fresh)
        ours = _todays_keys(folder)
        if ours is not None and ours.store_id != theirs.store_id:
            raise KnownError("backup.other_store", folder=folder)
        key, author, keys = _unlock(folder, fresh, ours, theirs, credentials, data_folder, clock)
        held.callback(lambda: key.__setitem__(slice(None), bytes(len(key))))
        try:
            entries = verify(theirs, fresh, key)
        except Damaged as problem:
            raise KnownError("backup.damaged", file=pack) from problem
        in_the_way = companions(folder / STORE_FILE) + ([] if keys is ours else [folder / KEYS_FILE])
        aside = move_aside(folder, in_the_way, now)
        fresh.replace(folder / STORE_FILE)
        if keys is not ours:
            write_keys(folder / KEYS_FILE, keys)
        sync_folder(folder)
        _begin_life(folder, key, author, data_folder, now)
    return Restored(entries, aside)


@contextmanager
def _leaving_nothing(folder: Path) -> Iterator[None]:
    """Where restoring fails and ``folder`` is no store, take away what came into being by trying.

    The files of another restore that is at work there stay.
    """
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    passing = [folder / name for name in (LOCK_FILE, ATTEMPTS_FILE, f"{ATTEMPTS_FILE}.lock")]
    before = [path for path in passing if path.exists()]
    try:
        yield
    except BaseException as problem:
        elsewhere = isinstance(problem, KnownError) and problem.code == "lock.in_use"
        if not elsewhere and not (folder / KEYS_FILE).exists():
            for path in passing:
                if path not in before:
                    path.unlink(missing_ok=True)
            with suppress(OSError):
                for path in made:
                    path.rmdir()
        raise


def _todays_keys(folder: Path) -> KeyFile | None:
    try:
        return read_keys(folder / KEYS_FILE)
    except Damaged:
        return None


def _unlock(
    folder: Path,
    fresh: Path,
    ours: KeyFile | None,
    theirs: KeyFile,
    credentials: Credentials,
    data_folder: Path,
    clock: Callable[[], float],
) -> tuple[bytearray, Author, KeyFile]:
    """Return the backup's data key, who unlocked it, and the key file to keep."""
    if ours is not None:
        try:
            unlocked = unlock_keys(ours, folder, credentials, data_folder, clock)
            check_database(fresh, unlocked.key)
        except Damaged:
            pass
        else:
            return unlocked.key, unlocked.author, ours
    unlocked = unlock_keys(theirs, folder, credentials, data_folder, clock)
    return unlocked.key, unlocked.author, theirs


def _begin_life(folder: Path, key: bytearray, author: Author, data_folder: Path, now: datetime) -> None:
    database = Database(folder / STORE_FILE, key)
    try:
        with database.read() as connection:
            life, settings = current_life(connection), kept_settings(connection)
        marks = StoreMarks(MarkFile(data_folder, life.station, drill=life.drill), folder)
        go_on(Store(folder, database, author, marks, settings), marks, now, restored=True)
    finally:
        database.close()


def _remove(fresh: Path) -> None:
    for part in companions(fresh):
        part.unlink(missing_ok=True)
