"""What went wrong is told in the window: known failures in a sentence, bugs with a report."""

from __future__ import annotations

import gc
import sys
import threading
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.errors import Closed, KnownError
from desktop_app.services.progress import Cancelled
from desktop_app.ui.background.messages import Messages
from desktop_app.ui.background.report import ReportDialog
from desktop_app.ui.theme.style import apply_theme
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.notice import Notice
from desktop_app.words import Words
from tests.backgrounds import settle

CALLER = "王芳 13123450001"


class Window(QWidget):
    def __init__(self, background, tmp_path: Path) -> None:
        super().__init__()
        self.words = Words("zh")
        self.notice = Notice(self.words)
        self.field = LineEdit()
        self.chosen: Path | None = tmp_path
        self.messages = Messages(
            self.words,
            self.notice,
            background,
            data_folder=tmp_path,
            folder=lambda parent, words: self.chosen,
        )
        layout = QVBoxLayout(self)
        layout.addWidget(self.notice)
        layout.addWidget(self.field)

    def press_report(self) -> ReportDialog:
        self.notice.findChildren(SecondaryButton)[-1].click()
        return self.findChild(ReportDialog)


@pytest.fixture
def window(qtbot, qapp, background, tmp_path):
    apply_theme(qapp, "light")
    made = Window(background, tmp_path)
    made.resize(900, 500)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.field.setFocus()
    qtbot.waitUntil(made.field.hasFocus)
    yield made
    made.messages.let_go()


def bug() -> None:
    {}[CALLER]


def test_a_known_failure_is_one_sentence_with_what_can_be_done(qtbot, window) -> None:
    pressed: list[int] = []
    window.messages.tell(KnownError("store.disk_full"), ("复制", lambda: pressed.append(1)))
    assert window.notice.text() == window.words.sentence(KnownError("store.disk_full"))
    (button,) = window.notice.findChildren(SecondaryButton)
    button.click()
    assert pressed == [1]


@pytest.mark.parametrize("nothing", [Cancelled(), Closed("store.closed")])
def test_a_stopped_job_is_no_failure_and_neither_is_reading_after_the_lock(window, nothing) -> None:
    window.messages.tell(nothing)
    assert window.notice.isHidden()


@pytest.mark.expects_log_error
def test_a_bug_in_background_work_can_be_reported_and_takes_no_key_away(
    qtbot, window, background, tmp_path
) -> None:
    background.change(bug)
    settle(qtbot, background)
    assert window.notice.text() == window.words.say("window.background.bug")
    assert CALLER not in window.notice.text()
    qtbot.keyClicks(window.field, "1312")
    assert window.field.text() == "1312"
    dialog = window.press_report()
    assert CALLER not in dialog.shown.toPlainText()
    assert "builtins.KeyError" in dialog.shown.toPlainText()
    qtbot.keyClick(dialog.primary, Qt.Key.Key_Return)
    settle(qtbot, background)
    (file,) = tmp_path.glob("*.zip")
    assert str(file) in dialog.told.text()
    with zipfile.ZipFile(file) as bundle:
        assert CALLER not in bundle.read("report.txt").decode()
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == dialog.shown.toPlainText()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isHidden()


@pytest.mark.expects_log_error
def test_a_report_that_cannot_be_written_says_so_and_stays(qtbot, window, background, tmp_path) -> None:
    window.messages.tell(RuntimeError(CALLER))
    dialog = window.press_report()
    window.chosen = None
    dialog.primary.click()
    assert dialog.told.isHidden()
    window.chosen = tmp_path / "nowhere"
    dialog.primary.click()
    settle(qtbot, background)
    assert dialog.told.text() == window.words.sentence(KnownError("report.unwritten", folder=window.chosen))
    assert dialog.isVisible()


@pytest.mark.expects_log_error
def test_what_slots_and_threads_let_slip_is_told(qtbot, window) -> None:
    before = (sys.excepthook, threading.excepthook)
    window.messages.catch_all()
    try:
        bug()
    except KeyError as error:
        sys.excepthook(KeyError, error, error.__traceback__)
    assert window.notice.isHidden(), "not from within the event that failed"
    qtbot.waitUntil(window.notice.isVisible)
    window.notice.dismiss()
    thread = threading.Thread(target=bug)
    thread.start()
    thread.join()
    qtbot.waitUntil(window.notice.isVisible)
    window.messages.let_go()
    assert (sys.excepthook, threading.excepthook) == before
    gc.collect()
