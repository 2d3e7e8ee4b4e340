"""The ways to the cards: one key with a letter, and their names in the palette (A§5, A§6, A§13, 2§6)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop_app.domain.incident_types import IncidentType
from desktop_app.ui.session import Session
from desktop_app.ui.typing.keys import KEYS

NAMED = ("fire", "theft", "accident", "threat", "media")
"""Cards that the palette knows by what people call them; further ones of a pack stand in the menu."""


class Cards(QObject):
    """``show`` brings the card of a type on screen. The menu lies over ``over``."""

    def __init__(self, session: Session, over: QWidget, show: Callable[[IncidentType], None]) -> None:
        super().__init__(over)
        self._session, self._over, self._show = session, over, show
        shortcuts = session.shortcuts
        shortcuts.add("card", KEYS["card"], self.choose, when=lambda: bool(self.types()), owner=over)
        for key in NAMED:
            shortcuts.add(
                f"card_{key}", "", partial(self.open, key), when=partial(self._has, key), owner=over
            )

    def types(self) -> tuple[IncidentType, ...]:
        """Return the types of the pack that have a card, the named ones first."""
        found = [one for one in self._session.shelf.pack.incident_types if one.card]
        place = {key: place for place, key in enumerate(NAMED)}
        return tuple(sorted(found, key=lambda one: place.get(one.key, len(place))))

    def choose(self) -> None:
        """Show the menu: a letter opens a card."""
        from desktop_app.ui.capture.quick_menu import QuickMenu  # not needed to type

        menu = QuickMenu(self._session.words.say("window.incident.card.menu"), self._over, "card_menu")
        menu.begun.connect(self._show)
        # Of the window, also where a dialog that leads here has not quite gone.
        menu.open(self.types(), self._session.words.language, self._over.window().focusWidget())

    def open(self, key: str) -> None:
        """Open the card of a type; where the pack has none, nothing."""
        kind = next((one for one in self.types() if one.key == key), None)
        if kind is not None:
            self._show(kind)

    def _has(self, key: str) -> bool:
        return any(one.key == key for one in self.types())
