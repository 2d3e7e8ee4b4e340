"""Ctrl+J: find the number a caller quotes, at whichever station it is, without leaving the call in hand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.domain.times import zone_of
from desktop_app.services.number_search import Absent, Found, FoundNumber, Where, find_number
from desktop_app.ui.numbers.found_card import FoundCard
from desktop_app.ui.numbers.found_words import FoundWords
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import HalfWidthEdit
from desktop_app.ui.widgets.announce import announce
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.dialog import Dialog
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import IconLabel, PlainLabel

_WIDTH, _ROOM = 560, 250
_MOST = 40


class FindNumberDialog(Dialog):
    """Type what is heard; what it leads to shows at once, Up and Down choose where it may be several.

    ``opened`` carries the id of a record to show, ``resumed`` that of a draft to go on with.
    """

    opened = Signal(str)
    resumed = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        say = session.words.say
        super().__init__(session.words, say("window.numbers.title"), say("window.numbers.open"), parent)
        self.lock_by(session.shortcuts)
        self._session = session
        self._told = FoundWords(session.words, zone_of(session.store.settings.zone))
        self._asked = self._answered = 0
        self._wanted = False
        self._found = Found()
        self.cancel.setText(say("window.widgets.close"))
        self.number = HalfWidthEdit(most=_MOST)
        self.number.setObjectName("quoted_number")
        self.number.setProperty("role", "phone")
        self.number.setPlaceholderText(say("window.numbers.placeholder"))
        self.number.edited.connect(self._ask)
        form = FormGrid()
        form.row(say("window.numbers.number"), self.number)
        self.heading = PlainLabel(wrap=True, tone="warn")
        self.choices = ChipGroup(name=say("window.numbers.choices"), optional=False)
        self.choices.setObjectName("found_numbers")
        self.choices.changed.connect(lambda _code: self._show_chosen())
        self.card = FoundCard(self._told)
        self.absent = PlainLabel(wrap=True)
        self._empty = EmptyState("search", say("window.numbers.absent.empty"))
        self._results, self._nothing = self._result_page(), self._absent_page()
        self._stack = QStackedWidget()
        for page in (self._empty, self._nothing, self._results):
            self._stack.addWidget(page)
        self._stack.setMinimumSize(scaled(_WIDTH), scaled(_ROOM))
        self.body.addLayout(form)
        self.body.addWidget(self._stack, 1)
        self.primary.setEnabled(False)
        # Enter may come before the answer, from a hand that knows the number is here: it waits then.
        self.keys.add("accept", "Return Ctrl+Return", self._open_now, owner=self.number)
        self.keys.add("next", "Down", lambda: self._step(1), owner=self.number)
        self.keys.add("previous", "Up", lambda: self._step(-1), owner=self.number)
        self.number.setFocus()

    def chosen(self) -> FoundNumber | None:
        """Return the number on the card; None where nothing was found."""
        by_code = {str(one.number): one for one in self._found.numbers}
        return by_code.get(self.choices.current_code())

    def accept(self) -> None:
        """Hand on what can be opened here; else the dialog stays."""
        one = self.chosen()
        if one is None or not one.subject_id:
            return
        super().accept()
        (self.resumed if one.where is Where.DRAFT else self.opened).emit(one.subject_id)

    def _absent_page(self) -> QWidget:
        panel = QFrame()
        panel.setProperty("role", "panel")
        inside = QHBoxLayout(panel)
        inside.setContentsMargins(scaled(14), scaled(12), scaled(14), scaled(12))
        inside.setSpacing(scaled(10))
        inside.addWidget(IconLabel("info", "warn"), 0, Qt.AlignmentFlag.AlignTop)
        inside.addWidget(self.absent, 1)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panel)
        layout.addStretch(1)
        return page

    def _result_page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(8))
        layout.addWidget(self.heading)
        layout.addWidget(self.choices)
        layout.addWidget(self.card)
        layout.addStretch(1)
        return page

    def _ask(self) -> None:
        self._asked += 1
        self._wanted = False
        turn, store, text = self._asked, self._session.store, self.number.full_text()

        def answered(found: Found) -> None:
            if turn == self._asked:
                self._answered = turn
                self._show(found)

        self._session.background.query(
            lambda: find_number(store, text), answered, self._session.messages.tell, owner=self
        )

    def _show(self, found: Found) -> None:
        self._found = found
        self.heading.setText(self._told.heading(found))
        self.heading.setVisible(bool(self.heading.text()))
        self.heading.set_tone("warn" if found.corrected else "info")
        numbers = [(str(one.number), str(one.number)) for one in found.numbers]
        self.choices.fill(numbers)
        self.choices.set_code(numbers[0][0] if numbers else "")
        self.choices.setVisible(len(numbers) > 1)
        if numbers:
            self._stack.setCurrentWidget(self._results)
            self._show_chosen()
        else:
            self._stack.setCurrentWidget(self._empty if found.absent is Absent.EMPTY else self._nothing)
            self.absent.setText(self._told.absent(found))
            self.primary.setEnabled(False)
            announce(self, self.absent.text())
        if self._wanted and len(numbers) == 1:
            self.accept()
        self._wanted = False

    def _show_chosen(self) -> None:
        one = self.chosen()
        if one is None:
            return
        self.card.show_number(one)
        do = "resume" if one.where is Where.DRAFT else "open"
        self.primary.setText(self._session.words.say(f"window.numbers.{do}"))
        self.primary.setEnabled(bool(one.subject_id))
        announce(self, self.card.spoken())

    def _open_now(self) -> None:
        if self._answered == self._asked:
            self.accept()
        else:
            self._wanted = True

    def _step(self, by: int) -> None:
        codes = [str(one.number) for one in self._found.numbers]
        if len(codes) > 1:
            place = codes.index(self.choices.current_code()) + by
            self.choices.set_code(codes[place % len(codes)])
            self._show_chosen()
