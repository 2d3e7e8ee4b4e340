"""The way from the settings to the readiness of this station."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.ui.session import Session
from desktop_app.ui.settings.card import Card
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.labels import PlainLabel


class ReadinessCard(Card):
    """``went`` names the place that the button leads to."""

    went = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        say = session.words.say
        super().__init__(say("readiness.title"), parent)
        self.body.addWidget(PlainLabel(say("window.readiness.what"), role="secondary", wrap=True))
        button = SecondaryButton(say("window.readiness.open"), icon_name="shield")
        button.setObjectName("readiness")
        button.clicked.connect(lambda: self.went.emit("readiness"))
        line = QHBoxLayout()
        line.addWidget(button)
        line.addStretch(1)
        self.body.addLayout(line)
