"""The capture form: one form for five kinds, written at the speed of speech and without a mouse (DESK §5).

It changes nothing in the store: what is typed goes out through ``values`` and comes in through ``load``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.entries import Value
from desktop_app.domain.fields import RECORD_FIELDS
from desktop_app.domain.kinds import Kind
from desktop_app.domain.record_options import Outcome
from desktop_app.domain.times import zone_of
from desktop_app.domain.typed import moment_shown, read_moment, read_yes
from desktop_app.ui.capture.call_clock import CallClock
from desktop_app.ui.capture.caller_desk import CallerDesk
from desktop_app.ui.capture.check_bar import CheckBar
from desktop_app.ui.capture.completeness import is_empty, still_missing
from desktop_app.ui.capture.editors import text_of
from desktop_app.ui.capture.fields_panel import FieldsPanel
from desktop_app.ui.capture.number_line import NumberLine
from desktop_app.ui.capture.plan import plan_of
from desktop_app.ui.capture.type_bar import TypeBar
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import KEYS

_CHECK_PAUSE_MS = 120
_FROM_CLOCK = ("received_at", "ended_at")
CALLS_BACK = frozenset({Outcome.WAITING, Outcome.CONTACT_LEFT})
"""Ways out of a system that is down after which somebody is called (2§5.1(1-3))."""


class CaptureForm(QFrame):
    """One record being typed.

    ``edited`` goes out at every change a person makes, composing included. ``save_requested`` says whether
    the next call follows. Switching the kind hides fields and deletes nothing.
    """

    edited = Signal()
    save_requested = Signal(bool)
    park_requested = Signal()
    undo_requested = Signal()
    refilled = Signal()
    """Another record is in the form now, or none."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._session = session
        self._zone = zone_of(session.store.settings.zone)
        self._kind = Kind.ENQUIRY
        self._filling = False
        self._others: dict[str, Value] = {}
        self._missing: tuple[str, ...] = ()
        self._checked = False
        self._check_pause = QTimer(self)
        self._check_pause.setSingleShot(True)
        self._check_pause.setInterval(_CHECK_PAUSE_MS)
        self._check_pause.timeout.connect(self._derive)
        self._build()
        self._add_keys()
        self.clear()

    @property
    def kind(self) -> Kind:
        """The kind that is shown."""
        return self._kind

    def values(self) -> dict[str, Value]:
        """Return everything typed by field key, hidden fields and composing included; empty ones left out.

        The times of the call are the timer's where nobody typed others.
        """
        typed: dict[str, Value] = {"kind": self._kind.value, **self._others}
        for key, moment in zip(_FROM_CLOCK, (self._clock.since, self._clock.until), strict=True):
            if moment is not None:
                typed[key] = moment_shown(moment.replace(microsecond=0), self._zone)
        typed.update((key, text) for key, text in self.fields.texts().items() if text.strip())
        return typed

    def load(self, values: Mapping[str, Value]) -> None:
        """Show a draft, everything it holds."""
        texts = {key: text_of(value) for key, value in values.items()}
        kind = texts.pop("kind", "")
        now = self._session.clock()
        since = read_moment(texts.pop("received_at", ""), self._zone, now)
        with self._fill():
            self._others = {key: values[key] for key in texts if not _has_editor(key)}
            self.fields.show_texts({key: text for key, text in texts.items() if _has_editor(key)})
            self._show_kind(Kind(kind) if kind in set(Kind) else Kind.ENQUIRY)
            if since is not None:
                self.set_call_state(since)
        self.caller.loaded()

    def clear(self, kind: str = Kind.ENQUIRY.value) -> None:
        """Empty the form for the next call."""
        with self._fill():
            self._show_kind(Kind(kind))

    def is_empty(self) -> bool:
        """Whether nothing was typed or chosen yet."""
        return is_empty(self.values())

    def number(self) -> str:
        """Return the provisional number on screen; empty before the first key."""
        return self._number.number()

    def focus_start(self) -> None:
        """Put the caret where every call begins."""
        self.fields.go_to("phone")

    def set_number(self, number: str) -> None:
        """Show the provisional number, which can be read to the caller from now on."""
        self._number.show_number(number)

    def set_kept(self, kept: datetime | None) -> None:
        """Show when the draft was written to the store."""
        self._number.show_kept(kept)

    def set_saved(self, number: str) -> None:
        """Show which record was saved last."""
        self._number.show_saved(number)

    def set_undoable(self, possible: bool) -> None:
        """Offer to take the last save back, or no longer."""
        self._number.show_undo(possible)

    def set_call_state(self, since: datetime | None) -> None:
        """Start the timer from a moment (UTC), or make it wait for the next call."""
        if since is None:
            self._clock.reset()
        else:
            self._clock.start(since)
        self._number.show_call(self._clock.since)

    @property
    def since(self) -> datetime | None:
        """When the call began (UTC); None before its first key."""
        return self._clock.since

    def text(self, key: str) -> str:
        """Return what a field holds as it is typed, or what the program noted there."""
        return text_of(self.values().get(key))

    def shown(self) -> dict[str, str]:
        """Return what the fields say in words, the number of the record and who is at the desk with them.

        A call-back goes to the caller's own number where no other was named.
        """
        shown = {**self.fields.shown(), "number": self.number(), "agent": self._session.person.name}
        shown["callback_phone"] = shown.get("callback_phone", "") or shown.get("phone", "")
        return shown

    def note(self, key: str, text: str) -> None:
        """Keep with the record what only the program says of it; an empty text takes it back."""
        if text_of(self._others.get(key)) == text:
            return
        self._others = {own: value for own, value in self._others.items() if own != key}
        if text:
            self._others[key] = text
        self.edited.emit()

    def enter(self, key: str, text: str) -> None:
        """Write a text into a field as a person would, over what it holds."""
        self.fields.editor(key).show(text)
        self._field_edited(key)

    def begin_call(self) -> None:
        """Start the timer, as the first key does; a call under way goes on."""
        if self._clock.since is None:
            self.set_call_state(self._session.clock())

    def set_kind(self, kind: Kind) -> None:
        """Show another kind's fields; what was typed stays, shown or not.

        A caret in a field that goes is taken to what the kind asks first, once the number is there.
        """
        if kind is self._kind:
            return
        held = self.fields.holding(QApplication.focusWidget())
        self._show_kind(kind)
        if held and held not in self.fields.ordered():
            known = self.fields.editor("phone").read()
            self.fields.go_to(self._asked_first() if known else "phone")
        self._derive()
        self.edited.emit()

    def check(self) -> None:
        """List what is missing and go to the first such field; pressed again, to the next one from here."""
        held = self.fields.holding(QApplication.focusWidget()) if self._checked else ""
        self._checked = True
        self._derive()
        self._check_bar.list_all(self._missing)
        if self._missing:
            order = self.fields.ordered()
            here = order.index(held) if held in order else -1
            ahead = (key for key in self._missing if order.index(key) > here)
            self.fields.go_to(next(ahead, self._missing[0]))
            self.fields.mark(self._missing)  # one of them may have been unfolded only now

    def toggle_call(self) -> None:
        """Start the call's timer, or stop it."""
        if self._clock.running:
            self._clock.stop()
        else:
            self._clock.start()
        self._number.show_call(self._clock.since)
        if not self.is_empty():
            self.edited.emit()

    def _build(self) -> None:
        words = self._session.words
        self._types = TypeBar(words)
        self._types.chosen.connect(self.set_kind)
        self._clock = CallClock(words, self._session.clock)
        self._number = NumberLine(self._session, self._zone)
        self._number.undo_clicked.connect(self.undo_requested)
        self.fields = FieldsPanel(self._session)
        self.fields.edited.connect(self._field_edited)
        self._number.hold_caller(self.fields.caller.line)
        self.caller = CallerDesk(self._session, self.fields, self)
        self.caller.taken.connect(self._taken)
        self._check_bar = CheckBar(words, self.fields.name_of)
        self._check_bar.save_clicked.connect(partial(self.save_requested.emit, True))
        self._check_bar.park_clicked.connect(self.park_requested)
        top = QHBoxLayout()
        top.setSpacing(scaled(8))
        top.addWidget(self._types, 1)
        top.addWidget(self._clock)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(scaled(14), scaled(10), scaled(12), scaled(10))
        layout.setSpacing(scaled(7))
        layout.addLayout(top)
        layout.addWidget(self._number)
        layout.addWidget(self.fields, 1)
        layout.addWidget(self._check_bar)
        self.fields.set_stops_after(self._check_bar.stops())

    def _add_keys(self) -> None:
        kinds = {f"kind_{kind.value}": partial(self.set_kind, kind) for kind in Kind}
        actions: dict[str, Callable[[], None]] = {
            **kinds,
            "check": self.check,
            "call": self.toggle_call,
            "save_next": partial(self.save_requested.emit, True),
            "save": partial(self.save_requested.emit, False),
            "park": self.park_requested.emit,
            "stamp": self.fields.stamp,
        }
        for code, action in actions.items():
            self._session.shortcuts.add(code, KEYS[code], action, when=self.isVisible, owner=self)

    @contextmanager
    def _fill(self) -> Iterator[None]:
        """Empty the form, and let nothing of what the block does count as typed."""
        self._filling = True
        try:
            self._others = {}
            self._checked = False
            self.fields.empty()
            self.set_call_state(None)
            self._number.show_number("")
            self._number.show_kept(None)
            self._check_bar.reset()
            self.caller.clear()
            yield
        finally:
            self._filling = False
        self._derive()
        self.refilled.emit()

    def _show_kind(self, kind: Kind) -> None:
        self._kind = kind
        self._types.show_kind(kind)
        self.fields.show_kind(kind)

    def _field_edited(self, key: str) -> None:
        if self._filling:
            return
        self.caller.typed(key)
        if key == "outcome":
            self.fields.call_back.propose(self.fields.editor(key).read() in CALLS_BACK)
        if self._clock.since is None and not self.is_empty():
            self.set_call_state(self._session.clock())
        self._check_pause.start()
        self.edited.emit()

    def _taken(self) -> None:
        """Go on with what only the caller can tell: where, in an urgent matter, else about what."""
        self.fields.go_to("address" if self._kind is Kind.URGENT else self._asked_first())

    def _asked_first(self) -> str:
        """Return the field that tells what the call is about, the first that only this kind has."""
        return plan_of(self._kind).pair[0].split("+")[0]

    def _derive(self) -> None:
        """Derive what is missing from what is typed, in the order of the fields on screen."""
        self._check_pause.stop()
        typed = self.values()
        missing = still_missing(typed, self._zone, self._session.clock())
        order = {key: place for place, key in enumerate(self.fields.ordered())}
        self._missing = tuple(sorted((key for key in missing if key in order), key=order.__getitem__))
        self._check_bar.show_state(self._missing, empty=is_empty(typed))
        self._number.show_important(read_yes(text_of(typed.get("important"))) is True)
        self.fields.mark(self._missing if self._checked else ())


def _has_editor(key: str) -> bool:
    field = RECORD_FIELDS.get(key)
    return field is not None and not field.restricted and not field.by_program
