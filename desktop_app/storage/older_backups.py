"""A fresh backup in place of the older ones, after a purge: what was erased must not live on in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from desktop_app.domain.errors import KnownError
from desktop_app.domain.ranges import Range, without
from desktop_app.storage import journal
from desktop_app.storage.atomic_file import sync_folder
from desktop_app.storage.backup import make_backup, passing, unpack
from desktop_app.storage.database import Database
from desktop_app.storage.disk import told_by_disk
from desktop_app.storage.lying import BACKUP_SUFFIX
from desktop_app.storage.schema import VERSION, version_of
from desktop_app.storage.station_list import chains
from desktop_app.storage.store import Store


@dataclass(frozen=True, slots=True)
class Replaced:
    """The fresh backup, the older ones it replaced, and those that stay as they may hold more."""

    file: Path
    removed: tuple[Path, ...]
    left: tuple[Path, ...]


def replace_backups(store: Store, out: Path, now: datetime) -> Replaced:
    """Write a verified backup into ``out``, then delete the older ones of this store there.

    Older is a backup whose every chain this store holds. One with other entries (made before a restore took
    the store back), or one that cannot be read, stays: it may be the only copy of something.
    """
    with told_by_disk(out):
        older = sorted(out.glob(f"*{BACKUP_SUFFIX}")) if out.is_dir() else []
        fresh = make_backup(store, out, now)
        removed, left = [], []
        for file in older:
            held = _is_held(store, file)
            if held:
                file.unlink()
                removed.append(file)
            elif held is None:
                left.append(file)
        sync_folder(out)
    return Replaced(fresh, tuple(removed), tuple(left))


def _is_held(store: Store, file: Path) -> bool | None:
    """Whether this store holds all of a backup; False for another store's, None where nobody can say."""
    with store.read() as view:
        ours = view.life.store
    with passing(file.parent, ".db") as copy:
        try:
            if unpack(file, copy).store_id != ours:
                return False
            return _is_part(store, copy) or None
        except KnownError:
            return None


def _is_part(store: Store, copy: Path) -> bool:
    database = Database(copy, store.key)
    try:
        with database.read() as theirs, store.read() as view:
            ours = {chain.writer: chain.held for chain in chains(view.connection)}
            for writer, held in _held(theirs).items():
                if without(held, ours.get(writer, ())):
                    return False
                # The hash of the last entry of a stretch stands for all of it.
                for _, seq in held:
                    there = journal.hash_at(theirs, writer, seq)
                    if there != journal.hash_at(view.connection, writer, seq):
                        return False
    finally:
        database.close()
    return True


def _held(theirs: Connection) -> dict[str, Sequence[Range]]:
    if version_of(theirs) == VERSION:
        return {chain.writer: chain.held for chain in chains(theirs)}
    # A store of an older program held its own chains only, and all of them.
    ends = {writer: journal.head(theirs, writer)[0] for writer in journal.writer_ids(theirs)}
    return {writer: [(1, seq)] for writer, seq in ends.items() if seq}
