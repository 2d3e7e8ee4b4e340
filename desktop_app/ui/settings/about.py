"""What this program is: version, licences, where its files lie."""

from __future__ import annotations

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QWidget

from desktop_app.paths import data_folder
from desktop_app.ui.session import Session
from desktop_app.ui.settings.card import Card
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.version import VERSION


class AboutCard(Card):
    """Read-only; every line can be selected and copied."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        words = session.words
        super().__init__(words.say("window.settings.about"), parent)
        lines = (
            words.say("window.settings.version", version=VERSION, qt=qVersion()),
            words.say("window.settings.data_folder", folder=data_folder()),
            words.say("window.settings.licences"),
            words.say("window.settings.offline"),
        )
        for line in lines:
            self.body.addWidget(PlainLabel(line, wrap=True, selectable=True))
