"""The strip at the top: whose desk this is, and the ways to everywhere else (DESK §5).

The outage itself comes to stand here; until then the strip says who works where, and whether it is a drill.
"""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import first_key
from desktop_app.ui.widgets.buttons import HintedButton
from desktop_app.ui.widgets.labels import ElidedLabel, IconLabel, PlainLabel
from desktop_app.ui.widgets.pill import Pill

HEIGHT = 38
PLACES = {
    "desk": "phone",
    "stations": "stations",
    "conflicts": "conflicts",
    "reconcile": "reconcile",
    "tables": "table",
    "settings": "settings",
    "lock": "lock",
    "help": "help",
}
"""What the buttons lead to, by the code of their key, each with its icon."""
_REACHED_FROM = {"customers": "settings"}
"""Places without a button, and the one they are gone to from: its button is marked."""


class _Look(Enum):
    """How much the buttons say, the most first."""

    WHOLE = auto()
    WORDS = auto()
    ICONS = auto()


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
        layout.addWidget(PlainLabel(words.say("window.name"), role="strong"))
        layout.addWidget(
            ElidedLabel(
                words.say(
                    "window.desk.whose",
                    station=person.station,
                    name=person.name,
                    staff_number=person.staff_number,
                )
            )
        )
        if person.drill:
            layout.addWidget(Pill("warn", "info", words.say("window.desk.drill")))
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

    def minimumSizeHint(self) -> QSize:
        """Ask for no width: the buttons say as much as there is room for."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the keys first, then the words: F1 and the tool tips tell them."""
        super().resizeEvent(event)
        for look in _Look:
            self._show_as(look)
            if self._needed() <= self.width():
                break

    def _show_as(self, look: _Look) -> None:
        if look is self._look:
            return
        self._look = look
        for place, button in self._buttons.items():
            words, keys = self._words[place], first_key(place)
            button.set_words("" if look is _Look.ICONS else words, keys if look is _Look.WHOLE else "")
            button.setAccessibleName(words)
            button.setToolTip("" if look is _Look.WHOLE else f"{words}  {keys}")

    def _needed(self) -> int:
        layout = self.layout()
        if layout is None:
            return 0
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
