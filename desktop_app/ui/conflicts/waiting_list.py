"""The sections of what a lead decides, and the lines of the one that is looked at."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from desktop_app.ui.conflicts.waiting import ICONS, SECTIONS, Item, Waiting, items
from desktop_app.ui.tables.rows_model import Cell, RowsModel
from desktop_app.ui.tables.table import Table
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.cards import card_layout
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.labels import Heading
from desktop_app.words import Words

_WIDTHS = {"twins": (236, 0), "decided": (150, 0)}


class WaitingList(QFrame):
    """``changed`` says that another line is selected, or none; ``section_changed`` comes before it."""

    changed = Signal()
    section_changed = Signal()

    def __init__(self, words: Words, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._zone = words, zone
        self._waiting = Waiting()
        self.section = SECTIONS[0]
        say = words.say
        layout = card_layout(self)
        layout.addWidget(Heading(say("window.conflicts.title")))
        self._sections: RowsModel[str] = RowsModel(["", ""], self._section_cells, self)
        self.choices = Table(self._sections, say("window.conflicts.sections"), (0, 56), header=False)
        self.choices.setObjectName("conflict_sections")
        self.choices.setFixedHeight(len(SECTIONS) * scaled(30) + 6)
        self.choices.selectionModel().currentRowChanged.connect(self._change_section)
        self._items: RowsModel[Item] = RowsModel(
            [say("window.conflicts.column.number"), say("window.conflicts.column.about")],
            lambda item: (Cell(item.number), Cell(item.about)),
            self,
        )
        self.lines = Table(self._items, say("window.conflicts.list"), (130, 0))
        self.lines.setObjectName("waiting")
        self.lines.selectionModel().currentRowChanged.connect(lambda _now, _old: self.changed.emit())
        self._empty = EmptyState("check", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.lines)
        self._stack.addWidget(self._empty)
        layout.addWidget(self.choices)
        layout.addWidget(self._stack, 1)
        self.setMinimumWidth(scaled(300))

    @property
    def filled(self) -> bool:
        """Whether the section has lines."""
        return bool(self._items.rows)

    def selected(self) -> Item | None:
        """Return the line that is selected."""
        row = self.lines.current_row()
        return self._items.rows[row] if 0 <= row < len(self._items.rows) else None

    def show_sections(self, waiting: Waiting, section: str) -> None:
        """Show how many wait in each section; the lines stay until ``show_lines``."""
        self._waiting, self.section = waiting, section
        blocked = self.choices.selectionModel().blockSignals(True)
        self._sections.fill(SECTIONS)
        self.choices.go_to(SECTIONS.index(section))
        self.choices.selectionModel().blockSignals(blocked)

    def show_lines(self, selected: str = "", row: int = 0) -> None:
        """Show the lines of the section; the one of key ``selected`` is selected, else the one in ``row``."""
        rows = items(self._words, self._zone, self._waiting, self.section)
        self._items.fill(rows)
        self.lines.set_widths(_WIDTHS.get(self.section, (124, 0)))
        keys = [one.key for one in rows]
        self.lines.go_to(keys.index(selected) if selected in keys else max(0, min(row, len(rows) - 1)))
        looking = self.section == "twins" and self._waiting.twins is None
        code = "looking" if looking else f"none.{self.section}"
        self._empty.say(self._words.say(f"window.conflicts.{code}"))
        self._stack.setCurrentWidget(self.lines if rows else self._empty)
        self.changed.emit()

    def _change_section(self, now: QModelIndex) -> None:
        if now.isValid():
            self.section = SECTIONS[now.row()]
            self.section_changed.emit()
            self.show_lines()

    def _section_cells(self, section: str) -> tuple[Cell, ...]:
        count = self._waiting.count(section)
        name = self._words.say(f"window.conflicts.section.{section}")
        waits = bool(count) and section != "decided"
        return (
            Cell(name, ICONS[section], "warn" if waits else "muted"),
            Cell("…" if count is None else str(count), right=True),
        )
