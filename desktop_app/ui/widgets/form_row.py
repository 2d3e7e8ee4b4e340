"""Labels at the left, right-aligned, each the Alt-key of its field (DESK §1): one reading column."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QWidget

from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.ui.widgets.mnemonics import bare

_GAP, _TOP = 7, 5


def field_label(text: str, field: QWidget) -> PlainLabel:
    """Return the label ``号码(&P)`` of a field and name the field 号码 for screen readers."""
    label = PlainLabel(text, role="field")
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    label.setBuddy(field)
    field.setAccessibleName(bare(text))
    return label


class FormGrid(QGridLayout):
    """Rows of label and field; ``pair`` puts two short ones spoken together in one row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__()
        if parent is not None:
            parent.setLayout(self)
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(scaled(_GAP + 2))
        self.setVerticalSpacing(scaled(_GAP))
        self.setColumnStretch(1, 1)
        self.setColumnStretch(3, 1)

    def row(self, text: str, field: QWidget) -> PlainLabel:
        """Add a row over the whole width; the label of a tall field stands at its top."""
        return self._place(self.rowCount(), 0, text, field, 3)

    def pair(
        self, text: str, field: QWidget, second_text: str, second: QWidget
    ) -> tuple[PlainLabel, PlainLabel]:
        """Add two short fields in one row."""
        row = self.rowCount()
        return self._place(row, 0, text, field, 1), self._place(row, 2, second_text, second, 1)

    def wide(self, widget: QWidget) -> None:
        """Add a widget over the whole width, without a label."""
        self.addWidget(widget, self.rowCount(), 0, 1, 4)

    def under(self, widget: QWidget) -> None:
        """Add a widget below the fields, without a label."""
        self.addWidget(widget, self.rowCount(), 1, 1, 3)

    def _place(self, row: int, column: int, text: str, field: QWidget, span: int) -> PlainLabel:
        label = field_label(text, field)
        # Chips may go on in a second line; with one, the top is the middle.
        if isinstance(field, (QPlainTextEdit, ChipGroup)):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            label.setContentsMargins(0, scaled(_TOP), 0, 0)
        self.addWidget(label, row, column)
        self.addWidget(field, row, column + 1, 1, span)
        return label


def form_row(text: str, field: QWidget, parent: QWidget | None = None) -> QWidget:
    """Return one row of label and field as a widget of its own; several rows belong in a ``FormGrid``."""
    row = QWidget(parent)
    FormGrid(row).row(text, field)
    return row
