"""One number that was found, as a card: the number large, its kind and state, who holds it, what to say."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.services.number_search import FoundNumber
from desktop_app.ui.numbers.found_words import FoundWords
from desktop_app.ui.records.record_words import KIND_TONES, STATE_LOOKS, kind_of
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.labels import IconLabel, PlainLabel
from desktop_app.ui.widgets.pill import Pill


class FoundCard(QFrame):
    """Shows one number at a time."""

    def __init__(self, told: FoundWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = told
        self.setProperty("role", "panel")
        self.number = PlainLabel(role="code", selectable=True)
        self.number.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._kind, self._state = Pill("quiet", "info", ""), Pill("quiet", "info", "")
        self.holder = PlainLabel(wrap=True)
        self.caller = PlainLabel(role="secondary", wrap=True)
        self.tell = PlainLabel(role="strong", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(scaled(8))
        for part in (self.number, self._kind, self._state):
            head.addWidget(part)
        head.addStretch(1)
        spoken = QHBoxLayout()
        spoken.setSpacing(scaled(8))
        spoken.addWidget(IconLabel("phone", "accent"), 0, Qt.AlignmentFlag.AlignTop)
        spoken.addWidget(self.tell, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(scaled(14), scaled(12), scaled(14), scaled(12))
        layout.setSpacing(scaled(6))
        layout.addLayout(head)
        layout.addWidget(self.holder)
        layout.addWidget(self.caller)
        layout.addSpacing(scaled(6))
        layout.addLayout(spoken)

    def show_number(self, one: FoundNumber) -> None:
        """Show this one."""
        told, kind = self._told, kind_of(one.kind)
        self.number.setText(str(one.number))
        self._kind.setVisible(kind is not None)
        if kind is not None:
            self._kind.show_state(KIND_TONES.get(kind, "info"), kind.value, told.kind(one))
        tone, icon = STATE_LOOKS.get(one.state, ("ok", "check"))
        self._state.show_state(tone, icon, told.state(one))
        self._state.setVisible(bool(told.state(one)))
        self.holder.setText(told.holder(one))
        self.caller.setText(told.caller(one))
        self.caller.setVisible(bool(told.caller(one)))
        self.tell.setText(told.tell(one))

    def spoken(self) -> str:
        """Return all that it says, for whoever hears the screen."""
        parts = (self.number, self._kind, self._state, self.holder, self.caller, self.tell)
        return "\n".join(part.text() for part in parts if not part.isHidden() and part.text())
