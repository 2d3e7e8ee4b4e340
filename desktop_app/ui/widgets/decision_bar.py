"""What a person can do with the selected thing, and what was done last."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop_app.ui.typing.keys import first_key
from desktop_app.ui.widgets.announce import announce
from desktop_app.ui.widgets.buttons import PrimaryButton, SecondaryButton
from desktop_app.ui.widgets.flow import FlowLayout
from desktop_app.ui.widgets.labels import PlainLabel


class DecisionBar(QWidget):
    """A button for each thing to do, the first of them the likeliest; each shows its key."""

    asked = Signal(str)
    """The code of a button."""

    def __init__(self, texts: Mapping[str, str], parent: QWidget | None = None) -> None:
        """``texts`` are the buttons' words by code; the code ``yes`` has the key ``match_yes``."""
        super().__init__(parent)
        self._buttons: dict[str, PrimaryButton | SecondaryButton] = {}
        buttons = QWidget()
        row = FlowLayout(buttons)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        buttons.setSizePolicy(policy)
        for code, text in texts.items():
            keys = first_key(f"match_{code}")
            button = SecondaryButton(text, keys) if self._buttons else PrimaryButton(text, keys)
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

    def offer(self, texts: Mapping[str, str]) -> None:
        """Show only the buttons of these codes, with these words."""
        for code, button in self._buttons.items():
            button.setVisible(code in texts)
            if code in texts:
                button.set_words(texts[code])

    def enable(self, can: Mapping[str, bool]) -> None:
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
