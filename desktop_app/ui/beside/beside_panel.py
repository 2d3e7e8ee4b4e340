"""All that stands beside the form: whom to ring, the steps, contacts and knowledge (DESK §5)."""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.domain.phones import grouped
from desktop_app.domain.site_pack import Contact, Phrase
from desktop_app.ui.beside.at_hand import AtHand
from desktop_app.ui.beside.contacts_panel import ContactsPanel
from desktop_app.ui.beside.greeting_line import GreetingLine
from desktop_app.ui.beside.knowledge_panel import KnowledgePanel
from desktop_app.ui.beside.known_issue_line import KnownIssueLine
from desktop_app.ui.beside.known_issues import KnownIssues
from desktop_app.ui.beside.playbook_panel import PlaybookPanel
from desktop_app.ui.beside.ring_card import RingCard
from desktop_app.ui.beside.soothing_panel import SoothingPanel, mood_menu
from desktop_app.ui.beside.statement_line import StatementLine
from desktop_app.ui.capture.form import CaptureForm
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import KEYS
from desktop_app.ui.widgets.announce import announce

_TAKEN = {
    "centre_told_at": (("property_centre", "name"), ("centre_phone", "phone")),
    "passed_at": (("passed_to", "name"),),
}
"""Which fields take what of the contact, by the field for when it was told.

Who answers there is not known before it was rung.
"""
_MOST_STEPS = 9
_NARROWEST = 300
"""Width (logical pixels) that heights are asked for before the panel has one."""


class Page(StrEnum):
    """What the panel shows where there is room for one thing only."""

    STEPS = "steps"
    CONTACTS = "contacts"
    KNOWLEDGE = "knowledge"


