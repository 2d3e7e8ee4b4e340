"""A paper before it is printed: its pages on screen, then onto a printer, into a PDF, or copied as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPixmap
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.paper import Paper, lines_of
from desktop_app.ui.paper import print_by
from desktop_app.ui.papers.drawing import DrawnPaper, save_pdf
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import KEYS, first_key
from desktop_app.ui.widgets.announce import announce
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.dialog import Dialog
from desktop_app.ui.widgets.notice import Notice

_PAGE = 760
"""Logical pixels that a page is wide on screen."""
_AROUND = 110
_FOLDER = "papers"


class PaperDialog(Dialog):
    """``read`` fetches the paper, away from the GUI thread; until it is there nothing can be printed."""

    def __init__(self, session: Session, title: str, read: Callable[[], Paper], parent: QWidget) -> None:
        words = session.words
        super().__init__(words, title, words.say("window.papers.print"), parent)
        self.lock_by(session.shortcuts)
        self._session = session
        self.drawn: DrawnPaper | None = None
        self.pages: list[QLabel] = []
        self._page = QWidget()
        self._page.setProperty("role", "page")
        self._column = QVBoxLayout(self._page)
        self._column.setSpacing(scaled(12))
        self._column.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._area = QScrollArea()
        self._area.setObjectName("paper_pages")
        self._area.setAccessibleName(title)
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._page)
        self._area.setMinimumWidth(scaled(_PAGE + 48))
        self.body.addWidget(self._area, 1)
        self._notice = Notice(words)
        self.body.addWidget(self._notice)
        self.primary.set_words(words.say("window.papers.print"), first_key("print"))
        self.primary.setEnabled(False)
        self.pdf = self._button("save_pdf", "save", first_key("save"))
        self.pdf.clicked.connect(self._ask_file)
        self.copy = self._button("copy_text", "copy")
        self.copy.clicked.connect(self._copy)
        self.keys.add("print", KEYS["print"], lambda: self.primary.click())
        self.keys.add("save", KEYS["save"], lambda: self.pdf.click())
        self.resize(scaled(_PAGE + 100), max(scaled(400), parent.window().height() - scaled(_AROUND) // 2))
        width = round(scaled(_PAGE) * self.devicePixelRatioF())

        def work() -> tuple[DrawnPaper, list[QImage]]:
            drawn = DrawnPaper(read(), words)
            return drawn, [drawn.image(place, width) for place in range(len(drawn.pages))]

        session.background.query(work, self._show, self._refused, owner=self)

    def accept(self) -> None:
        """Ask for a printer and print; the preview stays where nothing was."""
        drawn = self.drawn
        if drawn is None:
            return

        def draw(printer: QPrinter) -> None:
            drawn.paint_on(printer, printer.fromPage() or 1, printer.toPage())

        if print_by(self, drawn.paper.title, draw):
            super().accept()

    def save_into(self, path: Path) -> None:
        """Write the PDF, away from the GUI thread, and say where it is."""
        drawn = self.drawn
        if drawn is None:
            return
        say = self._session.words.say
        self._session.background.query(
            lambda: save_pdf(drawn, path),
            lambda _done: self._notice.tell(say("window.papers.saved", file=path), "ok"),
            self._refused,
            owner=self,
        )

    def _show(self, found: tuple[DrawnPaper, Sequence[QImage]]) -> None:
        self.drawn, images = found
        say = self._session.words.say
        for place, image in enumerate(images, 1):
            picture = QPixmap.fromImage(image)
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            label = QLabel()
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setPixmap(picture)
            label.setFrameShape(QFrame.Shape.Box)
            label.setAccessibleName(say("paper.page", page=place, pages=len(images)))
            self._column.addWidget(label)
            self.pages.append(label)
        for button in (self.primary, self.pdf, self.copy):
            button.setEnabled(True)
        announce(self, say("window.papers.ready", title=self.drawn.paper.title, pages=len(images)))

    def _refused(self, problem: Exception) -> None:
        self._session.messages.tell(problem)

    def _button(self, code: str, icon: str, hint: str = "") -> SecondaryButton:
        button = SecondaryButton(self._session.words.say(f"window.papers.{code}"), hint, icon_name=icon)
        button.setObjectName(code)
        button.setEnabled(False)
        self.extra.addWidget(button)
        return button

    def _ask_file(self) -> None:
        if self.drawn is None:
            return
        preferences = self._session.preferences
        folder = next(iter(preferences.folders(_FOLDER)), "")
        paper = self.drawn.paper
        name = "-".join(filter(None, (paper.title, paper.number))) + ".pdf"
        chosen, _ = QFileDialog.getSaveFileName(
            self, self._session.words.say("window.papers.save_pdf"), str(Path(folder) / name), "PDF (*.pdf)"
        )
        if chosen:
            path = Path(chosen)
            preferences.keep_folder(_FOLDER, str(path.parent))
            self.save_into(path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf"))

    def _copy(self) -> None:
        if self.drawn is not None:
            QGuiApplication.clipboard().setText("\n".join(lines_of(self.drawn.paper)))
            self._notice.tell(self._session.words.say("window.papers.copied"), "ok")
