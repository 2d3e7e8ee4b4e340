"""Fields of an incident that keep themselves: each is written once it is left, or after a pause in typing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget

from desktop_app.domain.entries import Value
from desktop_app.domain.errors import KnownError
from desktop_app.domain.times import zone_of
from desktop_app.services.incident_values import set_values
from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.incident.fact_editor import Editing, FactEditor, Unread, make_fact_editor
from desktop_app.ui.incident.facts import Fact, is_asked
from desktop_app.ui.incident.incident_room import IncidentRoom
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.typing.text_edit import LongTextEdit
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import PlainLabel, restyle

_PAUSE = 3_000
"""Milliseconds without a key after which what is typed is written."""


class FactForm(QWidget):
    """Fields by key; what somebody types is never taken away by what arrives meanwhile."""

    def __init__(self, room: IncidentRoom, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room, self._session = room, room.session
        self._zone = zone_of(room.session.store.settings.zone)
        self._grid = FormGrid(self)
        self._facts: list[Fact] = []
        self._editors: dict[str, FactEditor] = {}
        self._labels: dict[str, PlainLabel] = {}
        self._held: dict[str, Mapping[str, Value]] = {}
        self._kept: dict[str, Mapping[str, Value]] = {}
        """What the store held when a field was shown, and what the field said then or was written since."""
        self._of = ""
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._save_paused)
        room.session.background.closing.connect(self._pause.stop)

    def field(self, key: str) -> QWidget:
        """Return what a field is typed into."""
        return self._editors[key].widget

    def lead_with(self, text: str, field: QWidget) -> None:
        """Put a row of somebody else's before the fields."""
        self._grid.row(text, field)

    def label_width(self) -> int:
        """Return how wide the labels are."""
        texts = (label.sizeHint().width() for label in self._labels.values())
        return max(texts, default=0)

    def set_label_width(self, width: int) -> None:
        """Have the labels as wide as those of the form above."""
        self._grid.setColumnMinimumWidth(0, width)

    def ask(self, facts: Sequence[Fact]) -> None:
        """Ask for these from now on; fields that stay keep what is typed in them."""
        if list(facts) == self._facts:
            return
        self.save()
        for key, editor in self._editors.items():
            for part in (editor.widget, self._labels.get(key)):
                if part is not None:
                    self._grid.removeWidget(part)
                    part.hide()
                    part.deleteLater()
        self._facts, self._editors, self._labels = list(facts), {}, {}
        self._held, self._kept = {}, {}
        for fact in facts:
            done = partial(self._done, fact.key)
            editing = Editing(self._session.words, self._zone, self._session.clock, self._pause.start, done)
            editor = make_fact_editor(fact, editing)
            self._editors[fact.key] = editor
            if isinstance(editor.widget, QCheckBox):
                self._grid.under(editor.widget)
            else:
                self._labels[fact.key] = self._grid.row(fact.title.replace("&", "&&"), editor.widget)

    def show_incident(self, view: IncidentView) -> None:
        """Show what the incident holds, but for what is being typed."""
        other = view.head != self._of
        self._of = view.head
        for key, editor in self._editors.items():
            held = {name: view.values.get(name) for name in editor.fact.names()}
            if other or key not in self._held or (held != self._held[key] and not self._is_at_work(key)):
                self._show(key, held)
        self._show_asked(view.values)

    def save(self) -> None:
        """Write whatever was typed."""
        for key in self._editors:
            self._save(key, quiet=True)

    def flush(self, done: Callable[[bool], None]) -> None:
        """Write whatever was typed; ``done`` hears whether the store has it."""
        failed: list[Exception] = []
        for key in self._editors:
            self._save(key, quiet=True, failed=failed.append)
        self._session.background.change(lambda: None, lambda _none: done(not failed), owner=self)

    def _show(self, key: str, held: Mapping[str, Value]) -> None:
        editor = self._editors[key]
        editor.show(held)
        self._held[key], self._kept[key] = held, _said(editor) or {}

    def _is_at_work(self, key: str) -> bool:
        """Whether somebody is in a field, or has typed in it what is not written yet."""
        editor, focus = self._editors[key], QApplication.focusWidget()
        inside = focus is not None and (focus is editor.widget or editor.widget.isAncestorOf(focus))
        return inside or _said(editor) != self._kept[key]

    def _done(self, key: str) -> None:
        self._save(key)

    def _save_paused(self) -> None:
        focus = QApplication.focusWidget()
        if isinstance(focus, LineEdit | LongTextEdit) and focus.preedit():
            self._pause.start()
            return
        for key, editor in self._editors.items():
            if editor.widget is focus:
                self._save(key, quiet=True)

    def _save(
        self, key: str, *, quiet: bool = False, failed: Callable[[Exception], None] | None = None
    ) -> None:
        view, editor = self._room.shown, self._editors[key]
        if view is None or view.head != self._of:
            return
        try:
            told = editor.read()
        except Unread as unread:
            if not quiet:
                self._session.messages.tell(KnownError(unread.code))
            return
        kept = self._kept[key]
        changed = {name: value for name, value in told.items() if value != kept.get(name)}
        if not changed:
            return
        self._kept[key] = told
        store, now, kind = self._session.store, self._session.clock(), self._room.kind(view.category)
        seen = {name: view.seen(name) for name in changed}

        def refused(problem: Exception) -> None:
            self._kept[key] = kept
            if failed is not None:
                failed(problem)
            self._session.messages.tell(problem)

        self._room.deeds.act(
            lambda: set_values(store, view.head, changed, now=now, seen=seen, of_type=kind),
            failed=refused,
        )
        self._show_asked({**view.values, **changed})

    def _show_asked(self, values: Mapping[str, Value]) -> None:
        for key, editor in self._editors.items():
            asked = is_asked(editor.fact, values)
            editor.widget.setVisible(asked)
            if key in self._labels:
                self._labels[key].setVisible(asked)
            missing = editor.fact.needed and not any(values.get(name) for name in editor.fact.names())
            if editor.widget.property("missing") != missing:
                editor.widget.setProperty("missing", missing)
                restyle(editor.widget)


def _said(editor: FactEditor) -> Mapping[str, Value] | None:
    """Return what a field says; None where that cannot be read."""
    try:
        return editor.read()
    except Unread:
        return None
