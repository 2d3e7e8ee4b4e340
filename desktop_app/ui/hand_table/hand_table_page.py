"""Those without the program: sheets that go out with reserved numbers, and filled ones that are taken in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QWidget

from desktop_app.domain.numbers import Number
from desktop_app.paths import data_folder
from desktop_app.services.hand_table import Judged, JudgedRow, Standing, judge, look_at
from desktop_app.services.hand_table_import import TakenIn, Undone, keep_bad_rows, take_in, undo
from desktop_app.services.number_blocks import Made
from desktop_app.services.progress import Progress
from desktop_app.services.reconcile_preview import choose, keep_for_site
from desktop_app.ui.hand_table.blocks_card import BlocksCard
from desktop_app.ui.hand_table.hand_table_view import HandTableView
from desktop_app.ui.hand_table.make_card import XLSX, MakeCard
from desktop_app.ui.session import Session
from desktop_app.ui.stepped.intake_page import Intake, IntakePage
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import KEYS, shown_keys
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.cards import card, scrolled
from desktop_app.ui.widgets.labels import Heading, PlainLabel
from desktop_app.ui.widgets.notice import Action
from desktop_app.ui.widgets.pill import Tone

_INTAKE = Intake(
    section="window.tables.progress",
    title="window.tables.take.heading",
    kinds="Excel, CSV (*.xlsx *.xls *.xlsb *.ods *.csv *.txt *.jsonl)",
    room="tables",
    choose="open_table",
    take="table_import",
    back="table_back",
    map="table_map",
)


class HandTablePage(IntakePage):
    """Sheets out at first; a table that was opened takes their place until it is taken in or left."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _INTAKE, parent)
        self._taken: TakenIn | None = None
        self.make = MakeCard(session)
        self.blocks = BlocksCard(session)
        self.intake = HandTableView(session)
        self._lay_out(self._make_overview(), self.intake)
        self.make.made.connect(self._made)
        self.blocks.gave_back.connect(self._gave_back)
        self.intake.mapped.connect(self._map)
        self.intake.keep_asked.connect(self._ask_bad_rows)
        self.intake.remember_asked.connect(self._remember)

    def take_in(self) -> None:
        """Save every row that can be saved."""
        judged, store, clock = self.intake.judged, self._session.store, self._session.clock
        if judged is None or self.busy or not self._next.isEnabled():
            return

        def work(progress: Progress) -> tuple[TakenIn, Judged]:
            taken = take_in(store, judged, now=clock(), progress=progress)
            return taken, judge(store, judged.seen, Progress(), now=clock())

        self.panel.run(work, self._took)

    def keep_bad_rows(self, path: Path) -> None:
        """Write the rows that stay behind to a sheet of their own."""
        judged, bad, words = self.intake.judged, list(self.intake.bad), self._words
        if judged is None:
            return
        self._session.background.query(
            lambda: keep_bad_rows(path, judged, bad, words),
            lambda count: self._tell("kept", "ok", count=count, file=path),
            self._session.messages.tell,
            owner=self,
        )

    def _look_at(self, path: Path) -> None:
        self._taken = None
        store, clock = self._session.store, self._session.clock

        def work(progress: Progress) -> Judged:
            return judge(store, look_at(store, path, data_folder(), progress), progress, now=clock())

        self.panel.run(work, self._show)

    def _focus_overview(self) -> None:
        self.make.focus_start()

    def _refresh(self) -> None:
        self.blocks.refresh()

    def _make_overview(self) -> QWidget:
        overview = QWidget()
        columns = QHBoxLayout(overview)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(scaled(12))
        # With a notice above it a low window has no room for both cards.
        around, left = scrolled()
        left.setSpacing(scaled(12))
        left.addWidget(self.make)
        left.addWidget(self._make_take())
        left.addStretch(1)
        columns.addWidget(around, 2)
        columns.addWidget(self.blocks, 3)
        return overview

    def _make_take(self) -> QFrame:
        say = self._words.say
        frame, layout = card()
        layout.addWidget(Heading(say("window.tables.take.heading")))
        layout.addWidget(PlainLabel(say("window.tables.take.what"), role="secondary", wrap=True))
        self._open = SecondaryButton(
            say("window.tables.take.do"), shown_keys(KEYS["add_files"]), icon_name="folder"
        )
        self._open.setObjectName("open_table")
        self._open.clicked.connect(lambda: self.choose())
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._open)
        layout.addLayout(row)
        return frame

    def _enable(self) -> None:
        super()._enable()
        judged = self.intake.judged
        count = len(judged.of(Standing.NEW)) if judged is not None else 0
        self._next.setEnabled(count > 0 and not self.busy)
        self._next.set_words(self._words.say("window.tables.intake.do", count=count))
        self._open.setEnabled(not self.busy)
        self._hint.setText("" if count or self.busy else self._words.say("window.tables.intake.nothing"))

    def _show(self, judged: Judged, failed: Sequence[JudgedRow] = ()) -> None:
        self.intake.show_judged(judged, failed)
        self._show_view()

    def _map(self, column: str, field: str) -> None:
        judged, store, clock = self.intake.judged, self._session.store, self._session.clock
        if judged is None or self.busy:
            return
        seen, zone = judged.seen, store.settings.zone
        mapping = {name: held for name, held in seen.mapping.items() if name != column and held != field}
        told = {**mapping, column: field} if field else mapping

        def work(progress: Progress) -> Judged:
            return judge(store, choose(seen, told, zone), progress, now=clock())

        self.panel.run(work, self._show)

    def _took(self, told: tuple[TakenIn, Judged]) -> None:
        taken, judged = told
        failed = [row for row in taken.bad if row.problem and row.problem.code.startswith(("log.", "guard."))]
        self._show(judged, failed)
        if taken.saved:
            self._taken = taken
        if taken.stopped is not None:
            self._session.messages.tell(taken.stopped)
        code = "stopped" if taken.left else "bad" if taken.bad else "all"
        actions: list[Action] = []
        if taken.saved:
            actions.append((self._words.say("window.tables.done.undo"), self._undo))
        self._tell(
            code,
            "warn" if taken.left or taken.bad else "ok",
            actions,
            count=len(taken.saved),
            known=taken.known,
            bad=len(taken.bad),
            left=taken.left,
        )

    def _undo(self) -> None:
        taken, store, clock = self._taken, self._session.store, self._session.clock
        judged = self.intake.judged
        if taken is None or judged is None or self.busy:
            return

        def work(progress: Progress) -> tuple[Undone, Judged]:
            undone = undo(store, taken, now=clock(), progress=progress)
            return undone, judge(store, judged.seen, Progress(), now=clock())

        def done(told: tuple[Undone, Judged]) -> None:
            undone, again = told
            self._show(again)
            self._taken = replace(taken, saved=undone.rest) if undone.rest else None
            numbers = self._words.say("workbook.comma").join(undone.kept[:5])
            code = "undone_part" if undone.rest else "undone_but" if undone.kept else "undone"
            go_on = [(self._words.say("window.tables.done.undo"), self._undo)] if undone.rest else []
            self._tell(
                code,
                "ok" if code == "undone" else "warn",
                go_on,
                count=undone.count,
                numbers=numbers,
                left=len(undone.rest),
            )

        self.panel.run(work, done)

    def _made(self, path: Path, numbers: list[Number]) -> None:
        self.blocks.refresh()
        self._tell("made", "ok", count=len(numbers), file=path, first=numbers[0], last=numbers[-1])

    def _gave_back(self, made: Made) -> None:
        undo_it = (self._words.say("window.tables.done.undo"), lambda: self._not_given_back(made))
        self._tell("given_back", "ok", [undo_it])

    def _not_given_back(self, made: Made) -> None:
        self.notice.dismiss()
        self.blocks.take_back(made)

    def _ask_bad_rows(self) -> None:
        judged = self.intake.judged
        if judged is None:
            return
        source = judged.seen.opened.path
        name = self._words.say("window.tables.intake.bad_name", name=source.stem)
        title = self._words.say("window.tables.intake.keep", count=len(self.intake.bad))
        path, _ = QFileDialog.getSaveFileName(self, title, str(source.parent / name), XLSX)
        if path:
            self.keep_bad_rows(Path(path if path.lower().endswith(".xlsx") else f"{path}.xlsx"))

    def _remember(self) -> None:
        judged = self.intake.judged
        if judged is not None:
            self._session.background.query(
                lambda: keep_for_site(judged.seen, data_folder()),
                lambda path: self._tell("remembered", "ok", file=path),
                self._session.messages.tell,
                owner=self,
            )

    def _tell(self, code: str, tone: Tone, actions: Sequence[Action] = (), **details: object) -> None:
        self.notice.tell(self._words.say(f"window.tables.done.{code}", **details), tone, actions)
