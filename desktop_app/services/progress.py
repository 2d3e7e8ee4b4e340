"""How long work tells how far it is, and how it is stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Cancelled(Exception):
    """The person who asked for the work has stopped it; nothing half done is left behind."""


class Progress:
    """Passed into long work: told of each step, asked at each of them whether to go on.

    ``listener`` gets (step code, done, of), in the thread that works; ``of`` is 0 where nobody knows.
    """

    def __init__(self, listener: Callable[[str, int, int], None] = lambda step, done, of: None) -> None:
        self._listener = listener
        self._stopped = threading.Event()

    def tell(self, step: str, done: int = 0, of: int = 0) -> None:
        """Say what is being done; raises Cancelled where the work was stopped."""
        self.check()
        self._listener(step, done, of)

    def check(self) -> None:
        """Raise Cancelled where the work was stopped."""
        if self._stopped.is_set():
            raise Cancelled

    def stop(self) -> None:
        """Ask the work to end at its next step; may be called from any thread."""
        self._stopped.set()
