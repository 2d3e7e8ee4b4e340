"""One way from a field of the catalogue to the widget it is typed into."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop_app.domain.entries import Value
from desktop_app.domain.fields import FIELDS
from desktop_app.domain.form_fields import Field, FieldType
from desktop_app.domain.kinds import Kind, categories_of
from desktop_app.domain.texts import Cleaned
from desktop_app.domain.typed import AHEAD, item_text, read_integer, read_money, read_yes
from desktop_app.services.record_form import words_section
from desktop_app.ui.capture.plan import STAMPED
from desktop_app.ui.capture.time_edit import TimeEdit
from desktop_app.ui.capture.unread import tell_unread_number, tell_unread_time
from desktop_app.ui.typing.line_edit import HalfWidthEdit, LineEdit, PhoneEdit
from desktop_app.ui.typing.text_edit import LongTextEdit
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.combo import Combo
from desktop_app.words import Words

_NUMBERS = {FieldType.INTEGER: read_integer, FieldType.MONEY: read_money}
_LONG = frozenset({FieldType.LONG_TEXT, FieldType.LIST})
_TICKED = frozenset({"number_unknown"})
"""Yes-or-no fields nobody answers with no."""
_STAMPED = frozenset(key for keys in STAMPED.values() for key in keys)


@dataclass(frozen=True, slots=True)
class Editor:
    """A field's widget, and how its text is read and shown.

    ``stop`` is the part of it that takes the focus, where that is not the whole.
    """

    key: str
    widget: QWidget
    read: Callable[[], str]
    show: Callable[[str], None]
    stop: QWidget | None = None

    @property
    def focus_target(self) -> QWidget:
        """Return what takes the focus."""
        return self.stop or self.widget


@dataclass(frozen=True, slots=True)
class Editing:
    """What every editor needs: words, labels, zone, clock, and who hears of changes and cleaned pastes.

    ``unread`` hears, as a field is left, the sentence about a time or number that cannot be read, and the one
    that ``warned`` has for the text of any other field ("": none).
    """

    words: Words
    label_of: Callable[[str], str]
    zone: tzinfo
    clock: Callable[[], datetime]
    edited: Callable[[str], None]
    cleaned: Callable[[str, Cleaned], None]
    unread: Callable[[str, str], None] = lambda key, sentence: None
    warned: Callable[[str, str], str] = lambda key, text: ""


def make_editor(key: str, editing: Editing) -> Editor:
    """Return a new editor of the field; its widget is named by the key."""
    field = FIELDS[key]
    if field.type is FieldType.TICK or key in _TICKED:
        editor = _tick(key, editing)
    elif field.type is FieldType.YES_NO:
        editor = _yes_no(key, editing)
    elif field.type is FieldType.CHOICE and field.options is not None:
        editor = _choice(field, editing)
    else:
        editor = _text(field, editing)
    editor.widget.setObjectName(key)
    return editor


def text_of(value: Value) -> str:
    """Return a value of a draft as its editor shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "\n".join(item_text(item) for item in value)
    return str(value)


def _text(field: Field, editing: Editing) -> Editor:
    key = field.key
    if field.type in _LONG:
        notes = LongTextEdit()
        notes.edited.connect(lambda: editing.edited(key))
        notes.cleaned.connect(lambda cleaned: editing.cleaned(key, cleaned))
        _warn(key, notes, editing)
        return Editor(key, notes, notes.full_text, notes.setPlainText)
    line = _line(field, editing)
    line.edited.connect(lambda: editing.edited(key))
    line.cleaned.connect(lambda cleaned: editing.cleaned(key, cleaned))
    _warn(key, line, editing)
    read = line.typed_text if isinstance(line, TimeEdit | PhoneEdit) else line.full_text
    return Editor(key, line, read, line.setText)


def _warn(key: str, edit: LineEdit | LongTextEdit, editing: Editing) -> None:
    def left() -> None:
        if sentence := editing.warned(key, edit.full_text()):
            editing.unread(key, sentence)

    (edit.left if isinstance(edit, LongTextEdit) else edit.editingFinished).connect(left)


def _line(field: Field, editing: Editing) -> LineEdit:
    if field.type is FieldType.MOMENT:
        time = TimeEdit(editing.zone, editing.clock, ahead=field.key in AHEAD)
        hint = "stamp_hint" if field.key in _STAMPED else "time_hint"
        time.setPlaceholderText(editing.words.say(f"window.capture.{hint}"))
        tell_unread_time(time, editing.words, lambda sentence: editing.unread(field.key, sentence))
        return time
    if field.type is FieldType.PHONE:
        return PhoneEdit()
    read = _NUMBERS.get(field.type)
    if read is None:
        return LineEdit()
    count = HalfWidthEdit()
    tell_unread_number(count, read, editing.words, lambda sentence: editing.unread(field.key, sentence))
    if field.key == "people_count":
        count.setPlaceholderText(editing.words.say("window.capture.count_hint"))
    return count


def _choice(field: Field, editing: Editing) -> Editor:
    codes = [option.value for option in field.options or ()]
    if field.key == "category":
        codes = [category.value for category in categories_of(Kind.ENQUIRY)]
    section = words_section(field.options) if field.options else ""
    combo = Combo([(code, editing.words.say(f"{section}.{code}")) for code in codes])
    combo.code_changed.connect(lambda _code: editing.edited(field.key))

    def show(text: str) -> None:
        # A site's own category, and what an older draft may hold, is offered as it stands.
        if text and combo.findData(text) < 0:
            combo.addItem(text, text)
        combo.set_code(text)

    return Editor(field.key, combo, combo.current_code, show)


def _yes_no(key: str, editing: Editing) -> Editor:
    chips = ChipGroup([(code, editing.words.say(f"window.capture.{code}")) for code in ("yes", "no")])
    chips.changed.connect(lambda _code: editing.edited(key))

    def show(text: str) -> None:
        chips.set_code({True: "yes", False: "no", None: ""}[read_yes(text)])

    return Editor(key, chips, chips.current_code, show)


def _tick(key: str, editing: Editing) -> Editor:
    box = QCheckBox(editing.label_of(key))
    if key in _TICKED:
        # Its letter ticks it; Tab goes on to what most calls need.
        box.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    box.toggled.connect(lambda _checked: editing.edited(key))
    return Editor(
        key,
        box,
        lambda: "yes" if box.isChecked() else "",
        lambda text: box.setChecked(read_yes(text) is True),
    )
