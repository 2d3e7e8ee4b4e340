"""The menu in which the columns of a list are chosen and moved."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.ui.widgets.announce import announce
from desktop_app.words import Words

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}


class ColumnMenu(QMenu):
    """The columns from left to right, top to bottom; Ctrl and an arrow moves the one that is marked.

    ``move`` gets a column and the step, and returns whether it went there.
    """

    def __init__(self, words: Words, move: Callable[[int, int], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self._words, self._move = words, move

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the marked column, or do what a menu does."""
        action, step = self.activeAction(), _STEPS.get(Qt.Key(event.key()), 0)
        wanted = step and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if not wanted or action is None or action.data() is None:
            super().keyPressEvent(event)
            return
        if self._move(action.data(), step):
            columns = [one for one in self.actions() if one.data() is not None]
            place = columns.index(action) + step
            columns.remove(action)
            columns.insert(place, action)
            after = columns[place + 1] if place + 1 < len(columns) else self.actions()[len(columns)]
            self.removeAction(action)
            self.insertAction(after, action)
            self.setActiveAction(action)
            told = self._words.say("window.tables.moved", column=action.text(), place=place + 1)
            announce(self, told)


def column_menu(
    words: Words,
    titles: Mapping[int, str],
    shown: Collection[int],
    always: Collection[int],
    choose: Callable[[int, bool], None],
    reset: Callable[[], None],
    move: Callable[[int, int], bool],
    parent: QWidget,
) -> QMenu:
    """Return the columns that may be shown or not, and below them the way back to how the list came.

    ``always`` are those that nobody can hide; ``move`` as for ``ColumnMenu``.
    """
    menu = ColumnMenu(words, move, parent)
    menu.setObjectName("columns_menu")
    menu.setAccessibleName(words.say("window.tables.columns"))
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for column, title in titles.items():
        action = menu.addAction(title.replace("&", "&&"))
        action.setData(column)
        action.setCheckable(True)
        action.setChecked(column in shown)
        action.setEnabled(column not in always)
        action.toggled.connect(partial(choose, column))
    menu.addSeparator()
    menu.addAction(words.say("window.tables.reset_columns")).triggered.connect(lambda _on: reset())
    menu.addAction(words.say("window.tables.move_hint")).setEnabled(False)
    return menu
