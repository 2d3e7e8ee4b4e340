"""Language and colours of the window; chosen at once, without a restart."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.ui.session import Session
from desktop_app.ui.settings.card import Card
from desktop_app.ui.theme.style import THEMES
from desktop_app.ui.widgets.combo import Combo
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.words import LANGUAGES

_SYSTEM = "system"


class LooksCard(Card):
    """``changed`` is emitted after a choice was kept in the preferences."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        words, preferences = session.words, session.preferences
        super().__init__(words.say("window.settings.looks"), parent)
        self._preferences = preferences
        self._language = Combo(
            [(code, words.say(f"window.settings.language_{code}")) for code in (_SYSTEM, *LANGUAGES)],
            optional=False,
        )
        self._language.setObjectName("language")
        self._language.set_code(preferences.language or _SYSTEM)
        self._theme = Combo(
            [(code, words.say(f"window.settings.theme_{code}")) for code in THEMES], optional=False
        )
        self._theme.setObjectName("theme")
        self._theme.set_code(preferences.theme)
        grid = FormGrid()
        grid.row(words.say("window.settings.language"), self._language)
        grid.row(words.say("window.settings.theme"), self._theme)
        self.body.addLayout(grid)
        self.body.addWidget(PlainLabel(words.say("window.settings.looks_hint"), role="secondary", wrap=True))
        self._language.code_changed.connect(self._choose_language)
        self._theme.code_changed.connect(self._choose_theme)
        self.setFocusProxy(self._language)

    def _choose_language(self, code: str) -> None:
        self._preferences.language = next((name for name in LANGUAGES if name == code), None)
        self.changed.emit()

    def _choose_theme(self, code: str) -> None:
        self._preferences.theme = next(name for name in THEMES if name == code)
        self.changed.emit()
