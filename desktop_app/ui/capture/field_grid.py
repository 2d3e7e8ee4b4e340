"""Rows of labels and editors that can be laid out anew without building anything anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from desktop_app.ui.capture.editors import Editor
from desktop_app.ui.capture.plan import READ_BACK, Row
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.flow import FlowLayout
from desktop_app.ui.widgets.form_row import FormGrid, field_label
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.ui.widgets.mnemonics import bare
from desktop_app.ui.widgets.one_stop import OneStop

_BESIDE = 8
"""Pixels between small editors in one place."""
_SIDES = 22
"""Pixels of a field beside its text."""


@dataclass(frozen=True, slots=True)
class _Place:
    row: int
    column: int
    span: int


class FieldGrid(QWidget):
    """Shows rows of editors; editors that are not in the rows are hidden and keep what was typed.

    ``label_of`` gives a field's label with its mnemonic. Each row has a line below it for what was cleaned.
    """

    def __init__(
        self,
        editor_of: Callable[[str], Editor],
        label_of: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor_of = editor_of
        self._label_of = label_of
        self._grid = FormGrid(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._labels: dict[str, PlainLabel] = {}
        self._notes: dict[str, PlainLabel] = {}
        self._groups: dict[str, _Group] = {}
        self._placed: dict[str, _Place] = {}
        self._rows: tuple[Row, ...] = ()
        self._shown: tuple[Row, ...] = ()
        self._room = 0

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Lay these rows out; keys of a place joined by ``+`` share it. What stands right is not touched."""
        self._rows = tuple(rows)
        self._lay_out(self._fitting())

    def fit(self, room: int) -> None:
        """Stand in ``room`` pixels of width: two fields that do not fit into a row get one each."""
        self._room = room
        if (rows := self._fitting()) != self._shown:
            self._lay_out(rows)

    def _fitting(self) -> tuple[Row, ...]:
        """Return the rows that fit, taking apart the widest first."""
        rows = list(self._rows)
        while self._room and self._needed(rows) > self._room:
            pairs = [at for at, row in enumerate(rows) if len(row) > 1]
            if not pairs:
                break
            widest = max(pairs, key=lambda at: sum(_least_width(self._parts(one)[1]) for one in rows[at]))
            rows[widest : widest + 1] = [(place,) for place in rows[widest]]
        return tuple(rows)

    def _lay_out(self, rows: tuple[Row, ...]) -> None:
        self._shown = rows
        wanted = {
            place: _Place(2 * number, column, 3 if len(row) == 1 else 1)
            for number, row in enumerate(rows)
            for column, place in zip((0, 2), row, strict=False)
        }
        for note in self._notes.values():
            note.hide()
            note.deleteLater()
        self._notes = {}
        for place in [place for place in self._placed if place not in wanted]:
            self._take_out(place)
        for place, at in wanted.items():
            self._put(place, at)
        self._placed = wanted

    def keys(self) -> tuple[str, ...]:
        """Return the fields shown, in the order of the tabs."""
        return tuple(key for place in self._placed for key in place.split("+"))

    def tell(self, key: str, sentence: str) -> None:
        """Say something below a field; an empty sentence takes it back."""
        note = self._notes.get(key)
        at = next((at for place, at in self._placed.items() if key in place.split("+")), None)
        if note is None and sentence and at is not None:
            note = self._notes[key] = PlainLabel(role="secondary", tone="warn", wrap=True)
            self._grid.addWidget(note, at.row + 1, at.column + 1, 1, at.span)
        if note is not None:
            note.setText(sentence)
            note.setVisible(bool(sentence))

    def hasHeightForWidth(self) -> bool:
        """Be as high as the rows can be made, whatever the width: chips stay in one line."""
        return False

    def set_label_width(self, column: int, width: int) -> None:
        """Keep a column of labels this wide at least, so that fields stand still when the kind changes."""
        self._grid.setColumnMinimumWidth(column, width)

    def _needed(self, rows: Sequence[Row]) -> int:
        """Return the width that rows of two fields need."""
        labels, fields = [0, 0], [0, 0]
        for row in rows:
            for side, place in enumerate(row):
                label, widget = self._parts(place)
                labels[side] = max(labels[side], label.minimumSizeHint().width())
                if len(row) > 1:
                    fields[side] = max(fields[side], _least_width(widget))
        labels = [max(wide, self._grid.columnMinimumWidth(2 * side)) for side, wide in enumerate(labels)]
        return sum(labels) + sum(fields) + 3 * self._grid.horizontalSpacing()

    def _parts(self, place: str) -> tuple[PlainLabel, QWidget]:
        """Return the label and the widget of a place, in the words of the kind that is shown now."""
        keys = place.split("+")
        editors = [self._editor_of(key) for key in keys]
        label = self._label(READ_BACK if _is_tick(editors[0]) else keys[0], editors[0])
        return label, editors[0].widget if len(keys) == 1 else self._group(place, editors)

    def _put(self, place: str, at: _Place) -> None:
        editors = [self._editor_of(key) for key in place.split("+")]
        label, widget = self._parts(place)
        # Another grid may have taken the widget meanwhile.
        if self._placed.get(place) == at and widget.parentWidget() is self:
            return
        if isinstance(editors[0].widget, QPlainTextEdit):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            label.setContentsMargins(0, scaled(6), 0, 0)
        self._grid.addWidget(label, at.row, at.column)
        self._grid.addWidget(widget, at.row, at.column + 1, 1, at.span)
        for shown in (label, widget, *(editor.widget for editor in editors)):
            shown.show()
        for editor in editors:
            if isinstance(editor.widget, QLineEdit):
                editor.widget.setMinimumWidth(_least_width(editor.widget))

    def _take_out(self, place: str) -> None:
        keys = place.split("+")
        editor = self._editor_of(keys[0])
        self._labels[READ_BACK if _is_tick(editor) else keys[0]].hide()
        widget = editor.widget if len(keys) == 1 else self._groups[place]
        if widget.parentWidget() is self:
            widget.hide()
            self._grid.removeWidget(widget)

    def _label(self, key: str, editor: Editor) -> PlainLabel:
        """Return the label, in the words of the kind that is shown now."""
        text = self._label_of(key)
        label = self._labels.get(key)
        if label is None:
            label = self._labels[key] = field_label(text, editor.focus_target)
        label.setText(text)
        editor.focus_target.setAccessibleName(bare(text))
        return label

    def _group(self, place: str, editors: Sequence[Editor]) -> QWidget:
        """Put several small editors into one place, each further one with its own words."""
        group = self._groups.get(place)
        if group is None:
            group = self._groups[place] = _Group(self, ticks=all(map(_is_tick, editors)))
        for editor in editors:
            group.take(editor)
            if editor is not editors[0] or _is_tick(editor):
                editor.widget.setAccessibleName(bare(self._label_of(editor.key)))
        return group


