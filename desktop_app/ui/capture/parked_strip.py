"""Calls put aside: each a button with caller and time, taken up again by click or key (DESK §1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from desktop_app.domain.phones import masked
from desktop_app.services.drafts import OpenDraft
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import KEYS, first_key
from desktop_app.ui.typing.shortcuts import Shortcuts
from desktop_app.ui.widgets.buttons import HintedButton, QuietButton
from desktop_app.ui.widgets.labels import IconLabel, PlainLabel
from desktop_app.words import Words

PLACES = tuple(code for code in KEYS if code.startswith("parked_"))
"""So many have a key and a button; the others lie in a menu."""


class ParkedStrip(QFrame):
    """Hidden while nothing is put aside; ``chosen`` is emitted with a draft's id."""

    chosen = Signal(str)

    def __init__(self, words: Words, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._words = words
        self._zone = zone
        self._drafts: Sequence[OpenDraft] = ()
        self._buttons = [self._button(place) for place in range(len(PLACES))]
        self._rest = QuietButton("")
        self._rest.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._rest.clicked.connect(self._show_rest)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(scaled(12), scaled(4), scaled(8), scaled(4))
        layout.setSpacing(scaled(6))
        layout.addWidget(IconLabel("park", "warn", 16))
        layout.addWidget(PlainLabel(words.say("window.capture.parked"), role="secondary"))
        for button in (*self._buttons, self._rest):
            layout.addWidget(button)
        layout.addStretch(1)
        self.hide()

    def add_keys(self, shortcuts: Shortcuts, when: Callable[[], bool]) -> None:
        """Let each of the first few be taken up by its key."""
        for place, code in enumerate(PLACES):
            there = partial(self._there, place, when)
            shortcuts.add(code, KEYS[code], partial(self._choose, place), when=there, owner=self)

    def _there(self, place: int, when: Callable[[], bool]) -> bool:
        return place < len(self._drafts) and when()

    def show_drafts(self, drafts: Sequence[OpenDraft]) -> None:
        """Show one's own first, then those of colleagues, each with who typed it."""
        self._drafts = sorted(drafts, key=lambda draft: not draft.own)
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(self._drafts))
            if place < len(self._drafts):
                button.set_words(self._told(self._drafts[place]).replace("&", "&&"))
        beyond = len(self._drafts) - len(self._buttons)
        self._rest.setVisible(beyond > 0)
        if beyond > 0:
            self._rest.set_words(self._words.say("window.capture.parked_more", count=beyond))
        self.setVisible(bool(self._drafts))

    def _button(self, place: int) -> HintedButton:
        button = HintedButton("", first_key(PLACES[place]), kind="chip")
        button.setObjectName(PLACES[place])
        # Each has a key; Tab stays in the form.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self._choose(place))
        return button

    def _choose(self, place: int) -> None:
        if place < len(self._drafts):
            self.chosen.emit(self._drafts[place].subject_id)

    def _show_rest(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place in range(len(self._buttons), len(self._drafts)):
            action = menu.addAction(self._told(self._drafts[place]).replace("&", "&&"))
            action.triggered.connect(partial(self._choose, place))
        menu.popup(self._rest.mapToGlobal(self._rest.rect().bottomLeft()))

    def _told(self, draft: OpenDraft) -> str:
        """Return caller and time; of a call nobody named its number, of a colleague's who typed it."""
        caller = draft.caller_name or masked(draft.phone) or str(draft.number)
        caller = " ".join(caller.split())
        short = caller if len(caller) <= 12 else caller[:11] + "…"
        time = f"{draft.started_at.astimezone(self._zone):%H:%M}"
        code = "parked_own" if draft.own else "parked_other"
        return self._words.say(f"window.capture.{code}", caller=short, time=time, name=draft.actor_name)
