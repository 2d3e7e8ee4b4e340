"""The customer snapshot: what is in use, and a list of the CRM taken in its place, by keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.domain.reconciliation import Reason as NoteReason
from desktop_app.domain.times import zone_of
from desktop_app.exchange.customer_file import Look
from desktop_app.exchange.worksheets.wording import reason_sentence
from desktop_app.services.customers import Imported, choose, import_customers, look_at
from desktop_app.services.progress import Progress
from desktop_app.ui.background.background import Job
from desktop_app.ui.customers.in_use_card import InUseCard
from desktop_app.ui.customers.intake import Intake
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import KEYS, first_key, shown_keys
from desktop_app.ui.widgets.buttons import PrimaryButton, SecondaryButton
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.ui.widgets.notice import Notice
from desktop_app.ui.widgets.progress_panel import ProgressPanel

T = TypeVar("T")
_FILTER = "Excel, CSV (*.xlsx *.xls *.xlsb *.ods *.csv *.txt)"
_ROWS_NAMED = 8


class CustomersPage(QWidget):
    """The snapshot in use; a list that was opened takes its place until it is imported or left.

    Anybody at a station may import: it works alone, and the snapshot says who it was. ``imported`` says
    that there is another snapshot now.
    """

    imported = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._words = session, session.words
        self._job: Job | None = None
        self.setAcceptDrops(True)
        self.in_use = InUseCard(session)
        self.intake = Intake(session)
        self.notice = Notice(session.words)
        self._panel = ProgressPanel(session.words)
        self._panel.cancelled.connect(self._cancel)
        self._panel.hide()
        self._lay_out()
        self.in_use.file_asked.connect(self.choose)
        self.intake.mapped.connect(self._map)
        self.intake.changed.connect(self._enable)
        self._add_keys()
        self.in_use.refresh()
        self._enable()

    @property
    def busy(self) -> bool:
        """Whether a list is being read."""
        return self._job is not None

    @property
    def reading(self) -> bool:
        """Whether a list is on screen."""
        return self._stack.currentWidget() is self.intake

    def choose(self, folder: str = "") -> None:
        """Let a person choose a file."""
        if self.busy:
            return
        start = folder or next(iter(self._session.preferences.folders("customers")), "")
        title = self._words.say("window.customers.choose")
        path, _ = QFileDialog.getOpenFileName(self, title, start, _FILTER)
        if path:
            self.open(Path(path))

    def open(self, path: Path) -> None:
        """Look at a list: the snapshot in use stays."""
        if self.busy:
            return
        self._session.preferences.keep_folder("customers", str(path.parent))
        self.in_use.fill_recent()
        self.notice.dismiss()
        zone = zone_of(self._session.store.settings.zone)
        self._run(lambda progress: look_at(path, zone, progress), self._show)

    def import_now(self) -> None:
        """Put the list on screen in the place of the snapshot in use."""
        look, as_of = self.intake.look, self.intake.as_of()
        if look is None or as_of is None or self.busy or not self._next.isEnabled():
            return
        store, now = self._session.store, self._session.clock()
        self._run(
            lambda progress: import_customers(store, look, as_of=as_of, now=now, progress=progress),
            self._imported,
        )

    def back(self) -> None:
        """Leave the list; nothing was changed by looking at it."""
        if self.reading and not self.busy:
            self._show_overview()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._focus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and not self.busy:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.open(paths[0])
            event.acceptProposedAction()

    def _lay_out(self) -> None:
        say = self._words.say
        overview = QWidget()
        column = QVBoxLayout(overview)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.in_use)
        column.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(overview)
        self._stack.addWidget(self.intake)
        self._back = SecondaryButton(
            say("window.reconcile.back"), shown_keys(KEYS["step_back"]), icon_name="back"
        )
        self._back.setObjectName("customers_back")
        self._back.clicked.connect(self.back)
        self._hint = PlainLabel("", role="secondary", wrap=True)
        self._hint.setObjectName("import_hint")
        self._next = PrimaryButton(say("window.customers.import"), first_key("save_next"), icon_name="save")
        self._next.setObjectName("import_customers")
        self._next.clicked.connect(self.import_now)
        row = QHBoxLayout()
        row.addWidget(self._back)
        row.addWidget(self._hint, 1)
        row.addWidget(self._next)
        layout = QVBoxLayout(self)
        margin = scaled(12)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(scaled(10))
        layout.addWidget(self.notice)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._panel)
        layout.addLayout(row)

    def _add_keys(self) -> None:
        add = partial(self._session.shortcuts.add, owner=self)
        reading = partial(self._here, reading=True)
        add("choose_customers", KEYS["add_files"], self.choose, when=self._here)
        add("import_customers", KEYS["save_next"], self.import_now, when=reading)
        add("customers_back", KEYS["step_back"], self.back, when=reading)
        mapping = self.intake.mapping_here
        add("customers_map", "Return", self.intake.map_current, when=lambda: reading() and mapping())

    def _here(self, *, reading: bool = False) -> bool:
        return self.isVisible() and (self.reading or not reading)

    def _focus(self) -> None:
        if self.isVisible():
            (self.intake if self.reading else self.in_use).focus_start()

    def _enable(self) -> None:
        look = self.intake.look
        for part in (self._back, self._hint, self._next):
            part.setVisible(self.reading)
        lacks, as_of = look is None or look.lacks, self.intake.as_of()
        self._next.setEnabled(not lacks and as_of is not None and not self.busy)
        self._back.setEnabled(not self.busy)
        self.in_use.enable(not self.busy)
        code = "lacks" if lacks else "replaces" if as_of is not None else "no_moment"
        self._hint.setText(self._words.say(f"window.customers.{code}"))

    def _show(self, look: Look) -> None:
        was_reading = self.reading
        self.intake.show_look(look)
        self._stack.setCurrentWidget(self.intake)
        self._enable()
        if not was_reading:
            self._focus()

    def _show_overview(self) -> None:
        self._stack.setCurrentIndex(0)
        self.in_use.refresh()
        self._enable()
        self._focus()

    def _map(self, column: str, field: str) -> None:
        look = self.intake.look
        if look is None or self.busy:
            return
        told = {**look.mapping, column: field}
        self._run(lambda _progress: choose(look, told), self._show)

    def _imported(self, found: Imported) -> None:
        self._show_overview()
        say = self._words.say
        told = [say("window.customers.done", count=f"{found.customers:,}")]
        for reason, rows in found.skipped.items():
            named = self._words.say("workbook.comma").join(map(str, rows.first[:_ROWS_NAMED]))
            more = rows.count > len(rows.first[:_ROWS_NAMED])
            code = "rows" if not rows.first else "rows_more" if more else "rows_named"
            where = say(f"window.customers.{code}", count=f"{rows.count:,}", rows=named)
            told.append(say(f"window.customers.skipped.{reason.value}", rows=where))
        told += [
            reason_sentence(self._words, NoteReason(note.code, 0.0, note.details), section="note")
            for note in found.notes
        ]
        self.notice.tell("\n".join(told), "warn" if found.skipped or found.notes else "ok")
        self.imported.emit()

    def _run(self, work: Callable[[Progress], T], done: Callable[[T], None]) -> None:
        say = self._words.say
        self._panel.begin(say("window.customers.progress.looking"))
        self._panel.show()

        def show(step: str, count: int, of: int) -> None:
            told = say(f"window.customers.progress.{step}", done=f"{count:,}", of=f"{of:,}")
            self._panel.show_step(told, count, of)

        def over() -> None:
            self._job = None
            self._panel.hide()
            self._enable()

        def finished(found: T) -> None:
            over()
            done(found)

        def failed(problem: Exception) -> None:
            over()
            self._session.messages.tell(problem)

        self._job = self._session.background.run_job(
            work, done=finished, failed=failed, cancelled=over, progress=show, owner=self
        )
        self._enable()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
