"""The capture form: one form for five kinds, written at the speed of speech and without a mouse (DESK §5).

It knows no service: what is typed goes out through ``values`` and comes in through ``load``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.entries import Value
from desktop_app.domain.fields import RECORD_FIELDS
from desktop_app.domain.kinds import Channel, Kind
from desktop_app.domain.texts import Cleaned
from desktop_app.domain.times import zone_of
from desktop_app.domain.typed import moment_shown, read_moment
from desktop_app.ui.capture.call_back import CallBackRow
from desktop_app.ui.capture.call_clock import CallClock
from desktop_app.ui.capture.check_bar import CheckBar
from desktop_app.ui.capture.completeness import is_empty, still_missing
from desktop_app.ui.capture.editors import Editing, Editor, make_editor, text_of
from desktop_app.ui.capture.field_grid import FieldGrid
from desktop_app.ui.capture.labels import label_of, label_widths, name_of
from desktop_app.ui.capture.number_line import NumberLine
from desktop_app.ui.capture.plan import CALL_BACK, STAMPED, plan_of
from desktop_app.ui.capture.time_edit import TimeEdit
from desktop_app.ui.capture.type_bar import TypeBar
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.entering import told
from desktop_app.ui.typing.keys import KEYS
from desktop_app.ui.typing.text_edit import LongTextEdit
from desktop_app.ui.widgets.buttons import QuietButton
from desktop_app.ui.widgets.labels import ElidedLabel, restyle

_CHECK_PAUSE_MS = 120
_NOTES = (64, 210)
_LONG = (52, 52)
_FROM_CLOCK = ("received_at", "ended_at")


class CaptureForm(QFrame):
    """One record being typed.

    ``edited`` goes out at every change, composing included. ``save_requested`` says whether the next call
    follows. Switching the kind hides fields and deletes nothing.
    """

    edited = Signal()
    save_requested = Signal(bool)
    park_requested = Signal()
    undo_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._session = session
        self._words = session.words
        self._zone = zone_of(session.store.settings.zone)
        self._kind = Kind.ENQUIRY
        self._loading = False
        self._others: dict[str, Value] = {}
        self._missing: tuple[str, ...] = ()
        self._editing = Editing(
            self._words, self._label_of, self._zone, session.clock, self._field_edited, self._cleaned
        )
        self._editors: dict[str, Editor] = {}
        self._marked: set[str] = set()
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
        """Return everything typed by field key, hidden fields and composing included; empty ones left out."""
        typed: dict[str, Value] = {"kind": self._kind.value, "channel": Channel.PHONE.value, **self._others}
        for key, moment in zip(_FROM_CLOCK, (self._clock.since, self._clock.until), strict=True):
            if moment is not None:
                typed[key] = moment_shown(moment.replace(microsecond=0), self._zone)
        texts = {key: editor.read() for key, editor in self._editors.items() if key != CALL_BACK}
        for key, text in (*texts.items(), *self._call_back.values().items()):
            if text.strip():
                typed[key] = text
            elif key in self._editors and key not in ("channel", *_FROM_CLOCK):
                typed.pop(key, None)
        return typed

    def load(self, values: Mapping[str, Value]) -> None:
        """Show a draft, everything it holds."""
        self._loading = True
        try:
            self._empty()
            texts = {key: text_of(value) for key, value in values.items()}
            self._call_back.load(texts.pop("callback_needed", ""), texts.pop("callback_due", ""))
            kind = texts.pop("kind", "")
            since = read_moment(texts.pop("received_at", ""), self._zone, self._session.clock())
            for key, text in texts.items():
                if key in RECORD_FIELDS and not RECORD_FIELDS[key].restricted:
                    self._editor(key).show(text)
                else:
                    self._others[key] = values[key]
            self._set_kind(Kind(kind) if kind in set(Kind) else Kind.ENQUIRY)
        finally:
            self._loading = False
        if since is not None:
            self._clock.start(since)
        self._number.show_call(self._clock.since)
        self._derive()

    def clear(self, kind: str = Kind.ENQUIRY.value) -> None:
        """Empty the form for the next call."""
        self._loading = True
        try:
            self._empty()
            self._set_kind(Kind(kind))
        finally:
            self._loading = False
        self._derive()

    def is_empty(self) -> bool:
        """Whether nothing was typed or chosen yet."""
        return is_empty(self.values())

    def number(self) -> str:
        """Return the provisional number on screen; empty before the first key."""
        return self._number.number()

    def focus_start(self) -> None:
        """Put the caret where every call begins."""
        self._editor("phone").widget.setFocus()

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

    def set_kind(self, kind: Kind) -> None:
        """Show another kind's fields; what was typed stays, shown or not."""
        if kind is self._kind:
            return
        focused = QApplication.focusWidget()
        self._set_kind(kind)
        if focused is not None and self.isAncestorOf(focused) and not focused.isVisible():
            self.focus_start()
        self._derive()
        self.edited.emit()

    def check(self) -> None:
        """List what is missing and go to the first such field, or to the next where one has the focus."""
        self._derive()
        self._check_bar.list_all(self._missing)
        self._mark()
        shown = [key for key in self._ordered() if key in self._missing]
        if not shown:
            return
        focused = QApplication.focusWidget()
        at = next((place for place, key in enumerate(shown) if self._is_in(focused, key)), -1)
        self.go_to(shown[(at + 1) % len(shown)])

    def go_to(self, key: str) -> None:
        """Put the caret into a field, unfolding what hides it."""
        if key in plan_of(self._kind).more:
            self._show_more(True)
        widget = self._call_back if key in ("callback_needed", "callback_due") else self._editor(key).widget
        widget.setFocus()
        self._scroll.ensureWidgetVisible(widget)

    def stamp(self) -> None:
        """Enter the time now: into the time field with the focus, else into the kind's next empty one."""
        focused = QApplication.focusWidget()
        if isinstance(focused, TimeEdit) and self.isAncestorOf(focused):
            focused.stamp()
            return
        for key in STAMPED.get(self._kind, ()):
            widget = self._editor(key).widget
            if isinstance(widget, TimeEdit) and widget.isVisible() and not widget.full_text().strip():
                widget.stamp()
                return

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
        self._types = TypeBar(self._words)
        self._types.chosen.connect(self.set_kind)
        self._clock = CallClock(self._words, self._session.clock)
        self._number = NumberLine(self._session, self._zone)
        self._number.undo_clicked.connect(self.undo_requested)
        self._call_back = CallBackRow(self._words, self._zone, self._session.clock)
        self._call_back.edited.connect(lambda: self._field_edited(CALL_BACK))
        self._editors[CALL_BACK] = Editor(CALL_BACK, self._call_back, str, lambda _text: None)
        self._front = FieldGrid(self._editor, self._label_of)
        self._more = FieldGrid(self._editor, self._label_of)
        self._more.hide()
        for column, width in zip((0, 2), label_widths(self._words, self.fontMetrics()), strict=True):
            self._front.set_label_width(column, width)
            self._more.set_label_width(column, width)
        self._fold = QuietButton(self._words.say("window.capture.more"))
        self._fold.setObjectName("more")
        self._fold.setCheckable(True)
        self._fold.setFocusPolicy(self._fold.focusPolicy().ClickFocus)
        self._fold.toggled.connect(self._show_more)
        self._hint = ElidedLabel(role="secondary")
        self._check_bar = CheckBar(self._words, self._name_of)
        self._check_bar.save_clicked.connect(lambda: self.save_requested.emit(True))
        self._check_bar.park_clicked.connect(self.park_requested)
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(scaled(8))
        top.addWidget(self._types)
        top.addStretch(1)
        top.addWidget(self._clock)
        body = QWidget()
        body.setProperty("role", "page")
        rows = QVBoxLayout(body)
        rows.setContentsMargins(0, 0, scaled(2), 0)
        rows.setSpacing(scaled(6))
        rows.addWidget(self._front)
        folding = QHBoxLayout()
        folding.addWidget(self._fold)
        folding.addWidget(self._hint, 1)
        rows.addLayout(folding)
        rows.addWidget(self._more)
        rows.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(self._scroll.focusPolicy().NoFocus)
        self._scroll.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(scaled(14), scaled(10), scaled(12), scaled(10))
        layout.setSpacing(scaled(7))
        layout.addLayout(top)
        layout.addWidget(self._number)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self._check_bar)

    def _add_keys(self) -> None:
        actions: dict[str, Callable[[], None]] = {
            "check": self.check,
            "call": self.toggle_call,
            "save_next": lambda: self.save_requested.emit(True),
            "save": lambda: self.save_requested.emit(False),
            "park": self.park_requested.emit,
            "stamp": self.stamp,
        }
        kinds: dict[str, Callable[[], None]] = {
            f"kind_{kind.value}": partial(self.set_kind, kind) for kind in Kind
        }
        for code, action in {**kinds, **actions}.items():
            self._session.shortcuts.add(code, KEYS[code], action, when=self.isVisible, owner=self)

    def _editor(self, key: str) -> Editor:
        editor = self._editors.get(key)
        if editor is None:
            editor = self._editors[key] = make_editor(key, self._editing)
            if isinstance(editor.widget, LongTextEdit):
                editor.widget.set_heights(
                    *(scaled(height) for height in (_NOTES if key == "detail" else _LONG))
                )
            if key == "phone":
                editor.widget.setProperty("role", "phone")
            if key == "channel":
                editor.show(Channel.PHONE.value)
        return editor

    def _set_kind(self, kind: Kind) -> None:
        self._kind = kind
        plan = plan_of(kind)
        self._types.show_kind(kind)
        hint = f"window.capture.hint.{kind.value}"
        self._hint.setText(self._words.say(hint) if self._words.has(hint) else "")
        self.setUpdatesEnabled(False)
        try:
            self._more.show_rows(plan.more_rows() if self._fold.isChecked() else ())
            self._front.show_rows(plan.rows())
            self._order_tabs()
        finally:
            self.setUpdatesEnabled(True)

    def _show_more(self, shown: bool) -> None:
        if self._fold.isChecked() != shown:
            self._fold.setChecked(shown)  # comes back here
            return
        self._more.show_rows(plan_of(self._kind).more_rows() if shown else ())
        self._more.setVisible(shown)
        self._fold.set_words(self._words.say(f"window.capture.{'less' if shown else 'more'}"))
        self._order_tabs()

    def _ordered(self) -> tuple[str, ...]:
        plan = plan_of(self._kind)
        return (*plan.front(), "callback_due", *(key for row in plan.more_rows() for key in row))

    def _order_tabs(self) -> None:
        keys = (*self._front.keys(), *self._more.keys())
        stops = [self._editor(key).widget for key in keys if key != CALL_BACK]
        at = self._front.keys().index(CALL_BACK)
        stops[at:at] = [self._call_back.chips, self._call_back.due]
        stops += self._check_bar.stops()
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _field_edited(self, key: str) -> None:
        if self._loading:
            return
        for grid in (self._front, self._more):
            grid.tell(key, "")
        if self._clock.since is None and not self.is_empty():
            self._clock.start()
            self._number.show_call(self._clock.since)
        self._check_pause.start()
        self.edited.emit()

    def _cleaned(self, key: str, cleaned: Cleaned) -> None:
        for grid in (self._front, self._more):
            grid.tell(key, told(self._words, cleaned))

    def _derive(self) -> None:
        """Derive what is missing, for the pill and the marks."""
        self._check_pause.stop()
        typed = self.values()
        missing = still_missing(typed, self._zone, self._session.clock())
        order = self._ordered()
        self._missing = tuple(
            sorted(missing, key=lambda key: order.index(key) if key in order else len(order))
        )
        self._check_bar.show_state(self._missing, empty=is_empty(typed))
        if self._marked:
            self._mark()

    def _mark(self) -> None:
        """Frame the fields that are missing after a check; one that was filled loses its frame."""
        for key in {*self._marked, *self._missing} & self._editors.keys():
            missing = key in self._missing
            if missing != (key in self._marked):
                widget = self._editors[key].widget
                widget.setProperty("missing", missing)
                restyle(widget)
        self._marked = set(self._missing) & self._editors.keys()

    def _empty(self) -> None:
        for key, editor in self._editors.items():
            editor.show(Channel.PHONE.value if key == "channel" else "")
            editor.widget.setProperty("missing", False)
            if key in self._marked:
                restyle(editor.widget)
        self._marked = set()
        self._others = {}
        self._call_back.clear()
        self._clock.reset()
        self._number.show_number("")
        self._number.show_call(None)
        self._number.show_kept(None)
        self._check_bar.reset()

    def _label_of(self, key: str) -> str:
        return label_of(self._words, self._kind, key)

    def _name_of(self, key: str) -> str:
        return name_of(self._words, self._kind, key)

    def _is_in(self, focused: QWidget | None, key: str) -> bool:
        if key in ("callback_needed", "callback_due"):
            widget: QWidget = self._call_back
        elif key in self._editors:
            widget = self._editors[key].widget
        else:
            return False
        return focused is not None and (focused is widget or widget.isAncestorOf(focused))
