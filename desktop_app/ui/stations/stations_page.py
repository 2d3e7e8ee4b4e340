"""The stations: whether the ledger is whole, who waits to be accepted, and what was merged (Ctrl+B)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.domain.bundles import KEY_SUFFIX, SUFFIX
from desktop_app.domain.times import zone_of
from desktop_app.services import decisions, pairing
from desktop_app.services.beyond_role import beyond_role
from desktop_app.services.decisions import Made
from desktop_app.services.merge import Merged, merge_bundles, merge_quarantined
from desktop_app.services.progress import Progress
from desktop_app.services.station_rows import BeyondRole, Board, StationRow, WaitingStation
from desktop_app.services.stations_board import board
from desktop_app.services.waive_numbers import waive_numbers
from desktop_app.ui.session import Session
from desktop_app.ui.stations.board_view import BoardView
from desktop_app.ui.stations.merge_result import MergeResultView
from desktop_app.ui.stations.pairing import Pairing
from desktop_app.ui.stations.roles_view import RolesView
from desktop_app.ui.stations.station_words import STATION_KEYS, StationWords
from desktop_app.ui.stations.waive_dialog import WaiveNumbersDialog
from desktop_app.ui.stepped.job_panel import JobPanel
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.buttons import HintedButton, SecondaryButton
from desktop_app.ui.widgets.labels import PlainLabel

REFRESH_MILLISECONDS = 15_000
"""How often the board is read again while it is on screen: stations fall silent by themselves."""
_ROOM = "handins"
_VIEWS = ("board", "result", "roles")


class StationsPage(QWidget):
    """Board, merge result and roles, one in front of the others.

    ``went`` asks for another place; ``accepted`` says that a store was accepted and what it had handed in is
    merged, so that a receipt can go back.
    """

    went = Signal(str)
    accepted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._told = StationWords(session.words, zone_of(session.store.settings.zone))
        self._made: Made | None = None
        self._dialog: WaiveNumbersDialog | None = None
        self._beyond: list[BeyondRole] = []
        self.setAcceptDrops(True)
        self.board = BoardView(session, self._told)
        self.result = MergeResultView(session, self._told)
        self.roles = RolesView(session, self._told)
        self.pairing = Pairing(session, self._told, self)
        self._stack = QStackedWidget()
        for view in (self.board, self.result, self.roles):
            self._stack.addWidget(view)
        self._panel = JobPanel(session, "window.stations.merge.step")
        self._clock = QTimer(self, interval=REFRESH_MILLISECONDS)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        session.background.closing.connect(self._clock.stop)
        self._lay_out()
        self._connect()
        self._add_keys()
        self._make_keys()

    @property
    def busy(self) -> bool:
        """Whether a merge is under way."""
        return self._panel.busy

    def refresh(self) -> None:
        """Read the board again."""
        store, clock = self._session.store, self._session.clock

        def work() -> tuple[Board, list[BeyondRole]]:
            return board(store, now=clock()), beyond_role(store)

        self._session.background.query(work, self._show_read, self._session.messages.tell, owner=self)

    def merge(self, files: Sequence[Path]) -> None:
        """Merge bundles that lie in files."""
        if not files:
            return
        if self.busy:
            self._session.messages.say(self._told.say("merge.busy"))
            return
        store, clock, chosen = self._session.store, self._session.clock, list(files)
        self._session.preferences.keep_folder(_ROOM, str(chosen[0].parent))

        def work(progress: Progress) -> Merged:
            return merge_bundles(store, chosen, now=clock(), by="stick", progress=progress)

        self._run(work, self._show_merged)

    def ask_files(self) -> None:
        """Ask which bundles to merge."""
        start = next(iter(self._session.preferences.folders(_ROOM)), "")
        title = self._told.say("merge.choose")
        paths, _ = QFileDialog.getOpenFileNames(
            self, title, start, f"{self._told.say('handins')} (*{SUFFIX})"
        )
        self.merge([Path(path) for path in paths])

    def show_view(self, name: str) -> None:
        """Show the board, the result of the last merge, or the roles."""
        self._stack.setCurrentIndex(_VIEWS.index(name))
        self._back.setVisible(name != "board")
        self._title.setText(self._told.say(f"title.{name}"))
        self._focus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._focus()

    def showEvent(self, event: QShowEvent) -> None:
        """Be up to date whenever somebody looks."""
        super().showEvent(event)
        self.board.arrive()
        self.refresh()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        keys = [path for path in paths if path.suffix == KEY_SUFFIX]
        if keys:
            self.pairing.read(keys[0])
        self.merge([path for path in paths if path not in keys])

    def _lay_out(self) -> None:
        told = self._told
        self._title = PlainLabel(told.say("title.board"), role="title")
        self._back = SecondaryButton(told.say("button.back"), told.keys("back"), icon_name="back")
        self._back.setObjectName("back_to_board")
        self._back.hide()
        self._buttons = {
            "merge": SecondaryButton(told.say("button.merge"), told.keys("merge"), icon_name="folder"),
            "accept_key": SecondaryButton(told.say("button.accept_key"), icon_name="key"),
            "own": SecondaryButton(told.say("button.own"), icon_name="shield"),
            "roles": SecondaryButton(told.say("button.roles", count=0), icon_name="user"),
        }
        row = QHBoxLayout()
        row.addWidget(self._back)
        row.addWidget(self._title)
        row.addStretch(1)
        for name, button in self._buttons.items():
            button.setObjectName(f"stations_{name}")
            row.addWidget(button)
        layout = QVBoxLayout(self)
        margin = scaled(12)
        layout.setContentsMargins(margin, scaled(10), margin, margin)
        layout.setSpacing(scaled(10))
        layout.addLayout(row)
        layout.addWidget(self._panel)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        for name, act in (
            ("merge", self.ask_files),
            ("accept_key", self.pairing.ask_accept),
            ("own", self._show_own),
            ("roles", lambda: self.show_view("roles")),
        ):
            self._buttons[name].clicked.connect(act)
        self._back.clicked.connect(lambda: self.show_view("board"))
        self.board.asked.connect(self._asked)
        self.result.went.connect(self._go)
        self.pairing.changed.connect(self.refresh)
        self._panel.changed.connect(self._enable)
        self.pairing.accepted.connect(self._merge_waiting)

    def _add_keys(self) -> None:
        add = partial(self._session.shortcuts.add, owner=self)
        add(
            "merge_files",
            STATION_KEYS["merge"],
            self.ask_files,
            when=lambda: self.isVisible() and not self.busy,
        )
        add(
            "station_distrust",
            STATION_KEYS["decline"],
            self._distrust,
            when=lambda: self._may("decline") or self._may("forget"),
        )
        for code in ("accept", "leave", "waive", "undo_waive"):
            act = partial(self._asked, code)
            add(f"station_{code}", STATION_KEYS[code], act, when=partial(self._may, code))
        add(
            "station_back",
            STATION_KEYS["back"],
            lambda: self.show_view("board"),
            when=lambda: self.isVisible() and self._stack.currentIndex() != 0,
        )

    def _may(self, code: str) -> bool:
        """Whether a key has something to do: what the panel at the right shows decides."""
        if not self.isVisible() or self._stack.currentWidget() is not self.board or self.busy:
            return False
        chosen, read = self.board.chosen(), self.board.board
        may_decide = read is not None and read.may_decide
        if code == "undo_waive":
            return self._made is not None
        if code == "waive":
            return isinstance(chosen, StationRow) and bool(chosen.missing) and may_decide
        if code == "forget":
            return isinstance(chosen, StationRow) and chosen.accepted and not chosen.own and may_decide
        if code == "decline":
            return isinstance(chosen, WaitingStation) and not chosen.declined and may_decide
        if code == "accept" and isinstance(chosen, StationRow):
            return chosen.forgotten
        return isinstance(chosen, WaitingStation)

    def _distrust(self) -> None:
        """One key: what waits is not ours, what was accepted is trusted no longer."""
        self._asked("decline" if self._may("decline") else "forget")

    def _asked(self, code: str) -> None:
        chosen = self.board.chosen()
        if code == "leave":
            self.board.leave_waiting()
        elif code == "undo_waive":
            self._undo_waive()
        elif code == "export_key":
            self.pairing.ask_export()
        elif code == "become_lead":
            self.pairing.ask_become_lead()
        elif code == "accept" and chosen is not None and chosen.identity is not None:
            self.pairing.accept(chosen.identity)
        elif code == "decline" and isinstance(chosen, WaitingStation):
            self.pairing.decline(chosen.identity)
        elif code == "forget" and isinstance(chosen, StationRow):
            self.pairing.ask_forget(chosen)
        elif code == "waive" and isinstance(chosen, StationRow):
            self._ask_waive(chosen)

    def _ask_waive(self, row: StationRow) -> None:
        self._dialog = dialog = WaiveNumbersDialog(self._session.words, self._told, row, self.window())
        dialog.accepted.connect(lambda: self._waive(dialog))
        dialog.open()

    def _waive(self, dialog: WaiveNumbersDialog) -> None:
        store, clock = self._session.store, self._session.clock
        numbers, reason = dialog.numbers, dialog.reason

        def work(progress: Progress) -> Made:
            return waive_numbers(store, numbers, reason, now=clock(), progress=progress)

        def done(made: Made) -> None:
            self._made = made
            undo = (f"{self._told.say('button.undo_waive')}  {STATION_KEYS['undo_waive']}", self._undo_waive)
            self._session.messages.say(self._told.say("waived", count=len(made.entries)), undo)
            self.refresh()

        self._run(work, done)

    def _undo_waive(self) -> None:
        made, store, clock = self._made, self._session.store, self._session.clock
        if made is None or self.busy:
            return
        self._made = None

        def work(progress: Progress) -> None:
            decisions.undo(store, made, now=clock(), progress=progress)

        def done(_none: None) -> None:
            self._session.messages.say(self._told.say("waive_undone", count=len(made.entries)))
            self.refresh()

        self._run(work, done)

    def _merge_waiting(self, sender: str) -> None:
        """Merge what an accepted store handed in before; a key file alone brings nothing."""
        read = self.board.board
        waiting = (*read.waiting, *read.declined) if read else ()
        waited = any(one.identity.store == sender and one.entries for one in waiting)
        store, clock = self._session.store, self._session.clock
        if not waited or self.busy:
            self.refresh()
            self.accepted.emit()
            return

        def work(progress: Progress) -> Merged:
            return merge_quarantined(store, sender, now=clock(), progress=progress)

        def done(merged: Merged) -> None:
            self._show_merged(merged)
            self.accepted.emit()

        self._run(work, done)

    def _show_merged(self, merged: Merged) -> None:
        self.result.show_merged(merged)
        self.show_view("result")
        self.refresh()

    def _make_keys(self) -> None:
        """Make the keys of a store that has none yet: whoever comes here wants to be known or to know."""
        store = self._session.store
        self._session.background.change(
            lambda: pairing.own(store), lambda _own: self.refresh(), self._session.messages.tell, owner=self
        )

    def _show_own(self) -> None:
        """Show this PC's own code."""
        self.show_view("board")
        self.board.choose_own()

    def _show_read(self, found: tuple[Board, list[BeyondRole]]) -> None:
        read, self._beyond = found
        self.board.show_board(read)
        self.roles.show_roles(read.roles_taken, self._beyond)
        count = len(read.roles_taken) + len(self._beyond)
        self._buttons["roles"].set_words(self._told.say("button.roles", count=count))

    def _go(self, place: str) -> None:
        if place == "board":
            self.show_view("board")
        else:
            self.went.emit(place)

    def _focus(self) -> None:
        if self.isVisible():
            view = self._stack.currentWidget()
            if isinstance(view, BoardView | MergeResultView | RolesView):
                view.focus_start()

    def _tick(self) -> None:
        if self.isVisible():
            self.refresh()

    def _run(self, work: Callable[[Progress], object], done: Callable[..., None]) -> None:
        """Run long work with its progress in the panel; what is stopped keeps what it wrote."""
        if self.busy:
            return

        def stopped() -> None:
            self._session.messages.say(self._told.say("merge.stopped"))
            self.refresh()

        def failed(problem: Exception) -> None:
            self._session.messages.tell(problem)
            self.refresh()

        self._panel.run(work, done, failed=failed, stopped=stopped)

    def _enable(self) -> None:
        button: HintedButton = self._buttons["merge"]
        button.setEnabled(not self.busy)
        self.board.busy = self.busy
        self.board.show_detail()
