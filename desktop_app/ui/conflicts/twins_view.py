"""Records that seem to tell one matter, or were said to, beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtWidgets import QWidget

from desktop_app.domain.reconciliation import HandRecord
from desktop_app.exchange.preview import FileKind
from desktop_app.ui.reconcile.side_by_side import FIELDS, record_texts
from desktop_app.ui.reconcile.wording import field_name
from desktop_app.ui.tables.columns import Columns
from desktop_app.words import Words

MOST = 4
"""Records that there is room for beside each other."""


class TwinsView(Columns):
    """A column for each record, up to ``MOST``."""

    def __init__(self, words: Words, zone: tzinfo, parent: QWidget | None = None) -> None:
        fields = {field: field_name(words, FileKind.RECORDS, field) for field in FIELDS if field != "number"}
        super().__init__(words.say("window.conflicts.compare"), fields, (1,) * MOST, parent)
        self._words, self._zone = words, zone
        self.setObjectName("twins")

    def show_records(self, records: Sequence[HandRecord]) -> None:
        """Show the records, their stations above them."""
        told = [record_texts(self._words, self._zone, record) for record in records[:MOST]]
        heads = [
            self._words.say("window.conflicts.at_station", number=record.number, station=record.station)
            for record in records[:MOST]
        ]
        self.show_texts(heads, {field: [side.get(field, "") for side in told] for field in FIELDS}, {})
