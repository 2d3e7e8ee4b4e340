"""What a room says of its windows: how they are come to, and under which name each is seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop_app.services.demo_day.desk import Desk
from desktop_app.ui.scenes.hands import Hands

See = Callable[[str, QWidget], None]


@dataclass(frozen=True, slots=True)
class Walk:
    """A running program and the hands that walk through it; ``desk`` is where its invented day lies.

    ``see`` takes a name and what is then on screen: it makes the picture, or looks for faults.
    """

    hands: Hands
    desk: Desk
    see: See

    def look(self, name: str) -> None:
        """See the window or dialog on top, once everything under way has come to an end."""
        self.hands.rest()
        self.see(name, self.hands.top())

    def look_at_dialog(self, name: str, ask: Callable[[], None]) -> None:
        """Ask for a dialog that keeps ``ask`` waiting, see it, and dismiss it."""
        self.hands.in_dialog(ask, lambda: self.look(name))


Scene = Callable[[Walk], None]
"""One stretch of the walk; it leaves the window as it found it, at the desk with an empty form."""
