"""What this program is: version, licences, where its files lie."""

from __future__ import annotations

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QWidget

from desktop_app.paths import data_folder
from desktop_app.ui.session import Session
from desktop_app.ui.settings.card import Card
from desktop_app.ui.settings.folder_line import FolderLine
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.version import VERSION


class AboutCard(Card):
    """Read-only; every line can be copied."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        words = session.words
        super().__init__(words.say("window.settings.about"), parent)
        self.body.addWidget(
            PlainLabel(words.say("window.settings.version", version=VERSION, qt=qVersion()), selectable=True)
        )
        self.body.addWidget(FolderLine(words, "window.settings.data_folder", data_folder()))
        for code in ("licences", "offline"):
            self.body.addWidget(PlainLabel(words.say(f"window.settings.{code}"), wrap=True, selectable=True))
