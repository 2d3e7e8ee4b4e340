"""A paper on screen: shown, saved, copied, printed, by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.domain.paper import Entries, Entry, Paper, Section
from desktop_app.ui.papers.drawing import DrawnPaper
from desktop_app.ui.papers.paper_dialog import PaperDialog
from tests.ui.incident.conftest import Room
from tests.ui.incident.conftest import room as room

CTRL = Qt.KeyboardModifier.ControlModifier
PAPER = Paper(
    "处理表", "G07-1", (Section("一", (Entries(((Entry("现象", "CRM <b>打不开"),),)),)),), printed="陈静"
)


@pytest.fixture
def dialog(room: Room) -> PaperDialog:
    opened = PaperDialog(room.session, "处理表", lambda: PAPER, room.window)
    opened.open()
    room.qtbot.waitUntil(lambda: opened.drawn is not None)
    return opened


def press(qtbot: QtBot, dialog: PaperDialog, key: Qt.Key) -> None:
    dialog.activateWindow()
    qtbot.keyClick(dialog.focusWidget() or dialog, key, CTRL)


def test_the_pages_are_seen_before_anything_is_printed(room: Room, dialog: PaperDialog) -> None:
    assert [label.accessibleName() for label in dialog.pages] == ["第 1 页，共 1 页"]
    assert dialog.pages[0].pixmap().width() == 760
    room.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_pdf_is_saved_by_keys(
    room: Room, dialog: PaperDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def choose(_over: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        asked.append(name)
        return str(tmp_path / "表"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    press(room.qtbot, dialog, Qt.Key.Key_S)
    room.qtbot.waitUntil(lambda: (tmp_path / "表.pdf").exists())
    room.settle()
    assert (tmp_path / "表.pdf").read_bytes().startswith(b"%PDF")
    press(room.qtbot, dialog, Qt.Key.Key_S)
    room.settle()
    assert asked == ["处理表-G07-1.pdf", str(tmp_path / "处理表-G07-1.pdf")], "the folder is remembered"


def test_text_is_copied(room: Room, dialog: PaperDialog) -> None:
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == "处理表\nG07-1\n\n一\n现象: CRM <b>打不开\n\n陈静"


@pytest.mark.parametrize("answer", list(QDialog.DialogCode))
def test_ctrl_p_prints_the_pages_that_are_chosen(
    room: Room, dialog: PaperDialog, answer: QDialog.DialogCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[tuple[int, int]] = []
    monkeypatch.setattr(QPrintDialog, "exec", lambda _dialog: answer)
    monkeypatch.setattr(
        DrawnPaper, "paint_on", lambda _paper, _device, first, last: drawn.append((first, last))
    )
    press(room.qtbot, dialog, Qt.Key.Key_P)
    accepted = answer is QDialog.DialogCode.Accepted
    assert drawn == ([(1, 0)] if accepted else [])
    assert dialog.isVisible() is not accepted, "given up, the preview stays"


def test_a_page_is_drawn_on_a_printer(qapp: QApplication, room: Room, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    DrawnPaper(PAPER, room.session.words).paint_on(printer)
    assert (tmp_path / "printed.pdf").stat().st_size > 1_000


def test_what_cannot_be_read_is_told(room: Room) -> None:
    def read() -> Paper:
        raise RuntimeError("broken")

    opened = PaperDialog(room.session, "处理表", read, room.window)
    room.settle()
    assert [str(one) for one in room.told.problems] == ["broken"]
    assert not opened.primary.isEnabled()
    room.told.problems.clear()
