"""A table looked at before it is taken in: what becomes of each row, and which column feeds which field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.domain.errors import KnownError
from desktop_app.domain.times import zone_of
from desktop_app.services.hand_table import Judged, JudgedRow, Standing
from desktop_app.ui.hand_table.row_cells import COLUMNS, WIDTHS, cells, told
from desktop_app.ui.reconcile.mapping_table import MappingTable
from desktop_app.ui.sentences import sentence_in_window
from desktop_app.ui.session import Session
from desktop_app.ui.stepped.intake_view import IntakeView
from desktop_app.ui.tables.rows_model import RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.cards import card
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.labels import Heading, PlainLabel

_SHARES = (380, 240)


class HandTableView(IntakeView):
    """``keep_asked`` asks to keep the bad rows in a file, ``remember_asked`` to keep the columns for the next
    table like this.
    """

    keep_asked = Signal()
    remember_asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self._mapping = MappingTable(session)
        super().__init__(session, self._mapping, parent)
        self._zone = zone_of(session.store.settings.zone)
        self._judged: Judged | None = None
        self._bad: Sequence[JudgedRow] = ()
        self._lay_out(self._make_rows(), self._make_columns(), _SHARES)

    @property
    def judged(self) -> Judged | None:
        """The table on screen."""
        return self._judged

    @property
    def bad(self) -> Sequence[JudgedRow]:
        """The rows that stay behind, those that failed at saving included."""
        return self._bad

    def show_judged(self, judged: Judged, failed: Sequence[JudgedRow] = ()) -> None:
        """Show a table; ``failed`` are rows that an import could not save."""
        new = self._judged is None or self._judged.seen.opened is not judged.seen.opened
        self._judged = judged
        others = {row.row.source for row in failed}
        self._bad = [row for row in judged.of(Standing.BAD) if row.row.source not in others] + list(failed)
        self._title.setText(judged.seen.opened.parsed.file)
        self._count_chips(judged)
        if new:
            self._filter.set_code("all")
        self._fill()
        self._mapping.show_look(judged.seen)
        self._tell_notes(self._in_the_way(judged), judged.seen.notes, lacks=judged.seen.lacks)
        self._keep.setVisible(bool(self._bad))
        self._keep.set_words(self._words.say("window.tables.intake.keep", count=len(self._bad)))
        self._remember.setEnabled(not judged.seen.lacks)

    def focus_start(self) -> None:
        """Put the focus on the rows, on the columns where there are none."""
        (self._rows if self._model.rows else self.columns).setFocus()

    def _make_rows(self) -> QFrame:
        say = self._words.say
        frame, layout = card()
        self._title = Heading()
        self._filter = ChipGroup(name=say("window.tables.intake.show"), optional=False)
        self._filter.setObjectName("rows_shown")
        self._filter.changed.connect(lambda _code: self._fill())
        self._keep = SecondaryButton("", icon_name="save")
        self._keep.setObjectName("keep_bad")
        self._keep.clicked.connect(self.keep_asked)
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addSpacing(scaled(12))
        top.addWidget(self._filter, 1)
        top.addWidget(self._keep)
        layout.addLayout(top)
        headers = [say(f"window.tables.row.column.{name}") for name in COLUMNS]
        self._model: RowsModel[JudgedRow] = RowsModel(
            headers, lambda row: cells(self._words, self._zone, row), self
        )
        self._rows = Table(self._model, say("window.tables.intake.rows"), WIDTHS)
        self._rows.setObjectName("table_rows")
        self._rows.selectionModel().currentRowChanged.connect(lambda _now, _old: self._tell_row())
        layout.addWidget(self._rows, 1)
        self._told = PlainLabel("", role="secondary", wrap=True, selectable=True)
        self._told.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._told.setObjectName("row_told")
        layout.addWidget(self._told)
        return frame

    def _make_columns(self) -> QFrame:
        say = self._words.say
        frame, layout = card()
        self._remember = SecondaryButton(say("window.reconcile.mapping.keep"), icon_name="save")
        self._remember.setObjectName("remember_columns")
        self._remember.clicked.connect(self.remember_asked)
        top = QHBoxLayout()
        top.addWidget(Heading(say("window.tables.intake.columns")))
        top.addSpacing(scaled(12))
        top.addWidget(PlainLabel(say("window.reconcile.mapping.how"), role="secondary"), 1)
        top.addWidget(self._remember)
        layout.addLayout(top)
        layout.addWidget(self.columns, 1)
        self.notes.setObjectName("table_notes")
        layout.addWidget(self.notes)
        return frame

    def _count_chips(self, judged: Judged) -> None:
        counts = {"all": len(judged.rows), **{one.value: len(judged.of(one)) for one in Standing}}
        pairs = [
            (code, self._words.say(f"window.tables.intake.{code}", count=count))
            for code, count in counts.items()
        ]
        self._filter.fill(pairs)

    def _fill(self) -> None:
        if self._judged is None:
            return
        code = self._filter.current_code()
        rows = self._judged.rows if code == "all" else self._judged.of(Standing(code))
        self._model.fill(rows)
        self._rows.go_to(0)
        self._tell_row()

    def _tell_row(self) -> None:
        row = self._rows.current_row()
        if not 0 <= row < len(self._model.rows):
            self._told.setText("")
            return
        one = self._model.rows[row]
        said = told(self._words, one) or self._words.say(f"window.tables.row.{one.standing}")
        self._told.setText(self._words.say("window.tables.row.told", row=one.row.source.row, told=said))

    def _in_the_way(self, judged: Judged) -> list[str]:
        told = []
        if judged.seen.lacks:
            file = judged.seen.opened.parsed.file
            told.append(sentence_in_window(self._words, KnownError("table.no_column", file=file)))
        if judged.empty:
            told.append(self._words.say("window.tables.intake.empty", count=judged.empty))
        return told
