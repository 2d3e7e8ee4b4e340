"""A file looked at before anything is done with it: its rows, its columns and what was noticed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop_app.exchange.notes import Note
from desktop_app.exchange.worksheets.wording import note_sentence
from desktop_app.ui.session import Session
from desktop_app.ui.tables.column_mapping import ColumnMapping
from desktop_app.ui.widgets.labels import PlainLabel

_MOST_NOTES = 3


class IntakeView(QWidget):
    """``mapped`` carries (column, field) a person chose in ``columns``."""

    mapped = Signal(str, str)

    def __init__(self, session: Session, columns: ColumnMapping, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._words = session, session.words
        self.columns = columns
        self.columns.mapped.connect(self.mapped)
        self.notes = PlainLabel("", role="secondary", wrap=True)

    def focus_start(self) -> None:
        """Put the focus where reading begins."""
        self.columns.setFocus()

    def mapping_here(self) -> bool:
        """Whether Enter would choose a column's field."""
        return self.columns.hasFocus()

    def map_current(self) -> None:
        """Choose the field of the selected column."""
        self.columns.edit_current()

    def _lay_out(self, upper: QWidget, lower: QWidget, shares: Sequence[int]) -> None:
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(upper)
        split.addWidget(lower)
        split.setSizes(list(shares))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)

    def _tell_notes(self, first: Sequence[str], notes: Sequence[Note], *, lacks: bool) -> None:
        """Say what stands in the way and what was noticed at reading."""
        told = [*first, *(note_sentence(self._words, note) for note in notes[:_MOST_NOTES])]
        self.notes.setText("\n".join(told))
        self.notes.setVisible(bool(told))
        self.notes.set_tone("warn" if lacks else "quiet")
