"""The list of records as a table: as many columns as there is room for, each as wide as its words."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.domain.kinds import Kind
from desktop_app.services.my_records import Row
from desktop_app.ui.records.columns import Place
from desktop_app.ui.session import Session
from desktop_app.ui.tables.paged_model import PagedModel
from desktop_app.ui.tables.table_view import TableView
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.words import Words

_WIDE = 700
"""Logical pixels from which there is room for number, phone and what is filled in."""
_ICON_ROOM, _PADDING = 26, 22
_IF_WIDE = (Place.NUMBER, Place.PHONE, Place.FILLING, Place.CRM, Place.CALLBACK)
_IF_NARROW = (Place.FOLLOW,)


class RecordsTable(TableView):
    """The table of one person's or the station's records."""

    def __init__(
        self, session: Session, model: PagedModel[Row], empty: EmptyState, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            model,
            session.preferences,
            "records_table",
            _widths(session.words),
            accessible_name=session.words.say("window.records.heading"),
            empty=empty,
            parent=parent,
        )
        self._paged = model
        self.setIconSize(QSize(scaled(16), scaled(16)))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit()

    def selected(self) -> Row | None:
        """Return the selected record; None where none is."""
        return self._paged.row_at(self.currentIndex())

    def select_record(self, subject_id: str) -> bool:
        """Select a record's row; returns whether it is in the list."""
        for place in range(self._paged.rowCount()):
            index = self._paged.index(place, 0)
            row = self._paged.row_at(index)
            if row is not None and row.subject_id == subject_id:
                self.select(index)
                return True
        return False

    def first(self) -> QModelIndex:
        """Return the index of the newest record."""
        return self._paged.index(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the columns there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.viewport().width() >= scaled(_WIDE)
        for place in (*_IF_WIDE, *_IF_NARROW):
            hidden = wide is (place in _IF_NARROW)
            if self.isColumnHidden(place) is not hidden:
                self.setColumnHidden(place, hidden)


def _widths(words: Words) -> list[int]:
    """Return how wide each column is for the longest of its words, in unscaled pixels; 0 takes the rest."""
    say = words.say
    texts: dict[Place, list[str]] = {
        Place.TIME: ["09:30"],
        Place.NUMBER: ["D07-00042-9"],
        Place.KIND: [say(f"window.records.kind.{kind.value}") for kind in Kind],
        Place.PHONE: ["131****2345"],
        Place.FILLING: [say("window.records.missing", count=99), say("window.records.complete")],
        Place.CRM: [say("window.records.to_backfill"), say("window.records.in_crm")],
        Place.CALLBACK: [say("window.records.overdue", time="09:30")],
        Place.FOLLOW: [say("window.records.overdue", time="09:30"), say("window.records.to_backfill")],
    }
    metrics = QFontMetrics(QApplication.font())
    pictured = (Place.KIND, Place.FILLING, Place.FOLLOW, Place.CRM, Place.CALLBACK)
    widths = []
    for place in Place:
        title = say(f"window.records.column.{place.name.lower()}")
        widest = max(map(metrics.horizontalAdvance, [*texts.get(place, []), title]))
        room = _PADDING + (_ICON_ROOM if place in pictured else 0)
        widths.append(0 if place is Place.WHAT else round(widest / (scaled(100) / 100)) + room)
    return widths
