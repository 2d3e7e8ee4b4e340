"""The contact book: looked up by initials, by role or by department, rung, checked and changed (B§3, 2§8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.contact_book import BookContact
from desktop_app.domain.contacts import STANDBY, contacts_like
from desktop_app.domain.phones import grouped
from desktop_app.services.contacts import Kept, remove_contact, try_contact, verify_contact
from desktop_app.services.decisions import Made
from desktop_app.ui.act_dialog import ActDialog
from desktop_app.ui.people.contact_card import OF_LEADS, ContactCard
from desktop_app.ui.people.contact_dialog import ContactDialog
from desktop_app.ui.people.people_keys import PEOPLE_KEYS
from desktop_app.ui.people.people_room import PeopleRoom
from desktop_app.ui.people.people_view import Act, PeopleView
from desktop_app.ui.people.wording import PeopleWords
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.cards import card
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.empty_state import EmptyState

Line = BookContact | str
"""A row: somebody, or the heading of those below it."""
_WIDTHS = (0, 150, 190)


class BookView(PeopleView):
    """A list at the left, whoever is selected at the right."""

    def __init__(self, room: PeopleRoom, words: PeopleWords, parent: QWidget | None = None) -> None:
        super().__init__(room, words, parent)
        self._dialog: QDialog | None = None
        say = words.say
        self.search = LineEdit()
        self.search.setObjectName("people_search")
        self.search.setAccessibleName(say("search"))
        self.search.setPlaceholderText(say("search_hint"))
        self.search.edited.connect(self._fill)
        self.search.returnPressed.connect(self._go_to_list)
        self.order = ChipGroup(
            [(one, say(f"by_{one}")) for one in ("role", "department")], name=say("by"), optional=False
        )
        self.order.setObjectName("people_order")
        self.order.set_code("role")
        self.order.changed.connect(lambda _code: self._fill())
        self.add = SecondaryButton(say("act.add"), PEOPLE_KEYS["add"], icon_name="user")
        self.add.setObjectName("contact_add")
        self.add.clicked.connect(self.add_somebody)
        if not room.leads:
            self.add.hide()
        self._model = RowsModel[Line](
            [say(f"column.{one}") for one in ("name", "phone", "checked")], self._cells
        )
        self.table = Table(self._model, say("view.book"), _WIDTHS)
        self.table.setObjectName("people_book")
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _was: self._show())
        self._empty = EmptyState("user", say("book_empty"))
        self.card = ContactCard(room, words)
        self.card.asked.connect(self.do)
        top = QHBoxLayout()
        top.setSpacing(scaled(10))
        top.addWidget(self.search, 1)
        top.addWidget(self.order)
        top.addWidget(self.add)
        frame, inside = card()
        inside.addLayout(top)
        inside.addWidget(self.table, 1)
        inside.addWidget(self._empty, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(10))
        layout.addWidget(frame, 3)
        layout.addWidget(self._beside(), 2)
        self.begin_at(self.search)
        self._fill()

    def show_people(self) -> None:
        """Show what is known by now; whoever was selected stays."""
        self._fill()

    def acts(self) -> dict[str, Act]:
        """Return what the keys of the page do here."""
        codes = ("verify", "reached", "unreached", *(OF_LEADS if self._room.leads else ()))
        acts: dict[str, Act] = {code: partial(self.do, code) for code in codes}
        acts["search"] = self.search.setFocus
        if self._room.leads:
            acts["add"] = self.add_somebody
        return acts

    def do(self, code: str) -> None:
        """Do something with whoever is shown."""
        one = self.card.shown
        if one is None:
            return
        session, key = self._room.session, one.contact.key
        store, clock, name = session.store, session.clock, self._words.name(one)
        said = self._words.say(f"done.{code}", name=name)
        if code == "verify":
            self._room.deeds.act_and_tell(lambda: verify_contact(store, key, now=clock()), said)
        elif code in ("reached", "unreached"):
            note, reached = self.card.note.full_text().strip(), code == "reached"
            self.card.note.clear()
            self._room.deeds.act_and_tell(
                lambda: try_contact(store, key, reached=reached, note=note, now=clock()), said
            )
        elif code == "edit":
            self._open(one)
        elif code == "remove":
            self._remove(one, said)

    def add_somebody(self) -> None:
        """Ask whom to add."""
        self._open(None)

    def _open(self, one: BookContact | None) -> None:
        pack, book = self._room.session.shelf.pack, self._room.people.book
        codes = dict.fromkeys((*(each.contact.role for each in book), STANDBY))
        if one is not None:
            codes = dict.fromkeys((one.contact.role, *codes))
        roles = [(code, self._words.role(pack, code)) for code in codes]
        dialog = ContactDialog(self._room.session, self._words, book, roles, one, self.window())
        self._dialog = dialog

        def done(kept: Kept) -> None:
            code = "add" if one is None else "edit"
            name = dialog.fields["name"].text().strip()
            self._room.deeds.tell_done(kept.made, self._words.say(f"done.{code}", name=name))

        dialog.done_it.connect(done)
        dialog.open()

    def _remove(self, one: BookContact, said: str) -> None:
        session, key = self._room.session, one.contact.key
        store, clock = session.store, session.clock

        def act(reason: str) -> Made:
            return remove_contact(store, key, reason=reason, now=clock())

        dialog = ActDialog(
            session,
            self._words.say("dialog.remove", name=self._words.name(one)),
            self._words.say("dialog.remove_do"),
            self._words.say("dialog.remove_means"),
            act,
            label=self._words.say("dialog.reason"),
            needed="contacts.reason_needed",
            parent=self.window(),
        )
        dialog.reason.setObjectName("remove_reason")
        self._room.deeds.ask(dialog, said)

    def _go_to_list(self) -> None:
        self.table.setFocus()

    def _beside(self) -> QFrame:
        frame = QFrame()
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.card)
        return frame

    def _fill(self) -> None:
        shown = self.card.shown.contact.key if self.card.shown is not None else ""
        lines = self._lines(self._found())
        self._model.fill(lines)
        empty = not lines
        self.table.setVisible(not empty)
        self._empty.setVisible(empty)
        searched = bool(self.search.full_text().strip())
        self._empty.say(self._words.say("book_not_found" if searched else "book_empty"))
        places = [place for place, line in enumerate(lines) if not isinstance(line, str)]
        same = [place for place in places if _key(lines[place]) == shown]
        for place in (same or places)[:1]:
            self.table.go_to(place)
        self._show()

    def _found(self) -> list[BookContact]:
        book = {one.contact.key: one for one in self._room.people.book}
        text = self.search.full_text().strip()
        if not text:
            return list(book.values())
        pack = replace(self._room.pack, contacts=tuple(one.contact for one in book.values()))
        return [book[contact.key] for contact in contacts_like(pack, text)]

    def _lines(self, found: Sequence[BookContact]) -> list[Line]:
        pack = self._room.session.shelf.pack
        groups: dict[str, list[BookContact]] = {}
        for one in found:
            by_role = self.order.current_code() == "role"
            heading = self._words.role(pack, one.contact.role) if by_role else self._words.department(one)
            groups.setdefault(heading, []).append(one)
        lines: list[Line] = []
        for heading, members in groups.items():
            # Over one person of the same name a heading says nothing.
            alone = len(members) == 1 and self._words.name(members[0]) == heading
            lines += members if alone else [heading, *members]
        return lines

    def _cells(self, line: Line) -> Sequence[Cell]:
        if isinstance(line, str):
            return (Cell(line, tone="muted", heading=True), Cell("", heading=True), Cell("", heading=True))
        stale = self._room.is_stale(line)
        return (
            Cell(f"  {self._words.name(line)}"),
            Cell(grouped(line.contact.phone)),
            Cell(
                self._words.checked(line, stale=stale),
                "warning" if stale else "check",
                "warn" if stale else "ok",
            ),
        )

    def _show(self) -> None:
        row = self.table.current_row()
        line = self._model.rows[row] if 0 <= row < len(self._model.rows) else None
        self.card.show_contact(None if isinstance(line, str) else line)


def _key(line: Line) -> str:
    return "" if isinstance(line, str) else line.contact.key
