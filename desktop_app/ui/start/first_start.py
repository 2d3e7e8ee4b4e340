"""First start: who works here, at which station, and the PIN that opens the store (DESIGN §6)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QWidget

from desktop_app.domain.roles import Role
from desktop_app.services.places import folder_for
from desktop_app.services.stores import Person, check_people, check_station, create
from desktop_app.ui.start.fields import Note
from desktop_app.ui.start.new_pin import NewPin
from desktop_app.ui.start.page import Page
from desktop_app.ui.start.parts import StartParts
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.mnemonics import bare


class FirstStart(Page):
    """``made`` is emitted with what ``services.stores.create`` returned."""

    made = Signal(object)

    def __init__(self, parts: StartParts) -> None:
        super().__init__(parts, "first")
        self._name = self.field("name", LineEdit(most=80), self._wrong_text)
        self._number = self.code_field("staff_number", self._wrong_text)
        self._station = self.code_field("station", lambda text: self.sentence_of(lambda: check_station(text)))
        self._pin = NewPin(self)
        self._lead = self._choice("lead")
        self._drill = self._choice("drill")
        self.grid.under(self._side_by_side(self._lead, self._drill))
        self.grid.under(Note(self.say("drill_hint")))

    def act(self) -> None:
        """Make the store."""
        parts = self.parts
        drill, now = self._drill.isChecked(), parts.clock()
        folder = parts.folder or folder_for(parts.data_folder, drill=drill)
        role = Role.LEAD if self._lead.isChecked() else Role.AGENT
        owner = Person(self._text("staff_number"), self._text("name"), role)
        station, pin = self._text("station"), self._pin.text()
        data_folder, policy = parts.data_folder, parts.policy
        self.run(
            lambda: create(
                folder,
                station=station,
                owner=owner,
                pin=pin,
                data_folder=data_folder,
                now=now,
                policy=policy,
                drill=drill,
            ),
            self.made.emit,
        )

    def _choice(self, key: str) -> QCheckBox:
        box = QCheckBox(self.say(key))
        box.setObjectName(key)
        box.setAccessibleName(bare(self.say(key)))
        box.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        return box

    def _side_by_side(self, *boxes: QCheckBox) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(24))
        for box in boxes:
            row.addWidget(box)
        row.addStretch(1)
        return line

    def _text(self, key: str) -> str:
        field = next(checked.field for checked in self.checked if checked.field.objectName() == key)
        return field.full_text().strip()

    def _wrong_text(self, text: str) -> str:
        """Judge a name or staff number by the rule for people, in words about this one field."""
        if not text.strip():
            return self.say("needed")
        refused = self.sentence_of(lambda: check_people([Person(text.strip(), text.strip(), Role.AGENT)]))
        return self.say("bad_text") if refused else ""
