"""The Excel workbook of a reconciliation (DESIGN §5): its sheets, and DESIGN §2.3 as live formulas."""

from __future__ import annotations

import io
from pathlib import Path

import msoffcrypto
from msoffcrypto.format.ooxml import OOXMLFile

from desktop_app.domain.errors import KnownError
from desktop_app.domain.reconciliation import Reconciliation
from desktop_app.domain.times import zone_of
from desktop_app.exchange.handover import handed_over
from desktop_app.exchange.worksheets.about import About, write_about
from desktop_app.exchange.worksheets.book import Book
from desktop_app.exchange.worksheets.calls import write_other_sheets
from desktop_app.exchange.worksheets.journal import JournalParts, write_journal_sheets
from desktop_app.exchange.worksheets.lists import write_lists
from desktop_app.exchange.worksheets.long_texts import write_long_texts
from desktop_app.exchange.worksheets.records import write_records
from desktop_app.exchange.worksheets.summary import write_summary
from desktop_app.exchange.worksheets.workload import write_workload
from desktop_app.words import Words


def write_workbook(
    path: Path,
    found: Reconciliation,
    about: About,
    words: Words,
    *,
    journal: JournalParts | None = None,
    password: str | None = None,
) -> None:
    """Write the workbook in the language of ``words``; it appears whole or not at all.

    ``journal`` is what a store adds. With a ``password`` the file is encrypted and decrypted once for proof.
    Raises KnownError ``writing.*`` where it cannot be put there.
    """
    with handed_over(path) as temporary:
        book = _book(found, about, words, journal)
        if not password:
            book.workbook.save(temporary)
            return
        plain = io.BytesIO()
        book.workbook.save(plain)
        temporary.write_bytes(_encrypted(plain.getvalue(), password, path))


def _book(found: Reconciliation, about: About, words: Words, journal: JournalParts | None) -> Book:
    made_at = words.say("workbook.about.version", version=about.version)
    book = Book(words, zone_of(about.zone), made_at)
    records = write_records(book, found)
    lists = write_lists(book, found)
    others = write_other_sheets(book, found)
    write_workload(book, found)
    promises = write_journal_sheets(book, journal or JournalParts())
    write_about(book, about, found)
    write_long_texts(book)
    write_summary(book, found, about, records, lists, others, promises, journal)
    return book


def _encrypted(plain: bytes, password: str, path: Path) -> bytes:
    sealed = io.BytesIO()
    OOXMLFile(io.BytesIO(plain)).encrypt(password, sealed)
    opened = io.BytesIO()
    sealed.seek(0)
    check = msoffcrypto.OfficeFile(sealed)
    check.load_key(password=password)
    check.decrypt(opened)
    if opened.getvalue() != plain:
        raise KnownError("writing.password_failed", file=path)
    return sealed.getvalue()
