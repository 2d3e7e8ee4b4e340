"""Prints a sheet of plain text: what has to be kept away from this PC, and the keys of the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import shiboken6
from PySide6.QtGui import (
    QFont,
    QPageSize,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextTableFormat,
)
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

_TITLE_POINTS, _POINTS = 16, 12
_KEY_POINTS = 7.2
_KEYS_ACROSS = 3
"""Pairs of keys and words in a line of the page of keys."""


def print_sheet(parent: QWidget, title: str, lines: Sequence[str]) -> bool:
    """Ask for a printer and print; returns whether it was printed and not given up."""
    return print_page(parent, title, sheet(title, lines))


def sheet(title: str, lines: Sequence[str], points: float = _POINTS) -> QTextDocument:
    """Return a document of a title and lines, none of which is ever rendered as markup."""
    document = QTextDocument()
    font = QFont(QApplication.font())
    font.setPointSizeF(points)
    document.setDefaultFont(font)
    cursor = QTextCursor(document)
    heading = QTextCharFormat()
    heading.setFontPointSize(_TITLE_POINTS)
    heading.setFontWeight(QFont.Weight.DemiBold)
    cursor.insertText(title, heading)
    spaced = QTextBlockFormat()
    # Small letters are for a page that has to hold all of them.
    spaced.setTopMargin(max(0.0, points - 6))
    for line in lines:
        cursor.insertBlock(spaced, QTextCharFormat())
        cursor.insertText(line)
    return document


def print_page(parent: QWidget, title: str, document: QTextDocument) -> bool:
    """Ask for a printer and print a document on A4; returns whether it was printed and not given up."""
    return print_by(parent, title, document.print_)


def print_by(parent: QWidget, title: str, draw: Callable[[QPrinter], None]) -> bool:
    """Ask for a printer and let ``draw`` print on its A4; returns whether it did and was not given up."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    try:
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return False
    finally:
        # Kept by its parent it would ask the printer, which is gone by then, at the next key that reaches it.
        if shiboken6.isValid(dialog):
            shiboken6.delete(dialog)
    draw(printer)
    return True


def key_page(title: str, groups: Sequence[tuple[str, Sequence[tuple[str, str]]]], hint: str) -> QTextDocument:
    """Return one page of headings with pairs of keys and words under them, three pairs in a line."""
    document = QTextDocument()
    font = QFont(QApplication.font())
    font.setPointSizeF(_KEY_POINTS)
    document.setDefaultFont(font)
    cursor = QTextCursor(document)
    heading, strong = QTextCharFormat(), QTextCharFormat()
    for bold, points in ((heading, _TITLE_POINTS), (strong, _KEY_POINTS)):
        bold.setFontPointSize(points)
        bold.setFontWeight(QFont.Weight.DemiBold)
    cursor.insertText(title, heading)
    for name, lines in groups:
        cursor.insertBlock(_above(3), strong)
        cursor.insertText(name, strong)
        rows = -(-len(lines) // _KEYS_ACROSS)
        shape = QTextTableFormat()
        shape.setBorder(0)
        shape.setCellPadding(0)
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        share = (10, 23) * _KEYS_ACROSS
        kind = QTextLength.Type.PercentageLength
        shape.setColumnWidthConstraints([QTextLength(kind, part) for part in share])
        cursor.insertBlock(_above(0), QTextCharFormat())
        table = cursor.insertTable(rows, 2 * _KEYS_ACROSS, shape)
        for place, (keys, told) in enumerate(lines):
            row, column = place % rows, place // rows * 2
            table.cellAt(row, column).firstCursorPosition().insertText(keys, strong)
            table.cellAt(row, column + 1).firstCursorPosition().insertText(told)
        cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertBlock(_above(4), QTextCharFormat())
    cursor.insertText(hint)
    return document


def _above(points: int) -> QTextBlockFormat:
    spaced = QTextBlockFormat()
    spaced.setTopMargin(points)
    return spaced
