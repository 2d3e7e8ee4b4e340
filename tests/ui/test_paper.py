"""What is printed is the text itself, and never rendered."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.paper import print_page, sheet


def test_a_sheet_is_plain_text(qapp, tmp_path: Path) -> None:
    document = sheet("恢复码 <b>", ["<i>NSJM</i>", "", "2M3G"])
    assert document.toPlainText() == "恢复码 <b>\n<i>NSJM</i>\n\n2M3G"
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "sheet.pdf"))
    document.print_(printer)
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("answer", list(QDialog.DialogCode))
def test_the_dialog_goes_with_its_printer(
    qtbot: QtBot, answer: QDialog.DialogCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    monkeypatch.setattr(QPrintDialog, "done", lambda dialog, code: QDialog.done(dialog, code))
    document = sheet("恢复码", [])
    printed: list[QPrinter] = []
    monkeypatch.setattr(document, "print_", printed.append)
    QTimer.singleShot(0, parent, lambda: QApplication.activeModalWidget().done(answer))
    assert print_page(parent, "恢复码", document) is (answer is QDialog.DialogCode.Accepted)
    assert len(printed) == (answer is QDialog.DialogCode.Accepted)
    assert parent.findChildren(QDialog) == []
