"""One way from a field of an incident to what it is typed into, and back to what the journal holds."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop_app.domain.entries import Value, moment_text
from desktop_app.domain.incident_types import OwnFieldKind
from desktop_app.domain.times import parse_iso
from desktop_app.domain.typed import moment_shown, read_money
from desktop_app.ui.capture.time_edit import TimeEdit
from desktop_app.ui.incident.facts import Fact
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import HalfWidthEdit, LineEdit
from desktop_app.ui.typing.text_edit import LongTextEdit
from desktop_app.ui.widgets.chip_set import ChipSet
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.combo import Combo
from desktop_app.words import Words

_K = OwnFieldKind
_MOST_CHIPS = 5
"""More choices than these stand in a combo."""
Values = dict[str, Value]


class Unread(Exception):
    """What was typed is no number, amount or time; ``code`` names the sentence that says so."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class FactEditor:
    """A field's widget; ``read`` returns what it says by field of the journal and raises ``Unread``."""

    fact: Fact
    widget: QWidget
    read: Callable[[], Values]
    show: Callable[[Mapping[str, Value]], None]


@dataclass(frozen=True, slots=True)
class Editing:
    """What editors need; ``edited`` is told at every key, ``done`` once a field is left or a choice made."""

    words: Words
    zone: tzinfo
    clock: Callable[[], datetime]
    edited: Callable[[], None]
    done: Callable[[], None]


def make_fact_editor(fact: Fact, editing: Editing) -> FactEditor:
    """Return an editor of a field; its widget is named by the key."""
    makers = {
        _K.CHOICE: _choice,
        _K.CHOICES: _choices,
        _K.YES_NO: _yes_no,
        _K.TICK: _tick,
        _K.LONG_TEXT: _long_text,
        _K.MOMENT: _moment,
        _K.STAMP: _moment,
    }
    editor = makers.get(fact.kind, _line)(fact, editing)
    editor.widget.setObjectName(fact.key)
    editor.widget.setAccessibleName(fact.title)
    return editor


def _line(fact: Fact, editing: Editing) -> FactEditor:
    number = fact.kind in (_K.NUMBER, _K.MONEY)
    field = HalfWidthEdit(most=20) if number else LineEdit(most=300)
    field.edited.connect(editing.edited)
    field.editingFinished.connect(editing.done)
    reads = {_K.NUMBER: _number, _K.MONEY: _money}

    def read() -> Values:
        text = field.full_text().strip()
        return {fact.key: reads[fact.kind](text) if text and number else text or None}

    def show(values: Mapping[str, Value]) -> None:
        field.setText(_shown(values.get(fact.key)))

    return FactEditor(fact, field, read, show)


def _long_text(fact: Fact, editing: Editing) -> FactEditor:
    field = LongTextEdit(most=4_000)
    field.set_heights(scaled(52), scaled(110))
    field.edited.connect(editing.edited)
    field.left.connect(editing.done)
    return FactEditor(
        fact,
        field,
        lambda: {fact.key: field.full_text().strip() or None},
        lambda values: field.setPlainText(_shown(values.get(fact.key))),
    )


def _moment(fact: Fact, editing: Editing) -> FactEditor:
    field = TimeEdit(editing.zone, editing.clock)
    field.setPlaceholderText(editing.words.say("window.capture.time_hint"))
    field.edited.connect(editing.edited)
    field.editingFinished.connect(editing.done)

    def read() -> Values:
        if not field.full_text().strip():
            return {fact.key: None}
        at = field.moment()
        if at is None:
            raise Unread("incidents.time")
        return {fact.key: moment_text(at)}

    def show(values: Mapping[str, Value]) -> None:
        at = parse_iso(_shown(values.get(fact.key)), UTC)
        field.setText(moment_shown(at, editing.zone) if at is not None else "")

    return FactEditor(fact, field, read, show)


def _choice(fact: Fact, editing: Editing) -> FactEditor:
    field: ChipGroup | Combo
    if len(fact.options) <= _MOST_CHIPS:
        field = ChipGroup(fact.options, name=fact.title)
        field.changed.connect(lambda _code: editing.done())
    else:
        field = Combo(fact.options, name=fact.title)
        field.code_changed.connect(lambda _code: editing.done())
    known = {code for code, _ in fact.options}

    def show(values: Mapping[str, Value]) -> None:
        code = _shown(values.get(fact.key))
        field.set_code(code if code in known else "")

    return FactEditor(fact, field, lambda: {fact.key: field.current_code() or None}, show)


def _choices(fact: Fact, editing: Editing) -> FactEditor:
    field = ChipSet(fact.options, name=fact.title)
    field.changed.connect(editing.done)

    def read() -> Values:
        chosen = field.codes()
        return {f"{fact.key}.{code}": code in chosen for code, _ in fact.options}

    def show(values: Mapping[str, Value]) -> None:
        field.set_codes([code for code, _ in fact.options if values.get(f"{fact.key}.{code}") is True])

    return FactEditor(fact, field, read, show)


def _yes_no(fact: Fact, editing: Editing) -> FactEditor:
    say = editing.words.say
    field = ChipGroup([(code, say(f"window.capture.{code}")) for code in ("yes", "no")], name=fact.title)
    field.changed.connect(lambda _code: editing.done())
    told: dict[str, Value] = {"yes": True, "no": False}

    def show(values: Mapping[str, Value]) -> None:
        held = values.get(fact.key)
        field.set_code(("yes" if held else "no") if isinstance(held, bool) else "")

    return FactEditor(fact, field, lambda: {fact.key: told.get(field.current_code())}, show)


def _tick(fact: Fact, editing: Editing) -> FactEditor:
    field = QCheckBox(fact.title)
    field.toggled.connect(lambda _on: editing.done())

    def show(values: Mapping[str, Value]) -> None:
        field.blockSignals(True)
        field.setChecked(values.get(fact.key) is True)
        field.blockSignals(False)

    return FactEditor(fact, field, lambda: {fact.key: field.isChecked()}, show)


def _number(text: str) -> Value:
    plain = unicodedata.normalize("NFKC", text).replace(",", "").rstrip("%人次个名分钟 ").strip()
    try:
        found = float(plain)
    except ValueError:
        raise Unread("incidents.number") from None
    if not 0 <= found < 1e12:  # and neither endless nor no number at all
        raise Unread("incidents.number")
    return int(found) if found.is_integer() else found


def _money(text: str) -> Value:
    found = read_money(text)
    if found is None:
        raise Unread("incidents.number")
    return found


def _shown(value: Value) -> str:
    return "" if value is None else str(value)
