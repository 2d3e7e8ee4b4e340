"""The way from the settings to the customer snapshot."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.ui.session import Session
from desktop_app.ui.settings.card import Card
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.labels import PlainLabel


class CustomersCard(Card):
    """``went`` names the place that the button leads to."""

    went = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        say = session.words.say
        super().__init__(say("window.settings.customers"), parent)
        self.body.addWidget(PlainLabel(say("window.settings.customers_what"), role="secondary", wrap=True))
        button = SecondaryButton(say("window.settings.customers_open"), icon_name="user")
        button.setObjectName("customers")
        button.clicked.connect(lambda: self.went.emit("customers"))
        line = QHBoxLayout()
        line.addWidget(button)
        line.addStretch(1)
        self.body.addLayout(line)
