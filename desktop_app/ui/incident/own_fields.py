"""Fields of an incident, those of form 3.6 and of its type: kept while they are typed, written once left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop_app.domain.entries import Value
from desktop_app.domain.errors import GuardRefused
from desktop_app.domain.incident_types import IncidentType, OwnField, OwnFieldKind
from desktop_app.domain.own_fields import held, is_asked, is_read, missing, names_of, told
from desktop_app.domain.times import zone_of
from desktop_app.services.decisions import Made
from desktop_app.services.half_typed import HalfTypedTexts, forget_place
from desktop_app.services.incident_values import set_values
from desktop_app.services.incident_view import IncidentView
from desktop_app.services.incidents import incident
from desktop_app.ui.deeds import Deed, Deeds
from desktop_app.ui.half_typed import KEEP_MILLISECONDS, KeptTexts, Seen, fill
from desktop_app.ui.incident.own_field_editors import LONG, OwnEditing, OwnEditor, make_own_editor
from desktop_app.ui.incident.own_field_grid import OwnFieldGrid
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.text_edit import LongTextEdit

PAUSE_MILLISECONDS = 60_000
"""Without a key for so long, what is typed is written for the others too, as if the field had been left."""
_AGAIN = 3_000
_TIMES = (OwnFieldKind.STAMP, OwnFieldKind.MOMENT)
_TEXTS = frozenset({OwnFieldKind.TEXT, OwnFieldKind.LONG_TEXT, OwnFieldKind.NUMBER, OwnFieldKind.MONEY})


class OwnFields(QWidget):
    """What is typed is in the store within a second; the log gets it as one change once its field is left.

    ``edited`` says that something stands there now that did not: what is missing may be another.
    ``refused`` carries what the store said no to.
    """

    edited = Signal()
    refused = Signal(object)

    def __init__(self, session: Session, deeds: Deeds, part: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._deeds, self._part = session, deeds, part
        self._view: IncidentView | None = None
        self._kind: IncidentType | None = None
        self._fields: tuple[OwnField, ...] = ()
        self._editors: dict[str, OwnEditor] = {}
        self._grid: OwnFieldGrid | None = None
        self._touched: dict[str, Seen] = {}
        self._under_way: dict[str, Seen] = {}
        """What was typed and is not in the log, with the candidates that were on the screen then."""
        self._waiting: list[Callable[[bool], None]] = []
        self._loading = False
        self._long = (scaled(LONG), scaled(LONG))
        self._editing = OwnEditing(
            session.words, zone_of(session.store.settings.zone), session.clock, self._edited, self._left
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._soon = QTimer(self, singleShot=True, interval=KEEP_MILLISECONDS)
        self._soon.timeout.connect(self.keep)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._paused)
        self._texts = KeptTexts(session, self._typed, self, self._seen)
        self._texts.found.connect(self._restore)
        for timer in (self._soon, self._pause):
            session.background.closing.connect(timer.stop)

    def show_incident(
        self, view: IncidentView | None, fields: Sequence[OwnField], kind: IncidentType | None = None
    ) -> None:
        """Show these fields of an incident; what is being typed stays, unless it is of another incident.

        ``kind`` is its type where they are that type's: some of them begin clocks. Without an incident they
        can be typed in already; it is written once there is one.
        """
        fields, other = tuple(fields), view is None or self._view is None or view.head not in self._view.ids
        left = other or fields != self._fields
        if left and self._view is not None:
            self._leave(self._view)
        self._kind = kind
        if fields != self._fields or self._grid is None:
            self._build(fields)
        self._view = view
        if left and view is not None:
            title = self._session.words.say("window.incident.facts.heading")
            self._texts.go_to(f"{self._part}/{view.head}", title, look=other)
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

    def set_long(self, least: int, wished: int) -> None:
        """Make long texts so many pixels high, those of the next incident too."""
        self._long = (least, wished)
        for editor in self._editors.values():
            if isinstance(editor.widget, LongTextEdit):
                editor.widget.set_heights(least, wished)

    def field(self, key: str) -> QWidget:
        """Return what a field is typed into."""
        return self._editors[key].stop

    def go_to(self, key: str) -> None:
        """Put the focus into a field."""
        if key in self._editors:
            self.field(key).setFocus()

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

    def keep(self, besides: Iterable[object] = ()) -> None:
        """Write what was typed in fields nobody is in, and in those of ``besides``: keys, or kinds.

        What is still being typed is only kept; what is typed meanwhile is written after it.
        """
        self._soon.stop()
        view, kind = self._view, self._kind
        if self._under_way:
            self._texts.keep()
            return
        if view is None:
            self._answer(not self._touched)
            return
        also = frozenset(besides)
        ready = {
            key: self._editors[key]
            for key in self._touched
            if self._waiting
            or self._editors[key].settled()
            or not also.isdisjoint((key, self._editors[key].field.kind))
        }
        values = _changed(ready.values(), view)
        under_way = {key: self._touched.pop(key) for key in ready}
        if not values:
            self._texts.keep()
            self._answer(True)
            return
        self._under_way = under_way
        store, now = self._session.store, self._session.clock()
        seen = {name: ids for one in under_way.values() for name, ids in one.items() if name in values}

        after: list[IncidentView] = []

        def work() -> Made:
            made = set_values(store, view.head, values, now=now, seen=seen, of_type=kind)
            after.append(incident(store, view.head))
            return made

        self._deeds.act(work, lambda deed: self._done(deed, after[0]), self._failed)
        if self._touched:
            self._texts.keep()

    def flush(self, done: Callable[[bool], None]) -> None:
        """Write everything typed at once; ``done`` hears whether the store has it."""
        self._waiting.append(done)
        self.keep()

    def _paused(self) -> None:
        """Write what stands there, unless it is still being composed."""
        fields = [one.text for key, one in self._editors.items() if key in self._touched]
        if any(field is not None and field.preedit() for field in fields):
            self._pause.start()
        else:
            self.keep(_TEXTS)

    def _leave(self, view: IncidentView) -> None:
        """Write what is typed of an incident that is not looked at any more."""
        kind, store, now = self._kind, self._session.store, self._session.clock()
        place = self._texts.leave()
        open_ = {**self._under_way, **self._touched}
        values = _changed((self._editors[key] for key in open_), view)
        seen = {name: ids for one in open_.values() for name, ids in one.items() if name in values}
        self._touched, self._under_way = {}, {}

        def work() -> None:
            if values:
                set_values(store, view.head, values, now=now, seen=seen, of_type=kind)
            forget_place(store, place)

        self._session.background.change(work, failed=self.refused.emit, owner=self)

    def _done(self, deed: Deed, view: IncidentView) -> None:
        self._under_way = {}
        if self._view is not None and self._view.head in view.ids:
            self._view = view
        # What was typed on meanwhile follows what was just written, and is no second opinion of it.
        own = {entry for _, entry in deed.made.entries} if deed.made is not None else set()
        self._touched = {
            key: {name: (*ids, *(one for one in view.seen(name) if one in own)) for name, ids in seen.items()}
            for key, seen in self._touched.items()
        }
        self.keep()

    def _failed(self, problem: Exception) -> None:
        not_kept, self._under_way = self._under_way, {}
        self.refused.emit(problem)
        if isinstance(problem, GuardRefused):
            # It may not be written; the field shows again what holds.
            self._texts.keep()
            self.show_incident(self._view, self._fields, self._kind)
            self._answer(True)
            return
        again = {**self._touched, **not_kept}
        self._touched = {key: seen for key, seen in again.items() if key in self._editors}
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
        self.set_long(*self._long)
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
        self._touch(key)
        if self._grid is not None:
            self._grid.tell(key, "")
        self._arrange()
        self.edited.emit()
        self._pause.start()
        if not self._soon.isActive():
            self._soon.start()

    def _touch(self, key: str) -> None:
        if key not in self._touched:
            names, view = names_of(self._editors[key].field), self._view
            self._touched[key] = {name: view.seen(name) if view is not None else () for name in names}

    def _typed(self) -> Mapping[str, str]:
        """Return the texts that the log has not yet."""
        texts = {key: self._editors[key].text for key in (*self._under_way, *self._touched)}
        return {key: text.full_text() for key, text in texts.items() if text is not None}

    def _seen(self) -> Seen:
        both = (*self._under_way.values(), *self._touched.values())
        return {name: ids for seen in both for name, ids in seen.items()}

    def _restore(self, found: HalfTypedTexts) -> None:
        """Take up what was being typed before a lock or a crash: it was left then."""
        for key, text in found.texts.items():
            field = self._editors[key].text if key in self._editors else None
            if field is None or key in self._touched or field.full_text() == text:
                continue
            fill(field, text)
            self._touched[key] = {key: found.seen.get(key, ())}
        self.keep()

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
            self.keep((key,))

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
    """Return what the journal is told: what the incident does not hold yet, or not alone."""
    said = {name: value for editor in editors for name, value in _said(editor).items()}
    held = view.values
    return {name: one for name, one in said.items() if one != held.get(name) or name in view.conflicts}


def _said(editor: OwnEditor) -> dict[str, Value]:
    return told(editor.field, editor.value())
