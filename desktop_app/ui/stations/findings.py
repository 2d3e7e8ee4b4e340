"""What a panel says of one store: facts, and things that need a person with the button that does them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.records.row_words import State
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.labels import IconLabel, PlainLabel
from desktop_app.ui.widgets.pill import token_of


class Finding(QWidget):
    """Icon and words of a state, below them what to do about it, and buttons where there are any."""

    def __init__(self, state: State, advice: str, *buttons: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        head = QHBoxLayout()
        head.setSpacing(scaled(6))
        head.addWidget(IconLabel(state.icon, token_of(state.tone), 16), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(PlainLabel(state.text, role="strong", tone=state.tone, wrap=True, selectable=True), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, scaled(4), 0, scaled(4))
        layout.setSpacing(scaled(3))
        layout.addLayout(head)
        layout.addWidget(PlainLabel(advice, role="secondary", wrap=True))
        row = QHBoxLayout()
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        layout.addLayout(row)


class Facts(QWidget):
    """Names at the left, what is so at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(scaled(10))
        self._grid.setVerticalSpacing(scaled(4))
        self._grid.setColumnStretch(1, 1)

    def add(self, name: str, text: str) -> None:
        """Add one line."""
        row = self._grid.rowCount()
        self._grid.addWidget(PlainLabel(name, role="field"), row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(PlainLabel(text, wrap=True, selectable=True), row, 1)


class Anew(QWidget):
    """A panel whose content is built anew each time there is other content."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outside = QVBoxLayout(self)
        self._outside.setContentsMargins(0, 0, 0, 0)
        self._inside = QWidget()
        self._outside.addWidget(self._inside)

    @contextmanager
    def anew(self) -> Iterator[QVBoxLayout]:
        """Give an empty column for what is to be shown; it takes the place of the old once it is filled."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        yield column
        old, self._inside = self._inside, inside
        self._outside.replaceWidget(old, inside)
        inside.show()
        old.hide()
        old.deleteLater()

    def focus_named(self, name: str) -> None:
        """Put the focus on what has this name now, as its forerunner had it."""
        found = self._inside.findChild(QWidget, name) if name else None
        if isinstance(found, QWidget):
            found.setFocus()
