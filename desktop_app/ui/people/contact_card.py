"""One contact beside the list: the number large, when it was checked, what became of calls (B§3)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from desktop_app.domain.contact_book import BookContact
from desktop_app.domain.phones import grouped
from desktop_app.ui.people.people_keys import PEOPLE_KEYS
from desktop_app.ui.people.people_room import PeopleRoom
from desktop_app.ui.people.wording import PeopleWords
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.cards import card_layout
from desktop_app.ui.widgets.flow import FlowLayout
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import Heading, PlainLabel
from desktop_app.ui.widgets.pill import Pill

ACTS = ("reached", "unreached", "verify", "edit", "remove")
OF_LEADS = ("edit", "remove")
_MOST_TRIES = 5


class ContactCard(QFrame):
    """``asked`` carries the code of what a person wants to do with who is shown."""

    asked = Signal(str)

    def __init__(self, room: PeopleRoom, words: PeopleWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room, self._words = room, words
        self.shown: BookContact | None = None
        column = card_layout(self)
        self._name = Heading()
        self._about = PlainLabel(role="secondary", wrap=True)
        self.phone = PlainLabel(role="code", selectable=True)
        self.phone.setObjectName("contact_phone")
        self.phone.setAccessibleName(words.say("column.phone"))
        self._other = PlainLabel(wrap=True, selectable=True)
        self._owns = PlainLabel(role="secondary", wrap=True)
        self.checked = Pill("quiet", "check", "", may_shrink=True)
        self.checked.setObjectName("contact_checked")
        self.note = LineEdit(most=200)
        self.note.setObjectName("try_note")
        self.note.setPlaceholderText(words.say("note_hint"))
        self._tries = PlainLabel(role="secondary", wrap=True)
        self._tries.setObjectName("contact_tries")
        buttons = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        buttons.setSizePolicy(policy)
        flow = FlowLayout(buttons)
        self._buttons: dict[str, SecondaryButton] = {}
        for code in ACTS:
            button = SecondaryButton(words.say(f"act.{code}"), PEOPLE_KEYS[code])
            button.setObjectName(f"contact_{code}")
            button.clicked.connect(lambda _checked=False, code=code: self.asked.emit(code))
            if code in OF_LEADS and not room.leads:
                button.hide()
            flow.addWidget(button)
            self._buttons[code] = button
        form = FormGrid()
        form.row(words.say("note"), self.note)
        for part in (self._name, self._about, self.phone, self._other, self._owns, self.checked):
            column.addWidget(part)
        column.addLayout(form)
        column.addWidget(buttons)
        column.addWidget(self._tries)
        column.addStretch(1)
        self.setMinimumWidth(scaled(330))

    def show_contact(self, one: BookContact | None) -> None:
        """Show somebody, or nobody; a note that is being typed stays with whom it is for."""
        if one is None or self.shown is None or one.contact.key != self.shown.contact.key:
            self.note.clear()
        self.shown = one
        self.setVisible(one is not None)
        if one is None:
            return
        contact, words = one.contact, self._words
        self._name.setText(words.name(one))
        role = words.role(self._room.session.shelf.pack, contact.role)
        about = (role, words.department(one), contact.hours)
        self._about.setText(" · ".join(part for part in dict.fromkeys(about) if part))
        self.phone.setText(grouped(contact.phone))
        self._other.setText(words.say("other_phone", phone=grouped(contact.other_phone)))
        self._other.setVisible(bool(contact.other_phone))
        owns = [contact.owns.told(words.language), " ".join(contact.skills)]
        self._owns.setText(" · ".join(part for part in owns if part))
        self._owns.setVisible(bool(self._owns.text()))
        stale = self._room.is_stale(one)
        self.checked.show_state(
            "warn" if stale else "ok",
            "warning" if stale else "check",
            words.checked(one, stale=stale),
        )
        tries = [words.tried(each) for each in one.tried[:_MOST_TRIES]]
        self._tries.setText("\n".join(tries) or words.say("never_tried"))
