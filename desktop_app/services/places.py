"""Where this PC's stores lie when nobody names a folder, and what lies there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from desktop_app.domain.errors import Damaged, KnownError
from desktop_app.services.stores import OpenStore
from desktop_app.storage.backup import SUFFIX
from desktop_app.storage.creating import is_unfinished
from desktop_app.storage.disk import told_by_disk
from desktop_app.storage.going_on import go_on_unmarked, is_unmarked
from desktop_app.storage.key_file import KEYS_FILE, read_keys
from desktop_app.storage.key_slots import SiteRecovery
from desktop_app.storage.lock import store_lock
from desktop_app.storage.probe import check_folder

REAL, DRILL = "store", "drill"
BACKUPS = "backups"
"""Names of folders inside the data folder."""


class Lying(StrEnum):
    """What lies in a folder."""

    NOTHING = "nothing"
    STORE = "store"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Place:
    """A folder, what lies in it, and what is the matter where that is trouble.

    ``site_recovery`` says that the site's recovery key opens the store, and no recovery code does.
    """

    folder: Path
    lying: Lying
    problem: KnownError | None = None
    site_recovery: bool = False

    @property
    def damaged(self) -> bool:
        """Whether a backup may help."""
        return isinstance(self.problem, Damaged)


@dataclass(frozen=True, slots=True)
class FoundBackup:
    """A backup file and when it was written (UTC)."""

    file: Path
    written: datetime


def look_at(folder: Path) -> Place:
    """Say what lies in ``folder``; writes nothing and raises nothing."""
    try:
        check_folder(folder)
        keys = read_keys(folder / KEYS_FILE)
    except KnownError as problem:
        if problem.code == "opening.no_store":
            return Place(folder, Lying.NOTHING)
        return Place(folder, Lying.TROUBLE, problem)
    return Place(folder, Lying.STORE, site_recovery=isinstance(keys.recovery, SiteRecovery))


def folder_for(data_folder: Path, *, drill: bool) -> Path:
    """Return the folder of this PC's store, or of its drill."""
    return data_folder / (DRILL if drill else REAL)


def own_places(data_folder: Path) -> tuple[Place, Place]:
    """Return the places of this PC's store and of its drill.

    What a killed first start left counts as nothing, unless there is a backup to restore.
    """
    real, drill = (_own_place(folder_for(data_folder, drill=drill), data_folder) for drill in (False, True))
    return real, drill


def _own_place(folder: Path, data_folder: Path) -> Place:
    seen = look_at(folder)
    begun = seen.lying is Lying.TROUBLE and is_unfinished(folder, data_folder)
    return Place(folder, Lying.NOTHING) if begun and not backups_for(folder, data_folder) else seen


def is_from_elsewhere(store: OpenStore) -> bool:
    """Whether a person has to say if this PC replaces the store's old one or is a second one."""
    return is_unmarked(store)


def replace_old_pc(store: OpenStore, *, now: datetime) -> None:
    """Let the store go on here, 1,000 above the highest number it knows; raises KnownError."""
    go_on_unmarked(store, now)


def set_aside(store: OpenStore, *, now: datetime) -> Path:
    """Close a store that belongs to another PC and move its folder aside; returns where it lies now.

    This PC then makes a store of its own. Raises KnownError where another program uses the folder.
    """
    folder = store.folder
    store.close()
    aside = folder.with_name(f"{folder.name}-aside-{now:%Y%m%dT%H%M%SZ}")
    with told_by_disk(folder):
        with store_lock(folder, exclusive=True):
            pass  # nobody is in there
        folder.rename(aside)
    return aside


def backups_for(folder: Path, data_folder: Path, *, most: int = 20) -> Sequence[FoundBackup]:
    """Return the backups in the data folder and in and beside the store's folder, newest first."""
    files = {
        file.resolve()
        for where in (data_folder / BACKUPS, folder, folder / BACKUPS, folder.parent)
        for file in where.glob(f"*{SUFFIX}")
    }
    found = []
    for file in files:
        try:
            found.append(FoundBackup(file, datetime.fromtimestamp(file.stat().st_mtime, UTC)))
        except OSError:
            continue
    return sorted(found, key=lambda backup: (backup.written, backup.file.name), reverse=True)[:most]