class BesidePanel(QFrame):
    """``resized`` tells that it would like another height, ``left`` that the form is gone back to."""

    resized = Signal()
    called = Signal()
    """It is gone to by a key of its own: it has to be in sight."""
    left = Signal()

    def __init__(self, session: Session, form: CaptureForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._session, self._form = session, form
        self._page, self._roomy = Page.STEPS, False
        self.at_hand = AtHand(session, form, self)
        self.greeting = GreetingLine()
        self.known = KnownIssues(session, form, self)
        self.known_line = KnownIssueLine(session.words, self.known)
        self.statement = StatementLine(session, form)
        self.ring = RingCard(session.words)
        self.playbook = PlaybookPanel(session, self.at_hand)
        self.soothing = SoothingPanel(session.words, self.at_hand)
        self.contacts = ContactsPanel(session, self.at_hand)
        self.knowledge = KnowledgePanel(session, form, self.at_hand)
        self._build()
        self._connect()
        self._add_keys()
        self._show()
        self._show_pages()

    @property
    def page(self) -> Page:
        """What is shown where there is room for one thing only."""
        return self._page

    def set_roomy(self, roomy: bool) -> None:
        """Show everything at once, or one page of it."""
        self._roomy = roomy
        self._show_pages()

    def fit(self, room: int) -> None:
        """Show as much of what is to be said as this height has room for, the steps with it.

        The greeting, which everybody knows, goes before the sentence of a known issue is cut.
        """
        known = not self.known_line.isHidden()
        for greeting_goes, low in ((False, False), (known, False), (known, True)):
            self.greeting.give_way(greeting_goes)
            self.known_line.set_low(low)
            self._layout.invalidate()
            if self.minimumSizeHint().height() <= room:
                return

    def show_page(self, page: Page) -> None:
        """Bring one page to the front; where there is room all are there."""
        if page is not self._page:
            self._page = page
            self._show_pages()

    def focus_first(self) -> None:
        """Put the focus on what is done next on the page in front."""
        focus = {
            Page.STEPS: self.playbook.focus_steps,
            Page.CONTACTS: self.contacts.focus_field,
            Page.KNOWLEDGE: self.knowledge.focus_search,
        }
        focus[self._page]()

    def go_to(self, page: Page) -> None:
        """Go to a page by its key; from there the same key leads back to the form."""
        target = self.knowledge if page is Page.KNOWLEDGE else self.contacts
        focus = QGuiApplication.focusObject()
        if isinstance(focus, QWidget) and target.isAncestorOf(focus):
            self.leave()
            return
        self.called.emit()
        self.show_page(page)
        self.focus_first()

    def leave(self) -> None:
        """Show the steps again, and go back to the form."""
        self.show_page(Page.STEPS)
        self.left.emit()

    def take_contact(self, contact: Contact | None = None) -> None:
        """Take a name and number into the form's empty fields, the one selected or the one to ring now.

        Where the step has no fields for them, the number is copied.
        """
        contact = contact or self.contact()
        if contact is None:
            return
        self.at_hand.ring(contact)
        parts = {"name": contact.name.told(self._session.words.language), "phone": contact.phone}
        shown = {**parts, "phone": grouped(contact.phone)}
        fields = _TAKEN.get(self.at_hand.told_by, ()) if contact.role == self.at_hand.role else ()
        for key, part in fields:
            if not self._form.text(key).strip():
                self._form.enter(key, parts[part])
        if not fields:
            QGuiApplication.clipboard().setText(contact.phone)
        code = "taken" if fields else "copied"
        told = self._session.words.say(f"window.beside.{code}", **shown)
        self.ring.tell(told)
        announce(self, told)

    def contact(self) -> Contact | None:
        """Return whom to ring now; None where nobody is asked for or listed."""
        ringing = self.at_hand.ringing
        return self.contacts.selected() or (ringing[0] if ringing else None)

    def choose_mood(self) -> None:
        """Offer the caller's moods, and what calms the one that was chosen."""
        menu = mood_menu(self._session.words, self.at_hand, self._set_mood, self.use_phrase, self)
        menu.popup(self._form.mapToGlobal(QPoint(scaled(14), scaled(90))))

    def use_phrase(self, phrase: Phrase) -> None:
        """Copy a sentence and log it as used."""
        QGuiApplication.clipboard().setText(self.at_hand.told(phrase.text))
        self.at_hand.use(phrase)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that no part of it has taken goes back to the form."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Ask for room for every step; a page to search in asks for all there is."""
        self._layout.invalidate()
        hint = self._layout.sizeHint()
        if self._page is not Page.STEPS:
            return QSize(hint.width(), scaled(2000))
        if not self._layout.hasHeightForWidth():
            return hint
        return QSize(hint.width(), self._layout.totalHeightForWidth(max(self.width(), scaled(_NARROWEST))))

    def minimumSizeHint(self) -> QSize:
        """Ask for every line that cannot be scrolled."""
        least = self._layout.totalMinimumSize()
        high = self._layout.totalMinimumHeightForWidth(max(self.width(), least.width()))
        return QSize(least.width(), max(least.height(), high))

    def _set_mood(self, mood: str) -> None:
        self._form.enter("mood", mood)

    def _build(self) -> None:
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(scaled(12), scaled(10), scaled(10), scaled(8))
        self._layout.setSpacing(scaled(7))
        for part in (self.greeting, self.known_line, self.statement, self.ring):
            self._layout.addWidget(part)
        self._layout.addWidget(self.playbook)
        self._layout.addWidget(self.soothing)
        self._layout.addWidget(self.contacts, 2)
        self._layout.addWidget(self.knowledge, 4)

    def _connect(self) -> None:
        self.ring.take_clicked.connect(self.take_contact)
        self.playbook.rung.connect(self.take_contact)
        self.soothing.chosen.connect(self.use_phrase)
        self.contacts.picked.connect(self.take_contact)
        self.contacts.closed.connect(self.leave)
        self._form.refilled.connect(self.contacts.clear)
        self.knowledge.closed.connect(self.leave)
        self.knowledge.read.connect(self._show_pages)
        self.playbook.contacts_clicked.connect(partial(self.go_to, Page.CONTACTS))
        self.playbook.knowledge_clicked.connect(partial(self.go_to, Page.KNOWLEDGE))
        self.at_hand.changed.connect(self._show)
        self.known.changed.connect(self.resized)
        self.statement.resized.connect(self.resized)

    def _add_keys(self) -> None:
        shortcuts, seen = self._session.shortcuts, self._form.isVisible
        for place in range(_MOST_STEPS):
            code = f"step_{place + 1}"
            shortcuts.add(code, KEYS[code], partial(self.at_hand.tick, place), when=seen, owner=self)
        for code, act in (
            ("ring_take", self.take_contact),
            ("contacts", partial(self.go_to, Page.CONTACTS)),
            ("knowledge", partial(self.go_to, Page.KNOWLEDGE)),
            ("mood", self.choose_mood),
        ):
            shortcuts.add(code, KEYS[code], act, when=seen, owner=self)

    def _show(self) -> None:
        at_hand = self.at_hand
        self.ring.show_contacts(
            at_hand.ringing, asked=bool(at_hand.role or at_hand.ringing), by_place=at_hand.by_place
        )
        self.greeting.show_greeting(at_hand.greeting)
        self.resized.emit()

    def _show_pages(self) -> None:
        steps = self._roomy or self._page is Page.STEPS
        reading = self.knowledge.view.isVisibleTo(self.knowledge)
        self.playbook.setVisible(steps)
        self.playbook.show_doors(not self._roomy)
        self.soothing.set_roomy(self._roomy)
        # Where there is more to show the steps take what they need, else all there is.
        self._layout.setStretchFactor(self.playbook, 0 if self._roomy else 1)
        for panel in (self.contacts, self.knowledge.finder):
            panel.close_button.setVisible(not self._roomy)
        contacts = self._page is Page.CONTACTS or (self._roomy and not reading)
        self.contacts.setVisible(contacts)
        self.knowledge.setVisible(self._roomy or self._page is Page.KNOWLEDGE)
        self.resized.emit()
