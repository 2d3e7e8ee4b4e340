"""Whom else to ring: the centre's contacts, filtered as they are typed (1.5.3)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.contacts import contacts_like
from desktop_app.domain.phones import grouped
from desktop_app.domain.site_pack import Contact
from desktop_app.ui.beside.at_hand import AtHand
from desktop_app.ui.beside.choice_list import Choice, ChoiceList
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.buttons import IconButton
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.labels import Heading


class ContactsPanel(QWidget):
    """``picked`` is emitted with the contact that Enter chose, ``closed`` to go back to the steps."""

    picked = Signal(object)
    closed = Signal()

    def __init__(self, session: Session, at_hand: AtHand, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._at_hand = session, at_hand
        self._shown: tuple[Contact, ...] = ()
        say = session.words.say
        self.filter = LineEdit()
        self.filter.setObjectName("contacts_filter")
        self.filter.setAccessibleName(say("window.beside.contacts_filter"))
        self.filter.setPlaceholderText(say("window.beside.contacts_filter"))
        self.filter.offer_clearing()
        self.filter.edited.connect(self._show)
        self.list = ChoiceList("contacts", say("window.beside.contacts"))
        self.list.chosen.connect(self._pick)
        self.list.left_up.connect(self.focus_filter)
        self._empty = EmptyState("user", "")
        self.close_button = IconButton("back", say("window.beside.back"), keys="Esc")
        self.close_button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.close_button.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(self.close_button)
        head.addWidget(Heading(say("window.beside.contacts")), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(5))
        layout.addLayout(head)
        layout.addWidget(self.filter)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self.list, 1)
        at_hand.changed.connect(self._show)
        session.shelf.changed.connect(self._show)
        self._show()

    def focus_filter(self) -> None:
        """Put the caret where names are typed."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def contact(self) -> Contact | None:
        """Return the contact that is selected while the list has the focus; None else."""
        place = self.list.place()
        held = self.list.hasFocus() or self.filter.hasFocus()
        return self._shown[place] if held and 0 <= place < len(self._shown) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Enter go from the filter into the list, Esc goes back."""
        if event.key() == Qt.Key.Key_Down and self._shown:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.filter.hasFocus():
            self._pick(self.list.place())
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        """Show who fits what is typed; without a word those of the steps at hand come first."""
        pack, words = self._at_hand.pack, self._session.words
        roles = tuple(step.ring for step in self._at_hand.steps if step.ring)
        text = self.filter.full_text()
        found = contacts_like(pack, text, self._at_hand.address, roles)
        if found != self._shown or not self.list.count():
            self._shown = found
            self.list.fill([self._choice(one) for one in found])
        none = "contacts_none" if pack.contacts else "contacts_no_pack"
        self._empty.say(words.say(f"window.beside.{none}"))
        self._empty.setVisible(not found)
        self.list.setVisible(bool(found))

    def _choice(self, contact: Contact) -> Choice:
        words = self._session.words
        verified = contact.verified_on
        parts = [
            contact.hours,
            grouped(contact.other_phone),
            words.say("window.beside.verified", day=verified.isoformat()) if verified else "",
        ]
        below = words.say("window.beside.dot").join(part for part in parts if part)
        return Choice(contact.name.told(words.language), grouped(contact.phone), below)

    def _pick(self, place: int) -> None:
        if 0 <= place < len(self._shown):
            self.picked.emit(self._shown[place])
