"""Backing a store up, and putting a backup in its place."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from desktop_app.storage.backup import make_backup
from desktop_app.storage.opening import Credentials
from desktop_app.storage.restoring import Restored, restore_store
from desktop_app.storage.store import Store


def back_up(store: Store, out: Path, *, now: datetime) -> Path:
    """Write a verified backup into the folder ``out`` and return its file; see ``storage.backup``."""
    return make_backup(store, out, now)


def restore(
    folder: Path, backup: Path, credentials: Credentials, *, data_folder: Path, now: datetime
) -> Restored:
    """Put a backup in the place of the store in ``folder``; see ``storage.restoring``."""
    return restore_store(folder, backup, credentials, data_folder=data_folder, now=now)
