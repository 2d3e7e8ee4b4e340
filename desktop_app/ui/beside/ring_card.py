"""The number to ring, large and ready to be read out, before anybody asks for it (DESK §6, A§12.1)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.phones import grouped
from desktop_app.domain.site_pack import Contact
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import first_key
from desktop_app.ui.widgets.buttons import QuietButton
from desktop_app.ui.widgets.labels import ElidedLabel, IconLabel, PlainLabel
from desktop_app.words import Words


class RingCard(QFrame):
    """Shows the first of some contacts; ``take_clicked`` asks to take it into the form."""

    take_clicked = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setProperty("role", "panel")
        self.name = ElidedLabel(role="strong")
        self.phone = PlainLabel(role="code", selectable=True)
        self.phone.setObjectName("ring_phone")
        self.phone.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._about = PlainLabel(role="secondary", wrap=True)
        self._take = QuietButton(words.say("window.beside.take"), first_key("ring_take"))
        self._take.setObjectName("ring_take")
        self._take.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._take.clicked.connect(self.take_clicked)
        top = QHBoxLayout()
        top.setSpacing(scaled(6))
        top.addWidget(IconLabel("phone", "accent", 16))
        top.addWidget(self.name, 1)
        top.addWidget(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(10), scaled(4), scaled(6), scaled(6))
        column.setSpacing(0)
        number = QHBoxLayout()
        number.setSpacing(scaled(12))
        number.addWidget(self.phone)
        number.addWidget(self._about, 1)
        column.addLayout(top)
        column.addLayout(number)
        self.hide()

    def tell(self, sentence: str) -> None:
        """Say what was done with the number, until it is another."""
        self._about.setText(sentence)
        self._about.setVisible(True)

    def show_contacts(self, found: tuple[Contact, ...], *, asked: bool, by_place: bool) -> None:
        """Show whom to ring; where somebody is ``asked`` for and nobody is listed, what to do about it.

        ``by_place``: with an address it would be somebody else.
        """
        self.setVisible(asked)
        first = found[0] if found else None
        language = self._words.language
        self.name.setText(first.name.told(language) if first else self._words.say("window.beside.nobody"))
        self.phone.setText(grouped(first.phone) if first else "")
        self.phone.setVisible(first is not None)
        self.phone.setAccessibleName(f"{self.name.text()} {self.phone.text()}")
        self._take.setVisible(first is not None)
        told = _about(self._words, first, by_place=by_place) if first else ""
        self._about.setText(told or ("" if first else self._words.say("window.beside.nobody_do")))
        self._about.setVisible(bool(self._about.text()))


def _about(words: Words, contact: Contact, *, by_place: bool) -> str:
    """Return hours and other number, and that a place would tell more."""
    parts = [contact.hours]
    if contact.other_phone:
        parts.append(words.say("window.beside.other_phone", phone=grouped(contact.other_phone)))
    if by_place:
        parts.append(words.say("window.beside.by_place"))
    return words.say("window.beside.dot").join(part for part in parts if part)
