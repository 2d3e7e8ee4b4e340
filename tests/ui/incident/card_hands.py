"""Hands at a card: in the whole window, and alone in one of its own, which costs a tenth."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop_app.services.half_typed import half_typed_at
from desktop_app.services.incident_view import IncidentView
from desktop_app.services.incidents import incident
from desktop_app.storage.store import Store
from desktop_app.ui.incident.card_page import CardPage
from tests.ui.incident.conftest import Room
from tests.ui.incident.halls import Hall
from tests.ui.incident.room_desk import RoomDesk

Key = Qt.Key
LETTERS = {
    "fire": Key.Key_H,
    "theft": Key.Key_D,
    "accident": Key.Key_R,
    "threat": Key.Key_Z,
    "media": Key.Key_M,
}


class CardHands:
    """What is asked of a card wherever it is."""

    card: CardPage
    store: Store
    window: QWidget
    settle: Callable[[], None]
    waits: Callable[[Callable[[], bool]], None]
    find: Callable[[str], QWidget]
    focused: Callable[[], str]

    @property
    def its(self) -> IncidentView:
        """The incident of the card, as the store has it."""
        self.settle()
        view = self.card.view
        assert view is not None
        return incident(self.store, view.head)

    def kept(self, key: str, value: object) -> None:
        """Wait until the store has a field, without leaving it: in the log, or as it is being typed."""
        self.waits(lambda: self.its.values.get(key) == value or self._typed().get(key) == value)

    def tile(self, role: str) -> str:
        return self.find(f"ring_{role}").accessibleName()

    def goes(self, key: str) -> None:
        self.card.fields.go_to(key)
        self.waits(lambda: self.focused() == key or self._within(key))

    def missing(self) -> str:
        self.settle()
        return self.card.bar.missing.text()

    def _typed(self) -> Mapping[str, str]:
        found = half_typed_at(self.store, f"card/{self.its.head}")
        return found.texts if found is not None else {}

    def _within(self, key: str) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.find(key).isAncestorOf(focus)


class CardDesk(CardHands, RoomDesk):
    """A desk, and the card on its screen."""

    find = RoomDesk.find
    focused = RoomDesk.focused
    settle = RoomDesk.settle
    waits = RoomDesk.waits
    store = RoomDesk.store

    def opens(self, key: str) -> CardPage:
        """Given anything on screen, when Shift+F4 and the card's letter are pressed."""
        self.strikes(key)
        self.settle()
        self.waits(lambda: self.card.view is not None)
        return self.card

    def strikes(self, key: str) -> None:
        """Press the two keys and go on at once."""
        focus = QApplication.focusWidget() or self.window
        self.qtbot.keyClick(focus, Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
        self.qtbot.keyClick(QApplication.focusWidget(), LETTERS[key])

    @property
    def card(self) -> CardPage:
        return self.window.findChild(CardPage)


class CardRoom(CardHands):
    """A card alone in its window, and its clock."""

    def __init__(self, room: Room) -> None:
        self.room, self.qtbot, self.window = room, room.qtbot, room.window
        self.store, self.settle = room.store, room.settle
        self.card = CardPage(room.session)
        self.left: list[None] = []
        self.card.left.connect(lambda: self.left.append(None))
        QVBoxLayout(self.window).addWidget(self.card)
        self._hall = Hall(room, self.card, "")  # type: ignore[arg-type]  # its hands are wanted
        self.hit, self.at_once = self._hall.hit, self._hall.at_once
        self.dialog, self.back, self.find = self._hall.dialog, self._hall.back, self._hall.field

    def opens(self, key: str) -> CardPage:
        """Open the card of a type, as the two keys do."""
        types = self.room.session.shelf.pack.incident_types
        self.card.open(next(one for one in types if one.key == key))
        self.settle()
        return self.card

    def writes(self, text: str) -> None:
        if text.isascii():
            self.qtbot.keyClicks(QApplication.focusWidget(), text)
        else:
            self._hall.writes(text)

    def pass_minutes(self, count: float) -> None:
        self.room.clock.pass_minutes(count)

    def waits(self, truth: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(truth)

    def focused(self) -> str:
        focus = QApplication.focusWidget()
        return focus.objectName() if focus else ""
