"""An operating-system lock on a store's folder, released by the death of its process (DESIGN §6).

Many may share a store (``log`` and ``export`` beside an open window); restore, rebuild, migrate and purge
have it alone.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.domain.errors import KnownError
from desktop_app.storage.sharing import open_file

LOCK_FILE = "store.lock"
_POLL = 0.002
"""Seconds between two tries: a save that waits for another store's number is held up no longer."""

if sys.platform == "win32":
    import msvcrt

    _PLACES = 64

    def _take(descriptor: int, *, exclusive: bool) -> bool:
        # Windows locks bytes for one owner: sharing takes any one of 64, having the file alone takes all.
        for place in range(1 if exclusive else _PLACES):
            os.lseek(descriptor, place, os.SEEK_SET)
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, _PLACES if exclusive else 1)
            except OSError:
                continue
            return True
        return False
else:
    import fcntl

    def _take(descriptor: int, *, exclusive: bool) -> bool:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def file_lock(path: Path, *, exclusive: bool = True, wait: float = 10.0) -> Iterator[bool]:
    """Hold the lock file ``path``, made where it is missing; yields False where others kept it ``wait`` s."""
    descriptor = open_file(path, os.O_RDWR | os.O_CREAT)
    try:
        until = time.monotonic() + wait
        while not (taken := _take(descriptor, exclusive=exclusive)) and time.monotonic() < until:
            time.sleep(_POLL)
        yield taken
    finally:
        os.close(descriptor)


@contextmanager
def store_lock(folder: Path, *, exclusive: bool, wait: float = 0.0) -> Iterator[None]:
    """Hold the store in ``folder``; raises KnownError where others are in the way.

    ``wait`` is in seconds. Raises OSError where the folder cannot be written.
    """
    with file_lock(folder / LOCK_FILE, exclusive=exclusive, wait=wait) as taken:
        if not taken:
            raise KnownError("lock.in_use" if exclusive else "lock.held_alone", folder=folder)
        yield
