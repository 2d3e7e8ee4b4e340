"""All that stands beside the form: whom to ring and the steps (DESK §5)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.domain.site_pack import Contact
from desktop_app.ui.beside.at_hand import AtHand
from desktop_app.ui.beside.playbook_panel import PlaybookPanel
from desktop_app.ui.beside.ring_card import RingCard
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


class BesidePanel(QFrame):
    """``resized`` tells that it would like to be of another height."""

    resized = Signal()

    def __init__(self, session: Session, form: CaptureForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._session, self._form = session, form
        self.at_hand = AtHand(session, form, self)
        self.playbook = PlaybookPanel(session, self.at_hand)
        self.ring = RingCard(session.words)
        self.ring.take_clicked.connect(self.take_contact)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(scaled(12), scaled(10), scaled(10), scaled(8))
        self._layout.setSpacing(scaled(7))
        self._layout.addWidget(self.ring)
        self._layout.addWidget(self.playbook, 1)
        self.at_hand.changed.connect(self._show)
        self._add_keys()
        self._show()

    def focus_first(self) -> None:
        """Put the focus on what is done next."""
        self.playbook.focus_steps()

    def take_contact(self) -> None:
        """Take name and number into the form's empty fields; where it has none for them, copy the number."""
        contact = self.contact()
        if contact is None:
            return
        parts = {"name": contact.name.told(self._session.words.language), "phone": contact.phone}
        fields = _TAKEN.get(self.at_hand.told_by, ())
        for key, part in fields:
            if not self._form.text(key).strip():
                self._form.enter(key, parts[part])
        if not fields:
            QGuiApplication.clipboard().setText(contact.phone)
        code = "taken" if fields else "copied"
        announce(self, self._session.words.say(f"window.beside.{code}", **parts))

    def contact(self) -> Contact | None:
        """Return whom to ring now; None where nobody is asked for or listed."""
        return self.at_hand.ringing[0] if self.at_hand.ringing else None

    def sizeHint(self) -> QSize:
        """Ask for room for every step."""
        self._layout.invalidate()
        return self._layout.sizeHint()

    def _add_keys(self) -> None:
        shortcuts, seen = self._session.shortcuts, self._form.isVisible
        for place in range(_MOST_STEPS):
            code = f"step_{place + 1}"
            shortcuts.add(code, KEYS[code], partial(self.at_hand.tick, place), when=seen, owner=self)
        shortcuts.add("ring_take", KEYS["ring_take"], self.take_contact, when=seen, owner=self)

    def _show(self) -> None:
        at_hand = self.at_hand
        unknown = not self._form.text("address").strip()
        self.ring.show_contacts(at_hand.ringing, asked=bool(at_hand.role), where_unknown=unknown)
        self.resized.emit()
