"""The store behind the desk: where it lies, who protects it, a backup on demand."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop_app.services.backup import back_up
from desktop_app.ui.session import Session
from desktop_app.ui.settings.card import Card
from desktop_app.ui.settings.folder_line import FolderLine
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.ui.widgets.notice import Notice

BACKUPS = "backup"
"""The room under which the folders of backups are remembered; readiness looks for the last one there."""


class StoreCard(Card):
    """What IT asks on the telephone, and the button they ask for."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        words = session.words
        super().__init__(words.say("window.settings.store"), parent)
        self._session = session
        self.body.addWidget(FolderLine(words, "window.settings.store_place", session.store.folder))
        self.body.addWidget(PlainLabel(words.say("window.settings.store_safe"), role="secondary", wrap=True))
        self._button = SecondaryButton(words.say("window.settings.backup"), icon_name="save")
        self._button.setObjectName("backup")
        self._button.clicked.connect(self._ask)
        line = QHBoxLayout()
        line.addWidget(self._button)
        line.addStretch(1)
        self.body.addLayout(line)
        self._notice = Notice(words)
        self.body.addWidget(self._notice)

    def back_up_into(self, folder: Path) -> None:
        """Write a verified backup into a folder and say where it is."""
        session = self._session
        self._button.setEnabled(False)
        session.background.query(
            lambda: back_up(session.store, folder, now=session.clock()), self._done, self._failed, owner=self
        )

    def _ask(self) -> None:
        before = next(iter(self._session.preferences.folders(BACKUPS)), "")
        title = self._session.words.say("window.settings.backup_to")
        chosen = QFileDialog.getExistingDirectory(self, title, before)
        if chosen:
            self.back_up_into(Path(chosen))

    def _done(self, file: Path) -> None:
        self._button.setEnabled(True)
        self._session.preferences.keep_folder(BACKUPS, str(file.parent))
        self._notice.tell(self._session.words.say("window.settings.backup_done", file=file), "ok")

    def _failed(self, problem: Exception) -> None:
        self._button.setEnabled(True)
        self._session.messages.tell(problem)
