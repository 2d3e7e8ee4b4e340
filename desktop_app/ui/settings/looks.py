"""Language, colours and zoom of the window; chosen at once, without a restart."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.ui.preferences import SCALES, percent_of
from desktop_app.ui.session import Session
from desktop_app.ui.settings.card import Card
from desktop_app.ui.theme.style import THEMES
from desktop_app.ui.widgets.combo import Combo
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.words import LANGUAGES

_SYSTEM = "system"


class LooksCard(Card):
    """``changed`` is emitted after language or colours were kept in the preferences.

    ``zoomed`` asks for a zoom; where another was chosen by key, the card shows it.
    """

    changed = Signal()
    zoomed = Signal(float)

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
        self._zoom = Combo(
            [
                (str(scale), words.say("window.settings.percent", percent=percent_of(scale)))
                for scale in SCALES
            ],
            optional=False,
        )
        self._zoom.setObjectName("zoom")
        self.show_zoom(preferences.scale)
        grid = FormGrid()
        grid.row(words.say("window.settings.language"), self._language)
        grid.row(words.say("window.settings.theme"), self._theme)
        grid.row(words.say("window.settings.zoom"), self._zoom)
        self.body.addLayout(grid)
        self.body.addWidget(PlainLabel(words.say("window.settings.looks_hint"), role="secondary", wrap=True))
        self._language.code_changed.connect(self._choose_language)
        self._theme.code_changed.connect(self._choose_theme)
        self._zoom.code_changed.connect(lambda code: self.zoomed.emit(float(code)))
        self.setFocusProxy(self._language)

    def show_zoom(self, scale: float) -> None:
        """Show the zoom that was chosen elsewhere."""
        self._zoom.set_code(str(scale))

    def _choose_language(self, code: str) -> None:
        self._preferences.language = next((name for name in LANGUAGES if name == code), None)
        self.changed.emit()

    def _choose_theme(self, code: str) -> None:
        self._preferences.theme = next(name for name in THEMES if name == code)
        self.changed.emit()
