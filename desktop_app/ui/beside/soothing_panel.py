"""What calms a caller, for the mood that was chosen: sentences to say, each logged once it was used (2§2)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QMenu, QWidget

from desktop_app.domain.record_options import Mood
from desktop_app.domain.site_pack import Phrase
from desktop_app.ui.beside.at_hand import AtHand
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import first_key
from desktop_app.ui.widgets.buttons import IconButton
from desktop_app.ui.widgets.labels import PlainLabel, as_plain
from desktop_app.words import Words

MOST = 3
"""So many sentences are shown where there is room, else the next one; the menu has them all."""
_MENU_CHARACTERS = 36


class SoothingPanel(QWidget):
    """Hidden while the caller is calm; ``chosen`` is emitted with the phrase that is used."""

    chosen = Signal(object)

    def __init__(self, words: Words, at_hand: AtHand, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._at_hand = words, at_hand
        self._roomy = False
        self._shown: tuple[Phrase, ...] = ()
        self._title = PlainLabel(role="strong")
        self._keys = PlainLabel(
            words.say("window.beside.mood_keys", keys=first_key("mood")), role="secondary"
        )
        self._rows = [(PlainLabel(wrap=True), IconButton("copy", "")) for _ in range(MOST)]
        grid = QGridLayout(self)
        grid.setContentsMargins(scaled(6), scaled(2), scaled(6), scaled(2))
        grid.setVerticalSpacing(scaled(2))
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._title, 0, 0)
        grid.addWidget(self._keys, 0, 1, Qt.AlignmentFlag.AlignRight)
        for place, (text, button) in enumerate(self._rows):
            grid.addWidget(text, place + 1, 0)
            grid.addWidget(button, place + 1, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            button.clicked.connect(partial(self._choose, place))
        at_hand.changed.connect(self._show)
        self._show()

    def set_roomy(self, roomy: bool) -> None:
        """Show several sentences, or the next one that was not said yet."""
        self._roomy = roomy
        self._show()

    def _show(self) -> None:
        at_hand, say = self._at_hand, self._words.say
        unused = [one for one in at_hand.soothing if not at_hand.was_used(one)]
        self._shown = at_hand.soothing[:MOST] if self._roomy else tuple(unused[:1])
        self.setVisible(bool(self._shown))
        if self._shown:
            mood = say(f"option.mood.{at_hand.mood}")
            self._title.setText(say("window.beside.soothing", mood=mood))
        for place, (text, button) in enumerate(self._rows):
            phrase = self._shown[place] if place < len(self._shown) else None
            for part in (text, button):
                part.setVisible(phrase is not None)
            if phrase is None:
                continue
            used = at_hand.was_used(phrase)
            text.setText(say("window.beside.quoted", text=at_hand.told(phrase.text)))
            text.set_tone("quiet" if used else "")
            button.show_icon("check" if used else "copy", "ok" if used else "text")
            button.set_words(say("window.beside.copied_before" if used else "window.beside.copy"))

    def _choose(self, place: int) -> None:
        if place < len(self._shown):
            self.chosen.emit(self._shown[place])


def mood_menu(
    words: Words,
    at_hand: AtHand,
    choose: Callable[[str], None],
    use: Callable[[Phrase], None],
    parent: QWidget,
) -> QMenu:
    """Return a menu of the caller's mood and, once one is chosen, of what calms it."""
    menu = QMenu(parent)
    menu.setObjectName("mood_menu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for place, mood in enumerate(Mood):
        action = menu.addAction(f"&{place + 1}  {words.say(f'option.mood.{mood.value}')}")
        action.setCheckable(True)
        action.setChecked(mood == at_hand.mood)
        action.triggered.connect(partial(_with, choose, mood.value))
    if at_hand.soothing:
        menu.addSeparator()
    for phrase in at_hand.soothing:
        told = at_hand.told(phrase.text)
        short = told if len(told) <= _MENU_CHARACTERS else told[: _MENU_CHARACTERS - 1] + "…"
        action = menu.addAction(short.replace("&", "&&"))
        action.setToolTip(as_plain(told))
        action.triggered.connect(partial(_with, use, phrase))
    menu.setActiveAction(menu.actions()[0])
    return menu


def _with(act: Callable[..., None], what: object, _checked: bool = False) -> None:
    act(what)
