"""The fields of the form: those in front, those under "more", and one editor for each, made when first shown.

Scrolls only where "more" is unfolded, or the window is lower than any screen it is made for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.kinds import Channel, Kind
from desktop_app.domain.texts import Cleaned
from desktop_app.domain.times import zone_of
from desktop_app.ui.capture.call_back import CallBackRow
from desktop_app.ui.capture.caller_panel import CallerPanel
from desktop_app.ui.capture.editors import Editing, Editor, make_editor
from desktop_app.ui.capture.field_grid import FieldGrid
from desktop_app.ui.capture.labels import label_of, label_widths, name_of
from desktop_app.ui.capture.phrases_panel import PhrasesPanel
from desktop_app.ui.capture.plan import CALL_BACK, STAMPED, is_typed, plan_of
from desktop_app.ui.capture.text_chips import TextChips
from desktop_app.ui.capture.time_edit import TimeEdit
from desktop_app.ui.capture.unread import id_number_told, tell_unread_time
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.entering import told
from desktop_app.ui.typing.text_edit import LongTextEdit
from desktop_app.ui.widgets.announce import announce
from desktop_app.ui.widgets.buttons import QuietButton
from desktop_app.ui.widgets.labels import ElidedLabel, restyle
from desktop_app.ui.widgets.mnemonics import bare

CALL_BACK_FIELDS = ("callback_needed", "callback_due")
_LONGEST_PHONE = "0571-5550 1001 "
"""A number with its area code is seen whole; only an extension may scroll."""
_PHONE_MARGINS = 24
_LEAST_NAME, _LOW = 150, 320
"""Room for a name beside the mark that says whose it is; with less it has a row of its own."""
_SIDE = 2
_NOTES_HEIGHTS = (64, 210)
_NOTES_LOWER = (130, 210)
_BELOW, _LEAST_BELOW = 150, 92
"""What is below the fields wishes for four rows, and is not worth a lower field without two."""
_BETWEEN = 6
_LONG_HEIGHTS = (52, 52)
_STARTING = {"channel": Channel.PHONE.value}
"""What a field shows on an empty form."""


class FieldsPanel(QScrollArea):
    """``edited`` is emitted with the key of the field that changed, composing included."""

    edited = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = session.words
        self._kind = Kind.ENQUIRY
        zone = zone_of(session.store.settings.zone)
        self._editing = Editing(
            self._words,
            self._label_of,
            zone,
            session.clock,
            self._field_edited,
            self._tell_cleaned,
            self._tell,
            partial(id_number_told, session),
        )
        self.caller = CallerPanel(session)
        self.phrases = PhrasesPanel(self._words)
        self.caller.hold_below(self.phrases)
        self.call_back = CallBackRow(self._words, zone, session.clock)
        tell_unread_time(self.call_back.due, self._words, lambda told: self._tell(CALL_BACK, told))
        self.call_back.edited.connect(lambda: self._field_edited(CALL_BACK))
        self._editors = {
            CALL_BACK: Editor(CALL_BACK, self.call_back, str, lambda _text: None, stop=self.call_back.chips)
        }
        self._marked: set[str] = set()
        self._stops_after: Sequence[QWidget] = ()
        self._build()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in the width there is; only up and down is ever scrolled."""
        super().resizeEvent(event)
        # In a low window a row more would have to be scrolled to.
        low = self.viewport().height() < scaled(_LOW)
        self.editor("caller_name").widget.setMinimumWidth(0 if low else scaled(_LEAST_NAME))
        for grid in (self._front, self._more):
            grid.fit(self.viewport().width() - scaled(_SIDE))
        self._fit_notes()

    def set_stops_after(self, stops: Sequence[QWidget]) -> None:
        """Say where Tab goes on after the last field."""
        self._stops_after = stops
        self._order_tabs()

    def editor(self, key: str) -> Editor:
        """Return the editor of a field, made now where it was not shown yet."""
        editor = self._editors.get(key)
        if editor is None:
            editor = self._editors[key] = make_editor(key, self._editing)
            if isinstance(editor.widget, LongTextEdit):
                heights = _NOTES_HEIGHTS if key == "detail" else _LONG_HEIGHTS
                editor.widget.set_heights(*map(scaled, heights))
            if key == "phone":
                editor.widget.setProperty("role", "phone")
                editor.widget.ensurePolished()
                wide = editor.widget.fontMetrics().horizontalAdvance(_LONGEST_PHONE)
                editor.widget.setMinimumWidth(wide + scaled(_PHONE_MARGINS))
            editor.show(_STARTING.get(key, ""))
        return editor

    def texts(self) -> dict[str, str]:
        """Return what every field holds, shown or hidden."""
        held = {key: editor.read() for key, editor in self._editors.items() if key != CALL_BACK}
        return {**_STARTING, **held, **self.call_back.values()}

    def shown(self) -> dict[str, str]:
        """Return what every field says, a choice in its words."""
        words = {
            key: editor.widget.currentText()
            for key, editor in self._editors.items()
            if isinstance(editor.widget, QComboBox)
        }
        return {**self.texts(), **words}

    def show_texts(self, texts: Mapping[str, str]) -> None:
        """Show these texts; a field they do not name keeps what it holds."""
        self.call_back.load(*(texts.get(key, "") for key in CALL_BACK_FIELDS))
        for key, text in texts.items():
            if key not in CALL_BACK_FIELDS:
                self.editor(key).show(text)

    def empty(self) -> None:
        """Empty every field, and fold away those that most calls do not need."""
        self.mark(())
        self.unfold(False)
        for key, editor in self._editors.items():
            editor.show(_STARTING.get(key, ""))
        self.call_back.clear()

    def show_kind(self, kind: Kind) -> None:
        """Show another kind's fields; nothing is built anew, and what was typed stays."""
        self._kind = kind
        plan = plan_of(kind)
        hint = f"window.capture.hint.{kind.value}"
        self._hint.setText(self._words.say(hint) if self._words.has(hint) else "")
        self._hint.setVisible(bool(self._hint.text()))
        self.setUpdatesEnabled(False)
        try:
            self._more.show_rows(plan.more_rows() if self._fold.isChecked() else ())
            self._front.show_rows(plan.rows())
            self._name_fold()
            self._order_tabs()
            self._fit_notes()
        finally:
            self.setUpdatesEnabled(True)

    def say_hint(self, sentence: str) -> None:
        """Say something of less weight below the fields, until another kind or record is shown."""
        self._hint.setText(sentence)
        self._hint.show()
        announce(self, sentence)

    def ordered(self) -> tuple[str, ...]:
        """Return all fields of the kind from top to bottom, unfolded or not."""
        plan = plan_of(self._kind)
        folded = (key for row in plan.more_rows() for place in row for key in place.split("+"))
        return (*plan.front(), "callback_due", *folded)

    def go_to(self, key: str) -> None:
        """Put the caret into a field, unfolding what hides it."""
        if key in plan_of(self._kind).more:
            self.unfold(True)
        other_time = key == "callback_due" and self.call_back.due.isVisibleTo(self)
        widget = self.call_back.due if other_time else self._widget(key)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(widget)

    def holding(self, focused: QWidget | None) -> str:
        """Return the key of the field that has the focus, empty where none has."""
        if focused is None:
            return ""
        held = (key for key, own in self._editors.items() if _within(focused, own.widget))
        return next(held, "")

    def mark(self, missing: Sequence[str]) -> None:
        """Frame these fields as missing and no others."""
        wanted = {key for key in missing if key in self._editors}
        for key in wanted ^ self._marked:
            widget = self._editors[key].widget
            widget.setProperty("missing", key in wanted)
            restyle(widget)
        self._marked = wanted

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Let Tab step over the kind's own rows while nothing is in them, and a count nobody asks for."""
        held = self.holding(QApplication.focusWidget())
        block = plan_of(self._kind).block_keys()
        if forward and block and held == block[0] and not any(map(self._holds_text, block)):
            self._widget(CALL_BACK).setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return self._go_on(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on to the next field, whatever it is, with Enter in a field of one line."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self._go_on(True)
        else:
            super().keyPressEvent(event)

    def stamp(self) -> None:
        """Enter the time now: into the time field with the focus, else into the kind's next empty one.

        Where all of them hold a time already, the last is told: a key that does nothing says why.
        """
        focused = QApplication.focusWidget()
        if isinstance(focused, TimeEdit) and self.isAncestorOf(focused):
            focused.stamp()
            return
        last: tuple[str, TimeEdit] | None = None
        for key in STAMPED.get(self._kind, ()):
            widget = self._editors[key].widget if key in self._editors else None
            if not isinstance(widget, TimeEdit) or not widget.isVisible():
                continue
            if not widget.full_text().strip():
                widget.stamp()
                return
            last = key, widget
        if self._report():
            return
        if last is None:
            self.say_hint(self._words.say("window.capture.nothing_to_stamp"))
        else:
            key, widget = last
            told = self._words.say("window.capture.stamped", field=self.name_of(key), time=widget.shortly())
            self.say_hint(told)

    def _report(self) -> bool:
        """Note that an important matter is told upward now, and ask to whom (4, row 96); False for others."""
        if self.texts().get("important") != "yes" or self.texts().get("reported_at", "").strip():
            return False
        at = self.editor("reported_at").widget
        if isinstance(at, TimeEdit):
            at.stamp()
            self.go_to("reported_to")
        return True

    def stamp_field(self, key: str) -> None:
        """Enter the time now into one time field of the kind, where it is still empty."""
        widget = self.editor(key).widget if is_typed(key, self._kind) else None
        if isinstance(widget, TimeEdit) and not widget.full_text().strip():
            widget.stamp()

    def unfold(self, shown: bool) -> None:
        """Show the rare fields, or fold them away; what is typed in them stays."""
        if self._fold.isChecked() != shown:
            self._fold.setChecked(shown)  # comes back here
            return
        self._more.show_rows(plan_of(self._kind).more_rows() if shown else ())
        self._more.setVisible(shown)
        self._name_fold()
        self._order_tabs()

    def name_of(self, key: str) -> str:
        """Return what a field is called in a list of missing ones."""
        return name_of(self._words, self._kind, key)

    def _go_on(self, forward: bool) -> bool:
        moved = super().focusNextPrevChild(forward)
        asked = self._editors["people_hurt"].read() == "yes" if "people_hurt" in self._editors else True
        if moved and not asked and self.holding(QApplication.focusWidget()) == "people_count":
            moved = super().focusNextPrevChild(forward)
        return moved

    def _go_to_folded(self) -> None:
        """After a person unfolded the rare fields: begin with the first of them, and show what follows it."""
        folded = self._more.keys()
        if folded and self._fold.isChecked():
            self.widget().adjustSize()
            self.verticalScrollBar().setValue(self._fold.y())
            self._widget(folded[0]).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _build(self) -> None:
        self._front = FieldGrid(self.editor, self._label_of)
        self._more = FieldGrid(self.editor, self._folded_label_of)
        self._more.hide()
        for column, width in zip((0, 2), label_widths(self._words, self.fontMetrics()), strict=True):
            self._front.set_label_width(column, width)
            self._more.set_label_width(column, width)
        self._fold = QuietButton(self._words.say("window.capture.more"))
        self._fold.setObjectName("more")
        self._fold.setCheckable(True)
        self._fold.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._fold.toggled.connect(self.unfold)
        self._fold.clicked.connect(self._go_to_folded)
        self._hint = ElidedLabel(role="secondary")
        self.chips = TextChips(self._words.say("window.capture.chips"))
        folding = QHBoxLayout()
        folding.addWidget(self._fold)
        folding.addWidget(self._hint)
        folding.addWidget(self.chips, 1)
        folding.addStretch(0)
        body = QWidget()
        body.setProperty("role", "page")
        rows = QVBoxLayout(body)
        rows.setContentsMargins(0, 0, scaled(_SIDE), 0)
        rows.setSpacing(scaled(_BETWEEN))
        rows.addWidget(self._front)
        rows.addLayout(folding)
        rows.addWidget(self._more)
        rows.addWidget(self.caller, 1)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(body)

    def _fit_notes(self) -> None:
        """Let the notes be lower where that gives what stands below the fields the room it needs."""
        notes = self.editor("detail").widget
        least, most = map(scaled, _NOTES_LOWER)
        others = self._front.sizeHint().height() - notes.maximumHeight() + self._fold.sizeHint().height()
        left = self.viewport().height() - others - 2 * scaled(_BETWEEN)
        wished = max(least, min(most, left - scaled(_BELOW)))
        enough = left - wished >= scaled(_LEAST_BELOW)
        notes.setMaximumHeight(wished if enough else most)

    def _order_tabs(self) -> None:
        stops: list[QWidget] = []
        for key in (*self._front.keys(), *self._more.keys()):
            stops.append(self._widget(key))
            if key == CALL_BACK:
                stops.append(self.call_back.due)
        for before, after in pairwise((*stops, *self._stops_after)):
            QWidget.setTabOrder(before, after)

    def _widget(self, key: str) -> QWidget:
        return self.editor(CALL_BACK if key in CALL_BACK_FIELDS else key).focus_target

    def _label_of(self, key: str) -> str:
        return label_of(self._words, self._kind, key)

    def _folded_label_of(self, key: str) -> str:
        """Return the catalogue's word: away from the head of the form the short one says too little.

        Letters are for what is in front; there are not enough for all.
        """
        code = f"field.{key}"
        return self._words.say(code) if self._words.has(code) else bare(self._label_of(key))

    def _name_fold(self) -> None:
        """Say on the fold how many fields behind it hold something."""
        filled = [key for key in plan_of(self._kind).more if self._holds_text(key)]
        code = "less" if self._fold.isChecked() else "more_filled" if filled else "more"
        self._fold.set_words(self._words.say(f"window.capture.{code}", count=len(filled)))

    def _holds_text(self, key: str) -> bool:
        editor = self._editors.get(key)
        return editor is not None and editor.read() not in ("", _STARTING.get(key))

    def _field_edited(self, key: str) -> None:
        self._tell(key, "")
        self.edited.emit(key)

    def _tell_cleaned(self, key: str, cleaned: Cleaned) -> None:
        self._tell(key, told(self._words, cleaned))

    def _tell(self, key: str, sentence: str) -> None:
        for grid in (self._front, self._more):
            grid.tell(key, sentence)


def _within(focused: QWidget, widget: QWidget) -> bool:
    return focused is widget or widget.isAncestorOf(focused)
