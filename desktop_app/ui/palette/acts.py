"""What Enter in the palette does with each kind of thing, when the caret is back where it was."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.domain.phones import grouped
from desktop_app.domain.phrases import expand
from desktop_app.domain.site_pack import Article, Contact, Phrase, Playbook
from desktop_app.services.offers import Offer
from desktop_app.ui.beside.beside_panel import Page
from desktop_app.ui.desk.desk_page import DeskPage
from desktop_app.ui.palette.ranking import Entry
from desktop_app.ui.palette.sources import Command, Record
from desktop_app.ui.session import Session
from desktop_app.ui.typing.text_edit import LongTextEdit


class Acts:
    """Acts on what was chosen. ``show_desk`` brings the form on screen, ``open_record`` and ``resume`` take
    the id of a record and of a draft.
    """

    def __init__(
        self,
        session: Session,
        desk: DeskPage,
        *,
        show_desk: Callable[[], None],
        open_record: Callable[[str, QWidget | None], None],
        resume: Callable[[str], None],
    ) -> None:
        self._session, self._desk, self._capture = session, desk, desk.capture
        self._show_desk, self._open_record, self._resume = show_desk, open_record, resume

    def act(self, entry: Entry) -> None:
        """Do it."""
        match entry.thing:
            case Command(code):
                self._session.shortcuts.run(code)
            case Record(subject_id, draft):
                self._resume(subject_id) if draft else self._open_record(
                    subject_id, QApplication.focusWidget()
                )
            case Offer() as offer:
                self._fill(offer)
            case Contact() as contact:
                self._ring(contact)
            case Phrase() as phrase:
                self._write(phrase)
            case Playbook() as book:
                self._follow(book)
            case Article() as article:
                self._read(article)

    def _fill(self, offer: Offer) -> None:
        """Put a customer into the form, as from the pop-up: what a person typed there stays."""
        self._show_desk()
        self._capture.form.caller.take("", offer)

    def _follow(self, book: Playbook) -> None:
        """Show the steps of a playbook beside the form; one of another kind makes the record that kind."""
        self._show_desk()
        form, beside = self._capture.form, self._desk.beside
        if form.kind not in book.kinds:
            form.set_kind(book.kinds[0])
        beside.at_hand.choose(book.key)
        beside.show_page(Page.STEPS)

    def _ring(self, contact: Contact) -> None:
        """Show whom to ring; the number can be copied for a phone on this PC."""
        say, language = self._session.words.say, self._session.words.language
        hours = say("window.palette.hours", hours=contact.hours) if contact.hours else ""
        told = say(
            "window.palette.ring",
            name=contact.name.told(language),
            phone=grouped(contact.phone),
            hours=hours,
        )
        notice = self._capture.notice

        def copy() -> None:
            QGuiApplication.clipboard().setText(contact.phone)
            notice.tell(say("window.palette.copied"), "ok", seconds=4)

        self._show_desk()
        notice.tell(told, "info", [(say("window.palette.copy"), copy)])

    def _write(self, phrase: Phrase) -> None:
        """Write a phrase at the caret of a correction; else into the form, which notes that it was used."""
        field, form = QApplication.focusWidget(), self._capture.form
        if isinstance(field, LongTextEdit) and not field.isReadOnly() and not form.isAncestorOf(field):
            # What the form at the left says is of another call.
            field.enter(expand(phrase, {}, self._session.words.language))
            return
        self._show_desk()
        self._capture.phrasing.write(phrase)

    def _read(self, article: Article) -> None:
        self._show_desk()
        beside = self._desk.beside
        if beside.page is not Page.KNOWLEDGE:
            beside.go_to(Page.KNOWLEDGE)
        beside.knowledge.open_article(article)
