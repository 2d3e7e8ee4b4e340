"""What every page before an unlocked store is: a card with a title, fields, a message and its buttons."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.errors import KnownError
from desktop_app.ui.sentences import sentence_in_window
from desktop_app.ui.start.fields import Checked, CodeEdit, Note, PinEdit
from desktop_app.ui.start.parts import StartParts
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.buttons import PrimaryButton, QuietButton
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.ui.widgets.notice import Notice

T = TypeVar("T")
_MARGIN = 20


class Page(QFrame):
    """Fill ``body`` and ``grid``; override ``act`` for what the primary button and Enter do.

    ``section`` is the part of ``window.start`` that the page's words lie in.
    """

    width_wanted = 560

    def __init__(self, parts: StartParts, section: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts, self.section = parts, section
        self.setProperty("role", "card")
        self.busy = False
        self.checked: list[Checked] = []
        self.title = PlainLabel(self.say("title"), role="title", wrap=True)
        self.intro = PlainLabel(self.say("intro"), wrap=True)
        self.body = QVBoxLayout()
        self.body.setSpacing(scaled(10))
        self.grid = FormGrid()
        self.message = Notice(parts.words)
        self.primary = PrimaryButton(self.say("do"), "Enter")
        self.primary.setObjectName("primary")
        self.primary.clicked.connect(self._pressed)
        self.links = QHBoxLayout()
        self._links: list[QuietButton] = []
        self.links.setSpacing(scaled(4))
        row = QHBoxLayout()
        row.addLayout(self.links)
        row.addStretch(1)
        row.addWidget(self.primary)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[scaled(_MARGIN)] * 4)
        layout.setSpacing(scaled(10))
        for part in (self.title, self.intro):
            layout.addWidget(part)
        layout.addLayout(self.body)
        layout.addLayout(self.grid)
        layout.addWidget(self.message)
        layout.addLayout(row)

    def say(self, code: str, **details: object) -> str:
        """Return words of this page."""
        return self.parts.words.say(f"window.start.{self.section}.{code}", **details)

    def field(self, key: str, field: LineEdit, check: Callable[[str], str], **details: object) -> Checked:
        """Add a field with its label ``<key>`` and its hint, and return it with its check."""
        field.setObjectName(key)
        note = Note(self.say(f"{key}_hint"))
        label = self.grid.row(self.say(key, **details), field)
        self.grid.under(note)
        checked = Checked(field, note, check, label)
        self.checked.append(checked)
        return checked

    def code_field(self, key: str, check: Callable[[str], str]) -> Checked:
        """Add a field for a staff number or code."""
        return self.field(key, CodeEdit(), check)

    def pin_field(self, key: str, check: Callable[[str], str]) -> Checked:
        """Add a field for a PIN; its note also tells of Caps Lock."""
        field = PinEdit()
        checked = self.field(key, field, check)
        caps = self.parts.words.say("window.start.caps_lock")
        field.caps_lock.connect(lambda on: checked.note.remark(caps if on else ""))
        return checked

    def link(self, code: str, act: Callable[[], None]) -> QuietButton:
        """Add a quiet button at the left of the buttons."""
        button = QuietButton(self.say(code))
        button.setObjectName(code)
        # What is under way tells its result to this page: nobody leaves before.
        button.clicked.connect(lambda: None if self.busy else act())
        self.links.addWidget(button)
        self._links.append(button)
        return button

    def order_tabs(self) -> None:
        """Let Tab go through what is filled in, then to the primary button, then to the quiet ones."""
        others = [
            widget
            for widget in self.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget not in (self.primary, *self._links)
            and not self.message.isAncestorOf(widget)
        ]
        for before, after in pairwise([*others[-1:], self.primary, *self._links]):
            QWidget.setTabOrder(before, after)

    def focus_start(self) -> None:
        """Put the focus where typing begins."""
        first = next((checked.field for checked in self.checked if not checked.field.text()), None)
        (first or self.primary).setFocus()

    def enter(self) -> None:
        """Do what Enter means in a field: on to the next empty field, from the last the primary button."""
        fields = [checked.field for checked in self.checked if checked.field.isVisible()]
        inside = self.focusWidget()
        if inside in fields:
            for checked in self.checked:
                if checked.field is inside and not checked.judge():
                    return
            following = fields[fields.index(inside) + 1 :]
            empty = next((field for field in following if not field.text()), None)
            if empty is not None:
                empty.setFocus()
                return
        self._pressed()

    def back(self) -> None:
        """Do what Esc means; nothing unless a page says otherwise."""

    def may_be_left(self) -> bool:
        """Whether the window may close now: not amid work whose result would be lost."""
        return not self.busy

    def act(self) -> None:
        """Do what the page is for; called with all fields right and nothing under way."""

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[KnownError], None] | None = None,
    ) -> None:
        """Do store work away from the GUI thread; a known failure is told in the page, a bug is passed on."""
        self._set_busy(True)
        self.message.dismiss()

        def answered(result: T) -> None:
            self._set_busy(False)
            done(result)

        def refused(problem: Exception) -> None:
            self._set_busy(False)
            if isinstance(problem, KnownError):
                (failed or self.tell)(problem)
            else:
                self.parts.background.trouble.emit(problem)

        self.parts.background.change(work, answered, refused, owner=self)

    def tell(self, problem: KnownError) -> None:
        """Say in the page what went wrong and what to do."""
        self.message.tell(sentence_in_window(self.parts.words, problem), "warn")

    def needed(self, code: str = "needed") -> Callable[[str], str]:
        """Return the check that a field is not empty."""
        return lambda text: "" if text.strip() else self.say(code)

    def sentence_of(self, check: Callable[[], None]) -> str:
        """Return the sentence that a rule's refusal has, "" where it does not refuse."""
        try:
            check()
        except KnownError as problem:
            return sentence_in_window(self.parts.words, problem)
        return ""

    def _pressed(self) -> None:
        if self.busy:
            return
        wrong = [checked for checked in self.checked if checked.field.isVisible() and not checked.judge()]
        if wrong:
            wrong[0].field.setFocus()
            return
        self.act()

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self.primary.set_words(self.say("doing" if busy else "do"), "" if busy else "Enter")
