"""One way from an own field of an incident's type to what it is typed into."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from desktop_app.domain.entries import Value, moment_text
from desktop_app.domain.incident_types import OwnField, OwnFieldKind
from desktop_app.domain.own_fields import lies_ahead, read
from desktop_app.domain.times import parse_iso
from desktop_app.domain.typed import moment_shown
from desktop_app.ui.capture.time_edit import TimeEdit
from desktop_app.ui.half_typed import Field
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import first_key
from desktop_app.ui.typing.line_edit import HalfWidthEdit, LineEdit
from desktop_app.ui.typing.text_edit import LongTextEdit
from desktop_app.ui.widgets.buttons import QuietButton
from desktop_app.ui.widgets.chip_set import ChipSet
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.words import Words

_K = OwnFieldKind
_YES, _NO = "yes", "no"
LONG = 76
"""Height of a long text in logical pixels, where nothing else is said."""
_WIDE_CHIPS = 260
"""Wider than this (logical pixels) chips take a row of their own."""


@dataclass(frozen=True, slots=True)
class OwnEditor:
    """A field's widget, how its value is read and shown, and what of it takes the focus.

    ``wide`` takes a row of its own. ``stamp`` enters the moment now, None where the field is no time.
    """

    field: OwnField
    widget: QWidget
    value: Callable[[], Value]
    show: Callable[[Value], None]
    stop: QWidget
    wide: bool = False
    stamp: Callable[[], None] | None = None

    @property
    def text(self) -> Field | None:
        """What a text is typed into; None where one key says it all."""
        return self.stop if isinstance(self.stop, LineEdit | LongTextEdit) else None

    def settled(self) -> bool:
        """Whether it is written now: half a word is nothing for the log, and half a time starts no clock.

        A number that begins an alarm is not waited for.
        """
        return self.text is None or self.field.alarm is not None or not self.text.hasFocus()


@dataclass(frozen=True, slots=True)
class OwnEditing:
    """What every editor needs: words, zone, clock; ``edited`` hears the key of a field that changed,
    ``left`` that of a field that was typed in and has been left.
    """

    words: Words
    zone: tzinfo
    clock: Callable[[], datetime]
    edited: Callable[[str], None]
    left: Callable[[str], None]


def make_own_editor(field: OwnField, editing: OwnEditing) -> OwnEditor:
    """Return a new editor; the widget that is typed into is named by the field's key."""
    makers = {
        _K.LONG_TEXT: _long,
        _K.MOMENT: _time,
        _K.STAMP: _time,
        _K.YES_NO: _yes_no,
        _K.TICK: _tick,
        _K.CHOICE: _choice,
        _K.CHOICES: _choices,
    }
    editor = makers.get(field.kind, _line)(field, editing)
    editor.stop.setObjectName(field.key)
    editor.stop.setAccessibleName(field.title.told(editing.words.language))
    return editor


def _line(field: OwnField, editing: OwnEditing) -> OwnEditor:
    line = HalfWidthEdit(most=20) if field.kind in (_K.NUMBER, _K.MONEY) else LineEdit(most=500)
    line.edited.connect(lambda: editing.edited(field.key))
    line.editingFinished.connect(lambda: editing.left(field.key))

    def value() -> Value:
        return read(field, line.full_text(), editing.zone, editing.clock())

    return OwnEditor(field, line, value, lambda told: line.setText(_text(told)), line)


def _long(field: OwnField, editing: OwnEditing) -> OwnEditor:
    text = LongTextEdit(most=4_000)
    text.set_heights(scaled(LONG), scaled(LONG))
    text.edited.connect(lambda: editing.edited(field.key))
    text.left.connect(lambda: editing.left(field.key))

    def value() -> Value:
        return read(field, text.full_text(), editing.zone, editing.clock())

    return OwnEditor(field, text, value, lambda told: text.setPlainText(_text(told)), text, wide=True)


def _time(field: OwnField, editing: OwnEditing) -> OwnEditor:
    edit = TimeEdit(editing.zone, editing.clock, ahead=lies_ahead(field))
    # What is shown to the minute is kept to the second: a clock that begins with it counts from there.
    exact: dict[str, str] = {}
    edit.edited.connect(lambda: editing.edited(field.key))
    edit.editingFinished.connect(lambda: editing.left(field.key))

    def value() -> Value:
        text = edit.typed_text().strip()
        return exact[text] if text in exact else read(field, text, editing.zone, editing.clock())

    def show(told: Value) -> None:
        at = parse_iso(_text(told), UTC)
        shown = _text(told) if at is None else moment_shown(at.replace(second=0, microsecond=0), editing.zone)
        exact.clear()
        if at is not None:
            exact[shown] = _text(told)
        edit.setText(shown)

    def stamp() -> None:
        show(moment_text(editing.clock()))
        editing.left(field.key)

    if lies_ahead(field):
        return OwnEditor(field, edit, value, show, edit)
    row = QWidget()
    now = QuietButton(
        editing.words.say("window.incident.own.now"), first_key("stamp") if field.kind is _K.STAMP else ""
    )
    now.setObjectName(f"{field.key}_now")
    now.setAccessibleName(
        editing.words.say("window.incident.own.stamp", field=field.title.told(editing.words.language))
    )
    # By keys it is the letter t in the field, or Ctrl+T: no stop of its own.
    now.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    now.clicked.connect(stamp)
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(scaled(4))
    layout.addWidget(edit, 1)
    layout.addWidget(now)
    return OwnEditor(field, row, value, show, edit, stamp=stamp)


def _yes_no(field: OwnField, editing: OwnEditing) -> OwnEditor:
    chips = ChipGroup([(code, editing.words.say(f"window.capture.{code}")) for code in (_YES, _NO)])
    chips.changed.connect(lambda _code: editing.edited(field.key))

    def value() -> Value:
        return {_YES: True, _NO: False}.get(chips.current_code())

    def show(told: Value) -> None:
        chips.set_code(_YES if told is True else _NO if told is False else "")

    return OwnEditor(field, chips, value, show, chips)


def _tick(field: OwnField, editing: OwnEditing) -> OwnEditor:
    box = QCheckBox(field.title.told(editing.words.language))
    box.toggled.connect(lambda _checked: editing.edited(field.key))
    return OwnEditor(
        field, box, lambda: True if box.isChecked() else None, lambda told: box.setChecked(told is True), box
    )


def _choice(field: OwnField, editing: OwnEditing) -> OwnEditor:
    pairs = [(one.code, one.title.told(editing.words.language)) for one in field.options]
    chips = ChipGroup(pairs)
    known = {code for code, _word in pairs}
    chips.changed.connect(lambda _code: editing.edited(field.key))

    def show(told: Value) -> None:
        chips.set_code(_text(told) if told in known else "")

    return OwnEditor(field, chips, lambda: chips.current_code() or None, show, chips, _is_wide(chips))


def _choices(field: OwnField, editing: OwnEditing) -> OwnEditor:
    chips = ChipSet([(one.code, one.title.told(editing.words.language)) for one in field.options])
    chips.changed.connect(lambda: editing.edited(field.key))

    def show(told: Value) -> None:
        chips.set_codes(map(str, told) if isinstance(told, list) else ())

    return OwnEditor(field, chips, lambda: list(chips.codes()) or None, show, chips, wide=True)


def _is_wide(chips: ChipGroup) -> bool:
    layout = chips.layout()
    return layout is not None and layout.sizeHint().width() > scaled(_WIDE_CHIPS)


def _text(value: Value) -> str:
    return "" if value is None else str(value)
