"""Where the own fields stand: short ones in pairs where there is room, those not asked now left out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from desktop_app.domain.incident_types import OwnFieldKind
from desktop_app.ui.incident.own_field_editors import OwnEditor
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.words import Words

_PAIRS_FROM = 640
"""From this width on (logical pixels) two short fields stand in one row."""
LABEL = 152
"""Longer labels go on in a second line."""
_GAP = 7


class OwnFieldGrid(QWidget):
    """Nothing is built anew when other fields are asked or the width changes: parts are moved."""

    def __init__(self, words: Words, editors: Sequence[OwnEditor], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editors = {one.field.key: one for one in editors}
        self._labels: dict[str, PlainLabel] = {}
        self._told: dict[str, PlainLabel] = {}
        self._boxes: dict[str, QWidget] = {}
        self._shown: list[str] = []
        self._pairs: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(scaled(_GAP + 2))
        self._grid.setVerticalSpacing(scaled(_GAP))
        self._grid.setColumnStretch(1, 1)
        for key, editor in self._editors.items():
            self._make(key, editor, words)

    def show_fields(self, keys: Sequence[str]) -> None:
        """Show these fields, in this order, and no others."""
        if list(keys) != self._shown:
            self._shown = list(keys)
            self._place()

    def tell(self, key: str, sentence: str) -> None:
        """Say something under a field; "" says nothing any more."""
        label = self._told[key]
        if label.text() != sentence:
            label.setText(sentence)
            label.setVisible(bool(sentence))

    def showEvent(self, event: QShowEvent) -> None:
        """Measure anew: before fields are seen for the first time they have not the height of their style."""
        super().showEvent(event)
        for box in self._boxes.values():
            box.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._pairs is not (self.width() >= scaled(_PAIRS_FROM)):
            self._place()

    def _make(self, key: str, editor: OwnEditor, words: Words) -> None:
        title = editor.field.title.told(words.language)
        own_words = isinstance(editor.widget, QCheckBox)
        label = PlainLabel("" if own_words else title, self, role="field", wrap=True)
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        label.setFixedWidth(scaled(LABEL))
        if editor.field.needed:
            if not own_words:
                label.setText(words.say("window.incident.own.needed", field=title))
            editor.stop.setAccessibleDescription(words.say("window.incident.own.needed_means"))
        label.setBuddy(editor.stop)
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(2))
        column.addWidget(editor.widget)
        told = PlainLabel(role="secondary", tone="warn", wrap=True)
        told.hide()
        column.addWidget(told)
        self._labels[key], self._told[key], self._boxes[key] = label, told, box

    def _place(self) -> None:
        self._pairs = self.width() >= scaled(_PAIRS_FROM)
        for key in self._editors:
            for part in (self._labels[key], self._boxes[key]):
                self._grid.removeWidget(part)
                part.setVisible(key in self._shown)
        self._grid.setColumnStretch(3, int(self._pairs))
        row, column = 0, 0
        for key in self._shown:
            wide = self._editors[key].wide or not self._pairs
            if wide and column:
                row, column = row + 1, 0
            tall = self._editors[key].field.kind in (OwnFieldKind.LONG_TEXT, OwnFieldKind.CHOICES)
            at = Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag.AlignVCenter
            self._labels[key].setAlignment(Qt.AlignmentFlag.AlignRight | at)
            self._labels[key].setContentsMargins(0, scaled(6) if tall else 0, 0, 0)
            self._grid.addWidget(self._labels[key], row, column)
            self._grid.addWidget(self._boxes[key], row, column + 1, 1, 3 if wide and self._pairs else 1)
            row, column = (row + 1, 0) if wide or column else (row, 2)
        for before, after in pairwise(self._editors[key].stop for key in self._shown):
            QWidget.setTabOrder(before, after)
