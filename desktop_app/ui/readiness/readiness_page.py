"""Whether this station is ready for an outage, and what to do where it is not (1.4.1-4)."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.paths import data_folder
from desktop_app.services.readiness import Readiness, ThisPc, readiness
from desktop_app.services.readiness_text import readiness_paper, text_of, texts_of, to_do
from desktop_app.services.steady_time import set_by
from desktop_app.ui.papers.paper_dialog import PaperDialog
from desktop_app.ui.readiness.check_row import PLACES, add_check
from desktop_app.ui.readiness.pc_rows import pc_rows
from desktop_app.ui.session import Session
from desktop_app.ui.settings.store_card import BACKUPS
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import KEYS, first_key
from desktop_app.ui.widgets.announce import announce
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.cards import card_layout, scrolled
from desktop_app.ui.widgets.labels import Heading
from desktop_app.ui.widgets.pill import Pill

AGAIN = "Alt+R"
_WIDEST = 1344
_GAP = 6


class ReadinessPage(QWidget):
    """Looks anew whenever it is shown; ``went`` names the place where something is done."""

    went = Signal(str)

    def __init__(self, session: Session, places: Collection[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._places = session, places
        self._turn = 0
        self._dialog: PaperDialog | None = None
        self.found = Readiness(())
        say = session.words.say
        self.state = Pill("quiet", "clock", say("window.readiness.looking"))
        self.state.setObjectName("readiness_state")
        self.again = SecondaryButton(say("window.readiness.again"), AGAIN, icon_name="reconcile")
        self.again.setObjectName("readiness_again")
        self.again.clicked.connect(self.look)
        self.print = SecondaryButton(say("window.papers.print"), first_key("print"), icon_name="print")
        self.print.setObjectName("print_readiness")
        self.print.clicked.connect(self.print_paper)
        self.print.setEnabled(False)
        head = QHBoxLayout()
        head.setSpacing(scaled(10))
        head.addWidget(Heading(say("readiness.title")))
        head.addWidget(self.state)
        head.addStretch(1)
        head.addWidget(self.again)
        head.addWidget(self.print)
        frame = QFrame()
        frame.setMaximumWidth(scaled(_WIDEST))
        inside = card_layout(frame)
        inside.addLayout(head)
        inside.addSpacing(scaled(_GAP))
        self._area, self._column = scrolled()
        self._area.setAccessibleName(say("readiness.title"))
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._rows: QWidget | None = None
        inside.addWidget(self._area, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*map(scaled, (12, 10, 12, 10)))
        layout.addWidget(frame, 1)
        self.setFocusProxy(self.again)
        add = session.shortcuts.add
        add("print", KEYS["print"], self.print_paper, when=self._may_print, owner=self)
        add("readiness_again", AGAIN, self.look, when=self.isVisible, owner=self)

    def showEvent(self, event: QShowEvent) -> None:
        """What was true this morning may not be so now."""
        super().showEvent(event)
        self.look()

    def look(self) -> None:
        """Look at everything, away from the GUI thread: disks, folders, printers."""
        session = self._session
        self._turn += 1
        turn, now, folder = self._turn, session.clock(), data_folder()
        backups = tuple(Path(one) for one in session.preferences.folders(BACKUPS))
        apart = set_by(session.clock)

        def work() -> Readiness:
            printers = tuple(QPrinterInfo.availablePrinterNames())
            pc = ThisPc(folder, backups, printers, apart)
            return readiness(session.store, pc, now=now)

        def show(found: Readiness) -> None:
            if turn == self._turn:
                self._show(found)

        session.background.query(work, show, session.messages.tell, owner=self)

    def print_paper(self) -> None:
        """Show the checks as they are printed."""
        session, found = self._session, self.found
        if not found.checks:
            return
        now = session.clock()
        self._dialog = PaperDialog(
            session,
            session.words.say("readiness.title"),
            lambda: readiness_paper(session.store, session.words, found, now=now),
            self.window(),
        )
        self._dialog.open()

    def _may_print(self) -> bool:
        return self.isVisible() and bool(self.found.checks)

    def _show(self, found: Readiness) -> None:
        words, count = self._session.words, to_do(found.checks)
        said = words.say("readiness.some", count=count) if count else words.say("readiness.all")
        self.state.show_state("warn" if count else "ok", "warning" if count else "check", said)
        self.print.setEnabled(True)
        if found == self.found:
            return
        self.found = found
        rows = QWidget()
        rows.setProperty("role", "page")
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 0, 0)
        grid = QGridLayout()
        grid.setHorizontalSpacing(scaled(16))
        grid.setVerticalSpacing(scaled(11))
        grid.setColumnStretch(2, 1)
        go = words.say("window.readiness.go")
        for row, check in enumerate(found.checks):
            reachable = PLACES.get(check.code) in self._places
            told = text_of(self._session.store, words, check)
            add_check(grid, row, check, told, go if reachable else "", self.went.emit)
        column.addLayout(grid)
        if pcs := texts_of(self._session.store, words, found.pcs):
            column.addWidget(pc_rows(words, pcs))
        if self._rows is not None:
            self._rows.hide()
            self._rows.deleteLater()
        self._rows = rows
        self._column.insertWidget(0, rows)
        if self._column.count() == 1:
            self._column.addStretch(1)
        announce(self, said)
