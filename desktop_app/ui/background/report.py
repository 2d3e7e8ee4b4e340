"""The report of a bug: read it, save it for IT, or copy it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.domain.errors import KnownError
from desktop_app.services.report import Report, save_report
from desktop_app.ui.background.background import Background
from desktop_app.ui.sentences import sentence_in_window
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.text_edit import LongTextEdit
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.dialog import Dialog
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.words import Words

_SIZE = (620, 420)


def ask_folder(parent: QWidget, words: Words) -> Path | None:
    """Ask for the folder of the report; None where the person thinks better of it."""
    chosen = QFileDialog.getExistingDirectory(parent, words.say("window.background.choose_folder"))
    return Path(chosen) if chosen else None


class ReportDialog(Dialog):
    """Shows everything that would be handed on, so that anybody can see that no caller is in it."""

    def __init__(
        self,
        words: Words,
        report: Report,
        background: Background,
        folder: Callable[[QWidget, Words], Path | None],
        parent: QWidget | None = None,
    ) -> None:
        say = words.say
        super().__init__(
            words, say("window.background.bug_title"), say("window.background.save_report"), parent
        )
        self._words, self._report, self._background, self._ask_folder = words, report, background, folder
        self.cancel.set_words(say("window.widgets.close"), "Esc")
        self.body.addWidget(PlainLabel(say("window.background.bug_kept"), wrap=True))
        self.body.addWidget(PlainLabel(say("window.background.hand_on"), role="secondary", wrap=True))
        self.shown = LongTextEdit()
        self.shown.setReadOnly(True)
        self.shown.setObjectName("report")
        self.shown.setAccessibleName(say("window.background.report_text"))
        self.shown.setPlainText(f"{report.text}\n{report.log}".rstrip())
        self.body.addWidget(self.shown, 1)
        self.told = PlainLabel(wrap=True, selectable=True)
        self.told.hide()
        self.body.addWidget(self.told)
        self.copy = SecondaryButton(say("window.background.copy"), icon_name="copy")
        self.copy.clicked.connect(self._copy)
        self.extra.addWidget(self.copy)
        self.resize(scaled(_SIZE[0]), scaled(_SIZE[1]))
        self.primary.setFocus()

    def accept(self) -> None:
        """Save the report; the dialog stays and says where."""
        folder = self._ask_folder(self, self._words)
        if folder is not None:
            self._background.query(
                lambda: save_report(self._report, folder), self._saved, self._not_saved, owner=self
            )

    def _saved(self, file: Path) -> None:
        self._tell(self._words.say("window.background.report_saved", file=file), "ok")

    def _not_saved(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._tell(sentence_in_window(self._words, error), "warn")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.shown.toPlainText())
        self._tell(self._words.say("window.background.copied"), "ok")

    def _tell(self, text: str, tone: str) -> None:
        self.told.setText(text)
        self.told.set_tone(tone)
        self.told.show()
