"""The contact tree: who rings whom, in the order in which it is rung; printed on one page (B§3, 2§8)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.contact_book import BookContact, tree
from desktop_app.domain.phones import grouped
from desktop_app.ui.paper import print_page, sheet
from desktop_app.ui.people.people_keys import PEOPLE_KEYS
from desktop_app.ui.people.people_room import PeopleRoom
from desktop_app.ui.people.people_view import Act, PeopleView
from desktop_app.ui.people.wording import PeopleWords
from desktop_app.ui.tables.filling import fill_table
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.cards import card
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.labels import PlainLabel

Branch = tuple[int, BookContact]
_WIDTHS = (0, 170, 220, 190)
_PAGE, _LARGEST, _SMALLEST = 690, 12.0, 4.0
"""Points of height that lines may take on a page, and the sizes between which they are set."""


class TreeView(PeopleView):
    """Each one stands below whoever rings them."""

    def __init__(self, room: PeopleRoom, words: PeopleWords, parent: QWidget | None = None) -> None:
        super().__init__(room, words, parent)
        headers = [words.say(f"column.{one}") for one in ("name", "phone", "role", "checked")]
        self._model = RowsModel[Branch](headers, self._cells)
        self.table = Table(self._model, words.say("view.tree"), _WIDTHS)
        self.table.setObjectName("people_tree")
        self._empty = EmptyState("user", words.say("book_empty"))
        self._print = SecondaryButton(words.say("act.print"), PEOPLE_KEYS["print"], icon_name="print")
        self._print.setObjectName("print_tree")
        self._print.clicked.connect(self.print_out)
        top = QHBoxLayout()
        top.addWidget(PlainLabel(words.say("tree_hint"), role="secondary", wrap=True), 1)
        top.addWidget(self._print)
        frame, inside = card()
        inside.addLayout(top)
        inside.addWidget(self.table, 1)
        inside.addWidget(self._empty, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)
        self.begin_at(self.table)

    def show_people(self) -> None:
        """Show the tree; the row that was selected stays."""
        branches = tree(self._room.people.book)
        fill_table(self.table, self._model, branches, self._empty, anew=True)
        self._print.setEnabled(bool(branches))

    def acts(self) -> dict[str, Act]:
        """Return what the keys of the page do here."""
        return {"print": self.print_out}

    def page(self) -> QTextDocument:
        """Return the tree as one page, in letters as large as there is room for."""
        lines = [self._line(one) for one in self._model.rows]
        each = _PAGE / max(len(lines), 1)
        points = (each + 6) / 2.5 if each > 9 else each / 1.5
        return sheet(self._title(), lines, max(_SMALLEST, min(_LARGEST, points)))

    def print_out(self) -> None:
        """Print the tree on one page, to hang beside the phone."""
        if self._model.rows:
            print_page(self, self._title(), self.page())

    def _title(self) -> str:
        return self._words.say("print_title", day=f"{self._room.today():%Y-%m-%d}")

    def _line(self, branch: Branch) -> str:
        depth, one = branch
        numbers = [grouped(one.contact.phone), grouped(one.contact.other_phone)]
        told = "  ".join(part for part in (self._words.name(one), *numbers, one.contact.hours) if part)
        return f"{_indent(depth)}{told}"

    def _cells(self, branch: Branch) -> Sequence[Cell]:
        depth, one = branch
        stale = self._room.is_stale(one)
        return (
            Cell(f"{_indent(depth)}{self._words.name(one)}"),
            Cell(grouped(one.contact.phone)),
            Cell(self._words.role(self._room.session.shelf.pack, one.contact.role)),
            Cell(
                self._words.checked(one, stale=stale),
                "warning" if stale else "check",
                "warn" if stale else "ok",
            ),
        )


def _indent(depth: int) -> str:
    return f"{'      ' * (depth - 1)}   └ " if depth else ""
