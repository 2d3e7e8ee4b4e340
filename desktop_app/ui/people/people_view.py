"""What a view of the people page is: it shows what is known, and says what the keys do in it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop_app.ui.people.people_room import PeopleRoom
from desktop_app.ui.people.wording import PeopleWords

Act = Callable[[], object]


class PeopleView(QWidget):
    """``begin_at`` says where work begins: the first of some that is there; a list without rows is not.

    No focus proxy: Tab would stick at one whose list is hidden.
    """

    _starts: tuple[QWidget, ...] = ()

    def __init__(self, room: PeopleRoom, words: PeopleWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room, self._words = room, words

    def begin_at(self, *starts: QWidget) -> None:
        """Say where work begins."""
        self._starts = starts

    def focus_start(self) -> bool:
        """Go to where work begins; returns whether there is anything to do."""
        start = next((one for one in self._starts if one.isVisible() and one.isEnabled()), None)
        if start is not None:
            start.setFocus()
        return start is not None

    @abstractmethod
    def show_people(self) -> None:
        """Show what is known by now; whoever was selected stays."""

    def acts(self) -> dict[str, Act]:
        """Return what the keys of the page do here, by their codes."""
        return {}
