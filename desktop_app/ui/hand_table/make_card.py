"""Making a sheet for a desk without this program: how many calls, for whom, where to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QWidget

from desktop_app.domain.numbers import Number
from desktop_app.domain.times import zone_of
from desktop_app.domain.typed import read_integer
from desktop_app.services.hand_template import make_sheet
from desktop_app.ui.session import Session
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.buttons import PrimaryButton, SecondaryButton
from desktop_app.ui.widgets.cards import card_layout
from desktop_app.ui.widgets.combo import Combo
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import Heading, PlainLabel
from desktop_app.words import LANGUAGES, Words, as_language

USUAL_COUNT = 50
XLSX = "Excel (*.xlsx)"


class MakeCard(QFrame):
    """``made`` carries the path of a sheet that was written and its numbers."""

    made = Signal(object, object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        say = session.words.say
        layout = card_layout(self)
        layout.addWidget(Heading(say("window.tables.make.heading")))
        layout.addWidget(PlainLabel(say("window.tables.make.what"), role="secondary", wrap=True))
        self._count, self._whom, self._path = LineEdit(), LineEdit(), LineEdit()
        self._count.setText(str(USUAL_COUNT))
        for field, name in ((self._count, "count"), (self._whom, "for_whom"), (self._path, "sheet_path")):
            field.setObjectName(name)
        self._whom.setPlaceholderText(say("window.tables.make.whom_hint"))
        self._language = Combo(
            [(one, say(f"window.reconcile.workbook.language.{one}")) for one in LANGUAGES], optional=False
        )
        self._language.setObjectName("sheet_language")
        self._language.set_code(session.words.language)
        form = FormGrid()
        form.pair(
            say("window.tables.make.count"), self._count, say("window.tables.make.language"), self._language
        )
        form.row(say("window.tables.make.whom"), self._whom)
        form.row(say("window.tables.make.path"), self._place()).setBuddy(self._path)
        self._path.setAccessibleName(say("window.tables.make.place"))
        layout.addLayout(form)
        self._make = PrimaryButton(say("window.tables.make.do"), icon_name="table")
        self._make.setObjectName("make_sheet")
        self._make.clicked.connect(self.make)
        layout.addWidget(self._make, 0, Qt.AlignmentFlag.AlignRight)
        self._name_anew()

    def focus_start(self) -> None:
        """Put the caret on the count."""
        self._count.setFocus()
        self._count.selectAll()

    def make(self) -> None:
        """Reserve the numbers and write the sheet."""
        session, path = self._session, Path(self._path.full_text().strip())
        count = read_integer(self._count.full_text()) or 0
        whom, words = self._whom.full_text().strip(), Words(as_language(self._language.current_code()))
        self._make.setEnabled(False)

        def done(numbers: list[Number]) -> None:
            self._make.setEnabled(True)
            session.preferences.keep_folder("tables", str(path.parent))
            self._whom.clear()
            self._name_anew()
            self.made.emit(path, numbers)

        def failed(problem: Exception) -> None:
            self._make.setEnabled(True)
            session.messages.tell(problem)

        # Not in the queue of changes: drafts would wait there while a slow share takes the file.
        session.background.query(
            lambda: make_sheet(session.store, path, count, words, for_whom=whom, now=session.clock()),
            done,
            failed,
            owner=self,
        )

    def _place(self) -> QWidget:
        place = QWidget()
        browse = SecondaryButton(self._session.words.say("window.tables.make.browse"), icon_name="folder")
        browse.setObjectName("browse_sheet")
        browse.clicked.connect(self._browse)
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._path, 1)
        row.addWidget(browse)
        return place

    def _browse(self) -> None:
        title = self._session.words.say("window.tables.make.heading")
        path, _ = QFileDialog.getSaveFileName(self, title, self._path.full_text(), XLSX)
        if path:
            self._path.setText(path if path.lower().endswith(".xlsx") else f"{path}.xlsx")

    def _name_anew(self) -> None:
        """Propose a name that no other sheet has: one minute makes one sheet."""
        session = self._session
        folder = next(iter(session.preferences.folders("tables")), str(Path.home()))
        now = session.clock().astimezone(zone_of(session.store.settings.zone))
        name = session.words.say("window.tables.make.name", at=f"{now:%Y-%m-%d %H%M%S}")
        self._path.setText(str(Path(folder) / name))
