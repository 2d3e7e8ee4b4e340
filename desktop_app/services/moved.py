"""A store that was never open on this PC: it goes on here, or is put aside for one of this PC's own."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from desktop_app.services.stores import OpenStore
from desktop_app.storage.disk import told_by_disk
from desktop_app.storage.going_on import go_on_unmarked, is_unmarked
from desktop_app.storage.lock import store_lock


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
