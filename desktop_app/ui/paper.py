"""Prints a sheet of plain text: what has to be kept away from this PC."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

_TITLE_POINTS, _POINTS = 16, 12


def print_sheet(parent: QWidget, title: str, lines: Sequence[str]) -> bool:
    """Ask for a printer and print; returns whether it was printed and not given up."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return False
    sheet(title, lines).print_(printer)
    return True


def sheet(title: str, lines: Sequence[str]) -> QTextDocument:
    """Return a document of a title and lines, none of which is ever rendered as markup."""
    document = QTextDocument()
    font = QFont(QApplication.font())
    font.setPointSize(_POINTS)
    document.setDefaultFont(font)
    cursor = QTextCursor(document)
    heading = QTextCharFormat()
    heading.setFontPointSize(_TITLE_POINTS)
    heading.setFontWeight(QFont.Weight.DemiBold)
    cursor.insertText(title, heading)
    spaced = QTextBlockFormat()
    spaced.setTopMargin(6)
    for line in lines:
        cursor.insertBlock(spaced, QTextCharFormat())
        cursor.insertText(line)
    return document
