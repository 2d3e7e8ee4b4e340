"""Whom to ring, very large, each with its clock and whether they know: the top of a card (A§5.1, A§6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.domain.clocks import RungStanding, Stage
from desktop_app.domain.contacts import contacts_for
from desktop_app.domain.incident_types import IncidentType
from desktop_app.domain.ladders import RungKind
from desktop_app.domain.phones import grouped
from desktop_app.domain.site_pack import SitePack
from desktop_app.services.incident_view import RECOVERY, IncidentView
from desktop_app.ui.incident.incident_words import IncidentWords
from desktop_app.ui.records.row_words import State
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.flow import FlowLayout
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.ui.widgets.pill import Pill

_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LONGEST_LARGE = 5
"""Digits of a number that is shown in the largest size: 119, 95xxx."""
_NARROWEST, _HIGH = 120, 104
"""Of a tile, in logical pixels: all are as high as the one with the largest figures."""


@dataclass(frozen=True, slots=True)
class Whom:
    """One to ring: the ``role``, and the clock that is due first for telling them, if one is."""

    role: str
    clock: RungStanding | None = None


class CardNumbers(QWidget):
    """One stop of Tab, arrows go on; ``asked`` carries ``Whom`` somebody pressed Enter for."""

    asked = Signal(object)

    def __init__(self, words: IncidentWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._tiles: list[_Tile] = []
        self._roles: tuple[str, ...] = ()
        self._pack: SitePack | None = None
        self._flow = FlowLayout(self, spacing=8)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_type(self, kind: IncidentType, pack: SitePack, standings: Sequence[RungStanding] = ()) -> None:
        """Show the numbers of a type, and of whom else its clocks say to tell."""
        told = (one.role for one in standings if one.role)
        roles = tuple(dict.fromkeys((*kind.numbers, *told)))
        if roles == self._roles and pack is self._pack:
            return
        self._roles, self._pack = roles, pack
        for tile in self._tiles:
            self._flow.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._tiles = [
            _Tile(self, role, pack, self._words, first=not place) for place, role in enumerate(roles)
        ]
        for place, tile in enumerate(self._tiles):
            tile.setObjectName(f"ring_{tile.role}")
            tile.setFocusPolicy(Qt.FocusPolicy.StrongFocus if not place else Qt.FocusPolicy.ClickFocus)
            tile.clicked.connect(lambda _checked=False, tile=tile: self.asked.emit(tile.whom))
            self._flow.addWidget(tile)
            tile.show()
        if self._tiles:
            self.setFocusProxy(self._tiles[0])
        self._fit()

    def show_incident(
        self, view: IncidentView | None, standings: Sequence[RungStanding], now: datetime
    ) -> None:
        """Show who knows, and how long there is to tell the others."""
        for tile in self._tiles:
            own = [one for one in standings if one.role == tile.role and one.rung.does is RungKind.TELL]
            waiting = [one for one in own if one.stage in (Stage.DUE, Stage.AHEAD)]
            clock = min(waiting, key=lambda one: one.due, default=None)
            tile.show_whom(Whom(tile.role, clock), self._look(view, tile.role, clock, now))

    def most_urgent(self) -> Whom | None:
        """Return whom to tell first: the clock that is due first, else the first that nobody has rung."""
        clocks = [one.whom for one in self._tiles if one.whom.clock is not None]
        due = sorted(clocks, key=lambda one: one.clock.due.timestamp() if one.clock is not None else 0.0)
        return next(iter((*due, *(one.whom for one in self._tiles if not one.knows))), None)

    def step(self, tile: QPushButton, by: int) -> None:
        """Go to the neighbour, round the end."""
        places = [place for place, one in enumerate(self._tiles) if one is tile]
        for place in places:
            following = self._tiles[(place + by) % len(self._tiles)]
            for one in self._tiles:
                stop = one is following
                one.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus)
            self.setFocusProxy(following)
            following.setFocus(Qt.FocusReason.TabFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Keep every line of tiles in sight."""
        self.setMinimumHeight(self._flow.heightForWidth(self.width()))

    def _look(self, view: IncidentView | None, role: str, clock: RungStanding | None, now: datetime) -> State:
        say = self._words.say
        if clock is not None:
            return self._words.clock(clock, now)
        told = [one for one in view.told if one.role == role and one.purpose != RECOVERY] if view else []
        reached = [one for one in told if one.reached]
        if reached:
            first = reached[-1]
            return State(
                "check", say("clock.by", name=first.name, time=self._words.time(first.at, now)), "ok"
            )
        if told:
            return State("warning", say("card.tried", count=len(told)), "warn")
        return State("phone", say("card.ring"), "quiet")


class _Tile(QPushButton):
    """One number; short ones as large as the screen allows."""

    def __init__(
        self, numbers: CardNumbers, role: str, pack: SitePack, words: IncidentWords, *, first: bool
    ) -> None:
        super().__init__(numbers)
        self.role, self.whom, self.knows = role, Whom(role), False
        self._numbers, self._words = numbers, words
        self.setAutoDefault(False)
        self.setProperty("kind", "choice")
        contact = next(iter(contacts_for(pack, role)), None)
        phone = grouped(contact.phone) if contact is not None else words.say("card.no_number")
        called = words.role(pack, role)
        named = contact.name.told(words.language) if contact is not None else ""
        large = contact is not None and len(phone) <= _LONGEST_LARGE
        self._name = (
            named if called in named else called if named in called or large else f"{called}  {named}"
        )
        name = PlainLabel(self._name, role="secondary")
        number = PlainLabel(phone, role=_size(phone, first=first, known=contact is not None))
        self._phone = phone
        self._pill = Pill("quiet", "phone", "")
        line = QHBoxLayout()
        line.setSpacing(scaled(8))
        line.addWidget(name, 1)
        line.addWidget(self._pill)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(*map(scaled, (12, 6, 8, 4)))
        inside.setSpacing(0)
        inside.addLayout(line)
        inside.addWidget(number, 1, Qt.AlignmentFlag.AlignVCenter)
        for part in (name, number, self._pill):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_whom(self, whom: Whom, look: State) -> None:
        """Show the state of the clock; the same again draws nothing."""
        self.whom, self.knows = whom, look.tone == "ok"
        if look.text != self._pill.text() or look.tone != self._pill.tone:
            self._pill.show_state(look.tone, look.icon, look.text)
            self.setAccessibleName(f"{self._name} {self._phone}, {look.text}")
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return room for what stands inside."""
        layout = self.layout()
        hint = layout.sizeHint() if layout is not None else super().sizeHint()
        return QSize(max(hint.width(), scaled(_NARROWEST)), max(hint.height(), scaled(_HIGH)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self._numbers.step(self, step)
        elif event.key() in _ENTER:
            self.click()
        else:
            super().keyPressEvent(event)


def _size(phone: str, *, first: bool, known: bool) -> str:
    if not known:
        return "strong"
    if len(phone) > _LONGEST_LARGE:
        return "timer"
    return "alarm" if first else "digits"
