"""Every plan, script, check-list and article of the site pack with number, version, day and approver."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop_app.domain.documents import Document, documents
from desktop_app.domain.same_symptom import folded
from desktop_app.domain.times import zone_of
from desktop_app.ui.paper import print_sheet
from desktop_app.ui.session import Session
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import KEYS, first_key
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.dialog import Dialog
from desktop_app.ui.widgets.form_row import form_row
from desktop_app.ui.widgets.labels import PlainLabel

_COLUMNS = ("part", "title", "number", "version", "from", "approved_by")
_WIDTHS = (110, 0, 90, 70, 110, 120)
_SIZE = (940, 620)


class DocumentsDialog(Dialog):
    """A list to type in, and below it what the one at hand says; it is printed as the register."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        words = session.words
        super().__init__(words, words.say("window.documents.title"), parent=parent)
        self.lock_by(session.shortcuts)
        self._words = words
        self._today = session.clock().astimezone(zone_of(session.store.settings.zone)).date()
        self._all = documents(session.shelf.pack)
        version = str(session.shelf.pack.version)
        name = session.shelf.pack.name.told(words.language)
        self._of = self._say("of", name=name, version=version, count=len(self._all))
        self.search = LineEdit(most=60)
        self.search.setObjectName("documents_search")
        self.search.edited.connect(self._filter)
        self.model = RowsModel[Document]([self._say(f"column.{one}") for one in _COLUMNS], self._cells, self)
        self.table = Table(self.model, words.say("window.documents.title"), _WIDTHS)
        self.table.setObjectName("documents")
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show())
        self.text = QPlainTextEdit()
        self.text.setObjectName("document_text")
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self._say("text"))
        self.body.addWidget(PlainLabel(self._of, role="secondary", wrap=True))
        self.body.addWidget(form_row(self._say("search"), self.search))
        self.body.addWidget(self.table, 3)
        self.body.addWidget(self.text, 2)
        button = SecondaryButton(self._say("print"), first_key("print"), icon_name="print")
        button.setObjectName("print_documents")
        button.clicked.connect(self._print)
        self.extra.addWidget(button)
        self.keys.add("print", KEYS["print"], self._print)
        self.setMinimumSize(scaled(520), scaled(360))
        self.resize(*map(scaled, _SIZE))
        self._filter()
        self.search.setFocus()

    def register(self) -> list[str]:
        """Return the lines of the printed register: what is listed now."""
        return [self._of, *(" · ".join(filter(None, self._told(one))) for one in self.model.rows)]

    def _filter(self) -> None:
        asked = folded(self.search.full_text())
        self.model.fill([one for one in self._all if asked in folded(" ".join(self._told(one)))])
        self.table.go_to(0)
        self._show()

    def _show(self) -> None:
        row = self.table.current_row()
        if row < 0:
            self.text.setPlainText("")
            return
        lines = [one.told(self._words.language) for one in self.model.rows[row].lines]
        self.text.setPlainText("\n".join(lines) if lines else self._say("empty"))

    def _cells(self, one: Document) -> Sequence[Cell]:
        overdue = one.overdue(self._today)
        cells = [Cell(text, tone="muted" if overdue else "") for text in self._told(one)]
        if not one.version.approved_by:
            cells[-1] = Cell(self._say("not_approved"), "warning", "warn")
        return cells

    def _told(self, one: Document) -> list[str]:
        part = self._words.say(f"window.pack.part.{one.part}")
        title = one.title.told(self._words.language) or self._say("all", part=part, count=one.count)
        first, last = one.span.first, one.span.last
        since = first.isoformat() if first else ""
        if last is not None:
            code = "ended" if one.overdue(self._today) else "until"
            since = self._say(code, first=since, last=last.isoformat())
        return [part, title, one.version.number, one.version.version, since, one.version.approved_by]

    def _print(self) -> None:
        print_sheet(self, self._words.say("window.documents.title"), self.register())

    def _say(self, code: str, **details: object) -> str:
        return self._words.say(f"window.documents.{code}", **details)
