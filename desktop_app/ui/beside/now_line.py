"""One line of what stands beside the form, where there is no room beside it: the next step, whom to ring."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.domain.phones import grouped
from desktop_app.ui.beside.at_hand import AtHand
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import first_key
from desktop_app.ui.widgets.buttons import QuietButton
from desktop_app.ui.widgets.labels import ElidedLabel, IconLabel, PlainLabel
from desktop_app.words import Words


class NowLine(QFrame):
    """Hidden where nothing is to be done; ``more`` opens the whole."""

    def __init__(self, words: Words, at_hand: AtHand, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._at_hand = words, at_hand
        self.setProperty("role", "card")
        self._step = ElidedLabel()
        self._name = ElidedLabel(role="secondary")
        self.phone = PlainLabel(role="strong", selectable=True)
        self.phone.setObjectName("now_phone")
        self._icon = IconLabel("phone", "accent", 16)
        self.more = QuietButton(words.say("window.beside.open"), first_key("beside"))
        self.more.setObjectName("beside_open")
        row = QHBoxLayout(self)
        row.setContentsMargins(scaled(12), scaled(2), scaled(6), scaled(2))
        row.setSpacing(scaled(8))
        row.addWidget(self._step, 1)
        row.addWidget(self._icon)
        row.addWidget(self._name)
        row.addWidget(self.phone)
        row.addWidget(self.more)
        at_hand.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        at_hand, language = self._at_hand, self._words.language
        here = at_hand.current
        step = at_hand.steps[here].title.told(language) if here >= 0 else ""
        self._step.setText(f"{here + 1}  {step}" if step else self._words.say("window.beside.none_left"))
        contact = at_hand.next_to_ring or (at_hand.ringing[0] if at_hand.ringing else None)
        self._name.setText(contact.name.told(language) if contact else "")
        self.phone.setText(grouped(contact.phone) if contact else "")
        for part in (self._icon, self._name, self.phone):
            part.setVisible(contact is not None)
