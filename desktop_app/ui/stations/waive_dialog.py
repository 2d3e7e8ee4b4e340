"""Which missing numbers of a station are waived, and why."""

from __future__ import annotations

import re
import unicodedata

from PySide6.QtWidgets import QWidget

from desktop_app.domain.numbers import Number, parse_number
from desktop_app.domain.ranges import Range, count, covers, joined, members
from desktop_app.services.station_rows import StationRow
from desktop_app.ui.stations.station_words import StationWords
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.reason_dialog import ReasonDialog
from desktop_app.words import Words

_USUAL = ("lost_pc", "never_used", "asked")
_MOST_RANGES, _LONGEST = 200, 8_000
"""Ranges that are filled in at once, and what a person may write; the rest can be waived after them."""
_PART = re.compile(r"(\d{1,9})(?:\s*[-–~]\s*(\d{1,9}))?")


class WaiveNumbersDialog(ReasonDialog):
    """All missing numbers stand in the field; a person may leave some out."""

    def __init__(
        self, words: Words, told: StationWords, row: StationRow, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            words,
            "window.stations.waive",
            _USUAL,
            needed="error.stations.reason_needed",
            parent=parent,
            station=row.station,
            count=count(row.missing),
        )
        self._told, self._row = told, row
        self._which = LineEdit(most=_LONGEST)
        self._which.setObjectName("waive_numbers")
        self._which.setText(
            ", ".join(
                f"{first}-{last}" if first < last else f"{first}"
                for first, last in row.missing[:_MOST_RANGES]
            )
        )
        self.form.row(words.say("window.stations.waive.which"), self._which)

    @property
    def numbers(self) -> list[Number]:
        """The numbers chosen."""
        row = self._row
        return [Number(row.station, one, row.drill) for one in members(self._spans() or [])]

    def accept(self) -> None:
        """Close where only missing numbers are named."""
        spans = self._spans()
        if not spans or not all(covers(self._row.missing, span) for span in spans):
            missing = self._told.spans(self._row.missing)
            self.refuse(self._told.say("waive.not_missing", numbers=missing))
            self._which.setFocus()
            return
        super().accept()

    def _spans(self) -> list[Range] | None:
        """Return what is written as ranges; None where it cannot be read. Whole numbers will do too."""
        text = unicodedata.normalize("NFKC", self._which.full_text())
        found: list[Range] = []
        for part in re.split(r"[,、;\s]+(?!\s*[-–~])", text.strip()):
            whole, written = parse_number(part), _PART.fullmatch(part.strip())
            if whole is not None and (whole.station, whole.drill) == (self._row.station, self._row.drill):
                found.append((whole.sequence, whole.sequence))
            elif written is not None:
                found.append((int(written[1]), int(written[2] or written[1])))
            elif part:
                return None
        return joined(found)
