"""What a person can do with the selected record, and what was done last."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop_app.ui.typing.keys import KEYS, shown_keys
from desktop_app.ui.widgets.announce import announce
from desktop_app.ui.widgets.buttons import PrimaryButton, SecondaryButton
from desktop_app.ui.widgets.flow import FlowLayout
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.words import Words


class DecisionBar(QWidget):
    """Yes, no, waive, take back, undo; each button shows its key."""

    asked = Signal(str)
    """The code of a button: yes, no, waive, take_back, undo."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._buttons: dict[str, PrimaryButton | SecondaryButton] = {}
        buttons = QWidget()
        row = FlowLayout(buttons)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        buttons.setSizePolicy(policy)
        for code in ("yes", "no", "waive", "take_back", "undo"):
            text, keys = (
                words.say(f"window.reconcile.decide.{code}"),
                shown_keys(KEYS[f"match_{code}"].split()[0]),
            )
            button = PrimaryButton(text, keys) if code == "yes" else SecondaryButton(text, keys)
            button.setObjectName(f"decide_{code}")
            button.clicked.connect(lambda _checked=False, code=code: self.asked.emit(code))
            self._buttons[code] = button
            row.addWidget(button)
        self._said = PlainLabel("", role="secondary", wrap=True)
        self._said.setObjectName("decided")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._said)
        layout.addWidget(buttons)
        self.enable({})

    def enable(self, can: dict[str, bool]) -> None:
        """Say which buttons make sense now."""
        for code, button in self._buttons.items():
            button.setEnabled(can.get(code, False))

    def can(self, code: str) -> bool:
        """Whether a button makes sense now."""
        return self._buttons[code].isEnabled()

    def say(self, text: str, *, aloud: bool = False) -> None:
        """Tell what was decided."""
        self._said.setText(text)
        if aloud:
            announce(self, text)

    def text(self) -> str:
        """Return what is told."""
        return self._said.text()
