"""The menu in which the columns of a list are chosen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.words import Words


def column_menu(
    words: Words,
    titles: Mapping[int, str],
    shown: Collection[int],
    always: Collection[int],
    choose: Callable[[int, bool], None],
    reset: Callable[[], None],
    parent: QWidget,
) -> QMenu:
    """Return the columns that may be shown or not, and below them the way back to how the list came.

    ``always`` are those that nobody can hide.
    """
    menu = QMenu(parent)
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
    return menu
