"""Who can unlock the store, and the next shift added: one-time PINs, shown here once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.errors import KnownError
from desktop_app.domain.roles import Role
from desktop_app.services.people import Colleague, add_people, colleagues, may_give
from desktop_app.services.stores import OpenStore, Person, check_people
from desktop_app.ui.background.background import Background
from desktop_app.ui.paper import print_sheet
from desktop_app.ui.sentences import sentence_in_window
from desktop_app.ui.start.fields import CodeEdit
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.typing.shortcuts import Shortcuts
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.combo import Combo
from desktop_app.ui.widgets.form_row import field_label
from desktop_app.ui.widgets.notice import Notice
from desktop_app.words import Words

_COLUMNS = ("staff_number", "name", "role", "one_time_pin")


class ColleaguesPanel(QWidget):
    """A list of who can unlock, a row to add somebody, and the one-time PINs given while it is on screen.

    ``enter_adds`` tells whether Enter would press its button now, as the button's hint does.
    """

    enter_adds = Signal(bool)

    def __init__(
        self,
        words: Words,
        background: Background,
        store: OpenStore,
        *,
        data_folder: Path,
        clock: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words, self._background, self._store = words, background, store
        self._data_folder, self._clock = data_folder, clock
        self.pins: dict[str, str] = {}
        """One-time PINs given here, by staff number; kept nowhere else."""
        self._people: Sequence[Colleague] = ()
        self._busy = False
        self.table = self._new_table()
        self.staff_number, self.name = CodeEdit(), LineEdit(most=80)
        self.staff_number.setObjectName("colleague_staff_number")
        self.name.setObjectName("colleague_name")
        given = may_give(store.author.role)
        self.role = Combo([(role.value, words.say(f"role.{role.value}")) for role in given], optional=False)
        self.role.setObjectName("colleague_role")
        self.role.set_code(Role.AGENT.value)
        self.role.setEnabled(len(given) > 1)
        self.add = SecondaryButton(self._say("add"), icon_name="add")
        self.add.setObjectName("add_colleague")
        self.add.clicked.connect(self._add)
        self.print = SecondaryButton(self._say("print"), icon_name="print")
        self.print.setObjectName("print_pins")
        self.print.clicked.connect(self._print)
        self.message = Notice(words)
        self._lay_out()
        for part in (self.staff_number, self.name, self.role, self.add):
            part.installEventFilter(self)
        shortcuts = Shortcuts(self)
        shortcuts.add("start_add", "Return", self._add, when=self._typing)
        self.refresh()

    def refresh(self) -> None:
        """Read the list anew."""
        store = self._store
        self._background.query(lambda: colleagues(store), self._show, owner=self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the key on the button while Enter presses it."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            adds = self._typing() or self.add.hasFocus()
            self.add.set_words(self.add.text(), "Enter" if adds else "")
            self.enter_adds.emit(adds)
        return super().eventFilter(watched, event)

    def _add(self) -> None:
        if self._busy:
            return
        person = Person(
            self.staff_number.full_text().strip(),
            self.name.full_text().strip(),
            Role(self.role.current_code() or Role.AGENT.value),
        )
        for field, text in ((self.staff_number, person.staff_number), (self.name, person.name)):
            if not text:
                field.setFocus()
                return
        try:
            check_people([person])
        except KnownError as problem:
            self._refused(problem)
            return
        self._busy = True
        self.message.dismiss()
        store, data_folder, now = self._store, self._data_folder, self._clock()
        self._background.change(
            lambda: add_people(store, [person], data_folder=data_folder, now=now),
            self._added,
            self._refused,
            owner=self,
        )

    def _added(self, pins: Mapping[str, str]) -> None:
        self._busy = False
        self.pins |= pins
        self.staff_number.clear()
        self.name.clear()
        self.staff_number.setFocus()
        self.message.tell(self._say("told", user=next(iter(pins))), "ok")
        self.refresh()

    def _refused(self, problem: Exception) -> None:
        self._busy = False
        if isinstance(problem, KnownError):
            self.message.tell(sentence_in_window(self._words, problem), "warn")
            self.staff_number.setFocus()
        else:
            self._background.trouble.emit(problem)

    def _show(self, people: Sequence[Colleague]) -> None:
        self._people = people
        self.table.setRowCount(len(people))
        for row, person in enumerate(people):
            pin = self.pins.get(person.staff_number, self._say("waiting") if person.waiting else "")
            shown = (person.staff_number, person.name, self._words.say(f"role.{person.role.value}"), pin)
            for column, text in enumerate(shown):
                self.table.setItem(row, column, QTableWidgetItem(text))
        self.print.setVisible(bool(self.pins))
        if self.pins:
            last = next((row for row, person in enumerate(people) if person.staff_number in self.pins), 0)
            self.table.scrollTo(self.table.model().index(last, 0))

    def _print(self) -> None:
        names = {person.staff_number: person.name for person in self._people}
        lines = [self._say("paper_intro"), ""]
        for number, pin in self.pins.items():
            lines += [self._say("paper_line", user=number, name=names.get(number, ""), pin=pin), ""]
        print_sheet(self, self._say("paper_title"), lines)

    def _typing(self) -> bool:
        return self.staff_number.hasFocus() or self.name.hasFocus() or self.role.hasFocus()

    def _say(self, code: str, **details: object) -> str:
        return self._words.say(f"window.start.colleagues.{code}", **details)

    def _new_table(self) -> QTableWidget:
        table = QTableWidget(0, len(_COLUMNS))
        table.setObjectName("colleagues")
        table.setAccessibleName(self._say("title"))
        table.setHorizontalHeaderLabels([self._say(f"column_{name}") for name in _COLUMNS])
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(scaled(30))
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in range(len(_COLUMNS)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        table.setMinimumHeight(scaled(150))
        return table

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        for label, field, share in (
            ("staff_number", self.staff_number, 3),
            ("name", self.name, 4),
            ("role", self.role, 3),
        ):
            row.addWidget(field_label(self._say(label), field))
            row.addWidget(field, share)
        row.addWidget(self.add)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self.print)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(10))
        layout.addLayout(row)
        layout.addWidget(self.message)
        layout.addWidget(self.table, 1)
        layout.addLayout(below)
