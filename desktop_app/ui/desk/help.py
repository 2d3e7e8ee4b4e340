"""F1: the keys of the window, as they are now; printed, they are one page to lay beside the phone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.desk.key_groups import KeyGroup, key_groups
from desktop_app.ui.paper import key_page, print_page
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import KEYS, first_key
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.dialog import Dialog
from desktop_app.ui.widgets.fitting_area import FittingArea
from desktop_app.ui.widgets.labels import Heading, PlainLabel, restyle

_MOST_COLUMNS = 3
_AROUND = 60
"""Pixels of the window that the dialog leaves free beside the keys."""


class KeysHelp(Dialog):
    """Every shortcut that can be pressed, in the order of the work; as many columns as there is room for.

    The keys of ``page`` come first; on paper, which lies beside the phone, they stand where they always do.
    """

    def __init__(
        self, session: Session, parent: QWidget | None = None, *, page: QWidget | None = None
    ) -> None:
        words = session.words
        title = words.say("window.desk.help_title")
        super().__init__(words, title, parent=parent)
        self.lock_by(session.shortcuts)
        table = session.shortcuts.table()
        here = session.shortcuts.codes_of(page) if page is not None else ()
        self.groups = key_groups(words, table, here)
        self._on_paper = key_groups(words, table)
        self._title, self._hint = title, words.say("window.desk.help_typing")
        room = parent.window().width() - scaled(_AROUND) if parent is not None else 0
        for count in range(_MOST_COLUMNS, 0, -1):
            shown = _page(self.groups, count)
            if count == 1 or not room or shown.sizeHint().width() <= room:
                break
        area = FittingArea(shown)
        area.setObjectName("keys")
        area.setAccessibleName(title)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        restyle(shown)  # it was measured before it was inside
        self.body.addWidget(area, 1)
        self.body.addWidget(PlainLabel(self._hint, role="secondary", wrap=True))
        self.print_button = SecondaryButton(
            words.say("window.desk.help_print"), first_key("print"), icon_name="print"
        )
        self.print_button.setObjectName("print_keys")
        self.print_button.clicked.connect(self._print)
        self.extra.addWidget(self.print_button)
        self.keys.add("print", KEYS["print"], self._print)

    def _print(self) -> None:
        print_page(self, self._title, key_page(self._title, self.pages(), self._hint))

    def pages(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return headings as they are printed, each with the keys under it and what they do."""
        return [(group.title, [(line.keys, line.told) for line in group.lines]) for group in self._on_paper]


def _page(groups: Sequence[KeyGroup], count: int) -> QWidget:
    """Return the groups in so many columns, each about as long as the others."""
    page = QWidget()
    page.setProperty("role", "page")
    across = QHBoxLayout(page)
    across.setContentsMargins(*map(scaled, (8, 4, 8, 4)))
    across.setSpacing(scaled(28))
    for column in shared_out([len(group.lines) + 2 for group in groups], count):
        down = QVBoxLayout()
        down.setSpacing(scaled(10))
        for place in column:
            down.addWidget(Heading(groups[place].title))
            grid = QGridLayout()
            grid.setHorizontalSpacing(scaled(14))
            grid.setVerticalSpacing(scaled(4))
            grid.setColumnStretch(1, 1)
            for row, line in enumerate(groups[place].lines):
                grid.addWidget(PlainLabel(line.keys, role="strong"), row, 0)
                grid.addWidget(PlainLabel(line.told), row, 1)
            down.addLayout(grid)
        down.addStretch(1)
        across.addLayout(down)
    return page


def shared_out(lengths: Sequence[int], count: int) -> list[list[int]]:
    """Return places shared out among columns in their order, so that the longest is as short as can be."""
    least = max([*lengths, -(-sum(lengths) // max(1, count))], default=0)
    while True:
        columns: list[list[int]] = [[]]
        filled = 0
        for place, length in enumerate(lengths):
            if filled + length > least and columns[-1]:
                columns.append([])
                filled = 0
            columns[-1].append(place)
            filled += length
        if len(columns) <= max(1, count):
            return columns
        least += 1
