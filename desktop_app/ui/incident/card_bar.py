"""The foot of a card: what is still missing, and what can be done with it; the one key that locks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.ui.incident.incident_words import IncidentWords
from desktop_app.ui.incident.room_keys import ROOM_KEYS
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import first_key
from desktop_app.ui.widgets.buttons import HintedButton, PrimaryButton, SecondaryButton
from desktop_app.ui.widgets.pill import Pill


class CardBar(QWidget):
    """``asked`` carries the code of what somebody wants: lock, undo, false_alarm, media."""

    asked = Signal(str)

    def __init__(self, words: IncidentWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        say = words.say
        self.missing = Pill("warn", "warning", "", may_shrink=True)
        self.missing.setObjectName("card_missing")
        keys = {"media": first_key("kind_media"), "lock": first_key("save_next")}
        icons = {"media": "media", "undo": "undo", "false_alarm": "void"}
        self._buttons: dict[str, HintedButton] = {
            code: SecondaryButton(
                say(f"card.act.{code}"), keys.get(code) or ROOM_KEYS[code], icon_name=icons[code]
            )
            for code in icons
        }
        self._buttons["lock"] = PrimaryButton(say("card.act.lock"), keys["lock"], icon_name="lock")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(8))
        layout.addWidget(self.missing)
        layout.addStretch(1)
        for code, button in self._buttons.items():
            button.setObjectName(f"card_{code}")
            button.clicked.connect(lambda _checked=False, code=code: self.asked.emit(code))
            layout.addWidget(button)

    def show_state(self, missing: Sequence[str], may: Mapping[str, bool], nothing_there: str) -> None:
        """Say what is missing, and offer what may be done; ``nothing_there`` is why it can be ended."""
        say = self._words.say
        if nothing_there:
            self.missing.show_state("info", "info", say("card.end_it", what=nothing_there))
        elif missing:
            self.missing.show_state(
                "warn", "warning", say("card.missing", what=say("card.and").join(missing))
            )
        else:
            self.missing.show_state("ok", "check", say("card.complete"))
        for code, offered in may.items():
            self._buttons[code].setVisible(offered)

    def may(self, code: str) -> bool:
        """Whether something is offered now."""
        return not self._buttons[code].isHidden()
