"""Things beside each other, field by field; what differs is marked by icon, word and colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.labels import IconLabel, PlainLabel

_ASKED = 110
LONGEST = 600
"""Characters of a text shown here; the whole is in the thing itself."""


class Columns(QScrollArea):
    """A column for each thing and a line for each field; a field that nothing has is not shown.

    ``fields`` are their names by key, ``shares`` how the width is shared out among the columns.
    """

    def __init__(
        self, name: str, fields: Mapping[str, str], shares: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        page = QWidget()
        page.setProperty("role", "page")
        self._grid = grid = QGridLayout()
        grid.setContentsMargins(*map(scaled, (4, 2, 8, 2)))
        grid.setHorizontalSpacing(scaled(10))
        grid.setVerticalSpacing(scaled(5))
        self._shares = tuple(shares)
        self._heads = [PlainLabel("", role="strong", wrap=True) for _ in shares]
        for column, head in enumerate(self._heads, 2):
            grid.addWidget(head, 0, column)
        self._lines = {
            field: _Line(grid, row, told, len(self._heads))
            for row, (field, told) in enumerate(fields.items(), 1)
        }
        outer = QVBoxLayout(page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(grid)
        outer.addStretch(1)
        self.setWidget(page)

    def sizeHint(self) -> QSize:
        """Ask for some lines only: it scrolls by itself, and takes all the room there is."""
        return QSize(super().sizeHint().width(), scaled(_ASKED))

    def minimumSizeHint(self) -> QSize:
        """Be as wide as the words: it scrolls up and down only."""
        beside = self.verticalScrollBar().sizeHint().width() + 2 * self.frameWidth()
        return QSize(self.widget().minimumSizeHint().width() + beside, scaled(_ASKED))

    def show_texts(
        self,
        heads: Sequence[str],
        texts: Mapping[str, Sequence[str]],
        marks: Mapping[str, str],
        *,
        quiet: Sequence[bool] = (),
    ) -> None:
        """Show as many columns as there are ``heads``; ``marks`` are the words of marked fields.

        ``quiet`` says of each head whether nothing stands below it.
        """
        for place, head in enumerate(self._heads):
            head.setText(heads[place] if place < len(heads) else "")
            head.set_tone("quiet" if place < len(quiet) and quiet[place] else "")
            self._grid.setColumnStretch(place + 2, self._shares[place] if place < len(heads) else 0)
        for field, line in self._lines.items():
            line.show_texts(texts.get(field, ()), marks.get(field, ""))
        self.verticalScrollBar().setValue(0)
        self.updateGeometry()

    def shown(self, field: str) -> list[str]:
        """Return what stands in a field's columns, with the word of a mark before them."""
        return self._lines[field].texts()


class _Line:
    """One field: its name, a mark where the things differ, and what each has."""

    def __init__(self, grid: QGridLayout, row: int, name: str, columns: int) -> None:
        top = Qt.AlignmentFlag.AlignTop
        self._name = PlainLabel(name, role="field")
        self._icon = IconLabel("warning", "warn", 16)
        self._mark = PlainLabel("", role="secondary", tone="warn")
        mark = QFrame()
        box = QGridLayout(mark)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(scaled(3))
        box.addWidget(self._icon, 0, 0, top)
        box.addWidget(self._mark, 0, 1, top)
        self._holder = mark
        self._cells = [PlainLabel("", wrap=True, selectable=True) for _ in range(columns)]
        for cell in self._cells:
            cell.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        grid.addWidget(self._name, row, 0, Qt.AlignmentFlag.AlignRight | top)
        grid.addWidget(mark, row, 1, top)
        for column, cell in enumerate(self._cells, 2):
            grid.addWidget(cell, row, column, top)

    def show_texts(self, texts: Sequence[str], mark: str) -> None:
        there = any(texts)
        self._name.setVisible(there)
        self._holder.setVisible(there and bool(mark))
        self._mark.setText(mark)
        for place, cell in enumerate(self._cells):
            text = texts[place] if place < len(texts) else ""
            cell.setText(text if len(text) <= LONGEST else text[:LONGEST] + "…")
            cell.setVisible(there and place < len(texts))
            cell.set_tone("warn" if mark and place < 2 else "")

    def texts(self) -> list[str]:
        return [self._mark.text(), *(cell.text() for cell in self._cells)]
