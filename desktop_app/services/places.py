"""Where this PC's stores lie when nobody names a folder, and what lies there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from desktop_app.domain.errors import Damaged, KnownError
from desktop_app.storage.key_file import KEYS_FILE, read_keys
from desktop_app.storage.lying import BACKUP_SUFFIX, check_folder, is_unfinished
from desktop_app.storage.slots import SiteRecovery

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


def backups_for(folder: Path, data_folder: Path, *, most: int = 20) -> Sequence[FoundBackup]:
    """Return the backups in the data folder and in and beside the store's folder, newest first."""
    files = {
        file.resolve()
        for where in (data_folder / BACKUPS, folder, folder / BACKUPS, folder.parent)
        for file in where.glob(f"*{BACKUP_SUFFIX}")
    }
    found = []
    for file in files:
        try:
            found.append(FoundBackup(file, datetime.fromtimestamp(file.stat().st_mtime, UTC)))
        except OSError:
            continue
    return sorted(found, key=lambda backup: (backup.written, backup.file.name), reverse=True)[:most]
