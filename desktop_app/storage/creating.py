"""Making a store: its file, its first life, its keys and its mark."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from desktop_app.domain.entries import GENESIS
from desktop_app.domain.errors import KnownError
from desktop_app.settings import Settings
from desktop_app.storage.accounting import FIRST_NUMBER
from desktop_app.storage.aside import move_aside
from desktop_app.storage.database import Database, create_file
from desktop_app.storage.disk import told_by_disk
from desktop_app.storage.going_on import KNOWN_NUMBER, keep_setting, own_mark
from desktop_app.storage.key_file import KEYS_FILE, write_keys
from desktop_app.storage.key_slots import NewPerson
from desktop_app.storage.keys import new_keys
from desktop_app.storage.lives import Life, begin_life
from desktop_app.storage.lock import store_lock
from desktop_app.storage.lying import STORE_FILE, check_free, companions
from desktop_app.storage.mark_files import MarkFile
from desktop_app.storage.opening import ZONE, author_of
from desktop_app.storage.schema import ensure_schema
from desktop_app.storage.sharing import make_folder
from desktop_app.storage.store import Store, StoreMarks
from desktop_app.storage.this_pc import DeviceSecret
from desktop_app.storage.turns import TURN_FILE
from desktop_app.storage.unit_of_work import UnitOfWork


def create_store(
    folder: Path,
    *,
    data_folder: Path,
    station: str,
    drill: bool,
    people: Sequence[NewPerson],
    device: DeviceSecret,
    settings: Settings,
    fill: Callable[[UnitOfWork], None],
    now: datetime,
    recipient: str = "",
) -> tuple[Store, str]:
    """Return a new store, open in the name of the first person, and its recovery code.

    ``fill`` writes the first entries, in the transaction that begins the store's first life. Where an earlier
    store of this station code has left its mark and is gone, numbers go on above it. Raises KnownError where
    ``folder`` holds a store, or the code's store still exists on this PC; a failure leaves no store behind,
    and what a killed creation left in ``folder`` is moved aside. With ``recipient``, the site's recovery key,
    the code is "".
    """
    file = folder / STORE_FILE
    marks = StoreMarks(MarkFile(data_folder, station, drill=drill), folder)
    life = Life(secrets.token_hex(16), station, drill, secrets.token_hex(16))
    keys, key, code = new_keys(life.store, people, device, recipient)
    with ExitStack() as held, told_by_disk(folder):
        # Whoever makes a store of the same code meanwhile finds this one marked.
        mark_file = held.enter_context(marks.hold())
        check_free(folder, data_folder)
        _check_code(marks)
        make_folder(folder)
        held.enter_context(store_lock(folder, exclusive=True))
        # Again, now that nobody can make a store of another code here.
        check_free(folder, data_folder)
        move_aside(folder, companions(file), now)
        create_file(file)
        undo = held.enter_context(ExitStack())
        undo.callback(_remove, folder)
        database = Database(file, key, turns=folder / TURN_FILE)
        undo.callback(database.close)
        ensure_schema(database)
        author = author_of(people[0].staff_number.strip(), people[0].role)
        with database.change() as connection:
            begin_life(connection, life, GENESIS)
            keep_setting(connection, ZONE, settings.zone)
            if earlier := mark_file.highest():
                keep_setting(connection, FIRST_NUMBER, str(earlier + 1))
                keep_setting(connection, KNOWN_NUMBER, str(earlier))
            unit = UnitOfWork(connection, author, marks)
            fill(unit)
            mark = own_mark(unit)
        # From here on the main file alone is a whole store, also when it is copied without its log.
        database.checkpoint()
        write_keys(folder / KEYS_FILE, keys)
        mark_file.begin(mark)
        undo.pop_all()
    store = Store(folder, database, author, marks, settings, key)
    store.held.enter_context(store_lock(folder, exclusive=False))
    return store, code


def _check_code(marks: StoreMarks) -> None:
    marked = marks.file.read()
    if marked is not None and (marked.folder / STORE_FILE).exists():
        raise KnownError("opening.code_in_use", folder=marked.folder)


def _remove(folder: Path) -> None:
    """Take away what a failed creation began; nobody has been shown a number of it."""
    for part in (folder / KEYS_FILE, folder / TURN_FILE, *companions(folder / STORE_FILE)):
        part.unlink(missing_ok=True)
