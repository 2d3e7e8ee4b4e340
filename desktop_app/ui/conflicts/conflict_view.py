"""The fields of one record that two people changed apart, each with its values beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.services.conflicts import Candidate, Choice, Conflict, both
from desktop_app.ui.conflicts.candidate_card import CandidateCard
from desktop_app.ui.conflicts.wording import field_text, value_text
from desktop_app.ui.records.record_words import moment
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.text_edit import LongTextEdit
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.words import Words


class ConflictView(QWidget):
    """``chosen`` carries a conflict and the choice of a value that is there, or that was typed."""

    chosen = Signal(object, object)
    moved = Signal()
    """Another value is the current one."""

    def __init__(self, words: Words, zone: tzinfo, *, may: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._zone, self._may = words, zone, may
        self._conflicts: tuple[Conflict, ...] = ()
        self._cards: list[list[CandidateCard]] = []
        self._at: tuple[int, int] | None = None
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A long account is edited whole: a line of one row would cut it.
        self.other = LongTextEdit()
        self.other.set_heights(scaled(52), scaled(72))
        self.other.setObjectName("other_value")
        self._form = QWidget()
        grid = FormGrid(self._form)
        grid.row(words.say("window.conflicts.other_value"), self.other)
        self._form.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._area, 1)
        layout.addWidget(self._form)

    def show_conflicts(self, conflicts: Sequence[Conflict]) -> None:
        """Show the fields of one record; no value is the current one yet."""
        self._conflicts, self._cards, self._at = tuple(conflicts), [], None
        self._form.hide()
        page = QWidget()
        page.setProperty("role", "page")
        outer, grid = QVBoxLayout(page), QGridLayout()
        outer.setContentsMargins(0, 0, scaled(6), 0)
        grid.setHorizontalSpacing(scaled(10))
        grid.setVerticalSpacing(scaled(8))
        grid.setColumnMinimumWidth(0, scaled(96))
        columns = max((len(one.candidates) for one in conflicts), default=0)
        for column in range(columns):
            grid.setColumnStretch(column + 1, 1)
        for row, conflict in enumerate(conflicts):
            name = PlainLabel(
                field_text(self._words, conflict.subject, conflict.field), role="field", wrap=True
            )
            name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(name, row, 0)
            cards = [self._card(conflict, row, place) for place in range(len(conflict.candidates))]
            for column, card in enumerate(cards, 1):
                grid.addWidget(card, row, column)
            self._cards.append(cards)
        outer.addLayout(grid)
        outer.addStretch(1)
        self._area.setWidget(page)

    def focus_first(self) -> None:
        """Put the focus on the current value, the first where none is."""
        if card := self._card_at(self._at or (0, 0)):
            card.setFocus()

    def has_cards_focused(self) -> bool:
        """Whether one of the values has the focus."""
        return any(card.hasFocus() for cards in self._cards for card in cards)

    def current(self) -> tuple[Conflict, Candidate] | None:
        """Return the field and the value that are the current ones; None before a person came to one."""
        if self._at is None or self._card_at(self._at) is None:
            return None
        row, column = self._at
        return self._conflicts[row], self._conflicts[row].candidates[column]

    def take(self, place: int | None = None) -> None:
        """Choose the current value, or the one at ``place`` of the current field."""
        if self._at is None:
            self.focus_first()
            return
        row, column = self._at
        column = column if place is None else place
        if self._card_at((row, column)) is None:
            return
        conflict = self._conflicts[row]
        entry = conflict.candidates[column].entry_id
        self.chosen.emit(conflict, (Choice(conflict.field, conflict.seen, entry),))

    def take_all(self) -> None:
        """Choose, in every field of this subject, what the author of the current value wrote."""
        found = self.current()
        if found is None:
            self.focus_first()
            return
        conflict, one = found
        choices = [
            Choice(other.field, other.seen, mine.entry_id)
            for other in self._conflicts
            if other.subject == conflict.subject
            for mine in other.candidates
            if (mine.name, mine.station) == (one.name, one.station)
        ]
        self.chosen.emit(conflict, tuple({choice.field: choice for choice in choices}.values()))

    def both(self) -> str:
        """Return both texts of the current field joined; empty where that makes no sense."""
        found = self.current()
        return both(found[0]) if found else ""

    def edit(self, text: str | None = None) -> None:
        """Let another value be typed, beginning with ``text``, the current value where there is none."""
        if self._at is None:
            self.focus_first()
        found = self.current()
        if found is None:
            return
        self.other.setPlainText(found[1].text if text is None else text)
        self._form.show()
        self.other.setFocus()
        self.other.selectAll()
        self.moved.emit()

    def editing(self) -> bool:
        """Whether another value is being typed."""
        return self._form.isVisible()

    def line_focused(self) -> bool:
        """Whether the line for another value has the focus."""
        return self._form.isVisible() and self.other.hasFocus()

    def give_up_edit(self) -> None:
        """Go back to the values."""
        self._form.hide()
        self.focus_first()
        self.moved.emit()

    def take_typed(self) -> None:
        """Choose what was typed."""
        found, text = self.current(), self.other.full_text().strip()
        if found is not None and text:
            choice = Choice(found[0].field, found[0].seen, text=text)
            self.chosen.emit(found[0], (choice,))

    def _card(self, conflict: Conflict, row: int, place: int) -> CandidateCard:
        one, say = conflict.candidates[place], self._words.say
        who = say(
            "window.conflicts.who",
            name=one.name or say("window.records.unknown_person"),
            station=one.station,
            time=moment(one.at, self._zone),
        )
        why = say("window.records.because", reason=one.reason) if one.reason else ""
        card = CandidateCard(value_text(self._words, conflict.field, one.text), who, why)
        card.setObjectName(f"candidate_{conflict.field}_{place + 1}")
        card.setEnabled(self._may)
        card.clicked.connect(lambda _checked=False: self._take_at((row, place)))
        card.walked.connect(self._move)
        card.picked.connect(self.take)
        card.reached.connect(lambda: self._mark((row, place)))
        return card

    def _take_at(self, at: tuple[int, int]) -> None:
        self._mark(at)
        self.take()

    def _mark(self, at: tuple[int, int]) -> None:
        """Make a value the current one; it stays so while a button or a line has the focus."""
        self._at = at
        for row, cards in enumerate(self._cards):
            for column, card in enumerate(cards):
                card.setChecked((row, column) == at)
        self._area.ensureWidgetVisible(self._cards[at[0]][at[1]])
        self.moved.emit()

    def _card_at(self, at: tuple[int, int]) -> CandidateCard | None:
        row, column = at
        if 0 <= row < len(self._cards) and 0 <= column < len(self._cards[row]):
            return self._cards[row][column]
        return None

    def _move(self, down: int, right: int) -> None:
        row, column = self._at or (0, 0)
        row = max(0, min(row + down, len(self._cards) - 1))
        column = max(0, min(column + right, len(self._cards[row]) - 1))
        self._cards[row][column].setFocus()
