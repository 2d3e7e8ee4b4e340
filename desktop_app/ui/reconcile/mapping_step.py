"""Step 2: how each file is read, shown on its own rows; a person may say otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.exchange.preview import FileKind, Look
from desktop_app.exchange.worksheets.wording import note_sentence
from desktop_app.paths import data_folder
from desktop_app.services.reconcile_preview import Offered, choose, keep_for_site, look_again
from desktop_app.ui.reconcile.mapping_table import MappingTable
from desktop_app.ui.reconcile.wording import field_name
from desktop_app.ui.session import Session
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.cards import card
from desktop_app.ui.widgets.combo import Combo
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import Heading, PlainLabel

ZONES = ("Asia/Shanghai", "UTC", *(f"{sign}{hour:02}:00" for sign in "+-" for hour in range(1, 13)))


class MappingStep(QWidget):
    """Files at the left; the chosen one's kind, zone, columns and what was not understood at the right.

    ``changed`` says that a file is read otherwise, ``refused`` carries an exception, ``kept`` a path.
    """

    changed = Signal()
    refused = Signal(object)
    kept = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._words = session.words
        self._zones: dict[str, str] = {}
        self._waiting = 0
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(12))
        layout.addWidget(self._make_list(), 1)
        layout.addWidget(self._make_detail(), 4)

    @property
    def offered(self) -> Sequence[Offered]:
        """The files as they will be read."""
        return self._files.rows

    @property
    def busy(self) -> bool:
        """Whether a change is being worked out."""
        return self._waiting > 0

    def lacking(self) -> list[Offered]:
        """Return the files that have no column of a field that is needed."""
        return [one for one in self._files.rows if one.seen is not None and one.seen.lacks]

    def show_files(self, offered: Sequence[Offered]) -> None:
        """Show the files that could be read."""
        self._files.fill([one for one in offered if one.seen is not None])
        lacking = self.lacking()
        self._list.go_to(list(self._files.rows).index(lacking[0]) if lacking else 0)
        self._show()

    def focus_start(self) -> None:
        """Put the focus on the columns."""
        self._table.setFocus()

    def editing_here(self) -> bool:
        """Whether Enter would choose a column's field."""
        return self._table.hasFocus()

    def edit_current(self) -> None:
        """Choose the field of the selected column."""
        self._table.edit_current()

    def _make_list(self) -> QFrame:
        frame, layout = card()
        layout.addWidget(Heading(self._words.say("window.reconcile.mapping.files")))
        self._files: RowsModel[Offered] = RowsModel([""], self._file_cells, self)
        self._list = Table(self._files, self._words.say("window.reconcile.mapping.files"), (0,), header=False)
        self._list.setObjectName("mapping_files")
        self._list.selectionModel().currentRowChanged.connect(lambda _now, _old: self._show())
        layout.addWidget(self._list, 1)
        return frame

    def _make_detail(self) -> QFrame:
        say = self._words.say
        frame, layout = card()
        self._title = Heading()
        self._facts = PlainLabel("", role="secondary", wrap=True)
        layout.addWidget(self._title)
        layout.addWidget(self._facts)
        form = FormGrid()
        kinds = [(kind.value, say(f"window.reconcile.kind.{kind}")) for kind in FileKind]
        self._kind = Combo([kind for kind in kinds if kind[0] != FileKind.QUEUE_LOG], optional=False)
        self._kind.setObjectName("file_kind")
        self._kind.code_changed.connect(self._change_kind)
        self._zone = Combo(
            [("", say("window.reconcile.mapping.zone_default"))] + [(one, one) for one in ZONES]
        )
        self._zone.removeItem(0)
        self._zone.setObjectName("file_zone")
        self._zone.code_changed.connect(self._change_zone)
        form.pair(
            say("window.reconcile.mapping.kind"), self._kind, say("window.reconcile.mapping.zone"), self._zone
        )
        layout.addLayout(form)
        self._lacks = PlainLabel("", tone="warn", wrap=True)
        layout.addWidget(self._lacks)
        self._table = MappingTable(self._session)
        self._table.mapped.connect(self._change_column)
        layout.addWidget(self._table, 1)
        self._notes = PlainLabel("", role="secondary", wrap=True)
        layout.addWidget(self._notes)
        self._keep = SecondaryButton(say("window.reconcile.mapping.keep"), icon_name="save")
        self._keep.setObjectName("keep_mapping")
        self._keep.clicked.connect(self._keep_mapping)
        row = QHBoxLayout()
        row.addWidget(PlainLabel(say("window.reconcile.mapping.how"), role="secondary"))
        row.addStretch(1)
        row.addWidget(self._keep)
        layout.addLayout(row)
        return frame

    def _file_cells(self, one: Offered) -> Sequence[Cell]:
        lacks = one.seen is not None and one.seen.lacks
        return (Cell(one.label, "warning" if lacks else "check", "warn" if lacks else "ok"),)

    def _current(self) -> Look | None:
        row = self._list.current_row()
        return self._files.rows[row].seen if 0 <= row < len(self._files.rows) else None

    def _show(self) -> None:
        seen = self._current()
        if seen is None:
            return
        say = self._words.say
        self._title.setText(seen.opened.parsed.file)
        how = say(f"window.reconcile.mapping.{'guessed' if seen.guessed else 'told'}")
        facts = [
            say("window.reconcile.mapping.profile", name=seen.profile.name, how=how),
            say("window.reconcile.mapping.rows", count=seen.opened.rows),
        ]
        if seen.opened.parsed.encoding:
            facts.append(say("window.reconcile.mapping.encoding", name=seen.opened.parsed.encoding))
        self._facts.setText("　".join(facts))
        fixed = seen.kind is FileKind.QUEUE_LOG or seen.opened.table is None
        self._kind.setEnabled(not fixed)
        self._kind.set_code("calls" if seen.kind is FileKind.QUEUE_LOG else seen.kind.value)
        self._zone.setEnabled(seen.editable)
        zone = self._zones.get(str(seen.opened.path), seen.profile.zone)
        self._zone.set_code(zone if zone in ZONES else "")
        self._lacks.setVisible(seen.lacks or not seen.editable)
        self._lacks.set_tone("warn" if seen.lacks else "info")
        names = [field_name(self._words, seen.kind, field) for field in seen.needed]
        fixed_code = "queue_log" if seen.kind is FileKind.QUEUE_LOG else "calls"
        fixed_words = say(f"window.reconcile.mapping.fixed_{fixed_code}")
        lacking = say("window.reconcile.mapping.lacks", fields=say("workbook.comma").join(names))
        self._lacks.setText(lacking if seen.lacks else fixed_words)
        sentences = [note_sentence(self._words, note) for note in seen.notes]
        self._notes.setVisible(bool(sentences))
        self._notes.setText("\n".join(sentences[:5]))
        self._keep.setEnabled(seen.editable and not seen.lacks)
        self._table.show_look(seen)

    def _change_kind(self, code: str) -> None:
        zone = self._session.store.settings.zone
        self._look(lambda seen: look_again(seen, FileKind(code), zone))

    def _change_zone(self, zone: str) -> None:
        seen = self._current()
        if seen is None:
            return
        self._zones[str(seen.opened.path)] = zone
        self._choose(seen.mapping)

    def _change_column(self, column: str, field: str) -> None:
        seen = self._current()
        if seen is None:
            return
        mapping = {name: held for name, held in seen.mapping.items() if name != column and held != field}
        self._choose({**mapping, column: field} if field else mapping)

    def _choose(self, mapping: Mapping[str, str]) -> None:
        told = dict(mapping)
        site = self._session.store.settings.zone

        def work(seen: Look) -> Look:
            return choose(seen, told, site, self._zones.get(str(seen.opened.path), ""))

        self._look(work)

    def _look(self, work: Callable[[Look], Look]) -> None:
        seen = self._current()
        row = self._list.current_row()
        if seen is None:
            return
        self._waiting += 1
        self.changed.emit()

        def done(found: Look) -> None:
            self._waiting -= 1
            one = self._files.rows[row]
            self._files.replace(row, replace(one, seen=found))
            if row == self._list.current_row():
                self._show()
            self.changed.emit()

        def failed(error: Exception) -> None:
            self._waiting -= 1
            self._show()
            self.changed.emit()
            self.refused.emit(error)

        self._session.background.query(lambda: work(seen), done, failed, owner=self)

    def _keep_mapping(self) -> None:
        seen = self._current()
        if seen is not None:
            self._session.background.query(
                lambda: keep_for_site(seen, data_folder()),
                lambda path: self.kept.emit(str(path)),
                self.refused.emit,
                owner=self,
            )
