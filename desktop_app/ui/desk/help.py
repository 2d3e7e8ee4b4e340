"""F1: the keys of the window, as they are now."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.ui.session import Session
from desktop_app.ui.typing.keys import shown_keys
from desktop_app.ui.widgets.dialog import Dialog
from desktop_app.ui.widgets.labels import PlainLabel

_MOST_LINES = 18
"""More would be higher than a small screen."""


class KeysHelp(Dialog):
    """Every shortcut that can be pressed, in the order of the work."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        words = session.words
        super().__init__(words, words.say("window.desk.help_title"), parent=parent)
        rows = list(dict.fromkeys(session.shortcuts.table()))
        columns = -(-len(rows) // _MOST_LINES)
        lines = -(-len(rows) // max(1, columns))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        for place, (code, keys) in enumerate(rows):
            column = place // lines * 2
            grid.addWidget(PlainLabel(shown_keys(keys), role="strong"), place % lines, column)
            grid.addWidget(PlainLabel(words.say(f"window.keys.{code}")), place % lines, column + 1)
        self.body.addLayout(grid)
        self.body.addWidget(PlainLabel(words.say("window.desk.help_typing"), role="secondary", wrap=True))
