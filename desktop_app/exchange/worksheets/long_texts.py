"""The sheet with the whole of every text that is too long for its cell; it stands only where there is one."""

from __future__ import annotations

from desktop_app.exchange.worksheets.book import Book
from desktop_app.exchange.worksheets.table import Column, Holds, Table
from desktop_app.exchange.worksheets.texts import parts

COLUMNS = (
    Column("sheet", 18),
    Column("row", 8, Holds.NUMBER),
    Column("field", 14),
    Column("part", 8, Holds.NUMBER),
    Column("text", 120),
)


def write_long_texts(book: Book) -> None:
    """Write every marked text, in parts that fit."""
    if not book.long_texts:
        return
    table = Table(book, "long_texts", COLUMNS)
    for sheet, row, heading, text in list(book.long_texts):
        for number, part in enumerate(parts(text), 1):
            table.row(sheet, row, heading, number, part)
    table.close()
