"""The way from the settings to a place without a button of its own."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.ui.session import Session
from desktop_app.ui.settings.card import Card
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.labels import PlainLabel


class PlaceCard(Card):
    """``went`` names the place that the button leads to; ``title`` is the code of the heading."""

    went = Signal(str)

    def __init__(
        self, session: Session, place: str, title: str, *, icon: str = "user", parent: QWidget | None = None
    ) -> None:
        say = session.words.say
        super().__init__(say(f"window.settings.{title}"), parent)
        self.body.addWidget(PlainLabel(say(f"window.settings.{place}_what"), role="secondary", wrap=True))
        button = SecondaryButton(say(f"window.settings.{place}_open"), icon_name=icon)
        button.setObjectName(place)
        button.clicked.connect(lambda: self.went.emit(place))
        line = QHBoxLayout()
        line.addWidget(button)
        line.addStretch(1)
        self.body.addLayout(line)
