"""The list of records as a table: as many columns as there is room for, each as wide as its words."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.domain.kinds import Kind
from desktop_app.domain.times import zone_of
from desktop_app.services.my_records import Row
from desktop_app.services.receipts import Delivery
from desktop_app.ui.records.columns import Place
from desktop_app.ui.records.row_words import RowWords
from desktop_app.ui.session import Session
from desktop_app.ui.tables.paged_model import PagedModel
from desktop_app.ui.tables.table_view import TableView
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.words import Words

_CONTENT = 190
"""Logical pixels that caller and content keep before another column is shown."""
_LEAST = 140
"""The fewest they keep beside the number and the states that are shown first."""
_HOUR, _OTHER_YEAR = "09:30", "2026-12"
_ICON_ROOM, _PADDING = 22, 20
_ALWAYS = frozenset({Place.TIME, Place.KIND, Place.WHAT})
_STEPS = (
    frozenset({Place.FOLLOW}),
    frozenset({Place.FOLLOW, Place.SENT}),
    frozenset({Place.FOLLOW, Place.SENT, Place.NUMBER}),
    frozenset({Place.FOLLOW, Place.DELIVERY, Place.NUMBER}),
    frozenset({Place.FOLLOW, Place.DELIVERY, Place.NUMBER, Place.FILLING}),
    frozenset({Place.CRM, Place.CALLBACK, Place.DELIVERY, Place.NUMBER, Place.FILLING}),
    frozenset({Place.CRM, Place.CALLBACK, Place.DELIVERY, Place.NUMBER, Place.FILLING, Place.PHONE}),
)
_NARROW = 2
"""How many of these may leave caller and content no more than the fewest they keep."""
_BY_WEIGHT = (
    Place.WHAT,
    Place.TIME,
    Place.KIND,
    Place.FOLLOW,
    Place.CALLBACK,
    Place.CRM,
    Place.SENT,
    Place.NUMBER,
    Place.DELIVERY,
    Place.FILLING,
    Place.PHONE,
)
"""The columns, what is missed most first."""
_OF_DELIVERY = frozenset({Place.SENT, Place.DELIVERY})
"""What is shown beside the columns that always are, from the narrowest panel to the widest."""


class RecordsTable(TableView):
    """The table of one person's or the station's records."""

    def __init__(
        self, session: Session, model: PagedModel[Row], empty: EmptyState, parent: QWidget | None = None
    ) -> None:
        self._handing_in = False
        self._only_today = True
        self._today_width = _width_of_today(session.words)
        self._told, self._clock = RowWords(session.words, zone_of(session.store.settings.zone)), session.clock
        super().__init__(
            model,
            session.preferences,
            session.words,
            "records_table",
            _widths(session.words),
            accessible_name=session.words.say("window.records.heading"),
            empty=empty,
            parent=parent,
        )
        self._paged = model
        self.setIconSize(QSize(scaled(16), scaled(16)))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        model.loaded.connect(self._look_at_days)
        self.fit()

    def show_delivery(self, handing_in: bool) -> None:
        """Say whether anything is handed in here; where it is not, nothing is told of it."""
        if handing_in != self._handing_in:
            self._handing_in = handing_in
            self.fit()

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
        self.fit()

    def offered(self) -> Collection[int]:
        """Return every column; those that tell of handing in only where something is handed in."""
        return [place for place in Place if self._handing_in or place not in _OF_DELIVERY]

    def width_wanted(self, column: int) -> int:
        """Return the width of a column; that of the time is never less than its rows need by now."""
        if column != Place.TIME:
            return super().width_wanted(column)
        needed = self._today_width if self._only_today else self._came[Place.TIME]
        return scaled(max(needed, dict(self._preferences.columns(self.objectName())).get(column, 0)))

    def fit(self) -> None:
        """Show the columns chosen as far as there is room, else as many as there is room for."""
        self.setColumnWidth(Place.TIME, self.width_wanted(Place.TIME))
        chosen = self.chosen()
        self.show_columns(self._by_room() if chosen is None else self._fitting(chosen))

    def _look_at_days(self) -> None:
        """Leave to caller and content what a date would need, as long as no row has one."""
        ends = [self._paged.row_at(self._paged.index(place, 0)) for place in (0, self._paged.rowCount() - 1)]
        now = self._clock()
        only_today = all(self._told.is_today(row.received_at, now) for row in ends if row is not None)
        if only_today != self._only_today:
            self._only_today = only_today
            self.fit()

    def _by_room(self) -> frozenset[int]:
        without = frozenset() if self._handing_in else _OF_DELIVERY
        steps = [(step - without) | _ALWAYS for step in _STEPS]
        fitting = [
            step
            for place, step in enumerate(steps)
            if self._left(step) >= scaled(_LEAST if place < _NARROW else _CONTENT)
        ]
        return frozenset(fitting[-1] if fitting else _ALWAYS)

    def _fitting(self, chosen: Collection[int]) -> frozenset[int]:
        """Return the columns chosen, the least important left out while caller and content lack room."""
        shown = [place for place in _BY_WEIGHT if place in chosen and place in self.offered()]
        while len(shown) > 1 and self._left(shown) < scaled(_LEAST):
            shown.pop()
        return frozenset(shown)

    def _left(self, places: Collection[int]) -> int:
        """Return what these columns leave to caller and content."""
        return self.viewport().width() - sum(self.width_wanted(place) for place in places)


def _widths(words: Words) -> list[int]:
    """Return how wide each column is for the longest of its words, in unscaled pixels; 0 takes the rest."""
    say = words.say
    times = [say(f"window.records.{day}", time=_HOUR) for day in ("yesterday", "tomorrow")] + [_OTHER_YEAR]
    due = [*times, say("window.records.overdue", time="12-28")]
    texts: dict[Place, list[str]] = {
        Place.TIME: times,
        Place.NUMBER: ["D07-00042-9"],
        Place.KIND: [say(f"window.records.kind.{kind.value}") for kind in Kind],
        Place.PHONE: ["131****2345"],
        Place.FILLING: [say("window.records.missing", count=99), say("window.records.complete")],
        Place.DELIVERY: [say(f"window.records.delivery.{one.value}") for one in Delivery],
        Place.CRM: [say("window.records.to_backfill"), say("window.records.in_crm")],
        Place.CALLBACK: due,
        Place.FOLLOW: [*due, say("window.records.to_backfill")],
    }
    metrics = QFontMetrics(QApplication.font())
    pictured = (Place.KIND, Place.FILLING, Place.FOLLOW, Place.DELIVERY, Place.CRM, Place.CALLBACK)
    widths = []
    for place in Place:
        title = say(f"window.records.column.{place.name.lower()}")
        widest = max(map(metrics.horizontalAdvance, texts.get(place, [])), default=0)
        widest += _ICON_ROOM if place in pictured else 0
        room = max(widest, metrics.horizontalAdvance(title))
        widths.append(0 if place is Place.WHAT else _unscaled(room) + _PADDING)
    return widths


def _width_of_today(words: Words) -> int:
    """Return how wide a column of hours alone is, in unscaled pixels."""
    metrics = QFontMetrics(QApplication.font())
    widest = max(map(metrics.horizontalAdvance, (_HOUR, words.say("window.records.column.time"))))
    return _unscaled(widest) + _PADDING


def _unscaled(pixels: int) -> int:
    return round(pixels / (scaled(100) / 100))
