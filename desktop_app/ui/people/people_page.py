"""People: the contact book and tree, who is on duty, who can be called in, who is trained (1.2, 1.3, B§3)."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.ui.people.book_view import BookView
from desktop_app.ui.people.duty_view import DutyView
from desktop_app.ui.people.people_keys import PEOPLE_KEYS
from desktop_app.ui.people.people_room import PeopleRoom
from desktop_app.ui.people.people_view import PeopleView
from desktop_app.ui.people.standby_view import StandbyView
from desktop_app.ui.people.training_view import TrainingView
from desktop_app.ui.people.tree_view import TreeView
from desktop_app.ui.people.wording import PeopleWords
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.labels import PlainLabel

_VIEWS: dict[str, type[PeopleView]] = {
    "book": BookView,
    "tree": TreeView,
    "duty": DutyView,
    "standby": StandbyView,
    "training": TrainingView,
}
_ANYWHERE = {"import": "duty"}
"""What is done from every view, and the view it belongs to."""


class PeoplePage(QWidget):
    """One view at a time; everybody looks and rings, leads change."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.room = PeopleRoom(session, self)
        self._session = session
        words = PeopleWords(session.words, self.room.zone)
        self._stack = QStackedWidget()
        self.panels: dict[str, PeopleView] = {}
        self.views = ChipGroup(
            [(code, words.say(f"view.{code}")) for code in _VIEWS],
            name=words.say("view.name"),
            optional=False,
        )
        self.views.setObjectName("people_views")
        for code, made in _VIEWS.items():
            panel = self.panels[code] = made(self.room, words)
            panel.setObjectName(f"people_view_{code}")
            self._stack.addWidget(panel)
        self.views.changed.connect(self.show_view)
        top = QHBoxLayout()
        top.setSpacing(scaled(14))
        top.addWidget(PlainLabel(words.say("title"), role="title"))
        top.addWidget(self.views, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*map(scaled, (12, 10, 12, 10)))
        layout.setSpacing(scaled(8))
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)
        self._add_keys()
        self.room.changed.connect(self._show)
        self.show_view("book")

    def show_view(self, code: str) -> None:
        """Show one view."""
        panel = self.panels[code]
        if self.views.current_code() != code:
            self.views.set_code(code)
        self._stack.setCurrentWidget(panel)
        panel.show_people()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on to where work begins; to the choice of views where there is nothing to do."""
        super().focusInEvent(event)
        if not self._panel().focus_start():
            self.views.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Be up to date whenever somebody looks."""
        super().showEvent(event)
        self.room.refresh()

    def _panel(self) -> PeopleView:
        return self.panels[self.views.current_code()]

    def _show(self) -> None:
        """Only what is seen; another view is filled when it is gone to."""
        focus = self.window().focusWidget()
        self._panel().show_people()
        if self.isVisible() and focus is not None and self.isAncestorOf(focus) and not focus.isVisible():
            self.setFocus()

    def _add_keys(self) -> None:
        add = partial(self._session.shortcuts.add, owner=self)
        for code in dict.fromkeys(code for panel in self.panels.values() for code in panel.acts()):
            add(f"people_{code}", PEOPLE_KEYS[code], partial(self._do, code), when=partial(self._can, code))
        add("people_undo", PEOPLE_KEYS["undo"], self.room.deeds.undo_last, when=self._may_undo)
        for code, by in (("next_view", 1), ("previous_view", -1)):
            add(f"people_{code}", PEOPLE_KEYS[code], partial(self._step, by), when=self.isVisible)

    def _can(self, code: str) -> bool:
        return self.isVisible() and (code in _ANYWHERE or code in self._panel().acts())

    def _do(self, code: str) -> None:
        if (view := _ANYWHERE.get(code)) is not None and view != self.views.current_code():
            self.show_view(view)
            self.setFocus()
        self._panel().acts()[code]()

    def _may_undo(self) -> bool:
        return self.isVisible() and self.room.deeds.last is not None

    def _step(self, by: int) -> None:
        codes = list(_VIEWS)
        self.show_view(codes[(codes.index(self.views.current_code()) + by) % len(codes)])
        self.setFocus()
