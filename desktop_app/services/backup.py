"""Backing a store up, and putting a backup in its place."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from desktop_app.storage.backup import make_backup
from desktop_app.storage.lying import BACKUP_SUFFIX
from desktop_app.storage.opening import Credentials
from desktop_app.storage.restoring import Restored, restore_store
from desktop_app.storage.store import Store

_MOST_FILES = 10_000


def back_up(store: Store, out: Path, *, now: datetime) -> Path:
    """Write a verified backup into the folder ``out`` and return its file; see ``storage.backup``."""
    return make_backup(store, out, now)


def last_backup(store: Store, folders: Iterable[Path]) -> datetime | None:
    """Return when the latest backup of this station that still lies in one of the folders was made (UTC).

    Each was verified before it got its name, which tells the moment. Folders that cannot be read have none.
    """
    with store.read() as view:
        named = re.compile(rf"{view.life.station}-(\d{{8}}T\d{{6}}Z)(-\d+)?{re.escape(BACKUP_SUFFIX)}")
    found: list[datetime] = []
    for folder in folders:
        with suppress(OSError), os.scandir(folder) as files:
            told = (named.fullmatch(file.name) for file in islice(files, _MOST_FILES))
            found += [moment for one in told if one is not None and (moment := _moment(one[1])) is not None]
    return max(found, default=None)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def restore(
    folder: Path, backup: Path, credentials: Credentials, *, data_folder: Path, now: datetime
) -> Restored:
    """Put a backup in the place of the store in ``folder``; see ``storage.restoring``."""
    return restore_store(folder, backup, credentials, data_folder=data_folder, now=now)
