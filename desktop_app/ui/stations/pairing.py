"""Showing the own key, accepting a key file by its code, becoming lead: a few keys each (DESIGN §4)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.domain.bundles import KEY_SUFFIX
from desktop_app.domain.delivery import Timetable
from desktop_app.domain.errors import KnownError
from desktop_app.domain.identities import Identity
from desktop_app.services import distrust, pairing
from desktop_app.services.station_rows import StationRow
from desktop_app.ui.delivery.errands import Errands
from desktop_app.ui.session import Session
from desktop_app.ui.stations.code_panel import CodePanel
from desktop_app.ui.stations.station_words import StationWords
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.dialog import Dialog
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.ui.widgets.reason_dialog import ReasonDialog

T = TypeVar("T")

_ROOM = "pairing"
"""Under which the folders of key files are remembered."""
_FORGET_FOR = ("lost_pc", "left", "mistaken")


class CodeDialog(Dialog):
    """A code with a sentence; with ``do`` something is decided, else it is only shown."""

    def __init__(
        self,
        session: Session,
        told: StationWords,
        section: str,
        identity: Identity,
        *,
        decide: bool,
        parent: QWidget | None = None,
        **details: object,
    ) -> None:
        do = told.say(f"{section}.do") if decide else ""
        super().__init__(session.words, told.say(f"{section}.title"), do, parent)
        self.lock_by(session.shortcuts)
        self.setObjectName(section)
        self.code = CodePanel(told.say("compare" if decide else "own_code"))
        self.code.show_code(identity.code)
        self.body.addWidget(PlainLabel(told.who(identity), role="strong"))
        self.body.addWidget(self.code)
        self.body.addWidget(PlainLabel(told.say(f"{section}.what", **details), role="secondary", wrap=True))
        self.setMinimumWidth(scaled(480))
        self.primary.setFocus()


class Pairing(QObject):
    """What the page's pairing buttons do; ``accepted`` carries the store that a person has just accepted.

    Asking for files is split from working with them, so that a file can be dropped as well.
    """

    accepted = Signal(str)
    changed = Signal()

    def __init__(self, session: Session, told: StationWords, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._told, self._window = session, told, window
        self._dialog: Dialog | None = None
        courier = session.courier
        self._errands = courier.means.errands if courier is not None else Errands(self)
        self._errand, self._asked_of = 0, Path()
        self._patience = QTimer(self, singleShot=True)
        self._patience.setInterval(round(Timetable().patience.total_seconds() * 1000))
        self._patience.timeout.connect(self._lose_patience)
        session.background.closing.connect(self._patience.stop)

    def ask_export(self) -> None:
        """Ask where the own key file goes."""
        own_name = f"{self._session.person.station}{KEY_SUFFIX}"
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, self._told.say("button.export_key"), str(Path(self._folder()) / own_name)
        )
        if chosen:
            self.export(Path(chosen))

    def export(self, file: Path) -> None:
        """Write the own key file."""
        store = self._session.store
        self._keep_folder(file.parent)

        def made(identity: Identity) -> None:
            self.changed.emit()
            self._outside(
                file.parent,
                lambda: pairing.write_key_file(identity, file),
                lambda _none: self._show("exported", identity, file=file),
            )

        self._change(lambda: pairing.claimed(store), made)

    def ask_accept(self) -> None:
        """Ask which key file to accept."""
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            self._told.say("button.accept_key"),
            self._folder(),
            f"{self._told.say('key_files')} (*{KEY_SUFFIX} *.json)",
        )
        if chosen:
            self.read(Path(chosen))

    def read(self, file: Path) -> None:
        """Show the code of a key file and let a person accept it."""
        self._keep_folder(file.parent)
        self._outside(file.parent, lambda: pairing.read_identity(file), self._compare)

    def accept(self, identity: Identity) -> None:
        """Accept a store whose code was compared."""
        store, clock = self._session.store, self._session.clock

        def done(_new: bool) -> None:
            self._session.messages.say(self._told.say("accepted", who=self._told.who(identity)))
            self.accepted.emit(identity.store)

        self._change(lambda: pairing.accept(store, identity, now=clock()), done)

    def decline(self, identity: Identity) -> None:
        """Say that a store that waits is not ours."""
        store, clock = self._session.store, self._session.clock

        def done(_new: bool) -> None:
            self._session.messages.say(self._told.say("declined", who=self._told.who(identity)))
            self.changed.emit()

        self._change(lambda: distrust.decline(store, identity, now=clock()), done)

    def ask_forget(self, row: StationRow) -> None:
        """Ask why an accepted store is to be trusted no longer."""
        dialog = ReasonDialog(
            self._session.words,
            "window.stations.forget",
            _FORGET_FOR,
            needed="error.pairing.reason_needed",
            parent=self._window,
            station=row.station,
            name=row.name,
        )
        dialog.setObjectName("forget")
        dialog.lock_by(self._session.shortcuts)
        dialog.accepted.connect(lambda: self._forget(row, dialog.reason))
        self._dialog = dialog
        dialog.open()

    def _forget(self, row: StationRow, reason: str) -> None:
        store, clock = self._session.store, self._session.clock

        def done(_none: None) -> None:
            who = self._told.say("who_heading", station=row.station, name=row.name)
            self._session.messages.say(self._told.say("no_longer", who=who))
            self.changed.emit()

        self._change(lambda: distrust.forget(store, row.store, now=clock(), reason=reason), done)

    def ask_become_lead(self) -> None:
        """Ask for the folder that all stations share."""
        chosen = QFileDialog.getExistingDirectory(
            self._window, self._told.say("choose_shared"), self._folder()
        )
        if chosen:
            self.become_lead(Path(chosen))

    def become_lead(self, folder: Path) -> None:
        """Put the own key file into the shared folder, for everybody to accept."""
        store = self._session.store
        self._keep_folder(folder)
        self._exchange_there(folder)

        def made(identity: Identity) -> None:
            self.changed.emit()
            self._outside(
                folder,
                lambda: pairing.put_key_file(identity, folder),
                lambda file: self._show("became_lead", identity, file=file),
            )

        self._change(lambda: pairing.claimed_as_lead(store), made)

    def _compare(self, identity: Identity) -> None:
        dialog = self._make("accept_file", identity, decide=True)
        dialog.accepted.connect(lambda: self.accept(identity))
        dialog.open()

    def _show(self, section: str, identity: Identity, **details: object) -> None:
        self._make(section, identity, decide=False, **details).open()

    def _make(self, section: str, identity: Identity, *, decide: bool, **details: object) -> CodeDialog:
        dialog = CodeDialog(
            self._session, self._told, section, identity, decide=decide, parent=self._window, **details
        )
        # Nobody else holds it: Python's collector would destroy it while it is open.
        self._dialog = dialog
        return dialog

    def _exchange_there(self, folder: Path) -> None:
        """Exchange through the folder from now on where none was set: a key alone takes nothing in."""
        courier, preferences = self._session.courier, self._session.preferences
        if courier is not None and courier.folder is None:
            preferences.handin_folder = folder
            courier.use(folder, automatic=preferences.handin_automatic)

    def _folder(self) -> str:
        preferences = self._session.preferences
        shared = [str(preferences.handin_folder)] if preferences.handin_folder else []
        return next(iter([*preferences.folders(_ROOM), *shared]), "")

    def _keep_folder(self, folder: Path) -> None:
        self._session.preferences.keep_folder(_ROOM, str(folder))

    def _change(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._session.background.change(work, done, self._failed, owner=self)

    def _outside(self, path: Path, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Work on a file that a person named: a dead share or stick holds up nothing, saves least of all."""

        def over(found: T) -> None:
            self._patience.stop()
            done(found)

        def failed(problem: Exception) -> None:
            self._patience.stop()
            self._failed(problem)

        self._errands.drop(self._errand)
        self._asked_of = path
        self._errand = self._errands.run(work, over, failed, self)
        if self._errand:
            self._patience.start()
        else:
            self._failed(KnownError("delivery.too_many_stuck"))

    def _lose_patience(self) -> None:
        self._errands.drop(self._errand)
        self._failed(KnownError("delivery.not_answering", folder=self._asked_of))

    def _failed(self, problem: Exception) -> None:
        self._session.messages.tell(problem)
