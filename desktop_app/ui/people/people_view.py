"""What a view of the people page is: it shows what is known, and says what the keys do in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop_app.ui.people.people_room import PeopleRoom
from desktop_app.ui.people.wording import PeopleWords

Act = Callable[[], object]


class PeopleView(QWidget):
    """The focus proxy is where work begins."""

    def __init__(self, room: PeopleRoom, words: PeopleWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room, self._words = room, words

    def show_people(self) -> None:
        """Show what is known by now; whoever was selected stays."""
        raise NotImplementedError

    def acts(self) -> dict[str, Act]:
        """Return what the keys of the page do here, by their codes."""
        return {}
