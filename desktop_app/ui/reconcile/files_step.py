"""Step 1: which files to compare the records with, and which span of time counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QStackedWidget, QWidget

from desktop_app.domain.times import zone_of
from desktop_app.exchange.preview import FileKind
from desktop_app.paths import data_folder
from desktop_app.services.progress import Progress
from desktop_app.services.reconcile_preview import Offered, offer
from desktop_app.services.reconcile_spans import outage_span
from desktop_app.services.reconcile_store import span_of_records
from desktop_app.ui.sentences import sentence_in_window
from desktop_app.ui.session import Session
from desktop_app.ui.stepped.job_panel import JobPanel
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.buttons import QuietButton, SecondaryButton
from desktop_app.ui.widgets.cards import card, scrolled_card
from desktop_app.ui.widgets.combo import Combo
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import Heading, PlainLabel

Span = tuple[datetime, datetime]
_SORTS = ("crm", "calls", "queue_log")


class FilesStep(QWidget):
    """Files dropped or chosen, each told what it is taken for; the window of time.

    ``changed`` says that the files are others, ``refused`` carries an exception to be told.
    """

    changed = Signal()
    refused = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._words = session.words
        self._waiting: list[Path] = []
        self._span: Span | None = None
        self._outage: Span | None = None
        self.setAcceptDrops(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(12))
        layout.addWidget(self._make_files(), 3)
        layout.addWidget(self._make_window(), 2)
        self._show_count()

    @property
    def offered(self) -> Sequence[Offered]:
        """The files, looked at."""
        return self._model.rows

    @property
    def busy(self) -> bool:
        """Whether files are being looked at."""
        return self._panel.busy

    def window_told(self) -> tuple[str, str] | None:
        """Return the two moments as typed; None where neither was."""
        start, end = self._start.full_text().strip(), self._end.full_text().strip()
        return (start, end) if start or end else None

    def replace(self, offered: Sequence[Offered]) -> None:
        """Take over files that were mapped."""
        self._model.fill(offered)

    def load(self) -> None:
        """Ask for the span of the store's records; the page calls this when it is shown."""
        store, clock = self._session.store, self._session.clock

        def ask() -> tuple[tuple[int, datetime | None, datetime | None], Span | None]:
            return span_of_records(store), outage_span(store, now=clock())

        self._session.background.query(ask, self._take_spans, owner=self)

    def focus_start(self) -> None:
        """Put the focus where the work begins."""
        (self._table if self._model.rows else self._add).setFocus()

    def choose(self, folder: str = "") -> None:
        """Let a person choose files."""
        start = folder or next(iter(self._session.preferences.folders("reconcile")), "")
        title = self._words.say("window.reconcile.files.choose")
        paths, _ = QFileDialog.getOpenFileNames(self, title, start)
        self.add([Path(path) for path in paths])

    def add(self, paths: Sequence[Path]) -> None:
        """Look at more files; those that are there already stay as they are."""
        known = {one.path for one in self._model.rows}
        new = [path for path in dict.fromkeys(paths) if path not in known]
        if self.busy:
            self._waiting += new
            return
        if not new:
            return
        self._session.preferences.keep_folder("reconcile", str(new[0].parent))
        self._fill_recent()
        zone = self._session.store.settings.zone

        def work(progress: Progress) -> list[Offered]:
            return offer(new, zone, data_folder(), progress)

        self._panel.run(work, self._take, failed=self.refused.emit)

    def remove(self) -> None:
        """Take the selected file off the list."""
        row = self._table.current_row()
        if row >= 0:
            self._model.remove(row)
            self._table.go_to(min(row, len(self._model.rows) - 1))
            self._show_count()
            self.changed.emit()

    def removable(self) -> bool:
        """Whether Delete would take a file off the list."""
        return self._table.hasFocus() and self._table.current_row() >= 0

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self.add(paths)
        event.acceptProposedAction()

    def _make_files(self) -> QFrame:
        say = self._words.say
        frame, layout = card()
        layout.addWidget(Heading(say("window.reconcile.files.heading")))
        layout.addWidget(PlainLabel(say("window.reconcile.files.what"), role="secondary", wrap=True))
        headers = [say(f"window.reconcile.files.column.{name}") for name in ("file", "kind", "rows", "state")]
        self._model: RowsModel[Offered] = RowsModel(headers, self._cells, self)
        self._table = Table(self._model, say("window.reconcile.files.heading"), (200, 150, 80, 0))
        self._table.setObjectName("files")
        self._empty = EmptyState("table", say("window.reconcile.files.empty"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._table)
        layout.addWidget(self._stack, 1)
        self._panel = JobPanel(self._session, "window.reconcile.progress", begin="previewing")
        self._panel.cancelled.connect(self._waiting.clear)
        self._panel.changed.connect(self.changed)
        layout.addWidget(self._panel)
        self._add = SecondaryButton(say("window.reconcile.files.add"), "Ctrl+O", icon_name="add")
        self._add.setObjectName("add_files")
        self._add.clicked.connect(lambda: self.choose())
        self._recent = Combo(name=say("window.reconcile.files.recent"))
        self._recent.setObjectName("recent_folder")
        self._recent.code_changed.connect(self._choose_in)
        self._fill_recent()
        self._remove = SecondaryButton(say("window.reconcile.files.remove"), "Delete", icon_name="remove")
        self._remove.clicked.connect(self.remove)
        row = QHBoxLayout()
        row.addWidget(self._add)
        row.addWidget(self._recent, 1)
        row.addWidget(self._remove)
        layout.addLayout(row)
        return frame

    def _make_window(self) -> QFrame:
        say = self._words.say
        frame, layout = scrolled_card()
        layout.addWidget(Heading(say("window.reconcile.window.heading")))
        layout.addWidget(PlainLabel(say("window.reconcile.window.what"), role="secondary", wrap=True))
        form = FormGrid()
        self._start, self._end = LineEdit(), LineEdit()
        for field, name in ((self._start, "from"), (self._end, "to")):
            field.setObjectName(f"window_{name}")
            field.setPlaceholderText(say("window.reconcile.window.example"))
            form.row(say(f"window.reconcile.window.{name}"), field)
        layout.addLayout(form)
        self._count = PlainLabel("", role="secondary", wrap=True)
        self._use = QuietButton(say("window.reconcile.window.use"), icon_name="clock")
        self._use.setObjectName("use_span")
        self._use.clicked.connect(self._use_span)
        self._use.hide()
        self._why = PlainLabel(say("window.reconcile.window.outage"), role="secondary", wrap=True)
        self._why.hide()
        layout.addWidget(self._why)
        layout.addWidget(self._count)
        layout.addWidget(self._use, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        layout.addWidget(Heading(say("window.reconcile.export.heading")))
        for sort in _SORTS:
            layout.addWidget(PlainLabel(say(f"window.reconcile.kind.{sort}"), role="strong"))
            layout.addWidget(PlainLabel(say(f"window.reconcile.export.{sort}"), role="secondary", wrap=True))
        layout.addStretch(2)
        return frame

    def _cells(self, one: Offered) -> Sequence[Cell]:
        say = self._words.say
        if one.seen is None:
            told = sentence_in_window(self._words, one.error) if one.error else ""
            return (Cell(one.label), Cell(""), Cell(""), Cell(told, "warning", "warn"))
        kind = Cell(say(f"window.reconcile.kind.{one.seen.kind}"))
        rows = Cell(f"{one.seen.opened.rows}", right=True)
        if one.seen.kind is FileKind.RECORDS:
            state = Cell(say("window.reconcile.files.not_compared"), "warning", "warn")
        elif one.seen.lacks:
            state = Cell(say("window.reconcile.files.lacks"), "warning", "warn")
        elif one.seen.notes:
            state = Cell(say("window.reconcile.files.notes", count=len(one.seen.notes)), "info")
        else:
            state = Cell(say("window.reconcile.files.fine"), "check", "ok")
        return (Cell(one.label), kind, rows, state)

    def _fill_recent(self) -> None:
        folders = self._session.preferences.folders("reconcile")
        self._recent.fill([(folder, folder) for folder in folders])
        self._recent.setItemText(0, self._words.say("window.reconcile.files.recent"))
        self._recent.set_code("")
        self._recent.setEnabled(bool(folders))

    def _choose_in(self, folder: str) -> None:
        self._recent.set_code("")
        if folder:
            self.choose(folder)

    def _take(self, found: list[Offered]) -> None:
        self._model.fill([*self._model.rows, *found])
        self._show_count()
        self._table.go_to(len(self._model.rows) - 1)
        waiting = list(self._waiting)
        self._waiting.clear()
        self.add(waiting)
        self.changed.emit()

    def _show_count(self) -> None:
        self._stack.setCurrentWidget(self._table if self._model.rows else self._empty)
        self._remove.setEnabled(bool(self._model.rows))

    def _take_spans(self, told: tuple[tuple[int, datetime | None, datetime | None], Span | None]) -> None:
        records, outage = told
        self._take_span(records)
        if outage is not None and outage != self._outage:
            # Once for each outage: whoever empties the fields wants everything compared.
            self._outage = outage
            if self.window_told() is None:
                self._fill_span(outage)
        self._why.setVisible(self._outage is not None)

    def _take_span(self, told: tuple[int, datetime | None, datetime | None]) -> None:
        count, first, last = told
        say = self._words.say
        zone = zone_of(self._session.store.settings.zone)
        self._span = (first, last) if first and last else None
        self._use.setVisible(self._span is not None)
        if first is None or last is None:
            self._count.setText(say("window.reconcile.window.no_records"))
            return
        span = [f"{at.astimezone(zone):%Y-%m-%d %H:%M}" for at in (first, last)]
        self._count.setText(say("window.reconcile.window.records", count=count, start=span[0], end=span[1]))

    def _use_span(self) -> None:
        if self._span is not None:
            self._fill_span(self._span)

    def _fill_span(self, span: Span) -> None:
        zone = zone_of(self._session.store.settings.zone)
        first, last = (at.astimezone(zone) for at in span)
        self._start.setText(f"{first:%Y-%m-%d %H:%M}")
        self._end.setText(f"{last.replace(second=59):%Y-%m-%d %H:%M:%S}")
