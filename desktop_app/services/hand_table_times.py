"""Times of day without a date in a table filled in by hand: read where the table itself says of which day.

The day of the import is not the day of the call: a sheet comes back after the night or the week-end. Three
things do say it. A sheet of ours that was made and came back on one day holds that day's calls. A date stands
for the rows below it until the clock goes back. The end of a call and the call-back follow its beginning.
Everything else stays as it was written and is on the record's correction list.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cached_property

from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.numbers import Number
from desktop_app.domain.times import parse_iso
from desktop_app.domain.typed import read_clock, read_moment
from desktop_app.exchange.hand_table import HandRow
from desktop_app.services.number_blocks import span_of
from desktop_app.storage.number_blocks import record_of
from desktop_app.storage.unit_of_work import View

_FOLLOWING = ("ended_at", "callback_due")
_OUT_OF_ORDER = timedelta(hours=1)
"""How much earlier than the row above a row of the same day may be."""
_EITHER_HALF = re.compile(r"[1-6]\D.*")
"""2:05 is in the night or after lunch; 02:05 is neither's guess."""


class Times:
    """Goes through the rows of one table from the top; ``now`` is the moment of the import."""

    def __init__(self, view: View, zone: tzinfo, now: datetime) -> None:
        self._view, self._zone, self._now = view, zone, now
        self._above: datetime | None = None

    def complete(self, row: HandRow, number: Number | None) -> HandRow:
        """Return the row with the moments that its times of day mean; ``number`` is its own of ours."""
        moments = dict(row.moments)
        received = moments.get("received_at") or self._received(row.texts.get("received_at", ""), number)
        if received is not None:
            moments["received_at"] = self._above = received
            for name in _FOLLOWING:
                text = row.texts.get(name, "")
                if name not in moments and (found := self._following(text, received)) is not None:
                    moments[name] = found
        return replace(row, moments=moments)

    def _received(self, text: str, number: Number | None) -> datetime | None:
        if not _is_clear(text):
            return None
        until = self._came_back(number)
        day = self._day_of_sheet(number, until)
        if day is not None:
            found = read_clock(text, day, self._zone)
            return found if found is not None and found <= until else None
        if self._above is None:
            return None
        found = read_clock(text, self._above.astimezone(self._zone).date(), self._zone)
        if found is not None and found < self._above - _OUT_OF_ORDER:
            # Past midnight, or a call from before: from here on the day above says nothing.
            found = self._above = None
        return found

    def _following(self, text: str, received: datetime) -> datetime | None:
        return read_moment(text, self._zone, received, ahead=True) if _is_clear(text) else None

    def _came_back(self, number: Number | None) -> datetime:
        """Return until when the row can have been written; for one taken in before, until then."""
        subject = record_of(self._view, number) if number is not None else None
        saved = self._view.state(subject).text("recorded_at") if subject is not None else ""
        return parse_iso(saved, UTC) or self._now

    def _day_of_sheet(self, number: Number | None, until: datetime) -> date | None:
        made = self._made(number) if number is not None else None
        day = until.astimezone(self._zone).date()
        return day if made is not None and made.astimezone(self._zone).date() == day else None

    def _made(self, number: Number) -> datetime | None:
        for first, last, made in self._blocks:
            if first.sequence <= number.sequence <= last and first.station == number.station:
                return made
        return None

    @cached_property
    def _blocks(self) -> list[tuple[Number, int, datetime | None]]:
        found = ((span_of(self._view, one), one) for one in self._view.states(SubjectKind.NUMBER_BLOCK))
        return [(*span, parse_iso(one.text("reserved_at"), UTC)) for span, one in found if span is not None]


def _is_clear(text: str) -> bool:
    plain = unicodedata.normalize("NFKC", text).strip()
    return bool(plain) and _EITHER_HALF.fullmatch(plain) is None
