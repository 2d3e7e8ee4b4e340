"""Whose turn it is to write: whoever wants to write queues here until its transaction has begun.

SQLite lets a waiting writer try again and again, and long work that writes one transaction after another may
keep it out for seconds. With a queue that all programs share, long work sees that somebody waits, commits,
and comes next itself only after them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from desktop_app.storage.lock import file_lock

TURN_FILE = "store.turn"


class Turns:
    """The queue of one store; without a file nobody queues."""

    def __init__(self, file: Path | None) -> None:
        self._file = file

    @contextmanager
    def taken(self, seconds: float) -> Iterator[None]:
        """Be first in the queue meanwhile.

        After so many seconds, or where no file can be made, go on all the same: the database has a lock of
        its own.
        """
        with ExitStack() as held:
            if self._file is not None:
                with suppress(OSError):
                    held.enter_context(file_lock(self._file, wait=seconds))
            yield

    def are_wanted(self) -> bool:
        """Whether somebody queues now."""
        if self._file is None:
            return False
        try:
            with file_lock(self._file, wait=0.0) as free:
                return not free
        except OSError:
            return False