class _Group(QWidget):
    """Several small editors in one place.

    A row of ticks is one stop of Tab, keeps to the left and may go on in another line.
    """

    def __init__(self, parent: QWidget, *, ticks: bool) -> None:
        super().__init__(parent)
        self._row = FlowLayout(self, spacing=_BESIDE) if ticks else QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(scaled(_BESIDE))
        self._ticks = OneStop(self)
        self._parts: list[QWidget] = []

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the lines are."""
        super().resizeEvent(event)
        if isinstance(self._row, FlowLayout):
            self.setMinimumHeight(self._row.heightForWidth(self.width()))

    @property
    def flows(self) -> bool:
        """Whether it may go on in another line."""
        return isinstance(self._row, FlowLayout)

    def parts(self) -> list[QWidget]:
        """Return the small editors."""
        return self._parts

    def take(self, editor: Editor) -> None:
        """Put an editor behind the others, unless it is here already."""
        if self._row.indexOf(editor.widget) >= 0:
            return
        self._row.addWidget(editor.widget)
        self._parts.append(editor.widget)
        if isinstance(self._row, QHBoxLayout):
            self._row.setStretchFactor(editor.widget, 0 if _is_tick(editor) else 1)
        elif isinstance(editor.widget, QCheckBox):
            self._ticks.take(editor.widget)


def _is_tick(editor: Editor) -> bool:
    return isinstance(editor.widget, QCheckBox)


def _least_width(widget: QWidget) -> int:
    """Return the width in which a widget can be used, and what an empty field asks for be read."""
    widget.ensurePolished()
    if isinstance(widget, _Group) and not widget.flows:
        parts = [_least_width(part) for part in widget.parts()]
        return sum(parts) + scaled(_BESIDE) * (len(parts) - 1)
    least = max(widget.minimumSizeHint().width(), widget.minimumWidth())
    if isinstance(widget, QLineEdit) and widget.placeholderText():
        asks = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
        least = max(least, asks + scaled(_SIDES))
    return least
