"""Reconciliation, walked through: files, columns, comparison, decisions, workbook (DESIGN §5)."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_app.domain.times import zone_of
from desktop_app.services import decisions
from desktop_app.services.decisions import Made
from desktop_app.services.progress import Progress
from desktop_app.services.reconcile_preview import request_of
from desktop_app.services.reconcile_reading import window_of
from desktop_app.services.reconcile_walk import (
    Compared,
    accept,
    catch_up,
    compare_again,
    compare_store,
    write,
)
from desktop_app.ui.reconcile.files_step import FilesStep
from desktop_app.ui.reconcile.mapping_step import MappingStep
from desktop_app.ui.reconcile.progress_step import ProgressStep
from desktop_app.ui.reconcile.results_step import ResultsStep
from desktop_app.ui.reconcile.step_bar import STEPS, StepBar
from desktop_app.ui.reconcile.workbook_step import WorkbookStep
from desktop_app.ui.session import Session
from desktop_app.ui.stepped.stepped_page import SteppedPage
from desktop_app.ui.typing.keys import KEYS
from desktop_app.words import Words

_DECIDING = ("match_yes", "match_no", "match_waive", "match_take_back", "match_undo")


class ReconcilePage(SteppedPage):
    """The five steps; every one of them can be gone back to without losing what was done."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "window.reconcile.progress", parent)
        self._step = "files"
        self._accepted: Made | None = None
        self._bar = StepBar(self._words)
        self.files = FilesStep(session)
        self.mapping = MappingStep(session)
        self.progress = ProgressStep(self._words)
        self.results = ResultsStep(session)
        self.workbook = WorkbookStep(session)
        self._pages: dict[str, QWidget] = dict(
            zip(STEPS, (self.files, self.mapping, self.progress, self.results, self.workbook), strict=True)
        )
        self._stack = QStackedWidget()
        for page in self._pages.values():
            self._stack.addWidget(page)
        self._lay_out()
        self._connect()
        self._add_keys()
        self.files.load()
        self._show("files")

    @property
    def step(self) -> str:
        """The code of the step on screen."""
        return self._step

    def next(self) -> None:
        """Go on from this step, or begin its work."""
        if not self._next.isEnabled():
            return
        if self._step == "files":
            self._to_mapping()
        elif self._step == "mapping":
            self._compare()
        elif self._step == "results":
            self._to_workbook()
        else:
            self._write()

    def back(self) -> None:
        """Go back one step; from the results to the columns."""
        if not self._back.isEnabled():
            return
        before = {"mapping": "files", "results": "mapping", "workbook": "results"}
        if self._step in before:
            self._show(before[self._step])

    def _lay_out(self) -> None:
        self.body.addWidget(self._bar)
        self.body.addWidget(self._stack, 1)
        self.add_foot("step_back", "step_next")

    def _connect(self) -> None:
        self._back.clicked.connect(self.back)
        self._next.clicked.connect(self.next)
        self.files.changed.connect(self._enable)
        self.mapping.changed.connect(self._enable)
        self.mapping.kept.connect(self._tell_kept)
        self.results.changed.connect(self._enable)
        self.results.again.connect(self._again)
        self.progress.cancelled.connect(self.panel.cancel)
        self.workbook.accept_asked.connect(self._accept)
        self.workbook.unaccept_asked.connect(self._unaccept)
        for refused in (self.files.refused, self.mapping.refused, self.results.refused):
            refused.connect(self._session.messages.tell)

    def _add_keys(self) -> None:
        add = partial(self._session.shortcuts.add, owner=self)
        add("step_next", KEYS["save_next"], self.next, when=self._here)
        add("step_back", KEYS["step_back"], self.back, when=self._here)
        add("add_files", KEYS["add_files"], self.files.choose, when=lambda: self._at("files"))
        add(
            "remove_file",
            "Delete",
            self.files.remove,
            when=lambda: self._at("files") and self.files.removable(),
        )
        add(
            "map_column",
            "Return",
            self.mapping.edit_current,
            when=lambda: self._at("mapping") and self.mapping.editing_here(),
        )
        for code in _DECIDING:
            keys = KEYS[code].split()
            act = partial(self.results.ask, code.removeprefix("match_"))
            add(code, keys[-1], act, when=lambda: self._at("results"))
            if len(keys) > 1:
                add(code, keys[0], act, when=lambda: self._at("results") and self.results.in_lists())

    def _here(self) -> bool:
        return self.isVisible()

    def _at(self, step: str) -> bool:
        return self._here() and self._step == step

    def _show(self, step: str) -> None:
        self._step = step
        self._bar.show_step(step)
        self._stack.setCurrentWidget(self._pages[step])
        self._enable()
        self.focus_step()

    def focus_step(self) -> None:
        """Put the focus where the step begins, but take none from a call that is typed meanwhile."""
        page = self._pages[self._step]
        if self.isVisible() and isinstance(page, FilesStep | MappingStep | ResultsStep | WorkbookStep):
            page.focus_start()

    def _enable(self) -> None:
        say = self._words.say
        self._next.setVisible(self._step != "progress")
        self._back.setVisible(self._step not in ("files", "progress"))
        self._back.setEnabled(not self.busy)
        if self._step != "progress":
            self._next.set_words(say(f"window.reconcile.next.{self._step}"))
        hint, ready = "", not self.busy
        if self._step == "files":
            readable = [one for one in self.files.offered if one.seen is not None]
            ready = ready and bool(readable) and not self.files.busy
            hint = "" if readable or self.files.busy else say("window.reconcile.hint.files")
        elif self._step == "mapping":
            lacking = self.mapping.lacking()
            ready = ready and not lacking and not self.mapping.busy
            names = say("workbook.comma").join(one.label for one in lacking)
            hint = say("window.reconcile.hint.mapping", files=names) if lacking else ""
        elif self._step == "results":
            ready = ready and not self.results.busy
        self._hint.setText(hint)
        self._next.setEnabled(ready)

    def _to_mapping(self) -> None:
        try:
            window_of(self.files.window_told(), zone_of(self._session.store.settings.zone))
        except Exception as problem:  # the one place that tells a known failure from a bug is behind it
            self._session.messages.tell(problem)
            return
        self.mapping.show_files(self.files.offered)
        self._show("mapping")

    def _compare(self) -> None:
        mapped = {one.path: one for one in self.mapping.offered}
        self.files.replace([mapped.get(one.path, one) for one in self.files.offered])
        request = request_of(self.files.offered, None, self.files.window_told())
        store, clock = self._session.store, self._session.clock
        self.progress.begin()
        self._show("progress")

        def work(progress: Progress) -> Compared:
            return compare_store(request, store, now=clock(), progress=progress)

        def done(compared: Compared) -> None:
            self._accepted = None
            self.results.show_compared(compared)
            self._show("results")

        def stopped() -> None:
            self._show("mapping")

        def failed(problem: Exception) -> None:
            stopped()
            self._session.messages.tell(problem)

        self.panel.run(work, done, failed=failed, stopped=stopped, show=self.progress.show_progress)

    def _again(self) -> None:
        """Compare again where only that tells what became of a record; decisions can go on meanwhile."""
        compared, store, clock = self.results.compared, self._session.store, self._session.clock
        if compared is None or self.busy:
            return

        def work(progress: Progress) -> Compared:
            return compare_again(compared, store, now=clock(), progress=progress)

        self.panel.run(work, self._take_again)

    def _take_again(self, found: Compared) -> None:
        held = self.results.compared
        now = catch_up(found, held.decisions) if held is not None else found
        self.results.show_compared(now)
        if now.unknown:
            self._again()
        if self._step == "workbook" and self.results.compared is not None:
            self.workbook.show_acceptable(self.results.compared, undoable=self._accepted is not None)

    def _to_workbook(self) -> None:
        if self.results.compared is not None:
            self.workbook.show_compared(self.results.compared)
            self._show("workbook")

    def _accept(self) -> None:
        compared, store, clock = self.results.compared, self._session.store, self._session.clock
        if compared is None or self.busy:
            return

        def work(progress: Progress) -> Made:
            return accept(compared, store, now=clock(), progress=progress)

        def done(made: Made) -> None:
            self._accepted = made if made.entries else None
            self.workbook.tell_accepted(len(made.entries))
            self._again()

        self.panel.run(work, done)

    def _unaccept(self) -> None:
        made, store, clock = self._accepted, self._session.store, self._session.clock
        if made is None or self.busy:
            return

        def work(progress: Progress) -> None:
            decisions.undo(store, made, now=clock(), progress=progress)

        def done(_told: None) -> None:
            self._accepted = None
            self._again()

        self.panel.run(work, done)

    def _write(self) -> None:
        if self.results.compared is None:
            return
        path, words = self.workbook.path, Words(self.workbook.language)
        try:
            password = self.workbook.password()
        except Exception as problem:
            self._session.messages.tell(problem)
            return

        def go_on(there: bool) -> None:
            if not self.busy and (not there or self.workbook.may_replace(path)):
                self._write_to(path, words, password)

        self._session.background.query(path.exists, go_on, owner=self)

    def _write_to(self, path: Path, words: Words, password: str) -> None:
        compared, store, clock = self.results.compared, self._session.store, self._session.clock
        ladders = self._session.shelf.pack.ladders
        if compared is None:
            return

        def work(progress: Progress) -> Compared:
            return write(
                compared,
                store,
                words,
                path,
                password=password,
                now=clock(),
                progress=progress,
                ladders=ladders,
            )

        def done(found: Compared) -> None:
            self.results.show_compared(found)
            self.workbook.tell_written(path)

        self.panel.run(work, done)

    def _tell_kept(self, path: str) -> None:
        self._hint.setText(self._words.say("window.reconcile.mapping.kept", path=path))
