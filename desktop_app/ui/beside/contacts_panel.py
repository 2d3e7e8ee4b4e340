"""Whom else to ring: the centre's contacts, filtered as they are typed (1.5.3)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.domain.contacts import contacts_like
from desktop_app.domain.phones import grouped
from desktop_app.domain.site_pack import Contact
from desktop_app.ui.beside.at_hand import AtHand
from desktop_app.ui.beside.choice_list import Choice
from desktop_app.ui.beside.finder import Finder, FinderWords
from desktop_app.ui.session import Session


class ContactsPanel(Finder[Contact]):
    """``picked`` is emitted with the contact that Enter chose, ``closed`` to go back to the steps."""

    def __init__(self, session: Session, at_hand: AtHand, parent: QWidget | None = None) -> None:
        say = session.words.say
        asked = say("window.beside.contacts_filter")
        words = FinderWords(say("window.beside.contacts"), asked, asked, say("window.beside.back"), "user")
        super().__init__("contacts_filter", "contacts", words, parent)
        self._words, self._at_hand = session.words, at_hand
        self.asked.connect(self._find)
        at_hand.changed.connect(self.refresh)
        session.shelf.changed.connect(self.refresh)

    def _find(self) -> None:
        """Show who fits what is typed; without a word those of the step at hand, then of all steps."""
        pack, at_hand = self._at_hand.pack, self._at_hand
        steps = at_hand.steps[max(at_hand.current, 0) :]
        roles = tuple(step.ring for step in (*steps, *at_hand.steps) if step.ring)
        found = contacts_like(pack, self.text(), at_hand.address, roles)
        none = "contacts_none" if pack.contacts else "contacts_no_pack"
        choices = [self._choice(one) for one in found]
        self.show_found(found, choices, self._words.say(f"window.beside.{none}"))

    def _choice(self, contact: Contact) -> Choice:
        words = self._words
        verified = contact.verified_on
        parts = [
            contact.hours,
            grouped(contact.other_phone),
            words.say("window.beside.verified", day=verified.isoformat()) if verified else "",
        ]
        below = words.say("window.beside.dot").join(part for part in parts if part)
        return Choice(contact.name.told(words.language), grouped(contact.phone), below)
