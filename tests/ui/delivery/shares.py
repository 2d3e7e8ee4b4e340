"""Shares that behave as shares do when something is wrong with them."""

from __future__ import annotations

import threading
from pathlib import Path

from desktop_app.exchange.shared_folder import Lying, SharedFolder


class DeadShare:
    """Makes shared folders whose calls hang, as in a dead SMB mount, until ``answer`` is called."""

    def __init__(self) -> None:
        self._gate = threading.Event()
        self.asked = 0

    def answer(self) -> None:
        """Let every call through from now on."""
        self._gate.set()

    def die(self) -> None:
        """Hang from now on."""
        self._gate.clear()

    def __call__(self, path: Path) -> SharedFolder:
        """Return the folder at ``path``."""
        return _Hanging(path, self)

    def wait(self) -> None:
        """Hang."""
        self.asked += 1
        self._gate.wait()


class _Hanging(SharedFolder):
    def __init__(self, path: Path, dead: DeadShare) -> None:
        super().__init__(path)
        self._dead = dead

    def look(self) -> list[Lying]:
        self._dead.wait()
        return super().look()

    def put(self, file: Path) -> None:
        self._dead.wait()
        super().put(file)
