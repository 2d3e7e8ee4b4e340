"""Step 5: CRM numbers into the records, and the workbook onto the disk."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLineEdit, QWidget

from desktop_app.domain.errors import KnownError
from desktop_app.exchange.worksheets import telling
from desktop_app.services import decisions
from desktop_app.services.reconcile_walk import Compared, acceptable
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.announce import announce
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.cards import scrolled_card
from desktop_app.ui.widgets.combo import Combo
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import Heading, PlainLabel
from desktop_app.ui.widgets.pill import Tone
from desktop_app.words import LANGUAGES, Language, as_language


class WorkbookStep(QWidget):
    """Where to, in which language, with which password.

    ``accept_asked`` and ``unaccept_asked`` are about the CRM numbers; the page writes.
    """

    accept_asked = Signal()
    unaccept_asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._words = session.words
        self._may = decisions.may_decide(session.store)
        self._written: Path | None = None
        self._replacing: Path | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(12))
        layout.addWidget(self._make_form(), 3)
        layout.addWidget(self._make_summary(), 2)

    @property
    def path(self) -> Path:
        """Where the workbook goes."""
        return Path(self._path.full_text().strip())

    @property
    def language(self) -> Language:
        """The language of the workbook."""
        return as_language(self._language.current_code())

    def password(self) -> str:
        """Return the password, empty for none; raises KnownError where the two fields differ."""
        one, two = self._password.text(), self._again.text()
        if one != two:
            raise KnownError("reconcile.passwords_differ")
        return one

    def show_compared(self, compared: Compared) -> None:
        """Tell what the workbook will say, and how many CRM numbers can be written."""
        if not self._path.full_text():
            first = next(iter(compared.request.files), None)
            folder = first.parent if first else Path.home()
            name = self._words.say("window.reconcile.workbook.name", day=f"{self._session.clock():%Y-%m-%d}")
            self._path.setText(str(folder / name))
        cautions = list(telling.cautions(self._words, compared.found))
        self._cautions.setText("\n\n".join(cautions))
        self._cautions.setVisible(bool(cautions))
        self._totals.setText("\n\n".join(telling.totals(self._words, compared.found)))
        self.show_acceptable(compared)

    def show_acceptable(self, compared: Compared, *, undoable: bool = False) -> None:
        """Tell how many matched records have no CRM number yet."""
        count = len(acceptable(compared))
        self._accept.setEnabled(self._may and count > 0)
        self._unaccept.setVisible(undoable)
        say = self._words.say
        code = "none" if not count else "count" if self._may else "leads_only"
        self._acceptable.setText(say(f"window.reconcile.accept.{code}", count=count))

    def tell_accepted(self, count: int) -> None:
        """Say that CRM numbers were written."""
        self._acceptable.setText(self._words.say("window.reconcile.accept.done", count=count))

    def tell_written(self, path: Path) -> None:
        """Say that the workbook lies there."""
        self._written, self._replacing = path, None
        self._tell("written", path, "ok")
        self._open.show()
        if self.isVisible():
            self._open.setFocus()

    def may_replace(self, path: Path) -> bool:
        """Whether a person knows that a file lies there already; asks once where not."""
        known = self._replacing == path
        self._replacing = path
        if not known:
            self._tell("replaces", path, "warn")
        return known

    def focus_start(self) -> None:
        """Put the focus on the path."""
        self._path.setFocus()

    def _make_form(self) -> QFrame:
        say = self._words.say
        frame, layout = scrolled_card()
        layout.addWidget(Heading(say("window.reconcile.accept.heading")))
        layout.addWidget(PlainLabel(say("window.reconcile.accept.what"), role="secondary", wrap=True))
        self._acceptable = PlainLabel("", wrap=True)
        self._acceptable.setObjectName("acceptable")
        self._accept = SecondaryButton(say("window.reconcile.accept.do"), icon_name="check")
        self._accept.setObjectName("accept_all")
        self._accept.clicked.connect(self.accept_asked)
        self._unaccept = SecondaryButton(say("window.reconcile.accept.undo"), icon_name="undo")
        self._unaccept.setObjectName("unaccept_all")
        self._unaccept.clicked.connect(self.unaccept_asked)
        self._unaccept.hide()
        row = QHBoxLayout()
        row.addWidget(self._accept)
        row.addWidget(self._unaccept)
        row.addStretch(1)
        layout.addWidget(self._acceptable)
        layout.addLayout(row)
        layout.addSpacing(scaled(14))
        layout.addWidget(Heading(say("window.reconcile.workbook.heading")))
        form = FormGrid()
        self._path = LineEdit()
        self._path.setObjectName("workbook_path")
        self._browse = SecondaryButton(say("window.reconcile.workbook.browse"), icon_name="folder")
        self._browse.clicked.connect(self._choose)
        self._language = Combo(
            [(one, say(f"window.reconcile.workbook.language.{one}")) for one in LANGUAGES], optional=False
        )
        self._language.setObjectName("workbook_language")
        self._language.set_code(self._words.language)
        self._password, self._again = LineEdit(), LineEdit()
        for field, name in ((self._password, "password"), (self._again, "password_again")):
            field.setObjectName(f"workbook_{name}")
            field.setEchoMode(QLineEdit.EchoMode.Password)
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._path, 1)
        row.addWidget(self._browse)
        form.row(say("window.reconcile.workbook.path"), place).setBuddy(self._path)
        self._path.setAccessibleName(place.accessibleName())
        form.row(say("window.reconcile.workbook.in_language"), self._language)
        form.row(say("window.reconcile.workbook.password"), self._password)
        form.row(say("window.reconcile.workbook.password_again"), self._again)
        layout.addLayout(form)
        layout.addWidget(
            PlainLabel(say("window.reconcile.workbook.about_password"), role="secondary", wrap=True)
        )
        self._told = PlainLabel("", wrap=True, selectable=True)
        self._told.setObjectName("written")
        self._open = SecondaryButton(say("window.reconcile.workbook.open_folder"), icon_name="folder")
        self._open.setObjectName("open_folder")
        self._open.clicked.connect(self._open_folder)
        self._open.hide()
        layout.addWidget(self._told)
        layout.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        return frame

    def _make_summary(self) -> QFrame:
        frame, layout = scrolled_card()
        layout.addWidget(Heading(self._words.say("window.reconcile.workbook.summary")))
        self._totals = PlainLabel("", wrap=True)
        self._totals.setObjectName("totals")
        self._cautions = PlainLabel("", tone="warn", wrap=True)
        layout.addWidget(self._totals)
        layout.addSpacing(scaled(8))
        layout.addWidget(self._cautions)
        layout.addStretch(1)
        return frame

    def _tell(self, code: str, path: Path, tone: Tone) -> None:
        told = self._words.say(f"window.reconcile.workbook.{code}", path=path)
        self._told.setText(told)
        self._told.set_tone(tone)
        announce(self, told)

    def _choose(self) -> None:
        title = self._words.say("window.reconcile.workbook.heading")
        path, _ = QFileDialog.getSaveFileName(self, title, str(self.path), "Excel (*.xlsx)")
        if path:
            named = path.lower().endswith(".xlsx")
            self._path.setText(path if named else f"{path}.xlsx")
            self._replacing = Path(path) if named else None  # the dialog has asked

    def _open_folder(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))
