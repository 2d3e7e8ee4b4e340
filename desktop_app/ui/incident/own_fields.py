"""Fields of an incident, those of its type above all, kept while they are typed (fields 3.6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop_app.domain.entries import Value
from desktop_app.domain.errors import GuardRefused
from desktop_app.domain.incident_types import IncidentType, OwnField, OwnFieldKind
from desktop_app.domain.own_fields import held, is_asked, is_read, missing, names_of, told
from desktop_app.domain.times import zone_of
from desktop_app.services.decisions import Made
from desktop_app.services.incident_values import set_values
from desktop_app.services.incident_view import IncidentView
from desktop_app.services.incidents import incident
from desktop_app.ui.incident.own_field_editors import LONG, OwnEditing, OwnEditor, make_own_editor
from desktop_app.ui.incident.own_field_grid import OwnFieldGrid
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.text_edit import LongTextEdit

KEEP_MILLISECONDS = 500
"""A key is kept this long after the keep before it: a slow commit leaves it below the promised second."""
_AGAIN = 3_000
_TIMES = (OwnFieldKind.STAMP, OwnFieldKind.MOMENT)


class OwnFields(QWidget):
    """``kept`` carries the ``IncidentView`` as it is once what was typed is in the store.

    ``edited`` says that something stands there now that did not: what is missing may be another.
    ``refused`` carries what the store said no to.
    """

    kept = Signal(object)
    edited = Signal()
    refused = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._view: IncidentView | None = None
        self._kind: IncidentType | None = None
        self._fields: tuple[OwnField, ...] = ()
        self._editors: dict[str, OwnEditor] = {}
        self._grid: OwnFieldGrid | None = None
        self._touched: dict[str, None] = {}
        self._under_way: frozenset[str] = frozenset()
        self._waiting: list[Callable[[bool], None]] = []
        self._loading = False
        self._long = scaled(LONG)
        self._editing = OwnEditing(
            session.words, zone_of(session.store.settings.zone), session.clock, self._edited, self._left
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._soon = QTimer(self, singleShot=True, interval=KEEP_MILLISECONDS)
        self._soon.timeout.connect(self.keep)
        session.background.closing.connect(self._soon.stop)

    def show_incident(
        self, view: IncidentView | None, fields: Sequence[OwnField], kind: IncidentType | None = None
    ) -> None:
        """Show these fields of an incident; what is being typed stays, unless it is of another incident.

        ``kind`` is its type where they are that type's: some of them begin clocks. Without an incident they
        can be typed in already; it is written once there is one.
        """
        fields, other = tuple(fields), view is None or self._view is None or view.head not in self._view.ids
        if self._view is not None and (other or fields != self._fields):
            self._leave(self._view)
        self._kind = kind
        if fields != self._fields or self._grid is None:
            self._build(fields)
        self._view = view
        self._loading = True
        for key, editor in self._editors.items():
            if key not in self._touched and key not in self._under_way:
                value = held(editor.field, view.values) if view is not None else None
                if editor.value() != value:
                    editor.show(value)
                self._tell(key)
        self._loading = False
        self._arrange()
        if self._touched and view is not None:
            self.keep()

    def values(self) -> dict[str, Value]:
        """Return what the fields say now, kept or not, as the journal would be told."""
        return {name: value for one in self._editors.values() for name, value in _said(one).items()}

    def missing(self) -> tuple[OwnField, ...]:
        """Return what has to be filled and is not."""
        return missing(self._fields, self.values())

    def set_long(self, height: int) -> None:
        """Make long texts so many pixels high, those of the next incident too."""
        self._long = height
        for editor in self._editors.values():
            if isinstance(editor.widget, LongTextEdit):
                editor.widget.set_heights(height, height)

    def go_to(self, key: str) -> None:
        """Put the focus into a field."""
        if key in self._editors:
            self._editors[key].stop.setFocus()

    def set_value(self, key: str, value: Value) -> None:
        """Enter a value as if a person had."""
        self._editors[key].show(value)
        self._left(key)

    def stamp(self) -> bool:
        """Enter the time now where the focus is in a time field, else in the first stamp that is empty.

        Returns whether there was one.
        """
        focus = QApplication.focusWidget()
        focused = [one for one in self._editors.values() if one.stop is focus]
        empty = [
            one
            for kind in _TIMES
            for one in self._editors.values()
            if one.field.kind is kind and one.value() is None and one.stop.isVisible()
        ]
        for one in (*focused, *empty):
            if one.stamp is not None:
                one.stamp()
                return True
        return False

    def keep(self) -> None:
        """Write what was typed; what is typed meanwhile is written after it, a time once it is left."""
        self._soon.stop()
        view, kind = self._view, self._kind
        if self._under_way:
            return
        if view is None:
            self._answer(not self._touched)
            return
        ready = {
            key: self._editors[key] for key in self._touched if self._waiting or self._editors[key].settled()
        }
        values = _changed(ready.values(), view)
        for key in ready:
            self._touched.pop(key)
        if not values:
            self._answer(True)
            return
        self._under_way = frozenset(ready)
        store, now = self._session.store, self._session.clock()
        seen = {name: view.seen(name) for name in values}

        def work() -> tuple[Made, IncidentView]:
            made = set_values(store, view.head, values, now=now, seen=seen, of_type=kind)
            return made, incident(store, view.head)

        self._session.background.change(work, self._done, self._failed, owner=self)

    def flush(self, done: Callable[[bool], None]) -> None:
        """Write everything typed at once; ``done`` hears whether the store has it."""
        self._waiting.append(done)
        self.keep()

    def _leave(self, view: IncidentView) -> None:
        """Write what is typed of an incident that is not looked at any more."""
        kind, store, now = self._kind, self._session.store, self._session.clock()
        values = _changed((self._editors[key] for key in self._touched), view)
        self._touched = {}
        if values:
            self._session.background.change(
                lambda: set_values(store, view.head, values, now=now, of_type=kind),
                lambda _made: None,
                self.refused.emit,
                owner=self,
            )

    def _done(self, written: tuple[Made, IncidentView]) -> None:
        _made, view = written
        self._under_way = frozenset()
        if self._view is not None and self._view.head in view.ids:
            self._view = view
        self.kept.emit(view)
        self.keep()

    def _failed(self, problem: Exception) -> None:
        not_kept, self._under_way = self._under_way, frozenset()
        self.refused.emit(problem)
        if isinstance(problem, GuardRefused):
            # It may not be written; the field shows again what holds.
            self._answer(True)
            return
        self._touched = {key: None for key in (*not_kept, *self._touched) if key in self._editors}
        self._soon.start(_AGAIN)
        self._answer(False)

    def _answer(self, kept: bool) -> None:
        waiting, self._waiting = self._waiting, []
        for done in waiting:
            done(kept)

    def _build(self, fields: tuple[OwnField, ...]) -> None:
        if self._grid is not None:
            self._grid.hide()
            self._grid.deleteLater()
        self._fields, self._touched = fields, {}
        self._editors = {one.key: make_own_editor(one, self._editing) for one in fields}
        self.set_long(self._long)
        self._grid = OwnFieldGrid(self._session.words, list(self._editors.values()))
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self._grid)
        first = next(iter(self._editors.values()), None)
        if first is not None:
            self.setFocusProxy(first.stop)

    def _arrange(self) -> None:
        if self._grid is not None:
            values = self.values()
            self._grid.show_fields([one.key for one in self._fields if is_asked(one, values)])

    def _edited(self, key: str) -> None:
        if self._loading or key not in self._editors:
            return
        self._touched[key] = None
        if self._grid is not None:
            self._grid.tell(key, "")
        self._arrange()
        self.edited.emit()
        if not self._soon.isActive():
            self._soon.start()

    def _left(self, key: str) -> None:
        """A field was left: what cannot be read is said, and all of it is kept."""
        if self._loading or key not in self._editors:
            return
        self._tell(key)
        editor = self._editors[key]
        values = self._view.values if self._view is not None else {}
        if key in self._touched or editor.value() != held(editor.field, values):
            self._edited(key)
            self._tell(key)
            self.keep()

    def _tell(self, key: str) -> None:
        """Say under a field what cannot be read, or that two people wrote different things."""
        editor, words = self._editors[key], self._session.words
        sentence = ""
        if not is_read(editor.field, editor.value()):
            time = editor.field.kind in _TIMES
            sentence = words.say(f"window.capture.unread.{'time' if time else 'number'}")
        elif self._view is not None and (differ := self._view.conflicts.get(names_of(editor.field)[0])):
            shown = " / ".join(self._shown(editor.field, one) for one in differ)
            sentence = words.say("window.incident.own.conflict", told=shown)
        if self._grid is not None:
            self._grid.tell(key, sentence)

    def _shown(self, field: OwnField, value: Value) -> str:
        language = self._session.words.language
        options = {one.code: one.title.told(language) for one in field.options}
        if isinstance(value, bool):
            return self._session.words.say(f"window.capture.{'yes' if value else 'no'}")
        return options.get(str(value), str(value))


def _changed(editors: Iterable[OwnEditor], view: IncidentView) -> dict[str, Value]:
    """Return what the journal is told: what the incident does not hold yet."""
    said = {name: value for editor in editors for name, value in _said(editor).items()}
    return {name: value for name, value in said.items() if value != view.values.get(name)}


def _said(editor: OwnEditor) -> dict[str, Value]:
    return told(editor.field, editor.value())
