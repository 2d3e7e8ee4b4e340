"""The strip at the top: whose desk this is, the outage while there is one, the ways everywhere (DESK §5)."""

from __future__ import annotations

from enum import IntEnum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import first_key
from desktop_app.ui.widgets.buttons import HintedButton
from desktop_app.ui.widgets.labels import ElidedLabel, IconLabel, PlainLabel
from desktop_app.ui.widgets.pill import Pill

if TYPE_CHECKING:
    from desktop_app.ui.incident.banner import Banner
    from desktop_app.ui.incident.incident_room import IncidentRoom

HEIGHT = 38
PLACES = {
    "desk": "phone",
    "incident": "warning",
    "stations": "stations",
    "conflicts": "conflicts",
    "reconcile": "reconcile",
    "tables": "table",
    "settings": "settings",
    "lock": "lock",
    "help": "help",
}
"""What the buttons lead to, by the code of their key, each with its icon."""
_REACHED_FROM = {"customers": "settings", "readiness": "settings", "card": "incident", "people": "incident"}
"""Places without a button, and the one they are gone to from: its button is marked."""


class _Look(IntEnum):
    """How much is said, the most first: keys go, then what the title of the window says too, then words.

    Last goes whose desk it is, and who was told of the incident.
    """

    WHOLE = auto()
    WORDS = auto()
    NO_NAME = auto()
    ICONS = auto()
    NO_OWNER = auto()
    LEAST = auto()


class TopStrip(QFrame):
    """``went`` is emitted with the code of the place a person chose."""

    went = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words, person = session.words, session.person
        self.setProperty("role", "strip")
        self.setFixedHeight(scaled(HEIGHT))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*map(scaled, (12, 0, 8, 0)))
        layout.setSpacing(scaled(8))
        layout.addWidget(IconLabel("phone", "on_strip"))
        self._name = PlainLabel(words.say("window.name"), role="strong")
        layout.addWidget(self._name)
        self._whose = ElidedLabel(
            words.say(
                "window.desk.whose",
                station=person.station,
                name=person.name,
                staff_number=person.staff_number,
            )
        )
        layout.addWidget(self._whose)
        if person.drill:
            layout.addWidget(Pill("warn", "info", words.say("window.desk.drill")))
        self._banner: Banner | None = None
        self._banner_place = layout.count()
        layout.addStretch(1)
        self._words = {place: words.say(f"window.desk.{place}") for place in PLACES}
        self._look = _Look.WHOLE
        self._buttons = {place: self._button(place, icon) for place, icon in PLACES.items()}
        for button in self._buttons.values():
            layout.addWidget(button)

    def show_place(self, place: str) -> None:
        """Mark the place that is on screen, or the one that it is gone to from."""
        marked = _REACHED_FROM.get(place, place)
        for name, button in self._buttons.items():
            button.setChecked(name == marked)

    def show_incidents(self, room: IncidentRoom) -> None:
        """Show the incident at hand behind whose desk it is, as long as one is open."""

        def show() -> None:
            if self._banner is None and room.at_hand is not None:
                from desktop_app.ui.incident.banner import Banner  # not needed without an incident

                self._banner = Banner(room)
                self._banner.resized.connect(self._fit)
                layout = self.layout()
                if isinstance(layout, QHBoxLayout):
                    layout.insertWidget(self._banner_place, self._banner)
                self._banner.refresh()
            self._fit()

        room.changed.connect(show)
        show()

    def minimumSizeHint(self) -> QSize:
        """Ask for no width: the buttons say as much as there is room for."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the keys first, then the words: F1 and the tool tips tell them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for look in _Look:
            self._show_as(look)
            if self._needed() <= self.width():
                break

    def _show_as(self, look: _Look) -> None:
        self._name.setVisible(look < _Look.NO_NAME)
        self._whose.setVisible(look < _Look.NO_OWNER)
        if self._banner is not None:
            self._banner.set_least(look is _Look.LEAST)
        if look is self._look:
            return
        self._look = look
        for place, button in self._buttons.items():
            words, keys = self._words[place], first_key(place)
            button.set_words(words if look < _Look.ICONS else "", keys if look is _Look.WHOLE else "")
            button.setAccessibleName(words)
            button.setToolTip("" if look is _Look.WHOLE else f"{words}  {keys}")

    def _needed(self) -> int:
        layout = self.layout()
        if layout is None:
            return 0
        if self._banner is not None:
            # Of words that have just changed, the layouts around them have not heard yet.
            for part in (*self._banner.findChildren(QWidget), self._banner):
                part.updateGeometry()
        layout.invalidate()
        return layout.sizeHint().width()

    def _button(self, place: str, icon: str) -> HintedButton:
        button = HintedButton(
            self._words[place],
            first_key(place),
            self,
            kind="strip",
            icon_name=icon,
            icon_colour="on_strip",
        )
        button.setObjectName(f"go_{place}")
        button.setCheckable(place not in ("lock", "help"))
        # Each has a key; Tab stays in the form.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self.went.emit(place))
        return button
