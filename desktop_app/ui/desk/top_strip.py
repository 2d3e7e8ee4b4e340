"""The strip at the top: whose desk this is, and the ways to everywhere else (DESK §5).

The outage itself comes to stand here; until then the strip says who works where, and whether it is a drill.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import first_key
from desktop_app.ui.widgets.buttons import HintedButton
from desktop_app.ui.widgets.labels import IconLabel, PlainLabel
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


class TopStrip(QFrame):
    """``went`` is emitted with the code of the place a person chose."""

    went = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words, person = session.words, session.person
        self.setProperty("role", "strip")
        self.setFixedHeight(scaled(HEIGHT))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 8, 0)
        layout.setSpacing(8)
        layout.addWidget(IconLabel("phone", "on_strip"))
        layout.addWidget(PlainLabel(words.say("window.name"), role="strong"))
        layout.addWidget(
            PlainLabel(
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
        self._buttons = {place: self._button(session, place, icon) for place, icon in PLACES.items()}
        for button in self._buttons.values():
            layout.addWidget(button)

    def show_place(self, place: str) -> None:
        """Mark the place that is on screen."""
        for name, button in self._buttons.items():
            button.setChecked(name == place)

    def _button(self, session: Session, place: str, icon: str) -> HintedButton:
        button = HintedButton(
            session.words.say(f"window.desk.{place}"),
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
