"""Opening a store: its files, its keys, its lock and its mark, each refusal with a sentence of its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select

from desktop_app.domain.errors import Damaged
from desktop_app.domain.identity import user_id
from desktop_app.domain.roles import Role
from desktop_app.settings import Settings
from desktop_app.storage import tables
from desktop_app.storage.database import Database
from desktop_app.storage.disk import told_by_disk
from desktop_app.storage.going_on import go_on, is_unmarked
from desktop_app.storage.key_file import KEYS_FILE, KeyFile, read_keys
from desktop_app.storage.key_slots import check_slot
from desktop_app.storage.keys import unlock_with_pin, unlock_with_recovery
from desktop_app.storage.lives import current_life
from desktop_app.storage.lock import store_lock
from desktop_app.storage.lockout import counted_try
from desktop_app.storage.lying import STORE_FILE, check_folder
from desktop_app.storage.mark_files import MarkFile
from desktop_app.storage.probe import check_database
from desktop_app.storage.store import Store, StoreMarks, Way
from desktop_app.storage.this_pc import secret_named
from desktop_app.storage.turns import TURN_FILE
from desktop_app.storage.unit_of_work import Author
from desktop_app.storage.upgrading import is_older, upgrade

ZONE = "zone"
"""Setting: the IANA name of the site's zone."""
RECOVERY_STAFF_NUMBER = "recovery"
"""Who acts when the recovery code unlocked a store and no staff number of it was given."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a person gives to unlock: staff number and PIN, or the recovery code."""

    staff_number: str = ""
    pin: str = field(default="", repr=False)
    recovery: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The data key, who unlocked it and by what."""

    key: bytearray = field(repr=False)
    author: Author
    way: Way


def open_store(
    folder: Path,
    credentials: Credentials,
    *,
    data_folder: Path,
    now: datetime,
    writing: bool = True,
    alone: bool = False,
    ask: bool = False,
    clock: Callable[[], float] = time.monotonic,
) -> Store:
    """Return the store in ``folder``, unlocked; closing it drops the key and the lock.

    With ``writing`` the store is judged by its mark first (``going_on``); with ``ask`` one without a mark on
    this PC waits for a person to say what it is (``is_unmarked``). ``alone`` keeps everybody else out.
    A store of an older program is brought up to date first, for which nobody else may have it open. Raises
    KnownError, or Damaged where files were altered, cut or lost; nothing is written to such files.
    """
    check_folder(folder)
    with ExitStack() as held:
        with told_by_disk(folder):
            lock = held.enter_context(ExitStack())
            lock.enter_context(store_lock(folder, exclusive=alone))
            keys = read_keys(folder / KEYS_FILE)
            unlocked = unlock_keys(keys, folder, credentials, data_folder, clock)
            key = unlocked.key
        check_database(folder / STORE_FILE, key)
        database = Database(folder / STORE_FILE, key, turns=folder / TURN_FILE)
        held.callback(database.close)
        with database.read() as connection:
            life, settings = current_life(connection), kept_settings(connection)
        if life.store != keys.store_id:
            raise Damaged("opening.other_store", folder=folder)
        if is_older(database):
            with told_by_disk(folder):
                _upgrade_alone(folder, database, key, lock, alone, data_folder, now)
        marks = StoreMarks(MarkFile(data_folder, life.station, drill=life.drill), folder)
        store = Store(folder, database, unlocked.author, marks, settings, key, alone=alone, way=unlocked.way)
        if writing and not (ask and is_unmarked(store)):
            go_on(store, marks, now)
        store.held.enter_context(held.pop_all())
        return store


def _upgrade_alone(
    folder: Path,
    database: Database,
    key: bytearray,
    lock: ExitStack,
    alone: bool,
    data_folder: Path,
    now: datetime,
) -> None:
    """Bring the store up to date while ``lock`` is exclusive; it is as it was asked for afterwards."""
    lock.close()
    lock.enter_context(store_lock(folder, exclusive=True))
    # Whoever had it alone meanwhile may have done it.
    if is_older(database):
        upgrade(folder, database, key, data_folder, now)
    if not alone:
        lock.close()
        lock.enter_context(store_lock(folder, exclusive=False))


def unlock_keys(
    keys: KeyFile,
    folder: Path,
    credentials: Credentials,
    data_folder: Path,
    clock: Callable[[], float] = time.monotonic,
) -> Unlocked:
    """Return the data key and who unlocked it; wrong PINs are counted in ``folder``."""
    staff_number = credentials.staff_number.strip()
    if credentials.recovery:
        key = unlock_with_recovery(keys, credentials.recovery)
        known = keys.find(staff_number)
        role = Role(known.role) if known else Role.AGENT
        author = author_of(known.staff_number if known else RECOVERY_STAFF_NUMBER, role)
        return Unlocked(key, author, Way.RECOVERY)
    slot = keys.slot(staff_number)
    device = secret_named(data_folder, slot.device)
    check_slot(slot, device)
    with counted_try(folder, slot.staff_number, clock):
        key, role = unlock_with_pin(keys, slot.staff_number, credentials.pin, device)
    way = Way.ONE_TIME_PIN if slot.one_time else Way.PIN
    return Unlocked(key, author_of(slot.staff_number, role), way)


def author_of(staff_number: str, role: Role) -> Author:
    """Return the person as the author of entries."""
    return Author(user_id(staff_number), staff_number, role)


def kept_settings(connection: Connection) -> Settings:
    """Return the settings that the store was made with."""
    zone = connection.execute(select(tables.settings.c.value).where(tables.settings.c.name == ZONE)).scalar()
    return Settings(zone=zone) if zone else Settings()
