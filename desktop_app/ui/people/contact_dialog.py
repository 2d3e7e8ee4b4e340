"""A contact is changed or added: whom it is, the number, and who rings them (B§3, 2§8)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop_app.domain.contact_book import BookContact, values_of
from desktop_app.services.contacts import Kept, add_contact, change_contact
from desktop_app.ui.doing_dialog import DoingDialog
from desktop_app.ui.people.wording import PeopleWords
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.combo import Combo
from desktop_app.ui.widgets.form_row import FormGrid

_FIELDS = ("name", "phone", "other_phone", "department", "owns", "hours", "skills")
_WIDTH = 560


class ContactDialog(DoingDialog):
    """``done_it`` carries what was ``Kept``; without a contact somebody is added."""

    def __init__(
        self,
        session: Session,
        words: PeopleWords,
        book: Sequence[BookContact],
        roles: Sequence[tuple[str, str]],
        one: BookContact | None = None,
        parent: QWidget | None = None,
    ) -> None:
        code = "add" if one is None else "edit"
        super().__init__(session, words.say(f"dialog.{code}"), words.say("dialog.do"), parent)
        self._one = one
        self.about = one.contact.key if one is not None else ""
        english = words.language == "en"
        held = values_of(one.contact) if one is not None else {}
        self._keys = {key: f"{key}_en" if english and f"{key}_en" in held else key for key in _FIELDS}
        self.fields: dict[str, LineEdit] = {}
        for key in _FIELDS:
            field = LineEdit(most=300)
            field.setObjectName(f"contact_{key}_field")
            field.setText(held.get(self._keys[key], "") or held.get(key, ""))
            self.fields[key] = field
        self._before = {key: field.text() for key, field in self.fields.items()}
        self.role = Combo(list(roles), optional=False)
        self.role.setObjectName("contact_role")
        self.role.set_code(one.contact.role if one is not None else roles[0][0])
        own = one.contact.key if one is not None else ""
        above = [(each.contact.key, words.name(each)) for each in book if each.contact.key != own]
        self.told_by = Combo(above)
        self.told_by.setObjectName("contact_told_by")
        if one is not None and any(key == one.contact.told_by for key, _ in above):
            self.told_by.set_code(one.contact.told_by)
        self.external = QCheckBox(words.say("field.external"))
        self.external.setObjectName("contact_external")
        self.external.setAccessibleName(words.say("field.external"))
        self.external.setChecked(one is not None and one.contact.external)
        form = FormGrid()
        form.row(words.say("field.name"), self.fields["name"])
        form.pair(
            words.say("field.phone"),
            self.fields["phone"],
            words.say("field.other_phone"),
            self.fields["other_phone"],
        )
        form.pair(words.say("field.role"), self.role, words.say("field.hours"), self.fields["hours"])
        form.row(words.say("field.department"), self.fields["department"])
        form.row(words.say("field.owns"), self.fields["owns"])
        form.row(words.say("field.skills"), self.fields["skills"])
        form.row(words.say("field.told_by"), self.told_by)
        form.under(self.external)
        self.body.addWidget(self.notice)
        self.body.addLayout(form)
        self.setMinimumWidth(scaled(_WIDTH))
        self.fields["name"].setFocus()

    def accept(self) -> None:
        """Keep it; what is missing is said."""
        store, now, one = self.session.store, self.session.clock(), self._one
        texts = {key: field.full_text().strip() for key, field in self.fields.items()}
        external = self.external.isChecked()
        if one is None:
            values = {**texts, "role": self.role.current_code(), "told_by": self.told_by.current_code()}
            told = {key: text for key, text in values.items() if text}
            self.do(lambda: add_contact(store, told, now=now, external=external))
            return
        changed = {self._keys[key]: text for key, text in texts.items() if text != self._before[key]}
        for key, combo in (("role", self.role), ("told_by", self.told_by)):
            if combo.current_code() != getattr(one.contact, key):
                changed[key] = combo.current_code()
        other = external if external != one.contact.external else None

        def change() -> Kept:
            return change_contact(store, one.contact.key, changed, now=now, external=other)

        self.do(change)
