"""A store that cannot be opened: what is the matter, and a backup put in its place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from desktop_app.domain.errors import KnownError
from desktop_app.domain.times import zone_of
from desktop_app.services.backup import restore
from desktop_app.services.people import given_credentials
from desktop_app.services.places import FoundBackup, backups_for
from desktop_app.ui.sentences import sentence_in_window
from desktop_app.ui.start.page import Page
from desktop_app.ui.start.parts import StartParts
from desktop_app.ui.widgets.combo import Combo
from desktop_app.ui.widgets.labels import PlainLabel


class DamagedPage(Page):
    """``restored`` once a backup lies in the store's place; what was there is moved aside, never deleted."""

    restored = Signal()
    again = Signal()
    width_wanted = 640

    def __init__(self, parts: StartParts, folder: Path, problem: KnownError) -> None:
        super().__init__(parts, "damaged")
        self._folder = folder
        self.body.addWidget(
            PlainLabel(sentence_in_window(parts.words, problem), role="strong", wrap=True, selectable=True)
        )
        self.backup = Combo(optional=False)
        self.backup.setObjectName("backup")
        self.grid.row(self.say("backup"), self.backup)
        self._none = PlainLabel(self.say("none_found"), role="secondary", wrap=True)
        self.grid.under(self._none)
        self._number = self.code_field("staff_number", self.needed())
        self._pin = self.pin_field("pin", self.needed())
        self.link("choose_file", self._choose)
        self.link("again", self.again.emit)
        self._offered: list[tuple[str, str]] = []
        data_folder = parts.data_folder
        parts.background.query(lambda: backups_for(folder, data_folder), self._offer, owner=self)

    def offer_file(self, file: Path) -> None:
        """Offer a backup that a person chose."""
        self._offered.insert(0, (str(file), file.name))
        self._fill()
        self.backup.set_code(str(file))

    def act(self) -> None:
        """Put the chosen backup in the store's place."""
        code = self.backup.current_code()
        if not code:
            self.message.tell(self.say("choose_first"), "warn")
            return
        folder, data_folder, now = self._folder, self.parts.data_folder, self.parts.clock()
        given = given_credentials(self._number.field.full_text(), self._pin.field.full_text())
        self.run(
            lambda: restore(folder, Path(code), given, data_folder=data_folder, now=now),
            lambda _restored: self.restored.emit(),
        )

    def _offer(self, found: Sequence[FoundBackup]) -> None:
        zone = zone_of(self.parts.policy.zone)
        self._offered += [
            (str(backup.file), f"{backup.written.astimezone(zone):%Y-%m-%d %H:%M}  {backup.file.name}")
            for backup in found
        ]
        self._fill()

    def _fill(self) -> None:
        self.backup.fill(self._offered)
        if self._offered:
            self.backup.set_code(self._offered[0][0])
        self._none.setVisible(not self._offered)

    def _choose(self) -> None:
        file, _ = QFileDialog.getOpenFileName(
            self,
            self.say("choose_file"),
            str(self.parts.data_folder),
            self.say("backup_files") + " (*.fdbackup)",
        )
        if file:
            self.offer_file(Path(file))
