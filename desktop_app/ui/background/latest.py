"""Reads of which only the latest counts: what is shown is asked for anew before the last answer is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject

from desktop_app.ui.background.background import Background

T = TypeVar("T")


class Latest:
    """Asks for one thing on behalf of ``owner``; ``failed`` hears of what could not be read."""

    def __init__(self, background: Background, failed: Callable[[Exception], None], owner: QObject) -> None:
        self._background, self._failed, self._owner = background, failed, owner
        self._turn = 0

    def query(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Read; ``done`` gets it unless something else was asked for meanwhile."""
        self._turn += 1
        turn = self._turn

        def answered(found: T) -> None:
            if turn == self._turn:
                done(found)

        self._background.query(work, answered, self._failed, owner=self._owner)

    def forget(self) -> None:
        """Let nothing that is under way be answered."""
        self._turn += 1
